"""Conversations and answer cards, kept in one SQLite file on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError

from assistant.cards import Card
from assistant.errors import AssistantProblem

_METADATA = MetaData()
_CARDS = Table(
    "cards",
    _METADATA,
    Column("card_id", String, primary_key=True),
    Column("card", String, nullable=False),
)
_TURNS = Table(
    "turns",
    _METADATA,
    Column("owner", String, primary_key=True),
    Column("conversation_id", String, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("card_id", String, nullable=False, index=True),
    Column("question", String, nullable=False),
    Column("asked", String, nullable=False),
    Index("turns_of_owner", "owner", "asked"),
)
LISTED = 500
"""Conversations that are listed at most, the latest first."""


class BadHistory(AssistantProblem):
    """The file of earlier questions cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """One line of the list of earlier questions."""

    conversation_id: str
    question: str
    """The first one."""
    asked: str
    """When the last one was asked: UTC, to the second."""
    turns: int


class History:
    """Keeps what was asked and answered, for each owner apart.

    An owner is the name of a login, or empty where there is no login. Nobody finds what another
    owner asked: neither the conversation nor, by its id, the card.
    """

    lasting = True

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: Engine | None = None

    def keep(self, owner: str, conversation_id: str, card: Card) -> None:
        """Append an answer to a conversation, which begins where there is none of this id."""
        with self._transaction() as connection:
            stored = {"card_id": card.card_id, "card": card.as_json()}
            # The same answer to the same question is the same card; its first time stays.
            # Writing comes before reading, so that two pages cannot read the same last place.
            connection.execute(sqlite.insert(_CARDS).values(stored).on_conflict_do_nothing())
            mine = (_TURNS.c.owner == owner) & (_TURNS.c.conversation_id == conversation_id)
            last = connection.scalar(select(func.max(_TURNS.c.place)).where(mine))
            turn = {
                "owner": owner,
                "conversation_id": conversation_id,
                "place": 0 if last is None else last + 1,
                "card_id": card.card_id,
                "question": card.answer.question,
                "asked": card.made,
            }
            connection.execute(insert(_TURNS).values(turn))

    def conversations(self, owner: str) -> tuple[Conversation, ...]:
        """The conversations of an owner, the latest first."""
        each = (
            select(
                _TURNS.c.conversation_id,
                func.min(_TURNS.c.place).label("first"),
                func.max(_TURNS.c.asked).label("latest"),
                func.count().label("turns"),
            )
            .where(_TURNS.c.owner == owner)
            .group_by(_TURNS.c.conversation_id)
            .subquery()
        )
        opening = (_TURNS.c.conversation_id == each.c.conversation_id) & (
            _TURNS.c.place == each.c.first
        )
        query = (
            select(_TURNS.c.conversation_id, _TURNS.c.question, each.c.latest, each.c.turns)
            .join(each, opening)
            .where(_TURNS.c.owner == owner)
            .order_by(each.c.latest.desc(), _TURNS.c.conversation_id)
            .limit(LISTED)
        )
        with self._transaction() as connection:
            return tuple(Conversation(*row) for row in connection.execute(query))

    def turns(self, owner: str, conversation_id: str) -> tuple[Card, ...]:
        """The cards of a conversation, oldest first; none where it is not this owner's."""
        query = (
            select(_CARDS.c.card, _TURNS.c.asked)
            .join(_TURNS, _TURNS.c.card_id == _CARDS.c.card_id)
            .where(_TURNS.c.owner == owner, _TURNS.c.conversation_id == conversation_id)
            .order_by(_TURNS.c.place)
        )
        with self._transaction() as connection:
            rows = connection.execute(query).all()
        return tuple(replace(_read(text), made=asked) for text, asked in rows)

    def card(self, owner: str, card_id: str) -> Card | None:
        """None where no such card of this owner is kept, or no longer."""
        return self._card(_TURNS.c.card_id == card_id, _TURNS.c.owner == owner)

    def card_of_anyone(self, card_id: str) -> Card | None:
        """For the command line, which runs as the owner of the file."""
        return self._card(_TURNS.c.card_id == card_id)

    def _card(self, *which: object) -> Card | None:
        """The card as it was first given in these turns.

        The same answer to two owners is stored once; neither may see when the other asked.
        """
        query = (
            select(_CARDS.c.card, func.min(_TURNS.c.asked))
            .join(_TURNS, _TURNS.c.card_id == _CARDS.c.card_id)
            .where(*which)  # type: ignore[arg-type]
            .group_by(_CARDS.c.card_id)
        )
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        return replace(_read(row[0]), made=row[1]) if row else None

    def forget(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation, and its cards unless another conversation shows them."""
        self._delete(_TURNS.c.owner == owner, _TURNS.c.conversation_id == conversation_id)

    def forget_all(self, owner: str) -> None:
        """Delete every conversation of an owner."""
        self._delete(_TURNS.c.owner == owner)

    def _delete(self, *which: object) -> None:
        shown = select(_TURNS.c.card_id)
        with self._transaction() as connection:
            connection.execute(delete(_TURNS).where(*which))  # type: ignore[arg-type]
            connection.execute(delete(_CARDS).where(_CARDS.c.card_id.not_in(shown)))
        with self._transaction() as connection:
            # Until then the write-ahead log still holds what was deleted.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """A transaction on the file, which is made with its tables where it is missing."""
        try:
            with self._opened().begin() as connection:
                yield connection
        except (DatabaseError, OSError) as broken:
            raise BadHistory(
                f"{self.path}: earlier questions cannot be kept here. Name another file with "
                "BLINCITE_HISTORY_FILE, or turn them off with BLINCITE_HISTORY=off"
            ) from broken

    def _opened(self) -> Engine:
        if self._engine is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Questions may hold what is nobody else's business: only this user may read the file.
            self.path.touch(mode=0o600, exist_ok=True)
            engine = _engine(self.path)
            _METADATA.create_all(engine)
            self._engine = engine
        return self._engine

    def close(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _read(text: str) -> Card:
    card = Card.read(text)
    if card is None:
        raise BadHistory(
            "This answer was kept by another version of Blincite and cannot be read. "
            "Ask its question again, or delete it under Earlier questions"
        )
    return card


def new_conversation() -> str:
    """An id that nobody can guess."""
    return uuid4().hex


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _: object) -> None:
        for pragma in ("journal_mode=WAL", "secure_delete=ON", "busy_timeout=5000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]

    return engine

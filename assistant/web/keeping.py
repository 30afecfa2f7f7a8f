"""Keeps the turns of a conversation, and finds them again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answer import Answer
from assistant.cards import Card, Clock, Origin, card_of, changes, utc_now
from assistant.history import BadHistory, new_conversation
from assistant.web.shapes import Library, Records
from assistant.web.turns import Turn

NO_CONVERSATION: Final = "This conversation is not kept here: it was deleted, or another login’s."
NO_ANSWER: Final = (
    "No answer is kept under this address: it was deleted, or given to another login or on "
    "another machine."
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The turns on the page, the conversation they belong to, and what went wrong, in words."""

    turns: tuple[Turn, ...] = ()
    conversation: str = ""
    """Empty until its first answer is kept."""
    problem: str | None = None


class Keeper:
    """Between the page, which has turns, and the records, which have cards."""

    def __init__(
        self, records: Records, origin: Origin, library: Library, now: Clock = utc_now
    ) -> None:
        self.records = records
        self.origin = origin
        self.library = library
        self.now = now

    @property
    def lasting(self) -> bool:
        """Whether there are permanent links and earlier questions."""
        return self.records.lasting

    def keep(self, owner: str, conversation: str, turns: Sequence[Turn]) -> Kept:
        """Keep the last turn once it is whole; a turn that cannot be kept is still shown."""
        *earlier, last = turns
        if last.answer is None or not _is_kept(last):
            return Kept(tuple(turns), conversation)
        card = card_of(last.answer, self.origin, self.now)
        # An answer that was opened by its link begins the conversation.
        before = () if conversation else [turn.card for turn in earlier if turn.card]
        conversation = conversation or new_conversation()
        try:
            for one in (*before, card):
                self.records.keep(owner, conversation, one)
        except BadHistory as problem:
            return Kept(tuple(turns), conversation, str(problem))
        return Kept((*earlier, replace(last, card=card)), conversation)

    def conversation(self, owner: str, conversation: str) -> Kept:
        """The turns of an earlier conversation, to be read and continued."""
        try:
            cards = self.records.turns(owner, conversation)
        except BadHistory as problem:
            return Kept(problem=str(problem))
        if not cards:
            return Kept(problem=NO_CONVERSATION)
        return Kept(tuple(self._turn(card) for card in cards), conversation)

    def answer(self, owner: str, card_id: str) -> Kept:
        """The answer of a permanent link, always with what became of its quotes."""
        try:
            card = self.records.card(owner, card_id)
        except BadHistory as problem:
            return Kept(problem=str(problem))
        if card is None:
            return Kept(problem=NO_ANSWER)
        return Kept((replace(self._turn(card), changes=changes(card.answer, self.library)),))

    def _turn(self, card: Card) -> Turn:
        rebuilt = card.corpus_sha256 != self.origin.corpus_sha256
        found = changes(card.answer, self.library) if rebuilt else None
        return Turn(card.answer.question, card.answer, card=card, changes=found)


def _is_kept(turn: Turn) -> bool:
    """Whether a turn is whole and was searched: what was declined may hold a patient's data."""
    return not turn.busy and turn.problem is None and not turn.stopped and _searched(turn.answer)


def _searched(answer: Answer | None) -> bool:
    return answer is not None and not (answer.abstained and not answer.documents_searched)

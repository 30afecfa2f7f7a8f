"""The catalogue: documents, passages, sentences, trials and vectors in one SQLite file."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError

from index.documents import Document, Section, Study
from index.errors import damaged
from index.passages import Passage, Sentence
from index.trials import Trial

_METADATA = MetaData()
_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("doc_id", String, primary_key=True),
    Column("study", String, nullable=False),
    Column("text", String, nullable=False),
    Column("sections", String, nullable=False),
)
_PASSAGES = Table(
    "passages",
    _METADATA,
    Column("passage_id", String, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("doc_id", String, nullable=False, index=True),
    Column("section", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("sentences", String, nullable=False),
)
_TRIALS = Table(
    "trials",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("trial", String, nullable=False),
)
_VECTORS = Table(
    "vectors",
    _METADATA,
    Column("content", String, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
_STUDY = TypeAdapter(Study)
_TRIAL = TypeAdapter(Trial)


class Catalogue:
    """Reads what the index holds besides vectors for search."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = _engine(path)

    def write(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        trials: Sequence[Trial],
        vectors: Mapping[str, NDArray[np.float32]],
    ) -> None:
        """Fill an empty catalogue. ``vectors`` maps the SHA-256 of a text to its vector."""
        _METADATA.create_all(self._engine)
        with self._engine.begin() as connection:
            _insert(connection, _DOCUMENTS, map(_document_row, documents))
            numbered = enumerate(passages)
            _insert(connection, _PASSAGES, (_passage_row(n, p) for n, p in numbered))
            _insert(connection, _TRIALS, map(_trial_row, trials))
            in_order = sorted(vectors.items())
            _insert(
                connection, _VECTORS, ({"content": c, "vector": v.tobytes()} for c, v in in_order)
            )

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._engine.dispose()

    def count(self) -> int:
        """How many documents there are."""
        return len(self.studies())

    def studies(self) -> tuple[Study, ...]:
        """All studies, sorted by id."""
        return tuple(self._studies.values())

    def study(self, doc_id: str) -> Study:
        """KeyError where there is no such document."""
        return self._studies[doc_id]

    def document(self, doc_id: str) -> Document:
        """KeyError where there is no such document."""
        query = select(_DOCUMENTS).where(_DOCUMENTS.c.doc_id == doc_id)
        with self._reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise KeyError(doc_id)
        return self._document(row)

    def documents(self) -> tuple[Document, ...]:
        """All documents, sorted by id, read at once."""
        with self._reading() as connection:
            rows = connection.execute(select(_DOCUMENTS).order_by(_DOCUMENTS.c.doc_id)).all()
        return tuple(self._document(row) for row in rows)

    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order in which the word index numbers them."""
        with self._reading() as connection:
            rows = connection.execute(select(_PASSAGES).order_by(_PASSAGES.c.number)).all()
        return tuple(_passage(row) for row in rows)

    def trials(self) -> tuple[Trial, ...]:
        return tuple(self._trials.values())

    def trial(self, key: str | None) -> Trial | None:
        return self._trials.get(key) if key else None

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Every stored vector by the SHA-256 of its text."""
        with self._reading() as connection:
            rows = connection.execute(select(_VECTORS)).all()
        return {row.content: np.frombuffer(row.vector, dtype=np.float32) for row in rows}

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A connection; NoIndex where the file is missing or is no catalogue."""
        if not self.path.is_file():
            raise damaged(self.path)
        try:
            with self._engine.connect() as connection:
                yield connection
        except DatabaseError as broken:
            raise damaged(self.path) from broken

    def _document(self, row: Row) -> Document:  # type: ignore[type-arg]  # rows carry no type
        sections = tuple(Section(**section) for section in json.loads(row.sections))
        return Document(self.study(row.doc_id), row.text, sections)

    @cached_property
    def _studies(self) -> dict[str, Study]:
        query = select(_DOCUMENTS.c.doc_id, _DOCUMENTS.c.study).order_by(_DOCUMENTS.c.doc_id)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return {row.doc_id: _STUDY.validate_json(row.study) for row in rows}

    @cached_property
    def _trials(self) -> dict[str, Trial]:
        with self._reading() as connection:
            rows = connection.execute(select(_TRIALS).order_by(_TRIALS.c.key)).all()
        return {row.key: _TRIAL.validate_json(row.trial) for row in rows}


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _write_ahead(connection: object, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]

    return engine


def _insert(connection: object, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(insert(table), listed)  # type: ignore[attr-defined]


def _document_row(document: Document) -> dict[str, object]:
    return {
        "doc_id": document.doc_id,
        "study": _STUDY.dump_json(document.study).decode(),
        "text": document.text,
        "sections": json.dumps([asdict(section) for section in document.sections]),
    }


def _passage_row(number: int, passage: Passage) -> dict[str, object]:
    return {
        "passage_id": passage.passage_id,
        "number": number,
        "doc_id": passage.doc_id,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "sentences": json.dumps([[s.start, s.end, s.position, s.of] for s in passage.sentences]),
    }


def _passage(row: Row) -> Passage:  # type: ignore[type-arg]  # rows carry no type of their own
    sentences = (
        Sentence(row.doc_id, row.section, start, end, position, of)
        for start, end, position, of in json.loads(row.sentences)
    )
    return Passage(row.passage_id, row.doc_id, row.section, row.start, row.end, tuple(sentences))


def _trial_row(trial: Trial) -> dict[str, object]:
    return {"key": trial.key, "trial": _TRIAL.dump_json(trial).decode()}

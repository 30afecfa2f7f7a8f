"""The catalogue: documents, passages, sentences, trials and vectors in one SQLite file."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.exc import DatabaseError

from index.columns import Columns
from index.documents import Document, Study
from index.errors import damaged
from index.figure_table import StoredFigure, figure_rows, figures_table, stored_figure
from index.passages import Passage
from index.rows import (
    STUDY,
    TRIAL,
    document_from,
    document_row,
    passage_from,
    passage_row,
    trial_row,
)
from index.trials import Trial

T = TypeVar("T")
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
_FIGURES = figures_table(_METADATA)
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
_AT_ONCE = 10_000
"""Rows that are written, or values that are asked for, by one statement."""


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
        """Fill an empty catalogue; ``passages`` come document by document.

        ``vectors`` maps the ``content_id`` of a text to its vector.
        """
        _METADATA.create_all(self._engine)
        with self._engine.begin() as connection:
            _insert(connection, _DOCUMENTS, map(document_row, documents))
            numbered = enumerate(passages)
            _insert(connection, _PASSAGES, (passage_row(n, p) for n, p in numbered))
            _insert(connection, _TRIALS, map(trial_row, trials))
            _insert(connection, _FIGURES, figure_rows(documents))
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
        return self._count(_DOCUMENTS)

    def passage_count(self) -> int:
        return self._count(_PASSAGES)

    def studies(self) -> tuple[Study, ...]:
        """All studies, sorted by id."""
        return tuple(self._studies.values())

    def study(self, doc_id: str) -> Study:
        """KeyError where there is no such document."""
        return self._studies[doc_id]

    def document(self, doc_id: str) -> Document:
        """KeyError where there is no such document."""
        return self.documents_of([doc_id])[doc_id]

    def documents_of(self, doc_ids: Iterable[str]) -> dict[str, Document]:
        """These documents by id; those that do not exist are left out."""
        rows = self._where_in(select(_DOCUMENTS), _DOCUMENTS.c.doc_id, set(doc_ids))
        return {row.doc_id: document_from(row) for row in rows}

    def documents(self) -> tuple[Document, ...]:
        """All documents, sorted by id, read at once."""
        with self._reading() as connection:
            rows = connection.execute(select(_DOCUMENTS).order_by(_DOCUMENTS.c.doc_id)).all()
        return tuple(map(document_from, rows))

    def passages(self) -> tuple[Passage, ...]:
        """All passages, in the order in which the word index numbers them."""
        with self._reading() as connection:
            rows = connection.execute(select(_PASSAGES).order_by(_PASSAGES.c.number)).all()
        return tuple(map(passage_from, rows))

    def passages_at(self, numbers: Iterable[int]) -> list[Passage]:
        """The passages with these numbers, in the order of ``numbers``."""
        numbers = list(map(int, numbers))
        rows = self._where_in(select(_PASSAGES), _PASSAGES.c.number, numbers)
        found = {row.number: passage_from(row) for row in rows}
        return [found[number] for number in numbers]

    def numbers_of(self, passage_ids: Sequence[str]) -> NDArray[np.int64]:
        """The number of each passage, in order; NoIndex where one is not of this index."""
        query = select(_PASSAGES.c.passage_id, _PASSAGES.c.number)
        rows = self._where_in(query, _PASSAGES.c.passage_id, passage_ids)
        found = {row.passage_id: row.number for row in rows}
        if len(found) < len(passage_ids):
            raise damaged(self.path)
        return np.array([found[passage_id] for passage_id in passage_ids], dtype=np.int64)

    def numbers_in(self, doc_ids: Iterable[str]) -> NDArray[np.int64]:
        """The numbers of all passages of these documents, ascending."""
        query = select(_PASSAGES.c.number)
        rows = self._where_in(query, _PASSAGES.c.doc_id, set(doc_ids))
        return np.array(sorted(row.number for row in rows), dtype=np.int64)

    def columns(self) -> Columns:
        """Some hundred bytes a document and four a passage; read once."""
        return self._columns

    def trials(self) -> tuple[Trial, ...]:
        return tuple(self._trials.values())

    def trial(self, key: str | None) -> Trial | None:
        return self._trials.get(key) if key else None

    def figures(self, doc_id: str) -> tuple[StoredFigure, ...]:
        """The figures of a document under their keys, in the order of its text."""
        query = select(_FIGURES).where(_FIGURES.c.doc_id == doc_id).order_by(_FIGURES.c.number)
        with self._reading() as connection:
            return tuple(map(stored_figure, connection.execute(query)))

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Every stored vector by the SHA-256 of its text."""
        with self._reading() as connection:
            rows = connection.execute(select(_VECTORS)).all()
        return {row.content: np.frombuffer(row.vector, dtype=np.float32) for row in rows}

    def _count(self, table: Table) -> int:
        with self._reading() as connection:
            counted: int = connection.execute(select(func.count()).select_from(table)).scalar_one()
        return counted

    def _where_in(
        self, query: Select[Any], column: Column[Any], values: Collection[object]
    ) -> list[Row[Any]]:
        """The rows where a column has one of these values, in no order."""
        rows: list[Row[Any]] = []
        with self._reading() as connection:
            for some in _batches(values):
                rows += connection.execute(query.where(column.in_(some))).all()
        return rows

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

    @cached_property
    def _studies(self) -> dict[str, Study]:
        query = select(_DOCUMENTS.c.doc_id, _DOCUMENTS.c.study).order_by(_DOCUMENTS.c.doc_id)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return {row.doc_id: STUDY.validate_json(row.study) for row in rows}

    @cached_property
    def _trials(self) -> dict[str, Trial]:
        with self._reading() as connection:
            rows = connection.execute(select(_TRIALS).order_by(_TRIALS.c.key)).all()
        return {row.key: TRIAL.validate_json(row.trial) for row in rows}

    @cached_property
    def _columns(self) -> Columns:
        study = _DOCUMENTS.c.study
        fields = [func.json_extract(study, f"$.{name}") for name in _FILTERED]
        query = select(_DOCUMENTS.c.doc_id, *fields).order_by(_DOCUMENTS.c.doc_id)
        with self._reading() as connection:
            rows = connection.execute(query).all()
            spans = connection.execute(_SPANS).all()
        return Columns.of(rows, spans)


_FILTERED = ("kind", "year", "randomised", "age_group")
_SPANS = (
    select(_PASSAGES.c.doc_id, func.min(_PASSAGES.c.number), func.count())
    .group_by(_PASSAGES.c.doc_id)
    .order_by(_PASSAGES.c.doc_id)
)


def content_id(text: str) -> str:
    """What a vector is stored under: the SHA-256 of the text that was embedded."""
    return hashlib.sha256(text.encode()).hexdigest()


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)))

    @event.listens_for(engine, "connect")
    def _write_ahead(connection: object, _: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]

    return engine


def _insert(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    for some in _batches(rows):
        connection.execute(insert(table), some)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    values = iter(values)
    while batch := list(islice(values, _AT_ONCE)):
        yield batch

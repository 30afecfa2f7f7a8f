"""The table of the catalogue that holds every figure under its key."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Row, String, Table

from index.documents import Document
from index.figures import WITHOUT_RESULTS, KeyedFigure, keyed_figures
from index.passages import sentences_of

_NUMBERS = frozenset({"start", "end"})
_REQUIRED = frozenset({"value", "start", "end", "population"})


@dataclass(frozen=True, slots=True)
class StoredFigure:
    """A figure with its sentence: ``document.text[sentence_start:sentence_end]``."""

    doc_id: str
    section: str
    sentence_start: int
    sentence_end: int
    figure: KeyedFigure


def figures_table(metadata: MetaData) -> Table:
    """The table ``figures``: one row a value, found by document, measure and trial."""
    return Table(
        "figures",
        metadata,
        Column("number", Integer, primary_key=True),
        Column("doc_id", String, nullable=False, index=True),
        Column("section", String, nullable=False),
        Column("sentence_start", Integer, nullable=False),
        Column("sentence_end", Integer, nullable=False),
        *map(_column, (field.name for field in fields(KeyedFigure))),
    )


def _column(name: str) -> "Column[Any]":
    kind = Integer if name in _NUMBERS else String
    by_this = name in ("measure", "trial")
    return Column(name, kind, nullable=name not in _REQUIRED, index=by_this)


def stored_figures(document: Document) -> Iterator[StoredFigure]:
    """Every figure of the sections that report results, in the order of the text."""
    for section in document.sections:
        if section.heading in WITHOUT_RESULTS:
            continue
        for sentence in sentences_of(document, section):
            text = document.text[sentence.start : sentence.end]
            for figure in keyed_figures(text, trial=document.study.trial):
                yield StoredFigure(
                    document.doc_id, section.heading, sentence.start, sentence.end, figure
                )


def figure_rows(documents: Iterable[Document]) -> Iterator[dict[str, Any]]:
    """What to insert; figures are numbered in the order of documents and text."""
    stored = (one for document in documents for one in stored_figures(document))
    for number, one in enumerate(stored):
        row = {**_fields(one), **_fields(one.figure), "number": number}
        del row["figure"]
        yield {**row, "population": json.dumps(one.figure.population)}


def _fields(record: StoredFigure | KeyedFigure) -> dict[str, Any]:
    """The fields of a record as they are, where ``asdict`` would copy each of them."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def stored_figure(row: Row) -> StoredFigure:  # type: ignore[type-arg]  # rows carry no type
    """What ``figure_rows`` stored."""
    said = {field.name: getattr(row, field.name) for field in fields(KeyedFigure)}
    figure = KeyedFigure(**{**said, "population": tuple(json.loads(row.population))})
    return StoredFigure(row.doc_id, row.section, row.sentence_start, row.sentence_end, figure)

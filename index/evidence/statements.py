"""What a document states: its sentences, headings and front matter, each with its figures."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from index.documents import Document
from index.evidence.quantities import Quantity, quantities
from index.passages import sentences_of
from index.readers import Corpus

FRONT_MATTER = ("design", "phase", "comparator", "n", "population", "follow_up")
RELATED = "Related reports"
Names = Mapping[str, frozenset[str]]
"""Names of documents and trials, each with the ids of the documents it stands for."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, a heading or a field of the front matter; ``where`` is its section or field."""

    where: str
    text: str
    figures: tuple[Quantity, ...]

    @property
    def in_body(self) -> bool:
        return not self.where.startswith("field ")

    @property
    def beginning(self) -> str:
        return self.text if len(self.text) <= 100 else f"{self.text[:100].rsplit(' ', 1)[0]} ..."


def names_of(corpus: Corpus) -> Names:
    """Every name by which a sentence may speak of a document: its own, or that of its trial."""
    names: dict[str, frozenset[str]] = {}
    for document in corpus.documents:
        short = document.study.short
        for name in {short, short.split(" (")[0]}:
            names[name] = names.get(name, frozenset()) | {document.doc_id}
    for trial in corpus.trials:
        reports = frozenset(report.doc_id for report in trial.reports)
        for name in {trial.name, *trial.aliases, *trial.numbers}:
            names[name] = names.get(name, frozenset()) | reports
    return names


def documents_named(text: str, names: Names) -> set[str]:
    """The ids of the documents that a sentence speaks of."""
    return {
        doc_id
        for name, doc_ids in names.items()
        if name in text and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
        for doc_id in doc_ids
    }


def statements_of(document: Document, names: Names) -> list[Statement]:
    known = tuple(names)
    return [
        Statement(where, text, tuple(quantities(text, known))) for where, text in _texts(document)
    ]


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    for field in FRONT_MATTER:
        value = getattr(document.study, field)
        if value is not None:
            yield f"field {field}", f"{field} {value}" if field == "phase" else str(value)
    for section in document.sections:
        yield section.heading, section.heading
        for sentence in sentences_of(document, section):
            yield section.heading, document.text[sentence.start : sentence.end]

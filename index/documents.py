"""The records of the corpus: Document, Section, Study."""

from dataclasses import dataclass

from pydantic import ConfigDict, with_config


@with_config(ConfigDict(extra="forbid"))
@dataclass(frozen=True, slots=True)
class Study:
    """What the front matter of a document says; docs_corpus/README.md explains the fields."""

    doc_id: str
    short: str
    title: str
    authors: tuple[str, ...]
    journal: str | None
    year: int | None
    volume: str | None
    pages: str | None
    doi: str | None
    pmid: str | None
    pmcid: str | None
    nct: tuple[str, ...]
    eudract: tuple[str, ...]
    other_ids: tuple[str, ...]
    kind: str
    trial: str | None
    design: str | None
    phase: str | None
    randomised: bool | None
    comparator: str | None
    n: int | None
    population: str
    age_group: tuple[str, ...]
    line: tuple[str, ...]
    follow_up: str | None
    read: str
    verified: str
    status: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A named part of a document: ``document.text[start:end]``, the heading left out."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the corpus.

    ``text`` is what is stored, shown and quoted: headings and paragraphs, separated by empty lines.
    Every offset of this project counts characters of it.
    """

    study: Study
    text: str
    sections: tuple[Section, ...]

    @property
    def doc_id(self) -> str:
        return self.study.doc_id

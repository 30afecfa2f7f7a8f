"""Passages and their sentences, by offsets into the stored text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import sentencex

from index.documents import Document, Section


@dataclass(frozen=True, slots=True)
class Sentence:
    """``document.text[start:end]``; the ``position``-th of ``of`` sentences of its section."""

    doc_id: str
    section: str
    start: int
    end: int
    position: int
    of: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The span that is embedded and retrieved: whole sentences of one paragraph or more."""

    passage_id: str
    doc_id: str
    section: str
    start: int
    end: int
    sentences: tuple[Sentence, ...]


def passages_of(document: Document, size: int) -> list[Passage]:
    """The passages of a document in order; none crosses a section or cuts a sentence.

    ``size`` is the number of characters that a passage holds at most, but for a single longer
    sentence.
    """
    passages: list[Passage] = []
    for section in document.sections:
        for group in _grouped(list(sentences_of(document, section)), size):
            passages.append(_passage(document, section, group))
    return passages


def sentences_of(document: Document, section: Section) -> Iterator[Sentence]:
    """The sentences of a section; paragraphs end sentences as well."""
    spans = list(_sentence_spans(document.text, section))
    for position, (start, end) in enumerate(spans, start=1):
        yield Sentence(document.doc_id, section.heading, start, end, position, len(spans))


def _sentence_spans(text: str, section: Section) -> Iterator[tuple[int, int]]:
    for paragraph in re.finditer(r"[^\n]+", text[section.start : section.end]):
        offset = section.start + paragraph.start()
        for found in sentencex.get_sentence_boundaries("en", paragraph[0]):
            start, end = found["start_index"], found["end_index"]
            words = paragraph[0][start:end]
            if words.strip():
                lead = len(words) - len(words.lstrip())
                yield offset + start + lead, offset + start + len(words.rstrip())


def _grouped(sentences: list[Sentence], size: int) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if group and sentence.end - group[0].start > size:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _passage(document: Document, section: Section, group: list[Sentence]) -> Passage:
    slug = re.sub(r"[^a-z0-9]+", "-", section.heading.lower()).strip("-")
    return Passage(
        passage_id=f"{document.doc_id}/{slug}/{group[0].start}",
        doc_id=document.doc_id,
        section=section.heading,
        start=group[0].start,
        end=group[-1].end,
        sentences=tuple(group),
    )


def search_text(document: Document, passage: Passage) -> str:
    """What is embedded for a passage: its words under the names of study and section.

    A name that is empty leaves no trace: documents from elsewhere may lack a title.
    """
    words = document.text[passage.start : passage.end]
    names = "".join(f"{name}. " for name in (document.study.short, document.study.title) if name)
    return f"{names}{passage.section}: {words}" if passage.section else names + words

"""Records to rows of the catalogue, and back."""

import json
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from index.documents import Document, Section, Study
from index.passages import Passage, Sentence
from index.trials import Trial

STUDY = TypeAdapter(Study)
TRIAL = TypeAdapter(Trial)


def document_row(document: Document) -> dict[str, object]:
    return {
        "doc_id": document.doc_id,
        "study": STUDY.dump_json(document.study).decode(),
        "text": document.text,
        "sections": json.dumps([asdict(section) for section in document.sections]),
    }


def passage_row(number: int, passage: Passage) -> dict[str, object]:
    return {
        "passage_id": passage.passage_id,
        "number": number,
        "doc_id": passage.doc_id,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "sentences": json.dumps([[s.start, s.end, s.position, s.of] for s in passage.sentences]),
    }


def document_from(row: Any) -> Document:
    sections = tuple(Section(**section) for section in json.loads(row.sections))
    return Document(STUDY.validate_json(row.study), row.text, sections)


def passage_from(row: Any) -> Passage:
    sentences = (
        Sentence(row.doc_id, row.section, start, end, position, of)
        for start, end, position, of in json.loads(row.sentences)
    )
    return Passage(row.passage_id, row.doc_id, row.section, row.start, row.end, tuple(sentences))


def trial_row(trial: Trial) -> dict[str, object]:
    return {"key": trial.key, "trial": TRIAL.dump_json(trial).decode()}

"""Gold folders: questions, dialogues, claims and articles with what a right answer holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadGold


@dataclass(frozen=True, slots=True)
class Expected:
    """What a right answer to one question or turn holds."""

    row_id: str
    question: str
    kind: str
    answerable: bool
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    cite_any: tuple[str, ...]
    cite_all: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One folder; what it does not hold is empty."""

    questions: tuple[Expected, ...]
    dialogues: tuple[tuple[Expected, ...], ...]


def read_gold(folder: Path) -> Gold:
    """Read ``questions.jsonl`` and ``dialogues.jsonl``; fields that are not known are passed over."""
    questions = _rows(folder / "questions.jsonl")
    dialogues = _rows(folder / "dialogues.jsonl")
    if not questions and not dialogues:
        raise BadGold(f"{folder}: neither questions.jsonl nor dialogues.jsonl. Name a gold folder.")
    return Gold(
        tuple(_expected(row["id"], row) for row in questions),
        tuple(
            tuple(_expected(f"{row['id']}-t{n}", turn) for n, turn in enumerate(row["turns"], 1))
            for row in dialogues
        ),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            rows += [json.loads(line)] if line.strip() else []
        except json.JSONDecodeError as error:
            raise BadGold(f"{path.name}, line {number}: not JSON: {error}.") from error
    return rows


def _expected(row_id: str, row: Mapping[str, Any]) -> Expected:
    try:
        return Expected(
            row_id=row_id,
            question=row["question"],
            kind=row.get("type", "dialogue"),
            answerable=row.get("answerable", True),
            must=tuple(tuple(group) for group in row.get("must", ())),
            must_not=tuple(row.get("must_not", ())),
            cite_any=tuple(row.get("cite_any", ())),
            cite_all=tuple(row.get("cite_all", ())),
        )
    except KeyError as missing:
        raise BadGold(f"{row_id}: no field {missing}. See the README of the gold set.") from missing

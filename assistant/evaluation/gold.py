"""Gold folders: questions, dialogues, claims and articles with what a right answer holds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadGold

KEPT_BACK = frozenset({"held", "b", "kept"})
"""Splits of ``tests/gold`` and of the sets written after it that teach nothing."""


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
    split: str | None = None
    """Such as ``dev`` or ``held``, where the folder tells them apart."""

    @property
    def kept_back(self) -> bool:
        """Whether nothing may be learned from it: it is there to be judged by."""
        return self.split in KEPT_BACK


@dataclass(frozen=True, slots=True)
class Gold:
    """One folder; what it does not hold is empty."""

    questions: tuple[Expected, ...]
    dialogues: tuple[tuple[Expected, ...], ...]


def read_gold(folder: Path) -> Gold:
    """Read ``questions.jsonl`` and ``dialogues.jsonl``; unknown fields are passed over."""
    questions = _rows(folder / "questions.jsonl")
    dialogues = _rows(folder / "dialogues.jsonl")
    if not questions and not dialogues:
        raise BadGold(f"{folder}: neither questions.jsonl nor dialogues.jsonl. Name a gold folder.")
    return Gold(
        tuple(_expected(row["id"], row) for row in questions),
        tuple(tuple(_turns(row)) for row in dialogues),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    return [_row(f"{path.name}, line {number}", line) for number, line in lines if line.strip()]


def _row(where: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadGold(f"{where}: not JSON: {error}. Write one object a line.") from error
    if not isinstance(row, dict) or "id" not in row:
        raise BadGold(f"{where}: no object with an id. See the README of the gold set.")
    return row


def _turns(row: Mapping[str, Any]) -> Iterator[Expected]:
    if not row.get("turns"):
        raise BadGold(f"{row['id']}: no field 'turns'. See the README of the gold set.")
    for number, turn in enumerate(row["turns"], start=1):
        yield _expected(f"{row['id']}-t{number}", turn)


def _expected(row_id: str, row: Mapping[str, Any]) -> Expected:
    try:
        return Expected(
            row_id=row_id,
            question=row["question"],
            kind=row.get("type", "dialogue"),
            answerable=row.get("answerable", True),
            must=tuple(tuple(group) for group in row.get("must") or ()),
            must_not=tuple(row.get("must_not") or ()),
            cite_any=tuple(row.get("cite_any") or ()),
            cite_all=tuple(row.get("cite_all") or ()),
            split=row.get("split"),
        )
    except KeyError as missing:
        raise BadGold(f"{row_id}: no field {missing}. See the README of the gold set.") from missing

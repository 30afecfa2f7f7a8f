"""How well figures are read: precision and recall of (measure, time, arm, value) on labels."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.figures import keyed_figures

Key = tuple[str | None, str | None, frozenset[str], str]
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class FigureScore:
    """Counts over the labelled sentences of one split."""

    sentences: int
    labelled: int
    read: int
    right: int

    @property
    def precision(self) -> float:
        """The share of the figures read that are labelled so."""
        return self.right / max(1, self.read)

    @property
    def recall(self) -> float:
        """The share of the figures labelled that are read so."""
        return self.right / max(1, self.labelled)


def score_figures(path: Path, split: str | None = None) -> FigureScore:
    """Score the sentences of a split, ``dev`` or ``held``; all of them without one."""
    rows = [row for row in _rows(path) if split in (None, row["split"])]
    pairs = [(_labelled(row), _read(row["sentence"])) for row in rows]
    return FigureScore(
        sentences=len(rows),
        labelled=sum(wanted.total() for wanted, _ in pairs),
        read=sum(found.total() for _, found in pairs),
        right=sum((wanted & found).total() for wanted, found in pairs),
    )


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _labelled(row: dict[str, object]) -> Counter[Key]:
    figures = row["figures"]
    assert isinstance(figures, list)
    return Counter(_key(f["measure"], f["time"], f["arm"], f["value"]) for f in figures)


def _read(sentence: object) -> Counter[Key]:
    figures = keyed_figures(str(sentence))
    return Counter(_key(f.measure, f.time, f.arm, f.value) for f in figures)


def _key(measure: str | None, time: str | None, arm: str | None, value: str) -> Key:
    """The drugs of an arm in any order; a value by its first number."""
    number = _NUMBER.search(value)
    drugs = frozenset(arm.split(" + ")) if arm else frozenset()
    return measure, time, drugs, number[0] if number else value

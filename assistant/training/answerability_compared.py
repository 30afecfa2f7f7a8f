"""Comparisons beside the sentences that answer one of their sides.

``answered/comparisons.jsonl`` was written for this project from ``docs_corpus/``. A comparison is
answered side by side, so each sentence that answers a side in full answers; one that search ranks
high and that holds no answer is near.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from assistant.training.answerability_pairs import ANSWERS, NEAR, REPEATS, Place, Search
from assistant.training.verifier_pairs import Pair, rows_of

DATA = Path(__file__).parent / "answered" / "comparisons.jsonl"
TIMES = 3
"""How often each pair is learned: there are far fewer of them than of others."""
FOUND_FOR_ALL, FOUND_FOR_SIDE, FOUND_FOR_MISSING = 4, 2, 3
"""Near sentences that are taken for the whole question, for a side, and for one without answer."""
BOTH = 2
"""The sides of a question of which one has no answer."""
SplitUp = Callable[[str], Sequence[str]]
"""The sides of a question, as the assistant makes questions of them; none where it finds none."""


@dataclass(frozen=True, slots=True)
class Side:
    """What answers one side: sentences of a document, and texts of which one has to stand there."""

    places: tuple[Place, ...]
    must: tuple[str, ...]

    def is_answered_by(self, place: Place) -> bool:
        return place in self.places or any(one.lower() in place[1].lower() for one in self.must)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A question with its sides in order, and another of which one side has no answer."""

    question: str
    sides: tuple[Side, ...]
    missing: str | None
    missing_side: int | None


def comparisons(path: Path = DATA) -> list[Comparison]:
    return [
        Comparison(
            row["question"],
            tuple(map(_side, row["sides"])),
            row["missing"],
            row["missing_side"],
        )
        for row in rows_of(path)
    ]


def _side(row: Mapping[str, Any]) -> Side:
    return Side(tuple((row["doc_id"], text) for text in row["sentences"]), tuple(row["must"]))


def compared_pairs(
    rows: Iterable[Comparison], shown: Mapping[Place, str], search: Search, split_up: SplitUp
) -> list[Pair]:
    """``shown`` holds each sentence as the models read it; one that is not there is passed over."""
    places = [one for row in rows for one in _placed(row, search, split_up)]
    known = [
        Pair(question, shown[place], label, "compared", place[0])
        for question, place, label in places
        if place in shown
    ]
    return known * TIMES


def _placed(row: Comparison, search: Search, split_up: SplitUp) -> Iterator[tuple[str, Place, int]]:
    sides = split_up(row.question)
    asked = sides if len(sides) == len(row.sides) else [None] * len(row.sides)
    for text, side in zip(asked, row.sides, strict=True):
        for question in filter(None, (row.question, text)):
            yield from ((question, place, ANSWERS) for place in side.places[:REPEATS])
        if text:
            yield from _near_side(text, side, row, search)
    yield from _found(row.question, row.sides, search, FOUND_FOR_ALL)
    missing = split_up(row.missing) if row.missing else ()
    if row.missing_side is not None and len(missing) == BOTH:
        yield from _found(missing[row.missing_side], (), search, FOUND_FOR_MISSING)


def _near_side(
    text: str, side: Side, row: Comparison, search: Search
) -> Iterator[tuple[str, Place, int]]:
    """A side beside what answers the others, and beside what search ranks first for it."""
    for other in row.sides:
        if other is not side and other.places[0][0] != side.places[0][0]:
            yield text, other.places[0], NEAR
    yield from _found(text, row.sides, search, FOUND_FOR_SIDE)


def _found(
    question: str, answered: Sequence[Side], search: Search, count: int
) -> Iterator[tuple[str, Place, int]]:
    """The first sentences that search ranks for a question and that answer none of its sides."""
    near = (
        place
        for place in search(question)
        if not any(side.is_answered_by(place) for side in answered)
    )
    return ((question, place, NEAR) for place in islice(near, count))

"""The effect of a treatment by the figures of a sentence: a hazard ratio, or two arms."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import permutations

from assistant.checks.placed import placed
from assistant.claims.figures import in_digits
from assistant.differing import kind_of
from index.figures import KeyedFigure
from index.terms import plain

SIGNIFICANT = 0.05
WITHOUT_EVENTS = "survival without events"
LEAST, CLEAR = 1.0, 5.0
"""Percentage points: two arms that differ by less are alike, by more they differ."""
FACTOR = 1.3
"""What a median time has to be multiplied by to differ clearly."""
COMPARATORS = frozenset({"chemotherapy", "control arm"})
OUTCOMES: Mapping[str, str] = {
    "event-free survival": WITHOUT_EVENTS,
    "disease-free survival": WITHOUT_EVENTS,
    "relapse-free survival": WITHOUT_EVENTS,
    "progression-free survival": WITHOUT_EVENTS,
    "relapse": "relapse",
    "overall survival": "survival",
    "death": "survival",
    "treatment-related mortality": "death from treatment",
    "complete remission": "remission",
    "objective response": "remission",
    "molecular response": "minimal residual disease",
    "minimal residual disease": "minimal residual disease",
    "quality of life": "quality of life",
    "adverse event": "adverse events",
    "serious adverse event": "adverse events",
}
"""Outcomes by the terms that measure them; a term of safety is an outcome of its own."""
WORSE_IF_MORE = frozenset({"relapse", "death from treatment", "adverse events"})
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_BOUNDS = re.compile(r"CI (\d+(?:\.\d+)?)(?:-| to )(\d+(?:\.\d+)?)")
_BRACKET = re.compile(r" ?\((\d+\.\d+)(?:-| to )(\d+\.\d+)\)")
EVENTS = re.compile(r"\b(?:relapse|progression|events?) or death\b", re.IGNORECASE)
"""A risk that is survival without events, whatever its last word says."""
_P = re.compile(r"P ?(=|<|>|≤|≥) ?(0?\.\d+)")


class Effect(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    SAME = "no different"


@dataclass(frozen=True, slots=True)
class FigureEffect:
    """The effect on one outcome in one arm, by the names of its terms: ``blinatumomab``."""

    arm: str
    outcome: str
    effect: Effect
    bare: bool = False
    """Whether two values stand side by side, and nothing says how sure the difference is."""


def figure_effects(text: str) -> list[FigureEffect]:
    """Arms set side by side, then ratios, which say more and so come last."""
    figures = [one.figure for one in placed(text) if _outcome(one.figure)]
    ratios = _of_ratios(figures, plain(in_digits(text)))
    if EVENTS.search(text):
        ratios = (replace(one, outcome=WITHOUT_EVENTS) for one in ratios)
    return [*_of_arms(figures), *ratios]


def _outcome(one: KeyedFigure) -> str | None:
    name = one.measure or ""
    return OUTCOMES.get(name) or (name if kind_of(name) == "safety" else None)


def _of_ratios(figures: list[KeyedFigure], text: str) -> Iterator[FigureEffect]:
    for one in figures:
        number = _NUMBER.search(one.value.replace("hazard ratio", ""))
        if one.unit != "hazard ratio" or number is None or one.arm is None:
            continue
        bounds = _BOUNDS.search(one.interval or "") or _BRACKET.match(text, one.end)
        unsure = bounds and float(bounds[1]) <= 1 <= float(bounds[2])
        below = Effect.BETTER if float(number[0]) < 1 else Effect.WORSE
        yield FigureEffect(one.arm, _outcome(one) or "", Effect.SAME if unsure else below)


def _of_arms(figures: list[KeyedFigure]) -> Iterator[FigureEffect]:
    for one, other in permutations(figures, 2):
        effect, bare = _between(one, other) if _are_compared(one, other) else (None, False)
        if effect:
            yield FigureEffect(one.arm or "", _outcome(one) or "", effect, bare)


def _are_compared(one: KeyedFigure, other: KeyedFigure) -> bool:
    """Whether the second figure is that of a comparator, under the same key else."""
    same = (one.measure, one.time or other.time) == (other.measure, other.time or one.time)
    percent = _amount(one) is not None and _amount(other) is not None
    return same and percent and _is_control(other) and not _is_control(one) and bool(one.arm)


def _is_control(one: KeyedFigure) -> bool:
    return bool(one.arm) and set((one.arm or "").split(" + ")) <= COMPARATORS


def _between(one: KeyedFigure, other: KeyedFigure) -> tuple[Effect | None, bool]:
    """The effect on the first arm, and whether no P value goes with it."""
    mine, its = _amount(one) or 0, _amount(other) or 0
    difference = mine - its if "%" in _printed(one) else CLEAR * _steps(mine, its)
    p_values = [found for figure in (one, other) if (found := _P.search(figure.p or ""))]
    if any(p[1] in "=>≥" and float(p[2]) > SIGNIFICANT for p in p_values):
        return Effect.SAME, False
    bad = one.measure == "death" or is_harm(_outcome(one) or "")
    if abs(difference) < LEAST and not bad and "%" in _printed(one):
        return Effect.SAME, not p_values
    if abs(difference) < CLEAR and not p_values:
        return None, True
    return (Effect.BETTER if (difference > 0) != bad else Effect.WORSE), not p_values


def _steps(one: float, other: float) -> int:
    """1 where one median, or rate per year, is clearly above another, -1 below, else 0."""
    return (one > FACTOR * other) - (other > FACTOR * one)


def is_harm(outcome: str) -> bool:
    """Whether more of an outcome is worse."""
    return outcome in WORSE_IF_MORE or kind_of(outcome) == "safety"


def _amount(one: KeyedFigure) -> float | None:
    """A share, a median time, or a rate per year; None for counts and ratios."""
    found = _NUMBER.search(_printed(one))
    rate = (
        one.unit in ("%", "months", "years") or one.share or (one.unit is None and "." in one.value)
    )
    return float(found[0]) if found and rate else None


def _printed(one: KeyedFigure) -> str:
    return one.share or one.value

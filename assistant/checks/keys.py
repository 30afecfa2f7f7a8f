"""The figures of a claim beside those of its quote: do they stand there, under the same key?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Check
from assistant.checks.placed import DEATHS, Placed, numbers_of, placed, terms_around
from index.documents import Study
from index.figures import KeyedFigure
from index.keys.timepoints import time_points_in

COMPARATORS = frozenset({"chemotherapy", "control arm"})
GENERIC = frozenset({"adverse event", "objective response", "price"})
"""Measures that stand for a more precise one."""


def figures_check(claim: str, quotes: str, study: Study) -> Check:
    """Whether every number of the claim stands in its quote."""
    there = set(numbers_of(quotes)) | _years_and_months(quotes) | {str(study.year)}
    missing = [number for number in dict.fromkeys(numbers_of(claim)) if number not in there]
    if not missing:
        return Check("figures", True, "Every number of the claim stands in the quote.")
    return Check("figures", False, f"{', '.join(missing)} does not stand in the quote.")


def _years_and_months(text: str) -> set[str]:
    """``24`` for "2 years" and ``2`` for "24 months"."""
    found = set()
    for time in time_points_in(text):
        number, _, unit = time.name.partition(" ")
        if number.isdigit() and unit.startswith("year"):
            found.add(str(12 * int(number)))
        if number.isdigit() and unit.startswith("month") and int(number) % 12 == 0:
            found.add(str(int(number) // 12))
    return found


def key_checks(claim: str, quotes: str, study: Study) -> Iterator[Check]:
    """A failed check for each part of a key that differs, then the parts that agree."""
    ours, theirs = placed(claim), placed(quotes)
    failed: dict[str, Check] = {}
    for figure in ours:
        for check in _failed(figure, ours, theirs, quotes, study):
            failed.setdefault(check.name, check)
    yield from failed.values()
    for name, label in KEYS.items():
        if name not in failed:
            yield Check(name, True, f"Every figure has the {label} that it has in the quote.")


KEYS = {
    "value": "value",
    "measure": "measure",
    "time point": "time point",
    "arm": "arm",
    "population": "patients",
    "unit": "unit",
    "interval": "interval",
}


def _failed(
    one: Placed, ours: Sequence[Placed], theirs: Sequence[Placed], quotes: str, study: Study
) -> list[Check]:
    same = [other for other in theirs if one.numbers <= other.numbers]
    same = same or [other for other in theirs if one.numbers & other.numbers]
    if not same:
        other = _same_key(one, theirs)
        return [_other_value(one, other)] if other else []
    found = [_differing(one, other, ours, theirs, Source(quotes, study)) for other in same]
    return min(found, key=len)


@dataclass(frozen=True, slots=True)
class Source:
    quotes: str
    study: Study

    def names(self, term: str) -> bool:
        """Whether the quote or the front matter of its study names a term."""
        return term in terms_around(self.quotes, [self.study])


def _same_key(one: Placed, theirs: Sequence[Placed]) -> Placed | None:
    """The figure of the quote that has the key of a figure whose value does not stand there."""
    mine = one.figure
    for other in theirs:
        figure = other.figure
        alike = (mine.measure, mine.time, mine.arm) == (figure.measure, figure.time, figure.arm)
        if alike and mine.measure and mine.unit == figure.unit:
            return other
    return None


def _other_value(one: Placed, other: Placed) -> Check:
    said, there = one.figure, other.figure
    return Check(
        "value", False, f"The quote gives {there.value} for {said.measure}, not {said.value}."
    )


def _differing(
    one: Placed, other: Placed, ours: Sequence[Placed], theirs: Sequence[Placed], source: Source
) -> list[Check]:
    """The parts of the key in which a figure differs from one of the quote with its value."""
    checks = [
        _measure(one.figure, other.figure, source),
        _time(one.figure, other.figure, source),
        _arm(one.figure, other.figure, theirs, source),
        _population(one, other, ours, theirs),
        _unit(one.figure, other.figure),
        _interval(one.figure, other.figure),
    ]
    return [check for check in checks if check]


def _measure(said: KeyedFigure, there: KeyedFigure, source: Source) -> Check | None:
    if said.measure is None or said.measure == there.measure:
        return None
    if there.measure is None:
        known = source.names(said.measure)
        return None if known else _wrong("measure", said, "is not given for", said.measure)
    if {said.measure, there.measure} == DEATHS or _is_hazard_of_death(said, there):
        return None
    if {said.measure, there.measure} & GENERIC and source.names(said.measure):
        return None
    return _wrong("measure", said, f"is {there.measure}, not", said.measure)


def _is_hazard_of_death(said: KeyedFigure, there: KeyedFigure) -> bool:
    """A hazard ratio for death is one for overall survival."""
    ratio = "hazard ratio" in (said.unit, there.unit)
    return ratio and {said.measure, there.measure} == {"death", "overall survival"}


def _time(said: KeyedFigure, there: KeyedFigure, source: Source) -> Check | None:
    mine, its = _months(said.time), _months(there.time)
    if mine is None or mine == its:
        return None
    if its is None:
        times = {_months(time.name) for time in time_points_in(source.quotes)}
        return None if mine in times else _wrong("time point", said, "is not given at", said.time)
    return _wrong("time point", said, f"is at {there.time}, not", said.time)


def _months(time: str | None) -> str | None:
    """``24 months`` for ``2 years``."""
    number, _, unit = (time or "").partition(" ")
    if unit.startswith("year") and number.isdigit():
        return f"{12 * int(number)} months"
    return time


def _arm(
    said: KeyedFigure, there: KeyedFigure, theirs: Sequence[Placed], source: Source
) -> Check | None:
    if said.arm is None or said.arm == there.arm:
        return None
    mine, its = _drugs(said.arm), _drugs(there.arm)
    others = [_drugs(one.figure.arm) for one in theirs if one.figure.arm]
    if there.arm is None:
        named = all(source.names(drug) for drug in said.arm.split(" + "))
        return None if named and mine not in others else _wrong("arm", said, "is not of", said.arm)
    nearest = max([its, *others], key=lambda arm: _overlap(mine, arm))
    if _overlap(mine, its) and _overlap(mine, its) >= _overlap(mine, nearest):
        return None
    return _wrong("arm", said, f"is of {there.arm}, not", said.arm)


def _drugs(arm: str | None) -> frozenset[str]:
    """The drugs of an arm; a control arm is what it was given, chemotherapy."""
    drugs = frozenset((arm or "").split(" + ")) - {""}
    return frozenset({"chemotherapy"}) if drugs and drugs <= COMPARATORS else drugs


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _population(
    one: Placed, other: Placed, ours: Sequence[Placed], theirs: Sequence[Placed]
) -> Check | None:
    """Whether the words beside a figure are those beside another figure of the quote."""
    rivals = [rival for rival in theirs if rival is not other]
    if not rivals:
        return None
    elsewhere = frozenset().union(*(rival.near for rival in rivals))
    own, alien = other.near - elsewhere, elsewhere - other.near
    mine = one.words - frozenset().union(*(n.words for n in ours if n is not one))
    if not mine & alien or mine & own:
        return None
    told = ", ".join(sorted(mine & alien))
    return Check("population", False, f"{one.figure.value} is not the figure beside “{told}”.")


def _unit(said: KeyedFigure, there: KeyedFigure) -> Check | None:
    if said.unit is None or there.unit is None or said.unit.rstrip("s") == there.unit.rstrip("s"):
        return None
    if "%" in said.unit + there.unit and "patients" in said.unit + there.unit:
        return None
    return _wrong("unit", said, f"is in {there.unit}, not", said.unit)


def _interval(said: KeyedFigure, there: KeyedFigure) -> Check | None:
    if not (said.interval and there.interval):
        return None
    mine, its = numbers_of(said.interval), numbers_of(there.interval)
    if set(mine) <= set(its):
        return None
    return _wrong("interval", said, f"has the interval {there.interval}, not", said.interval)


def _wrong(name: str, said: KeyedFigure, differs: str, what: str | None) -> Check:
    return Check(name, False, f"{said.value} {differs} {what}.")

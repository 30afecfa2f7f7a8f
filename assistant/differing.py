"""Figures of two reports of one trial that differ under the same key."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.checks.placed import Placed, numbers_of, terms_named
from assistant.telling import Statement, apart, definitions
from index.terms import terms

CIRCUMSTANCES = frozenset({"setting", "genetics", "severity", "procedure", "dosing", "place"})
"""Kinds of term that say of whom, when or of what grade a figure is."""
OF_THE_REPORT = frozenset({"follow-up", "age", "dose"})
"""Measures that describe a report, not its outcome."""
_AMOUNT = re.compile(r"(?:about )?(\d+(?:\.\d+)?)(%?)")


def differing(claim: Statement, other: Statement) -> Iterator[tuple[Placed, Placed]]:
    """Figures under one key, in sentences of which neither is on another group of patients.

    A key under which a sentence has two figures does not tell them apart.
    """
    mine, its = circumstances(claim), circumstances(other)
    same_way = definitions(claim.text) == definitions(other.text)
    if claim.trials != other.trials or not same_way or not (mine <= its or its <= mine):
        return
    for one in claim.figures:
        ours = [figure for figure in claim.figures if _same_key(one, figure)]
        theirs = [figure for figure in other.figures if _same_key(one, figure)]
        if len(ours) != 1 or len(theirs) != 1 or not _apart(one, theirs[0]):
            continue
        # A value that the other sentence has as well belongs to another of its arms.
        if not (_has(other, one) or _has(claim, theirs[0])):
            yield one, theirs[0]


def _has(sentence: Statement, one: Placed) -> bool:
    """Whether a sentence gives a value for the same measure that is this one but for rounding."""
    alike = (its for its in sentence.figures if its.figure.measure == one.figure.measure)
    return any(_unit(its) == _unit(one) and not _apart(one, its) for its in alike)


def circumstances(one: Statement) -> frozenset[str]:
    """What a sentence names beside measure, drug and trial."""
    named = {name for name in terms_named(one.text) if kind_of(name) in CIRCUMSTANCES}
    return apart(one.text) | named


def _same_key(one: Placed, its: Placed) -> bool:
    a, b = one.figure, its.figure
    known = a.measure is not None and a.measure not in OF_THE_REPORT
    same = (a.measure, a.time, a.arm, _unit(one)) == (b.measure, b.time, b.arm, _unit(its))
    # Without a time point, a later report has another figure.
    timed = a.time is not None or kind_of(a.measure or "") != "endpoint"
    patients = a.n is None or b.n is None or a.n == b.n
    return known and same and timed and patients


def _unit(one: Placed) -> str | None:
    return "%" if "%" in printed(one) else one.figure.unit


def printed(one: Placed) -> str:
    return one.figure.share or one.figure.value


def _apart(one: Placed, its: Placed) -> bool:
    """Whether two values differ by more than rounding."""
    mine, other = _AMOUNT.match(printed(one)), _AMOUNT.match(printed(its))
    if not (mine and other):
        return False
    digits = min(len(number.partition(".")[2]) for number in (mine[1], other[1]))
    rounding: float = 0.51 * 10**-digits
    return abs(float(mine[1]) - float(other[1])) > rounding


def knows(one: Statement, figure: Placed) -> bool:
    """Whether a document has a value itself: then it is of other patients, or another event."""
    return bool(figure.numbers & frozenset(numbers_of(one.document.text)))


def key_of(one: Placed) -> str:
    """``overall survival at 3 years with chemotherapy``."""
    figure = one.figure
    time = f" at {figure.time}" if figure.time else ""
    return f"{figure.measure}{time}{f' with {figure.arm}' if figure.arm else ''}"


@cache
def _kinds() -> dict[str, str]:
    return {term.name: term.kind for term in terms()}


def kind_of(name: str) -> str | None:
    """The kind of the term of this name."""
    return _kinds().get(name)

"""The measure of each value of a sentence."""

import re
from collections.abc import Sequence

from index.keys.mentions import Named, words
from index.keys.parts import Part
from index.keys.reading import Reading, spread

_CLAUSE = re.compile(r"[;:]|, (?:and|but|yet|whereas|while|with an?|of whom) | and (?=\d)")
_SHARED = re.compile(
    r"^(?: ?\([^)]*\))?(?: (?:of|in|on|with|given|for|among|by|after)\b[^;:]*?)?"
    r"(?:,? (?:and|against|versus|or|than)\b|, )"
)
"""From a value to the next: no verb says what the first one is of."""
_DURATION = re.compile(r"\b(?:years?|months?|weeks?|days?)\b")
_IN = re.compile(r"^ (?:\([\w/]+\) )?in (?:only |about )?$")
_IN_BRACKETS = re.compile(r"^ (?:\((?:[A-Za-z ]{1,24})?|of )$")
_SAME_LIST = re.compile(r"^(?:,|,? and|,? or|/| plus|;) ?(?:the |of )?$")
_FACTOR = re.compile(r"^[^,;]*\bcarr(?:ied|ies|y)\b")
"""After a measure: it is what raises a risk, not what the ratio is of."""


def measures_of(reading: Reading) -> list[str | None]:
    return _listed(reading) or spread(
        reading, _measure, _measure_after, _unnamed_event, shared_end=_SHARED
    )


def _listed(reading: Reading) -> list[str | None] | None:
    """ "EFS and OS were 36% and 54%": as many measures in a row as there are values."""
    opening = [n for n in reading.measures if n.start < reading.parts[0].start and n.sure]
    row = opening[:1]
    for named in opening[1:]:
        if _SAME_LIST.match(reading.even[row[-1].end : named.start]) and named.name != row[-1].name:
            row.append(named)
    own = any(any(_before(reading, part)) for part in reading.parts[1:])
    if len(row) < 2 or len(row) != len(reading.parts) or own:
        return None
    return [named.name for named in row]


def _measure(reading: Reading, part: Part) -> str | None:
    """The measure in a value, before it or after it; a proper one before one that is at times."""
    inside = [n for n in reading.measures if part.start <= n.start < part.end]
    near, far = _before(reading, part)
    after = _after(reading, part)
    told = _proper([n for n in reading.measures if n.start < part.first and n.sure])
    at_times = [] if told else after
    last = _directly_before(reading, part)
    for found in (inside, *map(_proper, (near, after)), near, at_times, _proper(far), last):
        if found:
            return _best(found)
    return None


def _directly_before(reading: Reading, part: Part) -> list[Named]:
    """ "… after complete remission (CR) in 22 of 53"; "for survival the hazard ratio was 0.55"."""
    named = [n for n in reading.measures if part.first <= n.start < part.start]
    own = _proper([one for one in named if _is_of_kind(reading, one, part)])
    near = own and _IN.match(reading.even[own[-1].end : part.start])
    return own[-1:] if near or reading.is_ratio(part) else []


def _measure_after(reading: Reading, part: Part) -> str | None:
    after = _after(reading, part)
    found = _proper(after) or after
    return _best(found) if found else None


def _before(reading: Reading, part: Part) -> tuple[list[Named], list[Named]]:
    """The measures before a value that are no circumstance: of its own clause, and before it."""
    own = [n for n in reading.measures if part.first <= n.start < part.start]
    if _proper(own[-1:]) and _IN_BRACKETS.match(reading.even[own[-1].end : part.start]):
        return _with_alternatives(reading, own), []
    sure = [named for named in own if named.sure and _is_of_kind(reading, named, part)]
    clauses = [match.end() for match in _CLAUSE.finditer(reading.even, part.first, part.start)]
    clause = clauses[-1] if clauses else part.first
    return [n for n in sure if n.start >= clause], [n for n in sure if n.start < clause]


def _with_alternatives(reading: Reading, own: Sequence[Named]) -> list[Named]:
    """The last measure, from the first of "relapse or death" on."""
    first = len(own) - 1
    while first and reading.even[own[first - 1].end : own[first].start].strip() == "or":
        first -= 1
    return list(own[first:])


def _after(reading: Reading, part: Part) -> list[Named]:
    clause = _CLAUSE.search(reading.even, part.end, part.last)
    last = clause.start() if clause else part.last
    found = [n for n in reading.measures if part.end <= n.start < last and n.sure]
    return [named for named in found if _is_of_kind(reading, named, part)]


def _is_of_kind(reading: Reading, named: Named, part: Part) -> bool:
    """Only a duration is a length of follow-up; a ratio is not of what carries it."""
    is_duration = _DURATION.search(reading.even, part.start, part.end)
    if reading.is_ratio(part) and named.name in words()["weak_measures"]:
        return False
    if reading.is_ratio(part) and _FACTOR.match(reading.even[named.end : part.start]):
        return False
    return named.name != "follow-up" or bool(is_duration)


def _proper(found: Sequence[Named]) -> list[Named]:
    return [named for named in found if named.name not in words()["weak_measures"]]


def _best(found: Sequence[Named]) -> str:
    """The first measure, unless it says little and a more precise one follows."""
    precise = [named for named in found if named.name not in words()["generic"]]
    return (precise or found)[0].name


def _unnamed_event(reading: Reading, part: Part) -> str | None:
    """ "… and hypokalaemia 17%": an event that is no term."""
    ends = tuple(words()["events"])
    return next((word for word in reading.lead(part).split()[-3:] if word.endswith(ends)), None)

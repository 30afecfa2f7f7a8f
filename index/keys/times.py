"""The time point of each value of a sentence."""

import re

from index.keys.arms import arm_after
from index.keys.parts import Part
from index.keys.reading import Reading, spread

_DURATION = re.compile(r"\b(?:years?|months?|weeks?|days?)\b")
_GROUP = re.compile(r"^(?:Of|Among) [^,]*(?=, )")
_BEFORE = re.compile(r"^ (?:before|previously|at baseline)\b")
_SHARED_TIME = re.compile(
    r"^[^;:,]*\b(?:and|against|versus|or)\b(?!.*\b(?:before|from)\b)|^(?:[^A-Za-z;]|\band\b)*$"
)


def times_of_values(reading: Reading) -> list[str | None]:
    """Named after the value, else before it; a ratio of hazards is of no time point."""
    times = spread(reading, _time, _time_after, _timeless, shared_end=_SHARED_TIME)
    ratios = [reading.is_ratio(part) for part in reading.parts]
    return [None if ratio else time for time, ratio in zip(times, ratios, strict=True)]


def _time(reading: Reading, part: Part) -> str | None:
    group = _GROUP.match(reading.lead(part))
    first = part.first + (group.end() if group else 0)
    before = [time.name for time in reading.times if first <= time.start < part.start]
    years = [name for name in before if name.endswith(("year", "years"))]
    return _time_after(reading, part) or next(iter((years or before)[-1:]), None)


def _time_after(reading: Reading, part: Part) -> str | None:
    after = (time.name for time in reading.times if part.end <= time.start < part.last)
    return next(after, None)


def _timeless(reading: Reading, part: Part) -> str | None:
    """Why a value takes no time over: a median, or cycles of another arm.

    "51.9% after two cycles of A and 37.2% after B": the cycles are of A alone.
    """
    median = _DURATION.search(reading.even, part.start, part.end)
    median = median or _BEFORE.match(reading.tail(part))
    if median:
        return median[0]
    place = reading.parts.index(part)
    time = _time_after(reading, reading.parts[place - 1]) if place else None
    return arm_after(reading, part) if time and time.startswith("cycle") else None

"""A sentence with its values and what it names; how a name spreads over the values."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.keys.mentions import Named
from index.keys.parts import Part
from index.keys.timepoints import TimePoint

_RATIO = re.compile(r"\b(?:hazard|odds ratio|relative risk|risk ratio|s?HR|OR|RR)\b")
_SHARED_END = re.compile(r"^[^;:]*\b(?:and|against|versus|or|than)\b(?!.*\b(?:before|from)\b)|^, ")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its values, their parts, and what it names."""

    even: str
    parts: Sequence[Part]
    measures: Sequence[Named]
    times: Sequence[TimePoint]

    def lead(self, part: Part) -> str:
        return self.even[part.first : part.start]

    def tail(self, part: Part) -> str:
        return self.even[part.end : part.last]

    def is_ratio(self, part: Part) -> bool:
        return bool(_RATIO.search(self.even[max(part.first, part.start - 60) : part.end]))


Finder = Callable[[Reading, Part], str | None]


def spread(
    reading: Reading,
    find: Finder,
    ending: Finder,
    alone: Finder,
    shared_end: re.Pattern[str] = _SHARED_END,
) -> list[str | None]:
    """What ``find`` finds for each value; a gap is closed from the value before.

    The first ones take what ``ending`` finds after a later value: "26% and 17% of those on A". A
    value that is ``alone`` takes nothing over.
    """
    found = [find(reading, part) for part in reading.parts]
    apart = [bool(alone(reading, part)) for part in reading.parts]
    filled: list[str | None] = []
    for name, is_apart in zip(found, apart, strict=True):
        filled.append(name or (filled[-1] if filled and not is_apart else None))
    first = next((number for number, name in enumerate(found) if name), 0)
    end = ending(reading, reading.parts[first])
    for number in range(first):
        gap = reading.even[reading.parts[number].end : reading.parts[first].start]
        if end and not apart[number] and shared_end.search(gap):
            filled[number] = end
    return filled

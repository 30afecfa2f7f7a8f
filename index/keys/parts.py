"""What stands before and after each value of a sentence, cut where a list or a contrast goes on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.values import Value

_STRONG = re.compile(
    r",? (?:and(?! (?:young|adolescents|refractory)\b)|but|against|versus|vs\.?"
    r"|compared (?:with|to)|while|whereas|yet)\b"
)
_THAN = re.compile(r"\bthan\b")
_WEAK = re.compile(r"[,(]")


@dataclass(frozen=True, slots=True)
class Part:
    """One value with the words that are its own: from ``first`` before it to ``last`` after it."""

    first: int
    start: int
    end: int
    last: int


def parts_of(even: str, values: Sequence[Value]) -> tuple[Part, ...]:
    """One part a value, in order; the first begins with the sentence, the last ends with it."""
    cuts = [_cut(even, a.end, b.start) for a, b in pairwise(values)]
    firsts, lasts = [0, *cuts], [*cuts, len(even)]
    return tuple(
        Part(first, value.start, value.end, last)
        for first, value, last in zip(firsts, values, lasts, strict=True)
    )


def _cut(even: str, start: int, end: int) -> int:
    """Where the words of the one value end and those of the next begin."""
    gap = even[start:end]
    for mark in ";:":
        if mark in gap:
            return start + gap.rindex(mark)
    strong = list(_STRONG.finditer(gap)) or list(_THAN.finditer(gap))
    if strong:
        return start + strong[-1].start()
    weak = list(_WEAK.finditer(gap))
    return start + weak[-1].start() if weak else end

"""The arm of each value of a sentence."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.keys.mentions import arms_in, drug_before
from index.keys.parts import Part
from index.keys.reading import Reading, spread

_DIFFERENCE = re.compile(r"\bdifference (?:of|was) $")
_SHARED_ARM = re.compile(
    r"^(?:(?!\b(?:infants|babies|children|adults|patients|people|arm|group)\b)[^;:])*?"
    r"\b(?:and|against|versus|or|than)\b|^, "
)
_AGAINST = re.compile(r"\b(?:against|versus|vs\.?|compared (?:with|to))(?= |$)")
_BEFORE = re.compile(r"^ (?:before|previously|at baseline)\b")
_TRANSPLANT = re.compile(r"^[^()]{0,12} (?:with|after) (?:HSCT|HCT|transplant)")
_PAIR = re.compile(r"\bthan [^();]*\((?:[a-z]+ )?$")
_AFTER_IT = re.compile(r"^[^,;]{0,30}\b(?:after|during) it\b")
_AGAIN = re.compile(r"[;:]|\b(?:whereas|while)\b")
_BESIDE = re.compile(
    r", (?:similar|better|worse|far|no better|comparable|as|which|according|so|because|although)\b"
)
_WITHOUT = re.compile(r"\bwithout(?: it| one)?(?= in\b| \(|[.,;)]|$)")
_WITH_IT = re.compile(r"\bwith it\b")
_OTHER_ARM = re.compile(
    r"^[^()]{0,12} (?:with|on|after) (?:(?!MRD|CR)[A-Z]{3,4}\b(?! ALL)|transplant|radio|irradi)"
)


def arms_of(reading: Reading) -> list[str | None]:
    """Named after the value, else before it; a ratio is of the arm that is named first."""
    arms = spread(reading, _arm, arm_after, _armless, shared_end=_SHARED_ARM)
    arms = _contrasted(reading, arms)
    arms = _repeated(reading, _compared(reading, arms))
    first = arms_in(reading.even, 0, len(reading.even))
    return [
        arm_after(reading, part) or _name(first) if first and reading.is_ratio(part) else arm
        for part, arm in zip(reading.parts, arms, strict=True)
    ]


def _contrasted(reading: Reading, arms: Sequence[str | None]) -> list[str | None]:
    """ "87% were alive, against 71% with B": of two sides, the one that names no arm has none."""
    placed = list(arms)
    for number, (one, other) in enumerate(pairwise(reading.parts), start=1):
        gap = reading.even[one.end : other.start]
        if not (arms[number] and arms[number] == arms[number - 1] and _AGAINST.search(gap)):
            continue
        if _arm_of(reading, other):
            placed[:number] = [None] * number
        else:
            placed[number] = None
    return placed


def _compared(reading: Reading, arms: Sequence[str | None]) -> list[str | None]:
    """ "… fewer infections with A than with B (34% versus 52%)": two values, in this order."""
    placed = list(arms)
    for number, part in enumerate(reading.parts[:-1]):
        found = _PAIR.search(reading.lead(part))
        if found:
            split = part.first + found.start()
            before = arms_in(reading.even, part.first, split)
            after = arms_in(reading.even, split + len("than"), part.start)
            one = _name(before[-1:]) if before else arms[number]
            placed[number : number + 2] = [one, _name(after[:1]) if after else arms[number + 1]]
    return placed


def _repeated(reading: Reading, arms: Sequence[str | None]) -> list[str | None]:
    """ "85% with A and 68% with B, whereas the paper has 84% and 69%": the same arms again."""
    half = len(arms) // 2
    told, rest = arms[:half], reading.parts[half:]
    again = len(arms) == 2 * half > 2 and _AGAIN.search(reading.lead(rest[0]))
    bare = not any(_arm_of(reading, part) for part in rest)
    return [*told, *told] if again and bare and len(set(told)) == half else list(arms)


def _arm(reading: Reading, part: Part) -> str | None:
    """Named after the value, else before it; a difference is of no arm."""
    return None if _armless(reading, part) else _arm_of(reading, part)


def _arm_of(reading: Reading, part: Part) -> str | None:
    named = arms_in(reading.even, part.first, part.start)
    before, after = _name(named) if named else None, arm_after(reading, part)
    if before and after and _drugs(after) < _drugs(before):
        return before
    return after or before


def _drugs(arm: str) -> frozenset[str]:
    return frozenset(arm.split(" + "))


def arm_after(reading: Reading, part: Part) -> str | None:
    beside = _BESIDE.search(reading.even, part.end, part.last)
    after = arms_in(reading.even, part.end, beside.start() if beside else part.last)
    if after:
        return _name(after)
    if _AFTER_IT.match(reading.tail(part)):
        return drug_before(reading.even, part.start)
    return "transplant" if _TRANSPLANT.match(reading.tail(part)) else None


def _armless(reading: Reading, part: Part) -> str | None:
    """Why a value is of no arm: a difference, "16.7% without it", "60% with another treatment"."""
    tail = reading.tail(part)
    first = reading.parts[0]
    with_it = arm_after(reading, first) or _WITH_IT.search(reading.tail(first))
    contrast = _WITHOUT.search(tail) if with_it else None
    other = None if arm_after(reading, part) else _OTHER_ARM.match(tail)
    found = _DIFFERENCE.search(reading.lead(part)) or _BEFORE.match(tail) or other or contrast
    return found[0] if found else None


def _name(named: Sequence[tuple[str, ...]]) -> str:
    """ "blinatumomab + chemotherapy"; "the control arm" is named by its drug where it has one."""
    drugs = [arm for arm in named if arm != ("control arm",)]
    return " + ".join(dict.fromkeys((drugs or named)[0]))

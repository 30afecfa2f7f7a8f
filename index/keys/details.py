"""What is printed with a value beside its key: unit, share, interval, patients, P, in whom."""

import re
from collections.abc import Iterator, Sequence

from index.keys.parts import Part
from index.keys.trial_names import trial_names_in
from index.terms import mentions_in
from index.values import Value

WHOM = frozenset({"population", "setting", "genetics"})
"""Kinds of term that say in whom a value was measured."""
_SHARE = re.compile(r"\((?:about )?(\d[\d.]*%)")
_PART_OF = re.compile(r"(\d+) ?(?:of (?:the |all |all the )?|/) ?(\d+)")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_COUNT = re.compile(r"^\d[\d,]*(?: of |/|\b(?! ?%|\.))")
_TOTAL = re.compile(
    r"(?: of (?:the |all |all the )?|/|\((?:\d[\d,]* of (?:the )?))(?P<total>\d[\d,]*)\b"
)
_GROUP = re.compile(
    r"\(?\bn ?= ?(?P<n>\d[\d,]*)"
    r"|(?<![\w.(-])(?P<group>\d[\d,]*) (?:[A-Za-z][\w-]* ){0,2}"
    r"(?:infants|children|adults|patients|newborns|adolescents|survivors|participants|controls)\b"
)
_INTERVAL = re.compile(
    r"(?:\d\d(?:\.\d)?% (?:CI|confidence interval)|SE|SD|IQR|range) [^()]+|\+/- ?[\d.]+%?"
)
_P = re.compile(r"\bP ?(?:=|<|>|≤|≥) ?0?\.\d+")
_RATIO = re.compile(r"\b(hazard ratio|odds ratio|relative risk|risk ratio|s?HR|OR|RR)\b")
_RATIOS = {"HR": "hazard ratio", "sHR": "hazard ratio", "OR": "odds ratio", "RR": "relative risk"}
_UNIT = re.compile(r"[\d.)] ?(?P<unit>%|[A-Za-zµ][\w/²]*(?: per [\w-]+)?)\s*$")


def shared(even: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values without a percentage in brackets that only restates the count before it."""
    kept: list[Value] = []
    for value in values:
        if not (kept and _restates(even, kept[-1], value)):
            kept.append(value)
    return tuple(kept)


def _restates(even: str, count: Value, share: Value) -> bool:
    part, percent = _PART_OF.match(count.figure), _PERCENT.search(share.figure)
    if not (part and percent) or "(" not in even[count.end : share.start]:
        return False
    exact = 100 * float(part[1]) / max(1.0, float(part[2]))
    return abs(exact - float(percent[1])) < 1


def share_of(even: str, part: Part, value: Value) -> str | None:
    """The percentage in brackets after a count, there or at the end of its group."""
    if not _COUNT.match(value.figure):
        return None
    found = _SHARE.search(value.text) or _SHARE.search(even, part.end, part.last)
    return found[1] if found else None


def interval_of(even: str, part: Part, value: Value) -> str | None:
    """The interval printed with a value, else in brackets before the next one."""
    found = _INTERVAL.search(value.text) or _INTERVAL.search(even, part.end, part.last)
    return found[0].strip() if found else None


def unit_of(even: str, part: Part, value: Value) -> str | None:
    """``%``, ``patients`` of a count, the name of a ratio, or the unit as printed."""
    ratio = _RATIO.search(value.figure) or _last(_RATIO.finditer(even, part.first, part.start))
    decimal = re.search(r"^(?:[a-zA-Z ]+ )?\d+\.\d+$", value.figure)
    if ratio and decimal:
        return _RATIOS.get(ratio[1], ratio[1])
    if _COUNT.match(value.figure) and (" of " in value.figure or "(" in value.figure):
        return "patients"
    found = _UNIT.search(value.figure)
    return found["unit"] if found else None


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return next(reversed(list(matches)), None)


def patients_of(even: str, part: Part, value: Value) -> str | None:
    """The total of a count, else the size of the group that is named after it, else before it."""
    total = _TOTAL.search(value.text)
    if total:
        return total["total"]
    found = _GROUP.search(even, part.end, part.last) or _last(
        _GROUP.finditer(even, part.first, part.start)
    )
    return (found["n"] or found["group"]) if found else None


def p_of(even: str, part: Part) -> str | None:
    """The P value after a value, before the next one."""
    found = _P.search(even, part.start, part.last)
    return found[0] if found else None


def population_of(even: str, part: Part) -> tuple[str, ...]:
    """Who is named after the value; else who is named before it."""
    after = _whom(even[part.end : part.last])
    return after or _whom(even[part.first : part.start])


def _whom(words: str) -> tuple[str, ...]:
    named = (mention.term for mention in mentions_in(words))
    return tuple(dict.fromkeys(term.name for term in named if term.kind in WHOM))


def trial_in(text: str) -> str | None:
    """The first trial that a sentence names."""
    return next(iter(trial_names_in(text)), None)

"""The time points of a sentence: when a value was measured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index import number_words
from index.terms import plain

ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4"}
_COUNT = rf"\d+(?:\.\d+)?|{number_words.PATTERN}"
_UNIT = "year|month|week|day"
_CYCLE = "cycle|course|block"
_TIME = re.compile(
    r"(?<!re)\b(?P<induction>(?:end of|after|following|post-?|completing) ?induction|EOI)\b"
    r"(?! (?:and|with|was|had|chemo|treat|therap|fail|death|intens))"
    r"|\b(?P<early>(?:in|during) induction\b|induction(?= (?:mortality|deaths?)\b))"
    r"|\b(?P<consolidation>(?:end of|after) consolidation)\b(?! (?:with|chemo))"
    r"|\b(?:time ?point |TP)(?P<point>\d)\b"
    r"|\b(?P<calendar>day|week) (?P<date>\d+)\b"
    rf"|\b(?P<number>{_COUNT})-(?P<unit>{_UNIT})\b"
    r"(?! (?:old|update|report|follow-up|analysis|course|cycle|infusion|bag|hold|period|programme))"
    r"(?!-)"
    rf"|\b(?:at|within|by|after) (?P<count>(?:{_COUNT})(?:-\d+)?) (?P<units>{_UNIT})s?\b"
    r"(?! (?:of age|old|of follow-up)\b)"
    rf"|\b(?P<long>\d+) (?P<spans>{_UNIT})s?"
    r"(?= (?:after|from|post) (?:HSCT|HCT|transplant|diagnosis))"
    rf"|\b(?P<past>{_COUNT}) (?P<spent>year|month)s? (?:on|later)\b(?=,)"
    rf"|\b(?:within|after|by) (?P<cycles>(?:{_COUNT})(?:(?:-| to | or )(?:{_COUNT}))?)"
    rf" (?P<of>{_CYCLE})s?\b"
    rf"|\b(?:in|after|during|of|the|and) (?P<nth>{'|'.join(ORDINALS)})"
    rf" (?:blinatumomab )?(?P<nth_of>{_CYCLE})\b"
    rf"|\b(?P<cycle>{_CYCLE}) (?P<which>\d|one|two|three|four)\b(?!-)",
    re.IGNORECASE,
)
_UNITS = ("unit", "units", "spans", "spent")
_ASIDE = re.compile(
    r"\b(?:mostly|predominantly|mainly|usually|chiefly)(?: in| at| within)? $"
    r"|\b(?:if|in|and|or|with|for|of|who were) MRD[- ](?:positive|negative)(?: [a-z]+)?"
    r" at (?:the )?$"
    r"|\bMRD (?:of|below|above|at) [^,;]{1,25} at (?:the )?$"
)
"""Before a time point: it says when most of it happened, or when patients were grouped."""


@dataclass(frozen=True, slots=True)
class TimePoint:
    """``name`` is the same for all forms: ``2 years`` for ``At 2 years`` and ``2-year``."""

    name: str
    start: int
    end: int


def time_points_in(text: str) -> Iterator[TimePoint]:
    """Every time point, from left to right."""
    even = plain(text)
    for match in _TIME.finditer(even):
        if not _ASIDE.search(even, 0, match.start()):
            yield TimePoint(_name(match), match.start(), match.end())


def _name(match: re.Match[str]) -> str:
    for group in ("induction", "early", "consolidation"):
        if match[group]:
            stage = "consolidation" if group == "consolidation" else "induction"
            return stage if group == "early" else f"end of {stage}"
    if match["point"]:
        return f"time point {match['point']}"
    if match["calendar"]:
        return f"{match['calendar'].lower()} {match['date']}"
    return _span(match) if any(match[unit] for unit in _UNITS) else _cycle(match)


def _span(match: re.Match[str]) -> str:
    found = (match[group] for group in ("number", "count", "long", "past"))
    number = _digits(next(count for count in found if count))
    unit = next(match[unit] for unit in _UNITS if match[unit]).lower()
    return f"{number} {unit}{'' if number == '1' else 's'}"


def _cycle(match: re.Match[str]) -> str:
    """``cycle 2`` for "within two cycles", "the second course" and "at the end of cycle 2"."""
    kind = (match["of"] or match["nth_of"] or match["cycle"]).lower()
    which = match["cycles"] or match["nth"] or match["which"]
    number = "-".join(_digits(part) for part in re.split("-| to | or ", which))
    return f"{'block' if kind == 'block' else 'cycle'} {number}"


def _digits(word: str) -> str:
    return ORDINALS.get(word.lower()) or number_words.digits(word)

"""The numbers of a sentence that are results, rather than names, dates or labels."""

import re
from functools import lru_cache

from index.terms import plain

_NAME = re.compile(r"\b[A-Za-z]+[A-Za-z-]*-?\d[\w-]*|\b\d{8}\b|\b\d{4}-\d{6}-\d\d\b")
_LABELS = re.compile(
    r"\b\d+(?:\.\d+)?-(?:years?|months?|weeks?|days?|hours?)\b|\b(?:19|20)\d\d\b"
    r"|\b(?:at|within|after|under|below|over) \d+(?:\.\d+)?"
    r" (?:years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:grades?|cycles?|courses?|phase|cohort|stage|arm|TP|day|week) \d+(?:-\d+)?\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
_RESULT = re.compile(
    r"\d%|\d\.\d|\b\d+ of (?:the )?\d+\b|\b\d+/\d+\b|\b(?:no|none|zero) \w+|\bnot reached\b"
    r"|\b\d+ (?:years?|months?|weeks?|days?)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def figures_in(text: str) -> frozenset[str]:
    """The numbers of a sentence as printed, without names, dates, time points and grades."""
    return frozenset(_FIGURE.findall(_LABELS.sub(" ", _NAME.sub(" ", plain(text)))))


def has_figure(text: str) -> bool:
    """Whether any number stands in a sentence that is no name, date, time point or grade."""
    return bool(figures_in(text))


@lru_cache(maxsize=20_000)
def has_result(text: str) -> bool:
    """Whether a sentence holds a rate, a count of a total, a ratio or a duration."""
    return bool(_RESULT.search(_LABELS.sub(" ", _NAME.sub(" ", plain(text)))))

"""Whether an answer holds what it must; the rules stand in the README of the gold set."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.evaluation.gold import Expected

_SAME = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        ("[\u2010-\u2015\u2212]", "-"),
        ("[\u00a0\u2009\u202f]", " "),
        ("[\u2018\u2019]", "'"),
        ("\u00b7", "."),
        ("\u00d7", "x"),
        ("\u2264", "<="),
        ("\u2265", ">="),
        ("\u00b2", "2"),
        (r"[\u00b5\u03bc]g|\bug\b|micrograms?", "mcg"),
        (r"\s*(?:per ?cent\b|%)", "%"),
        (r"(?<=\d),(?=\d{3}\b)", ""),
        (r"\s+", " "),
    ]
]


def holds_answer(text: str, expected: Expected) -> bool:
    """Every group of ``must`` has an alternative in the text, and no ``must_not`` stands there."""
    if holds_forbidden(text, expected):
        return False
    return all(any(stands_in(a, text) for a in group) for group in expected.must)


def holds_forbidden(text: str, expected: Expected) -> bool:
    """Whether something of ``must_not`` stands in the text."""
    return any(stands_in(alternative, text) for alternative in expected.must_not)


def cites_right(cited: Sequence[str], expected: Expected) -> bool:
    """One of ``cite_any`` and all of ``cite_all`` are cited."""
    any_of, all_of = set(expected.cite_any), set(expected.cite_all)
    return (not any_of or bool(any_of & set(cited))) and all_of <= set(cited)


def stands_in(alternative: str, text: str) -> bool:
    """Whether the alternative stands in the text as whole words and whole numbers.

    A closing * lets anything follow: ``respon*`` finds ``responders``, ``2.2*`` finds ``2.20``.
    """
    return _pattern(alternative).search(normalised(text)) is not None


@lru_cache(maxsize=4096)
def _pattern(alternative: str) -> re.Pattern[str]:
    wanted = normalised(alternative)
    stem = wanted.endswith("*")
    body = re.escape(wanted.rstrip("*"))
    before = r"(?<![a-z0-9])(?<!\d[.,])" if wanted[0].isalnum() else ""
    after = r"(?![a-z0-9])(?!\.\d)" if not stem and wanted[-1].isalnum() else ""
    return re.compile(before + body + after)


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """Lower case; one kind of dash, space, micro sign; no space before %; no thousands comma."""
    for pattern, replacement in _SAME:
        text = pattern.sub(replacement, text)
    return text.lower().strip()

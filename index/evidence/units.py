"""What stands around a number in a text: its unit, words before it, a name that it is part of."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from index.data_files import read_yaml

PLAIN = (
    (r"[\u2010-\u2015\u2212]", "-"),
    (r"[\u00a0\u2009\u202f\s]+", " "),
    ("\u00b7", "."),
    ("\u00d7", "x"),
    ("\u2264", "<="),
    ("\u2265", ">="),
    ("\u00b2", "2"),
    ("\u00b1", "+/-"),
    ("[\u00b5\u03bc]", "u"),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (r"\bx 10\^", "x10^"),
    (r"\bx(?=\d\b(?!\^))", "x "),
)
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
BARE = frozenset([""])
"""The units of a number without a unit."""


def plain(text: str) -> str:
    """One kind of dash, space and sign, no comma in thousands, phases and grades in digits."""
    for pattern, replacement in PLAIN:
        text = re.sub(pattern, replacement, text)
    return re.sub(r"(?i:\b(?:phase|grade)) [IV]+(?:[-/][IV]+)?\b", _arabic, text)


def _arabic(match: re.Match[str]) -> str:
    return re.sub(r"\b[IV]+\b", lambda roman: ROMAN.get(roman[0], roman[0]), match[0])


def unit_behind(text: str, end: int) -> tuple[str, int]:
    """The unit behind a number, ``mcg/m2`` for micrograms/m2/day, and where it ends."""
    match = _unit_pattern().match(text, end)
    if not match:
        return "", end
    if match["power"]:
        return f"10^{match['power']}", match.end()
    per = {_forms("per")[form] for form in re.findall(r"[\w-]+", match["per"].replace("per ", ""))}
    return "/".join([_forms("units")[match["unit"]], *sorted(per - {"day"})]), match.end()


def units_before(text: str, start: int) -> frozenset[str]:
    """What the words before a bare number say: phase 2, day 33; a median age of 75 may be years."""
    right_before = _right_before_pattern().search(text, max(0, start - 20), start)
    if right_before:
        return frozenset([_forms("right_before")[right_before[1].lower()]])
    before = _before_pattern().match(text, max(0, start - 40), start)
    return BARE | {_words_before()[before[1].lower()]} if before else BARE


def is_counted(text: str, end: int) -> bool:
    """Whether a number in words counts something: the noun is at most two words further on."""
    return bool(_counted_pattern().match(text, end))


def names_in(text: str) -> list[str]:
    """Register numbers, trials, genes and the like, by their form."""
    return [match[0] for match in name_pattern(()).finditer(plain(text))]


@cache
def name_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, the longest first, and the forms of names in quantities.yaml."""
    written = {re.escape(plain(name)) for name in names if re.search(r"\d", name)}
    forms = [*sorted(written, key=lambda name: (-len(name), name)), *_vocabulary()["names"]]
    return re.compile(rf"(?<![A-Za-z\d])(?:{'|'.join(forms)})(?![A-Za-z\d])")


@cache
def _unit_pattern() -> re.Pattern[str]:
    units, per = _alternatives(_forms("units")), _alternatives(_forms("per"))
    return re.compile(
        rf"(?: \((?:SD )?\d+(?:\.\d+)?\))?[ -]?(?:x10\^(?P<power>\d+)"
        rf"|(?P<unit>{units})(?![A-Za-z])(?P<per>(?:(?:/| per )(?:{per})(?![A-Za-z\d]))*))"
    )


@cache
def _right_before_pattern() -> re.Pattern[str]:
    return re.compile(rf"\b({_alternatives(_forms('right_before'))}) ?[<>]?=?\Z", re.IGNORECASE)


@cache
def _before_pattern() -> re.Pattern[str]:
    words = _alternatives(_words_before())
    return re.compile(rf".*(?<!\d[ -])\b({words})\b[^.;\d]*\Z", re.IGNORECASE | re.DOTALL)


@cache
def _words_before() -> dict[str, str]:
    words = {**_forms("units"), **_forms("before")}
    return {form.lower(): name for form, name in words.items() if len(form) > 2}


@cache
def _counted_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?: [\w/-]+){{0,2}} (?:{_alternatives(_vocabulary()['counted'])})s?\b")


@cache
def _forms(field: str) -> dict[str, str]:
    """The name of a unit by every form of it."""
    return {form: name for name, forms in _vocabulary()[field].items() for form in forms}


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _vocabulary() -> dict[str, Any]:
    vocabulary: dict[str, Any] = read_yaml("index.evidence", "quantities.yaml")
    return vocabulary

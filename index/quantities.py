"""Figures in text: the value of each, and the units it may be read with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

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
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}
NUMBER = r"\d+(?:\.\d+)?"
FIGURE = re.compile(
    rf"""
      \b(?P<year>\d{{4}})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?(?![\d-])
    | \b(?:(?P<before>\d{{1,2}})\ )?(?P<named>{"|".join(MONTHS)})[a-z]*
      \ (?:(?P<after>\d{{1,2}}),\ )?(?P<of>\d{{4}})\b
    | (?P<level>\d\d)%\ (?:CI|confidence\ interval)s?
    | (?<![\w.^])(?:(?P<mantissa>{NUMBER})\ ?x\ ?)?10\^(?P<power>-\d+)
    | (?:\bp\ ?(?P<sign>[<>=])=?\ ?)?(?<![A-Za-z\d.^_])(?P<number>{NUMBER})
    | \b(?P<word>{"|".join(WORDS)})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
BARE = frozenset([""])
ALONE = frozenset(["date", "confidence", "95% CI", "P <", "P =", "P >"])
LISTED = re.compile(r"\)?,? ?(?:-|/|,|;|v|vs|versus|to|and|or|then|\+/-) ?[<>]?=?", re.I)
RANGE = re.compile(r" ?(?:-|to|\+/-| on,| on and| on ?/) ?")
SPREAD = re.compile(r" ?\((?:(?:range|SD|SE|IQR|median|mean),? ?(?:of )?)?", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure. ``value`` is canonical: 44.0 is 44, and 15 December 2022 is 2022-12-15.

    ``units`` holds every reading: in "74 and 91%" the 74 is a percentage or a bare number.
    ``loose`` marks a number word that may be a way of speaking: "the two readings".
    ``start`` and ``end`` count characters of the text with one kind of dash and space.
    """

    value: str
    units: frozenset[str]
    start: int
    end: int
    loose: bool = False

    def __str__(self) -> str:
        units = "" if self.units == BARE else " or ".join(sorted(self.units))
        return f"{self.value} {units}".strip()

    def stands_in(self, others: Iterable["Quantity"]) -> bool:
        """Whether one of the others is this figure in this unit, or a date that begins with it."""
        return any(self._is(other) for other in others)

    def _is(self, other: "Quantity") -> bool:
        if "date" in other.units:
            return f"{other.value}-".startswith(f"{self.value}-")
        return self.value == other.value and bool(self.units & other.units)


def quantities(text: str, names: Iterable[str] = (), about: str = "") -> list[Quantity]:
    """The figures of a text, in order; the digits of a name (Interfant-06, Brown 2021) are none.

    ``about`` says what a bare number is: "71" about "median age" may be 71 years.
    """
    plain = _name_pattern(tuple(names)).sub(lambda name: "_" * len(name[0]), _plain(text))
    found = [_quantity(plain, match) for match in FIGURE.finditer(plain)]
    meant = _units_before(about, len(about))
    found = [replace(q, units=q.units | meant) if q.units == BARE else q for q in found]
    between = [plain[left.end : right.start] for left, right in pairwise(found)]
    for share in (_intervals, _units_from_the_right, _units_from_the_left):
        found = share(found, between)
    return found


def _plain(text: str) -> str:
    for pattern, replacement in PLAIN:
        text = re.sub(pattern, replacement, text)
    return re.sub(r"(?i:\b(?:phase|grade)) [IV]+(?:[-/][IV]+)?\b", _arabic, text)


def _arabic(match: re.Match[str]) -> str:
    return re.sub(r"\b[IV]+\b", lambda roman: ROMAN.get(roman[0], roman[0]), match[0])


def _quantity(plain: str, match: re.Match[str]) -> Quantity:
    if match["year"] or match["of"]:
        return Quantity(_date(match), frozenset(["date"]), *match.span())
    if match["level"]:
        return Quantity(match["level"], frozenset(["confidence"]), *match.span())
    if match["power"]:
        return Quantity(f"{match['mantissa'] or 1}e{match['power']}", BARE, *match.span())
    if match["sign"]:
        return Quantity(_number(match["number"]), BARE | {f"P {match['sign']}"}, *match.span())
    if match["word"]:
        return _quantity_in_words(plain, match)
    unit, end = _unit(plain, match.end())
    units = frozenset([unit]) if unit else _units_before(plain, match.start())
    return Quantity(_number(match["number"]), units, match.start(), end)


def _quantity_in_words(plain: str, match: re.Match[str]) -> Quantity:
    value = str(WORDS.index(match["word"].lower()))
    unit, end = _unit(plain, match.end())
    loose = value in "01" or not (unit or _counted_pattern().match(plain, end))
    return Quantity(value, frozenset([unit]), match.start(), end, loose=loose)


def _date(match: re.Match[str]) -> str:
    if match["year"]:
        return match[0]
    month = f"{match['of']}-{MONTHS.index(match['named'].lower()) + 1:02}"
    day = match["before"] or match["after"]
    return f"{month}-{int(day):02}" if day else month


def _number(digits: str) -> str:
    whole, _, part = digits.partition(".")
    part = part.rstrip("0")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def _unit(plain: str, end: int) -> tuple[str, int]:
    """The unit behind a number, ``mcg/m2`` for micrograms/m2/day, and where it ends."""
    match = _unit_pattern().match(plain, end)
    if not match:
        return "", end
    if match["power"]:
        return f"10^{match['power']}", match.end()
    per = {_names_of("per")[form] for form in re.findall(r"\w+", match["per"].replace("per ", ""))}
    return "/".join([_names_of("units")[match["unit"]], *sorted(per - {"day"})]), match.end()


@cache
def _unit_pattern() -> re.Pattern[str]:
    units, per = (_alternatives(_names_of(field)) for field in ("units", "per"))
    return re.compile(
        rf"(?: \((?:SD )?{NUMBER}\))?[ -]?(?:x10\^(?P<power>\d+)"
        rf"|(?P<unit>{units})(?![A-Za-z])(?P<per>(?:(?:/| per )(?:{per})(?![A-Za-z\d]))*))"
    )


def _units_before(plain: str, start: int) -> frozenset[str]:
    """Day 33 may be 33 days, and a median age of 75 may be 75 years."""
    before = _before_pattern().match(plain, max(0, start - 40), start)
    return BARE | {_words_before()[before[1].lower()]} if before else BARE


@cache
def _before_pattern() -> re.Pattern[str]:
    words = _alternatives(_words_before())
    return re.compile(rf".*(?<!\d[ -])\b({words})\b[^.;\d]*\Z", re.IGNORECASE | re.DOTALL)


@cache
def _words_before() -> dict[str, str]:
    words = {**_names_of("units"), **_names_of("before")}
    return {form.lower(): name for form, name in words.items() if len(form) > 2}


@cache
def _counted_pattern() -> re.Pattern[str]:
    """A noun that is counted, at most two words further on."""
    return re.compile(rf"(?: [\w²/-]+){{0,2}} (?:{_alternatives(_vocabulary()['counted'])})s?\b")


def _intervals(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """The two numbers behind "95% CI" are its bounds."""
    read = list(found)
    for at, level in enumerate(found):
        bounds = range(at + 1, min(at + 3, len(found))) if "confidence" in level.units else ()
        for bound in bounds:
            gap = between[bound - 1]
            if not (RANGE.fullmatch(gap) if bound == at + 2 else len(gap) <= 6):
                break
            read[bound] = replace(found[bound], units=BARE | {f"{level.value}% CI"})
    return read


def _units_from_the_right(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """In "74 and 91%" both may be percentages."""
    read = list(found)
    for at in reversed(range(len(between))):
        if "" in read[at].units and LISTED.fullmatch(between[at]):
            read[at] = _also(read[at], read[at + 1])
    return read


def _units_from_the_left(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """In "26.3 months (range 3.9-48.2)" all three may be months."""
    read = list(found)
    for at, gap in enumerate(between):
        spread = SPREAD.fullmatch(gap) and (len(gap) > 2 or RANGE.fullmatch(_at(between, at + 1)))
        if "" in read[at + 1].units and (spread or RANGE.fullmatch(gap)):
            read[at + 1] = _also(read[at + 1], read[at])
    return read


def _at(between: list[str], position: int) -> str:
    return between[position] if position < len(between) else ""


def _also(quantity: Quantity, other: Quantity) -> Quantity:
    return replace(quantity, units=quantity.units | (other.units - ALONE))


@cache
def _name_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the names, the longest first, and the forms that vocabulary names have."""
    written = {re.escape(_plain(name)) for name in names if re.search(r"\d", name)}
    forms = [*sorted(written, key=lambda name: (-len(name), name)), *_vocabulary()["names"]]
    return re.compile(rf"(?<![A-Za-z\d])(?:{'|'.join(forms)})(?![A-Za-z\d])")


@cache
def _names_of(field: str) -> dict[str, str]:
    """The canonical name of a unit by every form of it."""
    return {form: name for name, forms in _vocabulary()[field].items() for form in forms}


def _alternatives(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))


@cache
def _vocabulary() -> dict[str, Any]:
    text = (files("index") / "quantities.yaml").read_text(encoding="utf-8")
    vocabulary: dict[str, Any] = yaml.safe_load(text)
    return vocabulary

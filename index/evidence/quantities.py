"""Figures in a text: the value of each, and the units it may be read with."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from index.evidence.units import BARE, is_counted, name_pattern, plain, unit_behind, units_before

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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
KINDS = frozenset(["phase", "grade", "day"])
LISTED = re.compile(r"\)?,? ?(?:-|/|,|;|v|vs|versus|to|and|or|then|\+/-) ?[<>]?=?", re.I)
RANGE = re.compile(r" ?(?:-|to|\+/-| on,| on and| on ?/) ?")
SPREAD = re.compile(r" ?\((?:(?:range|SD|SE|IQR|median|mean),? ?(?:of )?)?", re.I)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure. ``value`` is canonical: 44.0 is 44, and 15 December 2022 is 2022-12-15.

    ``units`` holds every reading: in "74 and 91%" the 74 is a percentage or a bare number ("").
    ``loose`` marks a number word that may be a way of speaking: "the two readings".
    ``start`` and ``end`` count characters of the plain text.
    """

    value: str
    units: frozenset[str]
    start: int
    end: int
    loose: bool = False

    def __str__(self) -> str:
        units = " or ".join(sorted(self.units - BARE))
        return f"{self.value}{'' if units == '%' else ' '}{units}".strip()

    @property
    def is_bare(self) -> bool:
        return "" in self.units

    @property
    def is_bound(self) -> bool:
        return any(unit.endswith(" CI") for unit in self.units)

    @property
    def is_p(self) -> bool:
        return any(unit.startswith("P ") for unit in self.units)

    @property
    def is_result(self) -> bool:
        """Not a date, and not how sure a result is."""
        return not (self.is_bound or self.is_p or self.units & {"date", "confidence"})

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
    read = name_pattern(tuple(names)).sub(lambda name: "_" * len(name[0]), plain(text))
    found = [_quantity(read, match) for match in FIGURE.finditer(read)]
    meant = units_before(about, len(about))
    found = [replace(q, units=q.units | meant) if q.units == BARE else q for q in found]
    between = [read[left.end : right.start] for left, right in pairwise(found)]
    for share in (_intervals, _units_from_the_right, _units_from_the_left):
        found = share(found, between)
    return found


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    if match["year"] or match["of"]:
        return Quantity(_date(match), frozenset(["date"]), *match.span())
    if match["level"]:
        return Quantity(match["level"], frozenset(["confidence"]), *match.span())
    if match["power"]:
        return Quantity(f"{match['mantissa'] or 1}e{match['power']}", BARE, *match.span())
    if match["sign"]:
        return Quantity(_number(match["number"]), frozenset([f"P {match['sign']}"]), *match.span())
    if match["word"]:
        return _quantity_in_words(text, match)
    unit, end = unit_behind(text, match.end())
    units = frozenset([unit]) if unit else units_before(text, match.start())
    return Quantity(_number(match["number"]), units, match.start(), end)


def _quantity_in_words(text: str, match: re.Match[str]) -> Quantity:
    value = str(WORDS.index(match["word"].lower()))
    unit, end = unit_behind(text, match.end())
    loose = value in "01" or not (unit or is_counted(text, end))
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


def _intervals(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """The two numbers behind "95% CI" are its bounds."""
    read = list(found)
    for at, level in enumerate(found):
        bounds = range(at + 1, min(at + 3, len(found))) if "confidence" in level.units else ()
        for bound in bounds:
            gap = between[bound - 1]
            if not (RANGE.fullmatch(gap) if bound == at + 2 else len(gap) <= 6):
                break
            read[bound] = replace(found[bound], units=frozenset([f"{level.value}% CI"]))
    return read


def _units_from_the_right(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """In "74 and 91%" both may be percentages."""
    read = list(found)
    for at in reversed(range(len(between))):
        if read[at].is_bare and LISTED.fullmatch(between[at]):
            read[at] = _also(read[at], read[at + 1])
    return read


def _units_from_the_left(found: list[Quantity], between: list[str]) -> list[Quantity]:
    """In "26.3 months (range 3.9-48.2)" all may be months; in "grade 3 or 4" both are grades."""
    read = list(found)
    for at, gap in enumerate(between):
        if not read[at + 1].is_bare:
            continue
        spread = SPREAD.fullmatch(gap) and (len(gap) > 2 or RANGE.fullmatch(_at(between, at + 1)))
        if spread or RANGE.fullmatch(gap) or (read[at].units & KINDS and LISTED.fullmatch(gap)):
            read[at + 1] = _also(read[at + 1], read[at])
    return read


def _at(between: list[str], position: int) -> str:
    return between[position] if position < len(between) else ""


def _also(quantity: Quantity, other: Quantity) -> Quantity:
    return replace(quantity, units=quantity.units | other.units) if other.is_result else quantity

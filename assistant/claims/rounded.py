"""A claim whose rounded figures are given as its source gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.claims.figures import dates_of, in_digits, numbers_of, stated_in, years_of
from assistant.claims.text import cues

GRAIN = 2.5
"""``N in M`` is taken for M steps: a share that is less than 1/GRAIN steps off is rounded to it."""
LEAST_GRAIN = 0.01
SLACK = {"about": (0.95, 1.05), "nearly": (0.88, 1.0), "over": (1.0, 1.15), "under": (0.85, 1.0)}
"""By what factors the true figure may differ from one that is hedged so."""
_UNIT = r"(?:months?|years?|weeks?|days?|hours?|mcg|mg|pg|kg|QALYs?)"
_SOURCE = re.compile(
    rf"(?<![\w.,/^-])(?P<number>\d+(?:\.\d+)?)(?:(?P<percent> ?%(?! CI))|[ -](?P<unit>{_UNIT})\b)?"
    r"(?![\w,.]*\d)(?! ?% CI)"
)
_INCIDENCE = re.compile(r"\b(?:incidence|probability|proportion)\b", re.IGNORECASE)
_COUNT = re.compile(r"(?<![\w.,/-])(?P<part>\d+)(?: of (?:the |all )?|/)(?P<whole>\d+)\b")


@dataclass(frozen=True, slots=True)
class Rounded:
    """A figure of a claim that stands for every one from ``low`` to ``high``."""

    start: int
    end: int
    low: float
    high: float
    unit: str
    """``%`` for a share, a unit of time or mass, or nothing for a count."""
    plain: str
    """The figure as a source would print it; nothing where only its hedge says what it means."""

    def holds(self, value: float) -> bool:
        """Whether it can stand for a value; a limit does not stand for itself."""
        at_limit = not self.plain and value in (self.low, self.high)
        return self.low <= value <= self.high and not at_limit


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure of a source with its unit."""

    text: str
    value: float
    unit: str


@lru_cache(maxsize=20_000)
def as_in(claim: str, source: str) -> str:
    """``About four in five`` is ``78%`` beside a source that says 78%, and ``80%`` beside others.

    A figure that stands in the source as it is stays as it is.
    """
    even = in_digits(claim)
    printed = _printed(source)
    for one in sorted(rounded_in(even), key=lambda one: -one.start):
        close = [p for p in printed if p.unit == one.unit and one.holds(p.value)]
        middle = (one.low + one.high) / 2
        best = min(close, key=lambda p: (_is_count(p), abs(p.value - middle)), default=None)
        shown = best.text if best else one.plain or even[one.start : one.end]
        even = even[: one.start] + shown + even[one.end :]
    return even


def lacking(claim: str, source: str) -> frozenset[str]:
    """The figures, dates and years of a claim that do not stand in a source."""
    figures = numbers_of(as_in(claim, source)) - stated_in(source)
    dates = dates_of(claim) - dates_of(source)
    return figures | dates | (years_of(claim) - years_of(source))


@lru_cache(maxsize=4096)
def rounded_in(text: str) -> tuple[Rounded, ...]:
    """The rounded figures of a text whose numbers are digits, none within another."""
    found: list[Rounded] = []
    for one in (*_shares(text), *_percentages(text), *_numbers(text)):
        if all(one.end <= other.start or one.start >= other.end for other in found):
            found.append(one)
    return tuple(found)


def _shares(text: str) -> Iterator[Rounded]:
    """``Nearly 4 in 5``, ``about two thirds``, ``every second``."""
    for match in _share().finditer(text):
        part, whole = _fraction(match)
        if not 0 < part < whole:
            continue
        value, step = 100 * part / whole, 100 * max(1 / GRAIN / whole, LEAST_GRAIN)
        low, high = _hedged(match, value, (value - min(step, 4), value + min(step, 4)))
        yield Rounded(match.start(), match.end(), low, high, "%", f"{value:.0f}%")


def _fraction(match: re.Match[str]) -> tuple[float, float]:
    if match["word"]:
        return _parts(match["times"]), cues()["rounded"]["fractions"][
            match["word"].lower().rstrip("s")
        ]
    if match["every"]:
        return 1, cues()["rounded"]["ordinals"][match["every"].lower()]
    return _parts(match["part"]), float(match["whole"])


def _parts(number: str | None) -> float:
    return float(number) if number and number.isdigit() else 1


def _percentages(text: str) -> Iterator[Rounded]:
    """``85%`` for 84.8%, ``about 85%`` for 83.9%."""
    for match in _percentage().finditer(text):
        value = float(match["number"])
        if "." in match["number"] and not match["hedge"]:
            continue
        low, high = _hedged(match, value, (value - 0.5, value + 0.49))
        yield Rounded(match.start(), match.end(), low, high, "%", f"{match['number']}%")


def _numbers(text: str) -> Iterator[Rounded]:
    """``Nearly 8 months``, ``about 1400``; a number without a hedge is exact."""
    for match in _number().finditer(text):
        value = float(match["number"])
        low, high = _hedged(match, value, (value, value))
        # "Over 65 years" is as often a limit of age as a rounded figure, so it stays as it is.
        bound = match["over"] or match["under"]
        shown = "" if bound else match["number"] + (match["rest"] or "")
        yield Rounded(match.start(), match.end(), low, high, _unit(match["unit"]), shown)


def _hedged(match: re.Match[str], value: float, bare: tuple[float, float]) -> tuple[float, float]:
    """The bounds by the hedge, if there is one; those of ``bare`` are the least."""
    kind = next((kind for kind in SLACK if match[kind]), None)
    if kind is None:
        return bare
    low, high = (value * factor for factor in SLACK[kind])
    return (min(low, bare[0]) if low < value else low, max(high, bare[1]) if high > value else high)


def _unit(word: str | None) -> str:
    return (word or "").lower().rstrip("s")


def _is_count(figure: Printed) -> bool:
    return figure.unit == "%" and "%" not in figure.text


def _printed(source: str) -> list[Printed]:
    even = in_digits(source)
    found = [
        Printed(match[0], float(match["number"]), "%" if match["percent"] else _unit(match["unit"]))
        for match in _SOURCE.finditer(even)
    ]
    counts = (match for match in _COUNT.finditer(even) if int(match["whole"]))
    shares = [
        Printed(match[0], 100 * int(match["part"]) / int(match["whole"]), "%") for match in counts
    ]
    if _INCIDENCE.search(even):
        shares += [Printed(one.text, 100 * one.value, "%") for one in found if one.value < 1]
    return found + shares


def _hedges() -> str:
    hedges = cues()["rounded"]["hedges"]
    return rf"(?:{'|'.join(rf'(?P<{kind}>{hedges[kind]})' for kind in SLACK)})"


@cache
def _share() -> re.Pattern[str]:
    words = cues()["rounded"]
    fractions, ordinals = "|".join(words["fractions"]), "|".join(words["ordinals"])
    parts = (
        r"(?P<part>\d+|one) (?:in|out of|(?:of|in) every) (?:every )?"
        r"(?P<whole>[2-9]|[1-9]0|12|1000?)(?! ?%)"
    )
    word = (
        rf"(?:(?P<times>an?|one|\d) )?(?P<word>(?:{fractions})s?)"
        r"(?= (?:of|the)\b|[,.;)]| \w+ed\b)"
    )
    return re.compile(
        r"(?<![\w-])(?<!first )(?<!second )(?<!latter )(?<!by )"
        rf"(?P<hedge>{_hedges()} )?(?:{parts}|{word}|every (?P<every>{ordinals}))(?![\w-]|\.\d)",
        re.IGNORECASE,
    )


@cache
def _percentage() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.-])(?P<hedge>{_hedges()} )?(?P<number>\d+(?:\.\d+)?) ?%(?! CI)", re.IGNORECASE
    )


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.-])(?P<hedge>{_hedges()} )(?P<number>\d+(?:\.\d+)?)"
        rf"(?P<rest>[ -](?P<unit>{_UNIT})\b)?(?![\w.]*\d|-)",
        re.IGNORECASE,
    )

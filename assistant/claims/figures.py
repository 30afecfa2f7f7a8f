"""The figures of a claim beside those of a source: the same, or another value or key."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from index import number_words
from index.figures import KeyedFigure, figures_in, keyed_figures
from index.terms import plain

_SPELLED = re.compile(rf"\b(?!(?:zero|one)\b){number_words.PATTERN}\b", re.IGNORECASE)
"""Numbers in words; "one" by itself is as often no number."""
_THOUSANDS = re.compile(r"(?<=\d)[, ](?=\d{3}(?!\d))")
_PERCENT = re.compile(r"\s*(?:per cent|percent)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_MONTHS = "January February March April May June July August September October November December"
_DATE = re.compile(rf"(?:\b(\d\d?) )?\b({'|'.join(_MONTHS.split())}) ((?:19|20)\d\d)\b")
_COUNTED = re.compile(
    r"(?<![\w.,/-])(\d+(?:\.\d+)?)[ -](?!of\b|to\b|and\b|or\b|in\b)([A-Za-z][\w/]*)"
)
_BOUND = re.compile(
    r"\b(?:under|over|below|above|aged|from|to|at least|up to|than) (\d+) (?:years?|months?)\b",
    re.IGNORECASE,
)
COMPARATORS = frozenset({"chemotherapy", "control arm", "placebo"})
"""Arms that are the same for a comparison: what the others are measured against."""
KEYS = {"measure": "endpoint", "time": "time point", "arm": "arm"}
"""The parts of a key, and what readers call them."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A figure of the claim with the figure of the source that is most like it."""

    claim: KeyedFigure
    source: KeyedFigure | None
    same_value: bool
    differing: tuple[str, ...]
    """Parts of the key that both sides name and that are not the same."""

    @property
    def agrees(self) -> bool:
        return self.same_value and not self.differing

    @property
    def conflicts(self) -> bool:
        """Whether the source gives this value under another key, or this key another value."""
        if self.source is None:
            return False
        if self.same_value:
            return bool(self.differing)
        return not self.differing and self.claim.measure is not None


@lru_cache(maxsize=20_000)
def in_digits(text: str) -> str:
    """The text with numbers as digits: ``Sixteen of 1,440 per cent`` is ``16 of 1440%``."""
    spelled = _SPELLED.sub(lambda found: number_words.digits(found[0]), plain(text))
    digits = _THOUSANDS.sub("", spelled)
    for name, factor in (("hundred", 100), ("thousand", 1000)):
        digits = _multiple(name).sub(partial(_multiplied, factor=factor), digits)
    return _PERCENT.sub("%", digits)


@cache
def _multiple(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b(\d+|an?|one) {name}(?:(?:,| and)? (\d+|one)(?! ?%))?\b", re.IGNORECASE)


def _multiplied(match: re.Match[str], factor: int) -> str:
    """``405`` of ``4 hundred and 5``."""
    many, rest = (int(part) if (part or "").isdigit() else 1 for part in match.groups("0"))
    return str(many * factor + rest)


@lru_cache(maxsize=20_000)
def numbers_of(text: str) -> frozenset[str]:
    """Its figures, without names, dates and time points; ``36`` of ``36 +/- 6%`` is ``36``."""
    return frozenset(_even(one) for one in figures_in(in_digits(text)))


@lru_cache(maxsize=20_000)
def stated_in(text: str) -> frozenset[str]:
    """Its figures and the bounds of age and time that it gives: ``18`` of ``under 18 years``."""
    return numbers_of(text) | frozenset(_BOUND.findall(in_digits(text)))


@lru_cache(maxsize=20_000)
def counted_in(text: str) -> frozenset[tuple[str, str]]:
    """Its bare numbers with what they count: ``("3", "seizure")``, ``("5", "ml/h")``."""
    found = _COUNTED.findall(in_digits(text))
    return frozenset((_even(number), unit.lower().rstrip("s")) for number, unit in found)


def years_of(text: str) -> frozenset[str]:
    return frozenset(_YEAR.findall(text))


def dates_of(text: str) -> frozenset[str]:
    """``14 June 2024`` and ``June 2024``, each of which is one figure."""
    found = _DATE.findall(plain(text))
    return frozenset(f"{month} {year}" for _, month, year in found) | frozenset(
        f"{day} {month} {year}" for day, month, year in found if day
    )


@lru_cache(maxsize=4096)
def keyed(text: str) -> tuple[KeyedFigure, ...]:
    return keyed_figures(in_digits(text))


def align(claim: str, source: str) -> tuple[Aligned, ...]:
    """Each figure of the claim beside that of the source with the same value, or the same key."""
    ours, theirs = keyed(claim), keyed(source)
    said = {values_of(one) for one in ours}
    return tuple(_best(figure, theirs, said) for figure in ours)


def _best(ours: KeyedFigure, theirs: Sequence[KeyedFigure], said: set[frozenset[str]]) -> Aligned:
    """``said`` are the values of the claim: one that it has elsewhere is beside none other."""
    pairs = [Aligned(ours, one, _same_value(ours, one), _differing(ours, one)) for one in theirs]
    pairs = [pair for pair in pairs if pair.same_value or _alike(ours, pair.source)]
    best = max(pairs, key=lambda pair: _likeness(pair, said), default=None)
    return best or Aligned(ours, None, same_value=False, differing=())


def _likeness(pair: Aligned, said: set[frozenset[str]]) -> tuple[bool, int, bool]:
    free = pair.source is not None and values_of(pair.source) not in said
    return pair.same_value, -len(pair.differing), free


def _same_value(one: KeyedFigure, other: KeyedFigure) -> bool:
    return bool(values_of(one) & values_of(other)) and values_of(one) <= values_of(other) | {""}


def values_of(figure: KeyedFigure) -> frozenset[str]:
    """The bare numbers of a value: ``44`` and ``49`` of ``44 of 49 (90%)``."""
    return frozenset(_even(one) for one in re.findall(r"\d+(?:\.\d+)?", figure.value))


def _even(number: str) -> str:
    bare = number.rstrip("%")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare


def _alike(ours: KeyedFigure, other: KeyedFigure | None) -> bool:
    """Whether two figures can differ only in value: of one unit and one measure."""
    if other is None or ours.measure is None or ours.measure != other.measure:
        return False
    return _kind(ours) == _kind(other)


def _kind(figure: KeyedFigure) -> str:
    if "%" in figure.value:
        return "%"
    return re.sub(r"[\d.,\s]+", " ", figure.value).strip()


def _differing(ours: KeyedFigure, other: KeyedFigure) -> tuple[str, ...]:
    return tuple(
        key
        for key in KEYS
        if (a := getattr(ours, key))
        and (b := getattr(other, key))
        and not (_same_arm(a, b) if key == "arm" else a == b)
    )


def _same_arm(one: str, other: str) -> bool:
    """Whether two arms can be one: what is given besides chemotherapy is what tells them apart."""
    return bool(_given(one) & _given(other))


def _given(arm: str) -> frozenset[str]:
    drugs = frozenset(arm.split(" + "))
    special = drugs - COMPARATORS
    return special or frozenset({"comparator"})

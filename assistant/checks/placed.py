"""The figures of a text as checks see them: each with the words and terms beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.terms import neutral
from assistant.claims.figures import in_digits
from index.documents import Study
from index.figures import KeyedFigure, keyed_values
from index.keys.details import shared
from index.keys.parts import Part, parts_of
from index.keys.trial_names import trial_names_in
from index.terms import plain, terms_in
from index.values import Value, values_in

DEATHS = frozenset({"death", "treatment-related mortality"})
"""Measures that stand for each other."""
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?: ?x ?10\^-?\d+)?(?: ?%)?")
_COUNT = re.compile(
    r"(?<![\w.,/^(-])(?<!the )(?<!The )(?<!of )(?<!In )(?<!Of )(?<!Among )(?<!For )"
    r"(?<!all )(?<!among )(?<!cycle )(?<!cohort )(?<!grade )"
    r"(?:\d{1,4}(?= (?:patients|infants|babies|children|adults|on|of the|in the)\b)"
    r"|\d+(?:\.\d+)?(?= ?(?:mcg|mg|mL|g|kg)\b))"
)
_GENE = re.compile(
    r"\b[A-Za-z]+[A-Za-z:-]*\d[\w:-]*|\bt\(\d+;\d+\)|\b[Gg]rades? \d(?:(?:-| or | and | to )\d)?"
    r"|\bphase \d(?:/\d)?|\d+q\d+"
    r"|\b\d{8}\b"  # a trial whose name is its number, such as study 20120215
)
_WORD = re.compile(r"[A-Za-z][\w+-]+(?: \d\b)?|\bt\(\d+;\d+\)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure with the words that stand beside it."""

    figure: KeyedFigure
    words: frozenset[str]
    """Those before it and after it, …"""
    near: frozenset[str]
    """… and of these what its neighbours do not share."""
    terms: frozenset[str]
    """Names of the terms beside it."""

    @property
    def numbers(self) -> frozenset[str]:
        """The value as numbers: ``28`` and ``93%`` of ``28 of 30 (93%)``."""
        share = {_even(self.figure.share)} if self.figure.share else set()
        return frozenset({next(iter(numbers_of(self.figure.value)), self.figure.value)} | share)


@lru_cache(maxsize=20_000)
def placed(text: str) -> tuple[Placed, ...]:
    """The figures of a text with numbers as digits, each with its own words."""
    even = plain(in_digits(text))
    values = _with_counts(even, shared(even, values_in(even)))
    parts = parts_of(even, values) if values else ()
    figures = keyed_values(even, values)
    return tuple(_placed(even, f, part) for f, part in zip(figures, parts, strict=True))


def _placed(even: str, figure: KeyedFigure, part: Part) -> Placed:
    """The words that open a sentence are those of every figure in it, if the first has others."""
    lead, tail = even[part.first : part.start], even[part.end : part.last]
    words = _words(lead) | _words(tail)
    near = words if part.first else _words(tail)
    return Placed(figure, words, near or words, terms_named(f"{lead} ; {tail}"))


def _with_counts(even: str, values: Sequence[Value]) -> tuple[Value, ...]:
    """The values and the bare counts of people beside them, in order."""
    counts = (
        Value(match[0], match[0], match.start(), match.end())
        for match in _COUNT.finditer(even)
        if not any(value.start <= match.start() < value.end for value in values)
    )
    return tuple(sorted([*values, *counts], key=lambda value: value.start))


def _words(text: str) -> frozenset[str]:
    found = (word.lower() for word in _WORD.findall(re.sub(r"\([^()]*\)", " ", text)))
    return frozenset(_stem(word) for word in found if word not in neutral())


def _stem(word: str) -> str:
    return re.sub(r"(?:ies|es|s|ed|ing)$", "", word) if len(word) > 5 else word


def _even(number: str) -> str:
    """``44.0 %`` as ``44%``: equal numbers are equal text."""
    bare = number.replace(" ", "")
    digits, percent = bare.rstrip("%"), "%" * bare.endswith("%")
    if "." in digits and "^" not in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits + percent


@lru_cache(maxsize=20_000)
def numbers_of(text: str) -> tuple[str, ...]:
    """Every number, in names and grades too; ``36 +/- 6%`` is 36% and 6%."""
    even = re.sub(r"(?<=\d)(?: ?- ?| to | \+/- )(?=\d[\d.]*%)", "% ", plain(in_digits(text)))
    even = re.sub(r"(?<=[\d%])-(?=[A-Za-z\d])", " ", even)
    even = re.sub(r"(?<=\d) ?x ?(?=10\^)", "x", even)
    for name in trial_names_in(even):
        even = even.replace(name, " ")
    return tuple(_even(number) for number in _NUMBER.findall(_GENE.sub(" ", even)))


@lru_cache(maxsize=4096)
def terms_named(text: str) -> frozenset[str]:
    """The names of the terms of a text, read with its brackets and without them."""
    bare = re.sub(r" ?\([^()]*\)", "", text)
    return frozenset(term.name for term in [*terms_in(text), *terms_in(bare)])


def terms_around(quotes: str, studies: Sequence[Study]) -> frozenset[str]:
    """What the quotes or the front matter of their studies name; one word for death is both."""
    named = terms_named(quotes).union(*(terms_named(about(study)) for study in studies))
    return named | DEATHS if named & DEATHS else named


def about(study: Study) -> str:
    """What the front matter of a study says of its patients and their treatment."""
    said = [study.short, study.title, study.population, study.design, study.comparator]
    return ". ".join(filter(None, [*said, study.trial, *study.line, *study.age_group]))

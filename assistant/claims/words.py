"""Words of a claim and of a source that say the same, or the opposite."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.checks.words import measures_harm
from assistant.claims.text import cues
from index.terms import plain, terms_in

KINDS = ("population", "genetics", "setting", "drug", "arm")
"""Kinds of term of which a sentence that names another than the claim speaks of something else."""
_OPEN = re.compile(r"\bwhether\b.*", re.DOTALL)
"""What was asked is not said."""
LABELS = ("grade", "cycle", "cohort")
"""What is told apart by its number."""
HIGHEST_GRADE = 5
_NUMBERED = re.compile(
    r"\b(?P<kind>grade|cycle|cohort)s? (?P<first>\d)\b"
    r"(?:(?: ?- ?| to | or | and |/)(?P<last>\d)\b"
    r"|(?P<higher> (?:or|and) (?:higher|above|more|worse)))?",
    re.IGNORECASE,
)
_DISEASE = re.compile(r"\bALL\b")
"""The disease, which is no word for "every one"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word at one end of an axis: ``no benefit`` is (worth, False)."""

    axis: str
    end: bool
    text: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """An axis of which claim and source stand at two ends, in the words of each."""

    axis: str
    claim: str
    source: str


def opposed(claim: str, source: str) -> tuple[Opposed, ...]:
    """The axes of which they stand at opposite ends; one that has both ends counts for neither."""
    return tuple(
        Opposed(axis, _said(claim, axis), _said(source, axis))
        for axis, ours, theirs in _shared(claim, source)
        if ours != theirs
    )


def _shared(claim: str, source: str) -> list[tuple[str, bool, bool]]:
    ours, theirs = _ends(claim), _ends(source)
    axes = [axis for axis in ours if axis in theirs]
    if {measures_harm(claim), measures_harm(source)} == {True, False}:
        axes = [axis for axis in axes if axis != "amount"]
    return [(axis, ours[axis], theirs[axis]) for axis in axes]


def _ends(text: str) -> dict[str, bool]:
    """The end of each axis that a text stands at, if it is one end only."""
    ends: dict[str, set[bool]] = {}
    for word in words_on_axes(text):
        ends.setdefault(word.axis, set()).add(word.end)
    return {axis: found.pop() for axis, found in ends.items() if len(found) == 1}


def _said(text: str, axis: str) -> str:
    return next(word.text for word in words_on_axes(text) if word.axis == axis)


@lru_cache(maxsize=20_000)
def words_on_axes(text: str) -> tuple[Word, ...]:
    """Every word that stands on an axis, with its negation."""
    even = _OPEN.sub("", _DISEASE.sub("leukaemia", plain(text)))
    found = []
    for axis, end, pattern in _axes():
        for match in pattern.finditer(even):
            before = even[: match.start()]
            negation = _negation().search(before) or _nobody().search(before)
            first = negation.start() if negation else match.start()
            found.append(Word(axis, end == (negation is None), even[first : match.end()]))
    return tuple(found)


@cache
def _axes() -> list[tuple[str, bool, re.Pattern[str]]]:
    return [
        (axis, end, re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE))
        for axis, ends in cues()["axes"].items()
        for end, pattern in zip((True, False), ends, strict=True)
    ]


@cache
def _negation() -> re.Pattern[str]:
    """A negation at most two words before the end."""
    return re.compile(rf"(?<!\w){cues()['negations']}\W+(?:[\w-]+\W+){{0,2}}$", re.IGNORECASE)


@cache
def _nobody() -> re.Pattern[str]:
    """A subject that denies the whole clause: ``None of the infants died early``."""
    return re.compile(rf"(?<!\w){cues()['nobody']}\W+(?:[\w-]+ ){{0,7}}$", re.IGNORECASE)


@lru_cache(maxsize=20_000)
def numbered(text: str) -> dict[str, frozenset[str]]:
    """The grades, cycles and cohorts that a text names: ``grade 3 or higher`` is 3, 4 and 5."""
    found: dict[str, set[str]] = {}
    for match in _NUMBERED.finditer(plain(text)):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        last = HIGHEST_GRADE if match["higher"] else last
        kind = match["kind"].lower().rstrip("s")
        found.setdefault(kind, set()).update(f"{kind} {n}" for n in range(first, last + 1))
    return {kind: frozenset(names) for kind, names in found.items()}


@lru_cache(maxsize=20_000)
def _by_kind(text: str) -> dict[str, frozenset[str]]:
    found = [term for term in terms_in(text) if term.name not in cues()["generic_terms"]]
    named = {kind: frozenset(t.name for t in found if t.kind == kind) for kind in KINDS}
    return {**named, **dict.fromkeys(LABELS, frozenset()), **numbered(text)}


def other_terms(claim: str, source: str) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Kinds of which both name terms and share none, with what each names."""
    ours, theirs = _by_kind(claim), _by_kind(source)
    return {
        kind: (ours[kind], theirs[kind])
        for kind in (*KINDS, *LABELS)
        if ours[kind] and theirs[kind] and not ours[kind] & theirs[kind]
    }

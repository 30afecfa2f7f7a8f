"""What a sentence states: of which trial, which figures, and whether sources differ."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.checks.placed import Placed, placed
from assistant.checks.terms import pattern_in
from index.documents import Document
from index.keys.trial_names import trial_names_in
from index.passages import Sentence, sentences_of
from index.terms import plain
from index.trials import Trial

SOURCES = 2
"""A word of contrast sets source against source where it names so many."""
_pattern = partial(pattern_in, "conflict_words.yaml")


@dataclass(frozen=True, slots=True)
class Value:
    """A number such as ``81.6%``, what it measures, and when."""

    measure: str
    time: str | None
    number: str

    @property
    def under_measure(self) -> tuple[str, str]:
        return self.measure, self.number

    def is_of_kind(self, other: "Value") -> bool:
        """Whether both are of one measure, in one unit, and not at different times."""
        alike = self.number.endswith("%") == other.number.endswith("%")
        timed = self.time is None or other.time is None or self.time == other.time
        return self.measure == other.measure and alike and timed


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a document; ``trials`` are the keys of those that it is of."""

    document: Document
    sentence: Sentence
    trials: frozenset[str]

    @property
    def text(self) -> str:
        return self.document.text[self.sentence.start : self.sentence.end]

    @property
    def doc_id(self) -> str:
        return self.document.doc_id

    @property
    def figures(self) -> tuple[Placed, ...]:
        return placed(self.text)

    @property
    def values(self) -> tuple[Value, ...]:
        """Each number with what it measures, and when."""
        return tuple(
            Value(one.figure.measure, one.figure.time, number)
            for one in self.figures
            for number in one.numbers
            if one.figure.measure and number[0].isdigit()
        )


class TrialNames:
    """The trials by every name, however it is spelt."""

    def __init__(self, trials: Iterable[Trial]) -> None:
        self._keys = {_bare(name): trial.key for trial in trials for name in _names(trial)}

    def of(self, text: str, document: Document) -> frozenset[str]:
        """The keys of the trials that a sentence names, else that of its document.

        A trial that is not in the corpus has its own name for a key, where no other is named.
        """
        named = trial_names_in(text)
        known = {self._keys[_bare(name)] for name in named if _bare(name) in self._keys}
        own = {document.study.trial} if document.study.trial else set()
        return frozenset(known or {_bare(name) for name in named} or own)

    def statements(self, document: Document) -> list[Statement]:
        return [
            Statement(
                document, sentence, self.of(document.text[sentence.start : sentence.end], document)
            )
            for section in document.sections
            for sentence in sentences_of(document, section)
        ]


def _names(trial: Trial) -> Sequence[str]:
    short = re.sub(r"\s*\(.*\)$", "", trial.name)
    return (trial.key, trial.name, short, *trial.aliases, *trial.numbers)


def _bare(name: str) -> str:
    return re.sub(r"^(?:study|trial)|[^a-z0-9]", "", name.lower())


def tells(text: str) -> bool:
    """Whether a sentence says that sources differ."""
    even = plain(text)
    if _pattern("explained").search(even):
        return False
    if _pattern("differ").search(even) or says_wrong(text):
        return True
    contrast = _pattern("contrast").search(even)
    return bool(contrast) and len(_pattern("sources").findall(even)) >= SOURCES


def says_wrong(text: str) -> bool:
    """Whether a sentence says that a source is wrong."""
    even = plain(text)
    return bool(_pattern("wrong").search(even) and _pattern("sources").search(even))


def apart(text: str) -> frozenset[str]:
    """The words of a sentence that say of which patients, events or time it is."""
    return _named("apart", text)


def definitions(text: str) -> frozenset[str]:
    """The words of a sentence that say how something was counted."""
    return _named("definitions", text)


def _named(words: str, text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _pattern(words).findall(plain(text)))


def quantities(text: str) -> frozenset[str]:
    """Its numbers with their units, and its decimals: ``6 months``, ``0.70``."""
    return frozenset(_QUANTITY.findall(plain(text)))


def patients(text: str) -> frozenset[str]:
    """The larger numbers of patients that a sentence gives: ``1440``."""
    return _bare_numbers(_PATIENTS.findall(plain(text)))


def large_numbers(text: str) -> frozenset[str]:
    return _bare_numbers(_LARGE.findall(plain(text)))


def _bare_numbers(found: Iterable[str]) -> frozenset[str]:
    bare = (number.replace(",", "") for number in found)
    return frozenset(number for number in bare if not _YEAR.fullmatch(number))


_QUANTITY = re.compile(
    r"(?<![\d.])(?:\d+(?:\.\d+)? ?(?:years?|months?|weeks?|days?|hours?|minutes|kg|mcg|x10\^\d+)\b"
    r"|\d+\.\d+(?![\d%]))"
)

_YEAR = re.compile(r"(?:19|20)\d\d")
_LARGE = re.compile(r"(?<![\w.,-])\d{1,3},?\d{2,3}(?![\d%]|\.\d| ?x10)")
_PATIENTS = re.compile(
    rf"{_LARGE.pattern}(?= (?:[a-z-]+ ){{0,2}}(?:patients|children|infants|adults|people)\b)"
)

"""How well a sentence fits what a question asks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.question import MEASURES, SUBGROUPS, Reading, times_in
from assistant.rerank import ScoredSentence
from index.documents import Study
from index.lexical import words_of
from index.terms import plain, terms, terms_in

ASIDE = frozenset({"Background", "Limitations", "Related reports", "Sources and limits"})
"""Sections whose sentences rarely are the answer."""
POPULATIONS = {
    "infant": {"infant"},
    "newborn": {"infant"},
    "child": {"child", "adolescent", "infant"},
    "adult": {"adult", "older adult", "young adult"},
    "older adult": {"older adult", "adult"},
}
"""The age groups of a study that a population of the question may mean."""
SUBGROUP_TERMS = frozenset(
    term.name for term in terms() if term.kind in SUBGROUPS | {"response", "population"}
)
ENDPOINTS = frozenset(term.name for term in terms() if term.kind == "endpoint")
_NAME = re.compile(r"\b[A-Za-z]+[A-Za-z-]*-?\d[\w-]*|\b\d{8}\b|\b\d{4}-\d{6}-\d\d\b")
_LABELS = re.compile(
    r"\b\d+(?:\.\d+)?-(?:years?|months?|weeks?|days?|hours?)\b|\b(?:19|20)\d\d\b"
    r"|\b(?:at|within|after|under|below|over) \d+(?:\.\d+)?"
    r" (?:years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:grades?|cycles?|courses?|phase|cohort|stage|arm|TP|day|week) \d+(?:-\d+)?\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
_ABSENT = re.compile(
    r"\b(?:no|without) (?:\w+ ){0,2}"
    r"(?:results?|figures?|rates?|data|study|studies|percentages?|estimates?)\b"
    r"|\bnot (?:yet |been |separately |given |part of |in )*"
    r"(?:reported|studied|available|published|verified|known|stated|tested|shown|recorded|read|given)\b"
    r"|\b(?:could not be|cannot be) (?:checked|given|verified|read|stated)\b"
    r"|\b(?:unknown|unpublished)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence with what it holds of the question: True, False, or None where not asked."""

    scored: ScoredSentence
    measure: bool | None
    time: bool | None
    named: bool | None
    population: bool | None
    drug: bool | None
    statistic: bool | None
    subgroup: bool | None
    score: float
    """The relevance of the cross-encoder, moved by what fits; higher is better."""

    @property
    def text(self) -> str:
        return self.scored.text

    @property
    def doc_id(self) -> str:
        return self.scored.sentence.doc_id

    @property
    def parts(self) -> frozenset[str]:
        """The terms and the time points that the sentence names."""
        return term_names(self.text) | times_in(self.text)

    @property
    def says_absent(self) -> bool:
        """Whether the sentence says that something is not reported, not known or not studied."""
        return bool(_ABSENT.search(self.text)) and not has_figure(self.text)


def fit_sentences(reading: Reading, scored: Sequence[ScoredSentence]) -> list[Fit]:
    """Every sentence with its fit, best first."""
    fits = [fit(reading, sentence) for sentence in scored]
    return sorted(fits, key=lambda one: (-one.score, one.doc_id, one.scored.sentence.start))


def fit(reading: Reading, scored: ScoredSentence) -> Fit:
    """Compare one sentence, with the title and population of its study, to the question."""
    words = term_names(scored.text)
    around = words | _frame(scored.candidate.study)
    measure = _any_of(reading.measures, words)
    time = _time(reading, scored.text)
    named = _named(reading, scored)
    population = _population(reading, scored.candidate.study, words)
    drug = _all_of(reading.of_kind("drug"), around)
    score = scored.relevance + 2.0 * scored.candidate.score
    score += _gain(measure, yes=2.0, no=-2.0) + _gain(time, yes=2.0, no=-2.0)
    score += _gain(named, yes=3.0, no=-4.0) + _gain(population, yes=1.0, no=-2.0)
    score += _gain(drug, yes=0.5, no=-1.0) + 2.5 * _share(reading.of_kind(*SUBGROUPS), words)
    score += 1.5 * _share(_details(reading), words)
    score += _form(reading, scored) - _narrowness(reading, words) + 3.0 * _overlap(reading, scored)
    statistic = _all_of(reading.of_kind("statistic"), words)
    subgroup = _all_of(reading.of_kind("setting"), around)
    return Fit(scored, measure, time, named, population, drug, statistic, subgroup, score)


def _overlap(reading: Reading, scored: ScoredSentence) -> float:
    """Which share of the words of the question stands in the sentence or its study's name."""
    asked = _stems(reading.expanded)
    found = asked & (_stems(scored.text) | _stems(scored.candidate.study.short))
    return len(found) / len(asked) if asked else 0.0


def _narrowness(reading: Reading, words: frozenset[str]) -> float:
    """What a sentence loses for subgroups and end points that were not asked for."""
    unasked = words - {term.name for term in reading.terms}
    others = len(ENDPOINTS & unasked) if reading.of_kind("endpoint") else 0
    return 0.5 * min(3, len(SUBGROUP_TERMS & unasked)) + 0.75 * min(2, others)


def _form(reading: Reading, scored: ScoredSentence) -> float:
    """A figure where one is wanted; sentences of the results before asides."""
    score = -1.5 if scored.sentence.section in ASIDE else 0.0
    if reading.wants_figure and not _ABSENT.search(scored.text):
        score += 0.5 if has_figure(scored.text) else -2.0
    return score


def has_figure(text: str) -> bool:
    """Whether a result stands in a sentence: a number, no name, date, time point or grade."""
    return bool(figures_in(text))


@lru_cache(maxsize=20_000)
def figures_in(text: str) -> frozenset[str]:
    """The numbers of a sentence as printed, without names, dates, time points and grades."""
    return frozenset(_FIGURE.findall(_LABELS.sub(" ", _NAME.sub(" ", plain(text)))))


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


@lru_cache(maxsize=20_000)
def term_names(text: str) -> frozenset[str]:
    """The names of the terms of the field that a text names."""
    return frozenset(term.name for term in terms_in(text))


def _frame(study: Study) -> frozenset[str]:
    return term_names(f"{study.title}; {study.population}; {study.design or ''}")


def _time(reading: Reading, text: str) -> bool | None:
    """None where no time is asked, or the sentence is bound to none."""
    found = times_in(text)
    return bool(reading.times & found) if reading.times and found else None


def _named(reading: Reading, scored: ScoredSentence) -> bool | None:
    if not reading.names:
        return None
    words = plain(scored.text).lower()
    doc_id = scored.sentence.doc_id
    return any(doc_id in name.doc_ids or _core(name.label) in words for name in reading.names)


@lru_cache(maxsize=1000)
def _core(label: str) -> str:
    """The distinguishing word of a name: ``aall0631`` of ``COG AALL0631``."""
    pieces = plain(label).lower().split()
    with_digit = [piece for piece in pieces if any(map(str.isdigit, piece))]
    return with_digit[-1] if with_digit else " ".join(pieces)


def _population(reading: Reading, study: Study, words: frozenset[str]) -> bool | None:
    wanted = reading.of_kind("population")
    groups = set(study.age_group)
    if not wanted or not groups:
        return None
    return any(POPULATIONS.get(name, set()) & groups or name in words for name in wanted)


def _details(reading: Reading) -> list[str]:
    """The remaining terms of the question: arm, drug, procedure and the like."""
    counted = MEASURES | SUBGROUPS | {"population", "outcome", "disease"}
    return [term.name for term in reading.terms if term.kind not in counted]


def _any_of(wanted: Iterable[str], present: frozenset[str]) -> bool | None:
    names = set(wanted)
    return bool(names & present) if names else None


def _all_of(wanted: Iterable[str], present: frozenset[str]) -> bool | None:
    names = set(wanted)
    return names <= present if names else None


def _share(wanted: Sequence[str], present: frozenset[str]) -> float:
    return sum(name in present for name in wanted) / len(wanted) if wanted else 0.0


def _gain(fits: bool | None, *, yes: float, no: float) -> float:
    return 0.0 if fits is None else (yes if fits else no)

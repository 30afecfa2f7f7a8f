"""How well a sentence fits what a question asks."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from assistant.question import MEASURES, SUBGROUPS, Reading, times_in
from assistant.rerank import ScoredSentence
from assistant.unreported import says_unreported, speaks_of_absence
from index.data_files import read_yaml
from index.documents import Study
from index.figures import figures_in, has_figure, has_result
from index.lexical import words_of
from index.terms import plain, terms, terms_in

ASIDE = frozenset({"Background", "Limitations", "Related reports", "Sources and limits"})
"""Sections whose sentences rarely are the answer."""
REGISTER = "registry record"
NO_ANSWER = -6.0
"""The logit of a sentence that surely does not answer."""
POPULATIONS = {
    "infant": {"infant"},
    "newborn": {"infant"},
    "child": {"child", "adolescent", "infant"},
    "adult": {"adult", "older adult", "young adult"},
    "older adult": {"older adult", "adult"},
}
"""The age groups of a study that a population of the question may mean."""
ENDPOINTS = frozenset(term.name for term in terms() if term.kind == "endpoint")
SUBGROUP_NAMES = frozenset(
    term.name
    for term in terms()
    if term.kind in SUBGROUPS or term.name in ("minimal residual disease", "positive", "negative")
)
"""Terms that narrow a cohort down."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence with what it holds of the question: True, False, or None where not asked."""

    scored: ScoredSentence
    measure: bool | None
    time: bool | None
    named: bool | None
    reported: bool
    """Whether the sentence is from a report of what is named, and does not only mention it."""
    population: bool | None
    drug: bool | None
    statistic: bool | None
    subgroup: bool | None
    route: bool | None
    unasked: int
    """How many subgroups the sentence is on that the question does not name."""
    score: float
    """The weighted sum of ``features``, in logits of the cross-encoder; higher is better."""

    @property
    def text(self) -> str:
        return self.scored.text

    @property
    def doc_id(self) -> str:
        return self.scored.sentence.doc_id

    @property
    def parts(self) -> frozenset[str]:
        """The terms, time points and figures that the sentence names."""
        return term_names(self.text) | times_in(self.text) | bare(figures_in(self.text))

    @property
    def answers(self) -> float:
        """The logit of the answerability model; a sentence that reports nothing answers nothing.

        To that model it is the answer to a question on what is missing.
        """
        return NO_ANSWER if says_unreported(self.text) else self.scored.answers

    @property
    def says_absent(self) -> bool:
        """Whether the sentence says that something is not reported, not known or not studied."""
        return speaks_of_absence(self.text) and not has_figure(self.text)


def fit_sentences(reading: Reading, scored: Sequence[ScoredSentence]) -> list[Fit]:
    """Every sentence with its fit, best first."""
    fits = [fit(reading, sentence) for sentence in scored]
    return sorted(fits, key=lambda one: (-one.score, one.doc_id, one.scored.sentence.start))


def fit(reading: Reading, scored: ScoredSentence) -> Fit:
    """Compare one sentence, with the title and population of its study, to the question."""
    words = term_names(scored.text)
    around = words | _frame(scored.candidate.study)
    asked = {term.name for term in reading.terms}
    found = Fit(
        scored,
        measure=_any_of(reading.measures, words),
        time=_time(reading, scored.text),
        named=_named(reading, scored),
        reported=_reported(reading, scored),
        population=_population(reading, scored.candidate.study, words),
        drug=_all_of(reading.of_kind("drug"), around),
        statistic=_all_of(reading.of_kind("statistic"), words),
        subgroup=_all_of(reading.of_kind("setting"), around),
        route=_all_of(reading.of_kind("dosing"), around),
        unasked=len(_subgroups(words - _frame(scored.candidate.study)) - _subgroups(asked)),
        score=0.0,
    )
    values = features(reading, found)
    return replace(found, score=sum(weights()[name] * value for name, value in values.items()))


@cache
def weights() -> dict[str, float]:
    """The learned weight of each feature; ``assistant/training`` makes the file."""
    learned: dict[str, float] = read_yaml("assistant", "sentence_weights.yaml")
    return learned


def features(reading: Reading, found: Fit) -> dict[str, float]:
    """What speaks for a sentence, as numbers: a part not asked for is 0, a missing one -1."""
    scored = found.scored
    words = term_names(scored.text)
    asked = {term.name for term in reading.terms}
    unasked = words - asked
    section = scored.sentence.section
    return {
        "relevance": scored.relevance,
        "answers": found.answers,
        "passage": scored.candidate.score,
        "measure": _sign(found.measure),
        "all_measures": _share(reading.measures, words),
        "time": _sign(found.time),
        "named": _sign(found.named),
        "population": _sign(found.population),
        "subgroups": _share(reading.of_kind(*SUBGROUPS), words),
        "opposed": float(opposed(asked, words)),
        "details": _share(_details(reading), words),
        "dosing": _share(reading.of_kind("dosing"), words),
        "words": _overlap(reading, scored),
        "numbers": float(len(bare(reading.numbers) & bare(figures_in(scored.text)))),
        "year": float(scored.candidate.study.year in reading.years),
        "figure": float(reading.wants_figure and has_figure(scored.text)),
        "result": float(reading.wants_figure and has_result(scored.text)),
        "other_endpoints": float(bool(reading.of_kind("endpoint")) * len(ENDPOINTS & unasked)),
        "register": float(scored.candidate.study.kind == REGISTER),
        "aside": float(section in ASIDE),
        "bottom_line": float(section == "Bottom line"),
        "results": float(section in ("Results", "Safety")),
    }


def bare(figures: Iterable[str]) -> frozenset[str]:
    """Figures without their percent sign, which people leave out."""
    return frozenset(figure.rstrip("%") for figure in figures)


def _overlap(reading: Reading, scored: ScoredSentence) -> float:
    """Which share of the words of the question stands in the sentence or its study's name."""
    asked = stems(reading.expanded)
    found = asked & (stems(scored.text) | stems(scored.candidate.study.short))
    return len(found) / len(asked) if asked else 0.0


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    return frozenset(words_of(text))


@lru_cache(maxsize=20_000)
def term_names(text: str) -> frozenset[str]:
    """The names of the terms of the field that a text names."""
    return frozenset(term.name for term in terms_in(text))


def _subgroups(names: Iterable[str]) -> set[str]:
    return {name for name in names if name in SUBGROUP_NAMES}


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
    mentioned = any(_core(name.label) in words for name in reading.names)
    return mentioned or _reported(reading, scored)


def _reported(reading: Reading, scored: ScoredSentence) -> bool:
    return any(scored.sentence.doc_id in name.doc_ids for name in reading.names)


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
    if any(POPULATIONS.get(name, set()) & groups for name in wanted):
        return True
    return None if words & set(wanted) else False


def opposed(asked: Set[str], words: Set[str]) -> int:
    """In how many respects ``words`` are on other patients, or another time, than ``asked``."""
    return sum(
        bool(asked & group and words & group) and not asked & words & group
        for group in exclusive_groups()
    )


@cache
def exclusive_groups() -> tuple[frozenset[str], ...]:
    """Terms of which one patient, or one point of treatment, can have but one."""
    return tuple(map(frozenset, read_yaml("assistant", "exclusive.yaml")))


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


def _sign(fits: bool | None) -> float:
    return 0.0 if fits is None else (1.0 if fits else -1.0)

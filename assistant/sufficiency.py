"""Does the evidence hold what is asked? A score of relevance alone cannot tell."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.fit import NO_ANSWER, Fit
from assistant.question import Reading
from assistant.rerank import ScoredSentence
from index.figures import has_figure, has_result

LEAST_RELEVANCE = -6.0
"""The logit of the cross-encoder below which no sentence is about the question."""
SURE_RELEVANCE = 4.0
"""The logit above which a sentence answers although the corpus lacks a word of the question."""
SURE_OF_ANSWER = 2.0
"""The logit of the answerability model above which a sentence answers, whatever words it lacks: two
thirds of the answerable questions that rules refused have one, and one in twenty of the others.
"""
LIKELIER_THAN_NOT = 0.0
"""The same for a sentence of a trial without results that holds all that is asked."""
SURE_OF_SENTENCE = 6.5
"""The logit above which a sentence answers although it does not name whom it speaks of."""
OF_ANOTHER_FIELD = 2
"""So many unknown words speak of another field, whatever seems to answer."""
ANOTHER_LANGUAGE = 3
"""So many words that neither the corpus nor plain English has are those of another language."""
OUTCOMES = ("endpoint", "response", "safety", "outcome")
RATES = ("endpoint", "response")
"""Measures whose figure is a rate, a ratio or a duration, never a bare count."""
SUMS = frozenset({"price", "cost-effectiveness"})
"""Those of them whose figure is a sum of money, often without decimals."""
GROUPS = {
    "infant": "infants",
    "newborn": "newborns",
    "child": "children",
    "adult": "adults",
    "older adult": "older adults",
}
"""How more than one of a population are called."""
_HAPPENED = re.compile(r"\b(?:did|was|were|has|have|had|results?)\b", re.IGNORECASE)
"""Asks what came of a trial, not what it plans."""
NAMED = 3
"""Studies, or words, that a refusal names at most."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Why the evidence does not answer, and what kind of evidence would."""

    reason: str
    would_answer: str
    of_reports: bool = False
    """Whether studies are there and do not report it; a document may say so itself."""
    told: ScoredSentence | None = None
    """The sentence by which a document says so."""


def find_gap(
    reading: Reading,
    fits: Sequence[Fit],
    without_results: Callable[[Iterable[frozenset[str]]], bool] = lambda _: False,
) -> Gap | None:
    """None where the evidence suffices. ``fits`` come best first."""
    answered = best_answer(fits) >= SURE_OF_ANSWER
    known = len(reading.foreign) < OF_ANOTHER_FIELD
    if not (answered and known) and (gap := _far_off(reading, fits)):
        return gap
    if not _asks_outcome(reading):
        return None
    asked = _asked(reading)
    holding = [fit for fit in fits if _holds(reading, fit, fits)]
    likely = answered or best_answer(holding) > LIKELIER_THAN_NOT
    planned = likely and not _HAPPENED.search(reading.text)
    if not planned and without_results(name.doc_ids for name in reading.names):
        return Gap(f"there are no results yet on {asked}", f"The first report of {asked}.")
    if fits[0].says_absent:
        return Gap(
            f"the corpus says that {asked} is not reported",
            f"A report of {asked}.",
            of_reports=True,
        )
    if not answered and not holding:
        return Gap(f"no sentence reports {asked}", f"A report of {asked}.", of_reports=True)
    return None


def best_answer(fits: Iterable[Fit]) -> float:
    """The highest logit of a sentence that may answer."""
    return max((fit.answers for fit in fits), default=NO_ANSWER)


def _far_off(reading: Reading, fits: Sequence[Fit]) -> Gap | None:
    """The gap where nothing is near the question, or the corpus does not know its words."""
    relevance = max((fit.scored.relevance for fit in fits), default=LEAST_RELEVANCE - 1)
    if relevance < LEAST_RELEVANCE:
        return Gap("no sentence of the corpus is about this", "A study of this question.")
    if reading.foreign and (len(reading.foreign) > 1 or relevance < SURE_RELEVANCE):
        return _unknown_words(reading.foreign)
    return None


def _unknown_words(foreign: Sequence[str]) -> Gap:
    named = ", ".join(f"“{word}”" for word in foreign)
    english = "The question in English, the language of the corpus."
    would_answer = english if len(foreign) >= ANOTHER_LANGUAGE else f"A document on {named}."
    return Gap(f"no document of the corpus mentions {named}", would_answer)


def _asks_outcome(reading: Reading) -> bool:
    return bool(reading.of_kind(*OUTCOMES)) and not reading.of_kind("design")


def _holds(reading: Reading, fit: Fit, fits: Sequence[Fit]) -> bool:
    """Whether nothing that is asked is missing from a sentence: neither a part nor the figure.

    Of whom a sentence speaks often stands around it and not in it. Where it is of the trial that
    was named, or the cross-encoder is sure of it, only what it measures and when has to be there.
    """
    if not reading.wants_figure and fit.scored.relevance >= SURE_RELEVANCE:
        return fit.named is not False
    parts = [fit.measure, fit.named, fit.statistic, fit.route]
    if fit.named is None and fit.scored.relevance < SURE_OF_SENTENCE:
        parts += [fit.population, fit.drug, fit.subgroup, _right_genetics(reading, fit, fits)]
    if False in parts or (reading.times and fit.time is not True):
        return False
    rates = set(reading.of_kind(*RATES)) - SUMS
    if rates or not reading.measures:
        return has_result(fit.text)
    return not reading.wants_figure or has_figure(fit.text)


def _right_genetics(reading: Reading, fit: Fit, fits: Sequence[Fit]) -> bool:
    """Whether the study of a sentence speaks of the genetics asked for, there or elsewhere."""
    wanted = set(reading.of_kind("genetics"))
    return wanted <= {part for one in fits if one.doc_id == fit.doc_id for part in one.parts}


def unstated(reading: Reading, fits: Sequence[Fit], nowhere: Sequence[str]) -> Gap:
    """The gap where sentences are near and none answers; ``nowhere`` are words none of them has."""
    studies = list(dict.fromkeys(fit.scored.candidate.study.short for fit in fits))[:NAMED]
    near = f"the nearest sentences, from {_listed(studies)},"
    wanted = f"A report of {_asked(reading)}." if reading.measures else "A study that states this."
    if nowhere:
        words = _listed([f"“{word}”" for word in nowhere[:NAMED]], "or")
        return Gap(f"{near} do not mention {words}", wanted, of_reports=True)
    return Gap(f"{near} are close to this but do not state what is asked", wanted, of_reports=True)


def _asked(reading: Reading) -> str:
    """The question in the words of the field: ``overall survival at 2 years in TOWER``."""
    asked = _listed(reading.measures) or "the outcome"
    if reading.times:
        asked = f"{asked} at {_listed(sorted(map(_plural_time, reading.times)))}"
    where = _names(reading) or [GROUPS.get(name, name) for name in reading.of_kind("population")]
    return f"{asked} in {_listed(where)}" if where else asked


def _names(reading: Reading) -> list[str]:
    """What was named, without a name that stands inside another."""
    labels = list(dict.fromkeys(name.label for name in reading.names))
    return [one for one in labels if not any(one in other for other in labels if other != one)]


def _plural_time(time: str) -> str:
    return time if time.startswith("1 ") else f"{time}s"


def _listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)

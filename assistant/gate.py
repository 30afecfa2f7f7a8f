"""How sure it is that the evidence answers: the learned gate behind the rules of sufficiency."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from math import exp

from assistant.fit import Fit, stems
from assistant.question import Reading, without_figure_words
from assistant.sufficiency import Gap, best_answer, unstated
from index.data_files import read_yaml
from index.lexical import words_of
from index.terms import terms_in

READ = 4
"""Sentences that are looked at: those that fit best."""
RARE = 1.5
"""The idf above which a word of the question tells what is asked."""
NAMED = 3.0
"""The idf above which a word is named where the sentences found lack it."""
SHORT = 4
"""Letters below which only a word with a capital is named."""
PUNCTUATION = "?!.,;:()“”\"'"


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of the features of ``Gate.features``, and the chance that suffices."""

    weights: Mapping[str, float]
    constant: float
    threshold: float

    def chance(self, features: Mapping[str, float]) -> float:
        """How likely it is that the sentences found answer, from 0 to 1."""
        logit = self.constant + sum(self.weights[name] * value for name, value in features.items())
        return 1 / (1 + exp(-logit))


@cache
def learned() -> Learned:
    """What ``assistant/training/answerability_gate.py`` learned."""
    stored = read_yaml("assistant", "gate.yaml")
    return Learned(stored["weights"], stored["constant"], stored["threshold"])


@dataclass(frozen=True, slots=True)
class Gate:
    """Refuses a question that the sentences found are only near to."""

    rarity: Callable[[str], float]
    """The idf of a word, as ``words_of`` gives it."""
    everyday: Set[str] = frozenset()
    """Words that tell nothing of what is asked ("since", "inside"), unless they are terms."""

    def find_gap(self, reading: Reading, fits: Sequence[Fit]) -> Gap | None:
        """None where the evidence is likely to answer. ``fits`` come best first."""
        if learned().chance(self.features(reading, fits)) >= learned().threshold:
            return None
        near = fits[:READ]
        return unstated(reading, near, self._nowhere(reading, near))

    def features(self, reading: Reading, fits: Sequence[Fit]) -> dict[str, float]:
        """What speaks for an answer, as numbers; ``fits`` come best first, at least one."""
        near = fits[:READ]
        return {
            "answers": best_answer(fits),
            "words_first": self._covered(reading.expanded, near[0]),
            "missing": float(min(_missing(fit) for fit in near)),
            "figure": float(reading.wants_figure),
        }

    def _covered(self, question: str, fit: Fit) -> float:
        """The share of the rare words asked that a sentence or its study holds, by rarity.

        All words count where none is rare.
        """
        every = {word: self.rarity(word) for word in words_of(question)}
        asked = {word: idf for word, idf in every.items() if idf > RARE} or every
        words = _words_with_study(fit)
        held = sum(idf for word, idf in asked.items() if word in words)
        return held / (sum(asked.values()) or 1.0)

    def _nowhere(self, reading: Reading, fits: Sequence[Fit]) -> list[str]:
        """Words of the question, as typed, that the corpus has and none of these sentences."""
        held = frozenset[str]().union(*map(_words_with_study, fits))
        typed = (word.strip(PUNCTUATION) for word in without_figure_words(reading.text).split())
        return [word for word in dict.fromkeys(typed) if self._told_elsewhere(word, held)]

    def _told_elsewhere(self, typed: str, held: frozenset[str]) -> bool:
        short = len(typed) < SHORT and not any(letter.isupper() for letter in typed)
        if short or (typed.lower() in self.everyday and not terms_in(typed)):
            return False
        own = stems(typed)
        rarest = self.rarity(" ")  # no word is a space
        return not held & own and any(NAMED < self.rarity(stem) < rarest for stem in own)


def _words_with_study(fit: Fit) -> frozenset[str]:
    study = fit.scored.candidate.study
    return stems(fit.text) | stems(f"{study.short}. {study.title}. {study.population}.")


def _missing(fit: Fit) -> int:
    """How many of the parts asked a sentence lacks."""
    parts = (fit.measure, fit.time, fit.named, fit.population, fit.drug)
    return sum(part is False for part in (*parts, fit.statistic, fit.subgroup, fit.route))

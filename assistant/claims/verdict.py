"""Sentences beside a claim to its verdict: a learned weighing of figures, words and entailment."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Verdict
from index.data_files import read_yaml

Numbers = NDArray[np.float64]
SIDES = (Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_ENOUGH)


@dataclass(frozen=True, slots=True)
class Measured:
    """The features of a claim: two rows of them for each sentence, and its own."""

    about: tuple[Mapping[str, float], ...]
    stance: tuple[Mapping[str, float], ...]
    claim: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities of the three sides, of the claim and of each sentence by itself."""

    claim: Numbers
    sentences: Numbers

    def verdict(self, mixed: float) -> Verdict:
        """The likeliest side; mixed where one sentence surely supports and another contradicts."""
        likeliest = SIDES[int(np.argmax(self.claim))]
        if likeliest is Verdict.NOT_ENOUGH or not len(self.sentences):
            return Verdict.NOT_ENOUGH
        sure = self.sentences[:, :2].max(axis=0).min()
        return Verdict.MIXED if sure >= mixed else likeliest


def opinion(measured: Measured, weights: Mapping[str, Any], settled: float = 0.0) -> Opinion:
    """Weigh what was measured; ``settled`` is how much likelier than a claim by itself, as a logit,
    this one is to be settled by the corpus.

    A sentence supports a claim as far as it is about it and agrees, and contradicts it as far as
    it is about it and disagrees. The logits of all sentences for a side add up as probabilities
    do, so that one clear sentence outweighs many vague ones.
    """
    about = np.array([weighed(one, weights["about"]) for one in measured.about])
    stance = np.array([weighed(one, weights["stance"]) for one in measured.stance])
    open_ = weighed(measured.claim, weights["not_enough"]) - settled
    sides = np.array([_together(about + stance), _together(about - stance), open_])
    rows = np.stack([about + stance, about - stance, np.full(len(about), open_)], axis=1)
    return Opinion(softmax(sides), softmax(rows))


def weighed(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The weighted sum; a feature without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def _together(logits: Numbers) -> float:
    return float(np.logaddexp.reduce(logits)) if len(logits) else -np.inf


def softmax(logits: Numbers) -> Numbers:
    """Probabilities along the last axis."""
    if not logits.size:
        return logits
    raised: Numbers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float64)


@cache
def learned() -> Mapping[str, Any]:
    """The file of weights; ``assistant/training/claim_weights.py`` makes it."""
    loaded: Mapping[str, Any] = read_yaml("assistant.claims", "weights.yaml")
    return loaded

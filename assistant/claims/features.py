"""What speaks for and against a claim in a sentence, as numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answer import Check
from assistant.claims.figures import (
    Aligned,
    align,
    in_digits,
    numbers_of,
    stated_in,
)
from assistant.claims.rounded import as_in, lacking
from assistant.claims.words import opposed, other_terms
from assistant.fit import Fit, fit
from assistant.question import Reading
from assistant.rerank import ScoredSentence
from index.documents import Study
from index.lexical import words_of

KEY_CHECKS = frozenset({"value", "arm", "time point", "unit", "interval"})
TURNED_CHECKS = frozenset({"direction", "negation"})
CHECKS = KEY_CHECKS | TURNED_CHECKS | {"figures", "measure", "population", "trial", "certainty"}
"""The checks of assistant/verification.py that are counted; a check of wording tells little of a
claim that somebody worded freely."""
OTHER_PATIENTS = ("population", "genetics", "grade")
"""Kinds of term by which a sentence speaks of other patients than the claim."""
LOGITS = 6.0
"""Logits of the cross-encoder and log odds are divided by this, to weigh like the rest."""
SMALLEST = 0.01


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence beside a claim, before it is weighed."""

    scored: ScoredSentence
    """The sentence that is quoted."""
    also: ScoredSentence | None
    """A second sentence of the same document, where the claim rests on both."""
    fit: Fit
    claim: str
    """The claim with its rounded figures as the sentence gives them."""
    aligned: tuple[Aligned, ...]
    checks: tuple[Check, ...]
    entailment: tuple[float, float, float] | None
    """Probabilities of supported, contradicted and not enough; None without a verifier."""

    @property
    def text(self) -> str:
        return together(self.scored, self.also)


def together(one: ScoredSentence, other: ScoredSentence | None) -> str:
    """The words of one sentence, or of two."""
    return f"{one.text} {other.text}" if other else one.text


@dataclass(frozen=True, slots=True)
class Pool:
    """The words of the claim, each weighed by how few of the sentences found hold it."""

    weights: dict[str, float]
    unseen: float
    """The share of the claim, by weight, that no sentence holds."""

    @classmethod
    def of(cls, claim: str, found: Sequence[ScoredSentence]) -> "Pool":
        held = [words_around(one.text, one.candidate.study) for one in found]
        words = content_of(claim)
        counts = {word: sum(word in one for one in held) for word in words}
        weights = {w: math.log((len(held) + 1) / (n + 0.5)) + 0.1 for w, n in counts.items()}
        lost = sum(weight for word, weight in weights.items() if not counts[word])
        return cls(weights, lost / max(sum(weights.values()), SMALLEST))

    def covered(self, words: frozenset[str]) -> float:
        """The share of the claim, by weight, that these words hold."""
        held = sum(weight for word, weight in self.weights.items() if word in words)
        return held / max(sum(self.weights.values()), SMALLEST)

    def together(self, text: str, length: int) -> float:
        """The largest share of the claim that so many words of a text hold in one stretch."""
        words = words_of(in_digits(text))
        total = max(sum(self.weights.values()), SMALLEST)
        stretches = (words[start : start + length] for start in range(len(words)))
        held = (sum(self.weights.get(w, 0.0) for w in set(one)) for one in stretches)
        return max(held, default=0.0) / total


@lru_cache(maxsize=20_000)
def content_of(text: str) -> frozenset[str]:
    """The stems of a text and the terms it names, numbers in digits."""
    return frozenset(words_of(in_digits(text)))


def words_around(text: str, study: Study) -> frozenset[str]:
    """The words of a sentence, and of what its study is called and whom it treats."""
    return content_of(text) | content_of(f"{study.short} {study.title} {study.population}")


def claim_features(pool: Pool, judged: Sequence[Judged]) -> dict[str, float]:
    """What speaks for "not enough", of the claim as a whole."""
    return {
        "alone": 1.0,
        "unseen": pool.unseen,
        "far": -max((one.scored.relevance for one in judged), default=-LOGITS) / LOGITS,
        "no_figures": float(not any(one.aligned for one in judged)),
    }


def about_features(pool: Pool, judged: Judged, reading: Reading) -> dict[str, float]:
    """How far a sentence speaks of what the claim speaks of, whether it agrees or not."""
    found, failed = judged.fit, _failed(judged)
    other = len(_other_patients(reading, judged)) + len(failed & {"trial", "population"})
    return {
        "here": 1.0,
        "figureless": _figureless(reading),
        "relevance": judged.scored.relevance / LOGITS,
        "covered": _covered(pool, judged),
        "named": _sign(found.named),
        "time": _sign(found.time),
        "measure": _sign(found.measure),
        "setting": _sign(found.subgroup),
        "all_here": _all_here(judged),
        "missing": _missing(judged),
        "key_conflict": float(
            bool(failed & KEY_CHECKS) or any(a.conflicts for a in judged.aligned)
        ),
        "elsewhere": float(other),
        "says_absent": float(found.says_absent),
        "joined": float(judged.also is not None and not _is_completed(reading, judged)),
        "silent": _entailment(judged.entailment)[2],
    }


def stance_features(pool: Pool, judged: Judged, reading: Reading) -> dict[str, float]:
    """What makes a sentence that is about the claim agree with it, or speak against it."""
    failed = _failed(judged)
    total = max(1, len(judged.aligned))
    claim, source = judged.claim, judged.text
    entailed, refuted, _ = _entailment(judged.entailment)
    return {
        "here": 1.0,
        "figureless": _figureless(reading),
        "covered": _covered(pool, judged),
        "all_here": _all_here(judged),
        "missing": _missing(judged),
        "same_key": sum(one.agrees for one in judged.aligned) / total,
        "conflicting": sum(one.conflicts for one in judged.aligned) / total,
        "key_failed": float(len(failed & KEY_CHECKS)),
        "opposed": float(len(opposed(claim, source))),
        "turned": float(len(failed & TURNED_CHECKS)),
        "other_patients": float(len(_other_patients(reading, judged))),
        "population_failed": float("population" in failed),
        "surer": float("certainty" in failed),
        "nothing_failed": float(bool(judged.checks) and not failed),
        "together": pool.together(source, len(claim.split())),
        "entailed": entailed,
        "refuted": refuted,
    }


def _figureless(reading: Reading) -> float:
    """Whether a claim has no figures, so that words are all there is."""
    return float(not numbers_of(as_in(reading.text, "")))


def _covered(pool: Pool, judged: Judged) -> float:
    return pool.covered(words_around(judged.text, judged.scored.candidate.study))


def _all_here(judged: Judged) -> float:
    """Whether every figure of the claim stands in the sentence, and none under another key."""
    ours = numbers_of(judged.claim)
    conflict = any(one.conflicts for one in judged.aligned)
    return float(bool(ours) and ours <= stated_in(judged.text) and not conflict)


def _is_completed(reading: Reading, judged: Judged) -> bool:
    """Whether two sentences hold every figure of a claim, and neither does alone."""
    whole, first = lacking(reading.text, judged.text), lacking(reading.text, judged.scored.text)
    return bool(first) and not whole


def _missing(judged: Judged) -> float:
    """The share of the claim's figures that do not stand in the sentence."""
    ours = numbers_of(judged.claim)
    return len(ours - stated_in(judged.text)) / max(1, len(ours))


def _other_patients(reading: Reading, judged: Judged) -> list[str]:
    other = other_terms(reading.text, judged.text)
    return [kind for kind in OTHER_PATIENTS if kind in other]


def _failed(judged: Judged) -> frozenset[str]:
    return frozenset(check.name for check in judged.checks if not check.passed) & CHECKS


def _entailment(probabilities: tuple[float, float, float] | None) -> tuple[float, float, float]:
    """Log odds of supported, contradicted and not enough; 0 without a verifier."""
    supported, contradicted, not_enough = probabilities or (0.5, 0.5, 0.5)
    return _odds(supported), _odds(contradicted), _odds(not_enough)


def _odds(probability: float) -> float:
    kept = min(max(probability, SMALLEST), 1 - SMALLEST)
    return math.log(kept / (1 - kept)) / LOGITS


def _sign(same: bool | None) -> float:
    return 0.0 if same is None else float(same) - float(not same)


def judge(
    reading: Reading,
    sentences: tuple[ScoredSentence, ScoredSentence | None],
    checks: tuple[Check, ...],
    entailment: tuple[float, float, float] | None,
) -> Judged:
    """One sentence, or two of one document, beside a claim."""
    scored, also = sentences
    text = together(scored, also)
    found = fit(reading, replace(scored, text=text))
    claim = as_in(reading.text, text)
    return Judged(scored, also, found, claim, align(claim, text), checks, entailment)


def closeness(pool: Pool, reading: Reading, one: ScoredSentence) -> float:
    """How near a sentence is to a claim: in meaning, in words, and in figures."""
    ours = numbers_of(as_in(reading.text, one.text))
    shared = len(ours & numbers_of(one.text)) / max(1, len(ours))
    return one.relevance / LOGITS + pool.covered(held_by(one)) + shared


def held_by(*sentences: ScoredSentence) -> frozenset[str]:
    """The words of sentences and around them."""
    return frozenset().union(*(words_around(one.text, one.candidate.study) for one in sentences))

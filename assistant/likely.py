"""Which sentences the cross-encoder, the slowest part of an answer, is to read."""

from collections.abc import Sequence
from math import log

from assistant.fit import fit, stems
from assistant.question import Reading
from assistant.rerank import ScoredSentence

NEARNESS = 17.0
"""What late interaction weighs beside how a sentence fits by its terms …"""
RARE_WORDS = 4.0
"""… and the rare words it shares with the question.

Set so that an answering sentence is among those read for most of 566 questions with one.
"""


def likely_sentences(
    reading: Reading, sentences: Sequence[ScoredSentence], count: int
) -> list[ScoredSentence]:
    """The ``count`` sentences that promise most, best first; the earlier of equal ones first."""
    shared = rare_words_shared(reading.expanded, [_words(one) for one in sentences])
    promises = [
        fit(reading, one).score + NEARNESS * one.nearness + RARE_WORDS * share
        for one, share in zip(sentences, shared, strict=True)
    ]
    ranked = sorted(range(len(sentences)), key=lambda n: (-promises[n], *_place(sentences[n])))
    return [sentences[n] for n in ranked[:count]]


def rare_words_shared(question: str, texts: Sequence[frozenset[str]]) -> list[float]:
    """Which share of the question's words each text holds; one that few hold counts for more."""
    asked = sorted(stems(question))
    weights = {word: _rarity(sum(word in text for text in texts), len(texts)) for word in asked}
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weights[word] for word in asked if word in text) / total for text in texts]


def _rarity(holders: int, count: int) -> float:
    return log((count + 1) / (holders + 0.5))


def _words(one: ScoredSentence) -> frozenset[str]:
    """Of the sentence and the name of its study, which people put into questions."""
    return stems(one.text) | stems(one.candidate.study.short)


def _place(one: ScoredSentence) -> tuple[str, int]:
    return one.sentence.doc_id, one.sentence.start

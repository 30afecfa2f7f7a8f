"""Claim and quote pairs from our corpus, where many a fact is stated more than once.

Two sentences on one trial with the same figures, or nearly the same words, say the same in other
words: one is a claim that the other supports. Edited, it is one that the other contradicts. A
sentence that shares some words and no figure says too little.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.claims.features import content_of
from assistant.claims.figures import align, numbers_of
from assistant.training.verifier_edits import reworded
from assistant.training.verifier_pairs import (
    CONTRADICTED,
    LABELS,
    NOT_ENOUGH,
    SUPPORTED,
    Pair,
    rows_of,
)
from assistant.training.verifier_swaps import Swaps
from index.documents import Document
from index.passages import sentences_of

CLAIMED = Path(__file__).parent / "claimed" / "claims.jsonl"
"""Claims that were written for this project beside sentences of ``docs_corpus/``."""
SHORTEST, LONGEST = 7, 50
"""Words of a sentence that is made into a claim."""
ALIKE_WITH_FIGURES, ALIKE = 0.62, 0.8
"""The share of a claim's words that a sentence holds which says the same."""
NEAR_WITH_FIGURES, NEAR = 5.5, 7.5
"""The least logit of the cross-encoder for it."""
SOME, SHARE_OF_NEAR = (0.4, 0.6), 0.15
"""The share of words that a sentence holds which says too little; how many such are taken."""
TRUE_OF_EACH, FALSE_OF_EACH = 2, 3
"""Claims made of a sentence that another one restates."""
BY_ITSELF = 0.6
"""The share of the sentences that are held against themselves."""
Relevance = Callable[[Sequence[tuple[str, str]]], Sequence[float]]
"""How near each second text is to the first: the logits of the cross-encoder."""


@dataclass(frozen=True)
class Stated:
    """A sentence of the corpus; ``trial`` is the same for all reports of a trial."""

    text: str
    doc_id: str
    trial: str
    words: frozenset[str]
    numbers: frozenset[str]

    def held_by(self, other: "Stated") -> float:
        """The share of its words that another sentence holds."""
        return len(self.words & other.words) / max(1, len(self.words))


def corpus_pairs(
    documents: Sequence[Document], trials: Mapping[str, str], relevance: Relevance, seed: int
) -> list[Pair]:
    """All pairs; ``trials`` gives the trial of a document that has others."""
    rng = random.Random(seed)
    sentences = list(_stated(documents, trials))
    swaps = Swaps.of(one.text for one in sentences)
    together = list(_of_one_trial(sentences))
    return [
        *_restated(together, swaps, relevance, rng),
        *_too_little(together, rng),
        *_by_itself(sentences, swaps, rng),
    ]


def claimed_pairs(documents: Sequence[Document], path: Path = CLAIMED) -> list[Pair]:
    """What was written; a sentence that no longer stands in the corpus is left out."""
    there = {(one.doc_id, one.text) for one in _stated(documents, {})}
    return [
        Pair(claim, row["sentence"], label, "claimed", row["doc_id"])
        for row in rows_of(path)
        if (row["doc_id"], row["sentence"]) in there
        for label, name in enumerate(LABELS)
        for claim in row[name]
    ]


def _stated(documents: Iterable[Document], trials: Mapping[str, str]) -> Iterator[Stated]:
    for document in documents:
        for section in document.sections:
            for sentence in sentences_of(document, section):
                text = document.text[sentence.start : sentence.end]
                if SHORTEST <= len(text.split()) <= LONGEST:
                    trial = trials.get(document.doc_id, document.doc_id)
                    yield Stated(text, document.doc_id, trial, content_of(text), numbers_of(text))


Two = tuple[Stated, Stated]
"""A sentence as the claim, and one as the quote."""


def _of_one_trial(sentences: Iterable[Stated]) -> Iterator[Two]:
    """Any two sentences on one trial of which the second holds some words of the first."""
    by_trial: dict[str, list[Stated]] = defaultdict(list)
    for one in sentences:
        by_trial[one.trial].append(one)
    for of_trial in by_trial.values():
        for claim in of_trial:
            for quote in of_trial:
                if claim.text != quote.text and claim.held_by(quote) >= SOME[0]:
                    yield claim, quote


def _restated(
    together: Iterable[Two], swaps: Swaps, relevance: Relevance, rng: random.Random
) -> Iterator[Pair]:
    likely = [(claim, quote) for claim, quote in together if _may_say_the_same(claim, quote)]
    logits = relevance([(claim.text, quote.text) for claim, quote in likely])
    for (claim, quote), logit in zip(likely, logits, strict=True):
        if logit < (NEAR_WITH_FIGURES if claim.numbers else NEAR):
            continue
        for _ in range(TRUE_OF_EACH):
            yield _pair(reworded(claim.text, rng), quote.text, SUPPORTED, claim)
        for _ in range(FALSE_OF_EACH):
            if false := swaps.false(claim.text, quote.text, rng):
                yield _pair(reworded(false, rng), quote.text, CONTRADICTED, claim)


def _may_say_the_same(claim: Stated, quote: Stated) -> bool:
    if not claim.numbers:
        return claim.held_by(quote) >= ALIKE
    if not claim.numbers <= quote.numbers or claim.held_by(quote) < ALIKE_WITH_FIGURES:
        return False
    return all(one.agrees for one in align(claim.text, quote.text))


def _too_little(together: Iterable[Two], rng: random.Random) -> Iterator[Pair]:
    for claim, quote in together:
        some = claim.held_by(quote) < SOME[1] and not claim.numbers & quote.numbers
        if some and rng.random() < SHARE_OF_NEAR and not _conflict(claim, quote):
            yield _pair(reworded(claim.text, rng), quote.text, NOT_ENOUGH, claim)


def _conflict(claim: Stated, quote: Stated) -> bool:
    return any(one.conflicts for one in align(claim.text, quote.text))


def _by_itself(sentences: Sequence[Stated], swaps: Swaps, rng: random.Random) -> Iterator[Pair]:
    """Each sentence reworded, and made false, beside itself; now and then with the one before."""
    for before, one in zip((None, *sentences), sentences, strict=False):
        if rng.random() > BY_ITSELF:
            continue
        with_it = before and before.doc_id == one.doc_id and rng.random() < 0.3
        quote = f"{before.text} {one.text}" if before and with_it else one.text
        yield _pair(reworded(one.text, rng), quote, SUPPORTED, one)
        if false := swaps.false(one.text, quote, rng):
            yield _pair(reworded(false, rng), quote, CONTRADICTED, one)


def _pair(claim: str, quote: str, label: int, of: Stated) -> Pair:
    return Pair(claim, quote, label, "restated", of.doc_id)

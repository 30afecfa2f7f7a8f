"""The sentences of the corpus that bear on a claim, for it or against it."""

import re
from collections.abc import Iterable
from typing import Protocol

from assistant.claims.text import cues
from assistant.claims.words import words_on_axes
from assistant.cohorts import Cohorts
from assistant.fit import fit_sentences
from assistant.question import Reading
from assistant.rerank import ScoredSentence, sentences_in
from assistant.retrieval import Candidate
from assistant.stages import Reranker, Retriever
from index.terms import plain

PASSAGES = 10
"""Passages that the claim itself brings."""
PER_VARIANT = 4
PER_TRIAL = 8
"""Passages of each trial that the claim names, or that its nearest passages are of."""
NEAREST = 2
"""How many of the nearest passages bring the other reports of their trial."""
READ = 36
"""Sentences that the cross-encoder reads: those that fit best by their terms."""
_FIGURE = re.compile(r"\(?[<>≤≥=]?\s*\d[\d.,]*(?:\s*(?:%|per cent|percent))?\)?")


class Reader(Protocol):
    def read(self, question: str) -> Reading: ...


class EvidenceSearch:
    """Finds evidence by the claim, by what would contradict it, and in the same trial's reports."""

    def __init__(
        self, reader: Reader, retriever: Retriever, reranker: Reranker, cohorts: Cohorts
    ) -> None:
        self._reader = reader
        self._retriever = retriever
        self._reranker = reranker
        self._cohorts = cohorts

    def find(self, reading: Reading, k: int) -> list[ScoredSentence]:
        """The ``k`` nearest sentences, nearest first."""
        sentences = _once(sentences_in(self._candidates(reading)))
        likely = [fit.scored for fit in fit_sentences(reading, sentences)[:READ]]
        return self._reranker.rerank(reading.expanded, likely)[:k]

    def _candidates(self, reading: Reading) -> list[Candidate]:
        query = reading.expanded
        found = self._retriever.retrieve(query, PASSAGES)
        near = frozenset(one.study.doc_id for one in found)
        for variant in variants(query):
            found += self._retriever.retrieve(variant, PER_VARIANT, within=near)
        design = cues()["design"]["query"] if is_on_design(query) else None
        for documents in self._same_trial(reading, found):
            found += self._retriever.retrieve(query, PER_TRIAL, within=documents)
            found += (
                self._retriever.retrieve(design, PER_VARIANT, within=documents) if design else []
            )
        best: dict[str, Candidate] = {}
        for candidate in sorted(found, key=lambda one: -one.score):
            best.setdefault(candidate.passage.passage_id, candidate)
        return list(best.values())

    def _same_trial(self, reading: Reading, found: Iterable[Candidate]) -> list[frozenset[str]]:
        """The reports of the trials that are named; where none is, of the nearest passages."""
        named = [name.doc_ids for name in reading.names]
        if named:
            return list(dict.fromkeys(named))
        nearest = sorted(found, key=lambda one: -one.score)[:NEAREST]
        trials = (self._cohorts.trial_of(one.study.doc_id) for one in nearest)
        reports = (frozenset(r.doc_id for r in trial.reports) for trial in trials if trial)
        return [docs for docs in dict.fromkeys(reports) if len(docs) > 1]


def is_on_design(claim: str) -> bool:
    """Whether a claim says how a trial was set up: randomised or not, blinded or not."""
    return any(word.axis in cues()["design"]["axes"] for word in words_on_axes(claim))


def variants(claim: str) -> list[str]:
    """The claim without its figures, and the claim turned round; none that is the claim itself."""
    found = [without_figures(claim), negated(claim)]
    return [one for one in dict.fromkeys(found) if one and one != claim]


def without_figures(claim: str) -> str:
    """The claim with every figure left out, so that another figure is found as well."""
    return " ".join(_FIGURE.sub(" ", plain(claim)).split())


def negated(claim: str) -> str:
    """The claim turned round: ``improved`` to ``did not improve``, ``higher`` to ``lower``."""
    for said, opposite in cues()["opposites"]:
        for one, other in ((said, opposite), (opposite, said)):
            turned, count = re.subn(rf"\b{one}\b", other, claim, count=1, flags=re.IGNORECASE)
            if count:
                return turned
    return claim


def _once(sentences: Iterable[ScoredSentence]) -> list[ScoredSentence]:
    return list({(one.sentence.doc_id, one.sentence.start): one for one in sentences}.values())

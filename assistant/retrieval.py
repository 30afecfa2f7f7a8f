"""Query to candidate passages: dense and word search, fused, then late interaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.answer import Filters
from assistant.dense import DenseSearch, Embedder, Found, Scores, VectorStore
from assistant.filtering import Numbers, PassageFilter
from index.catalogue import Catalogue
from index.documents import Document, Study
from index.passages import Passage, search_text

LATE = 16
"""How many fused passages late interaction reads."""


class WordIndex(Protocol):
    def scores(self, query: str) -> Scores: ...


class LateInteraction(Protocol):
    def score(self, query: str, texts: Sequence[str]) -> Scores: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that search returned; ``text`` is its words, ``score`` between 0 and 1."""

    passage: Passage
    text: str
    study: Study
    score: float


class HybridSearch:
    """Dense vectors and BM25, min-max fused; ColBERT MaxSim over the best of them, fused in.

    On BEIR SciFact the fusion of the two is worth 3 points of nDCG@10 over the better one, and
    MaxSim another 1.6. Passages go by their number in the word index; what they say is read from
    the catalogue once they are among the best.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        store: VectorStore,
        words: WordIndex,
        late: LateInteraction,
    ) -> None:
        self._catalogue = catalogue
        self._words = words
        self._late = late
        self._filter = PassageFilter(catalogue)
        self._dense = DenseSearch(catalogue, embedder, store, self._filter)

    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]:
        """The ``k`` best passages, best first.

        Only studies that ``filters`` let through are searched, and only the documents ``within``.
        Late interaction is left out there: among a few documents it changes little and costs
        most.
        """
        filters = filters or None
        allowed = self._filter.numbers(filters, within)
        if allowed is not None and not len(allowed):
            return []
        dense = self._dense.search(query, filters, within)
        best = fused(dense, self._words.scores(query), allowed, max(k, LATE))
        passages = self._read(best.numbers)
        scores = minmax(best.scores)
        if within is None:
            scores = mean(scores, self._late_scores(query, passages))
        return [_candidate(*passages[n], float(scores[n])) for n in ranked(scores)[:k]]

    def _read(self, numbers: Numbers) -> list[tuple[Passage, Document]]:
        passages = self._catalogue.passages_at(numbers)
        documents = self._catalogue.documents_of(passage.doc_id for passage in passages)
        return [(passage, documents[passage.doc_id]) for passage in passages]

    def _late_scores(self, query: str, passages: Sequence[tuple[Passage, Document]]) -> Scores:
        texts = [search_text(document, passage) for passage, document in passages[:LATE]]
        scores = np.zeros(len(passages), dtype=np.float32)
        scores[: len(texts)] = minmax(self._late.score(query, texts))
        return scores


def fused(dense: Found, words: Scores, allowed: Numbers | None, k: int) -> Found:
    """The ``k`` best passages by the mean of both legs, each of which reaches from 0 to 1.

    ``words`` has a score for every passage; those that are not ``allowed`` are passed over.
    """
    reached = words if allowed is None else words[allowed]
    places = highest(reached, k)
    numbers = np.union1d(dense.numbers, places if allowed is None else allowed[places])
    by_vector = np.zeros(len(numbers), dtype=np.float32)
    by_vector[np.searchsorted(numbers, dense.numbers)] = minmax(dense.scores)
    top = reached.max(initial=0)
    by_words = words[numbers] / top if top else np.zeros_like(by_vector)
    both = Found(numbers, mean(by_vector, by_words))
    return both.only(np.argsort(-both.scores, kind="stable")[:k])


def highest(scores: Scores, k: int) -> Numbers:
    """The places of the ``k`` highest scores above 0, ascending; those on a par with the last too.

    Takes a time that grows with the number of scores, where to sort them would take more.
    """
    places = np.flatnonzero(scores)
    if len(places) <= k:
        return places
    above_0 = scores[places]
    last = np.partition(above_0, -k)[-k]
    chosen: Numbers = places[above_0 >= last]
    return chosen


def _candidate(passage: Passage, document: Document, score: float) -> Candidate:
    words = document.text[passage.start : passage.end]
    return Candidate(passage, words, document.study, score)


class StudyRetriever(BaseRetriever):
    """The search as a LangChain retriever, for chains that other people build."""

    search: Any
    k: int = 8
    filters: Filters | None = None

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        found: Iterable[Candidate] = self.search.retrieve(query, self.k, self.filters)
        return [_langchain_document(candidate) for candidate in found]


def _langchain_document(candidate: Candidate) -> LangChainDocument:
    passage = candidate.passage
    metadata: Mapping[str, Any] = {
        "doc_id": passage.doc_id,
        "title": candidate.study.title,
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "score": candidate.score,
    }
    return LangChainDocument(candidate.text, id=passage.passage_id, metadata=dict(metadata))


def minmax(scores: Scores) -> Scores:
    """Scores stretched to 0 … 1; all zero where they do not differ."""
    if not len(scores):
        return scores
    low, high = scores.min(), scores.max()
    if high <= low:
        return np.zeros_like(scores)
    stretched: Scores = (scores - low) / (high - low)
    return stretched


def mean(one: Scores, other: Scores) -> Scores:
    averaged: Scores = np.divide(one + other, 2, dtype=np.float32)
    return averaged


def ranked(scores: Scores) -> list[int]:
    """Positions from the highest score to the lowest; the earlier first where scores are equal."""
    return [int(position) for position in np.argsort(-scores, kind="stable")]

"""Query to candidate passages: dense and word search, fused, then late interaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray

from assistant.answer import Filters
from index.catalogue import Catalogue
from index.documents import Study
from index.passages import Passage, search_text

Scores = NDArray[np.float32]
DEPTH = 100
"""How many passages of the dense leg take part in the fusion."""
LATE = 16
"""How many fused passages late interaction reads."""


class Embedder(Protocol):
    def embed_query(self, text: str) -> Scores: ...


class VectorStore(Protocol):
    def nearest(
        self, vector: Scores, k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]: ...


class WordIndex(Protocol):
    passage_ids: tuple[str, ...]

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
    MaxSim another 1.6.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        store: VectorStore,
        words: WordIndex,
        late: LateInteraction,
    ) -> None:
        self._embedder = embedder
        self._store = store
        self._words = words
        self._late = late
        passages = {passage.passage_id: passage for passage in catalogue.passages()}
        self._passages = [passages[passage_id] for passage_id in words.passage_ids]
        self._numbers = {p: number for number, p in enumerate(words.passage_ids)}
        self._documents = {document.doc_id: document for document in catalogue.documents()}

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
        allowed = self._allowed(filters, within)
        if not allowed.any():
            return []
        dense = self._dense(query, where(filters, within))
        fused = mean(dense, minmax(self._words.scores(query) * allowed))
        best = [n for n in ranked(fused)[: max(k, LATE)] if allowed[n] and fused[n] > 0]
        scores = minmax(fused[best])
        if within is None:
            scores = mean(scores, self._late_scores(query, best))
        return [self._candidate(best[n], float(scores[n])) for n in ranked(scores)[:k]]

    def _dense(self, query: str, clause: dict[str, Any] | None) -> Scores:
        vector = self._embedder.embed_query(query)
        near = self._store.nearest(vector, min(DEPTH, len(self._passages)), clause)
        scores = np.zeros(len(self._passages), dtype=np.float32)
        cosines = minmax(np.array([cosine for _, cosine in near], dtype=np.float32))
        for (passage_id, _), score in zip(near, cosines, strict=True):
            scores[self._numbers[passage_id]] = score
        return scores

    def _late_scores(self, query: str, best: Sequence[int]) -> Scores:
        texts = [self._search_text(number) for number in best[:LATE]]
        scores = np.zeros(len(best), dtype=np.float32)
        scores[: len(texts)] = minmax(self._late.score(query, texts))
        return scores

    def _allowed(self, filters: Filters | None, within: frozenset[str] | None) -> NDArray[np.bool_]:
        studies = {
            doc_id: passes(document.study, filters) and (within is None or doc_id in within)
            for doc_id, document in self._documents.items()
        }
        return np.array([studies[passage.doc_id] for passage in self._passages])

    def _search_text(self, number: int) -> str:
        passage = self._passages[number]
        return search_text(self._documents[passage.doc_id], passage)

    def _candidate(self, number: int, score: float) -> Candidate:
        passage = self._passages[number]
        document = self._documents[passage.doc_id]
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


def passes(study: Study, filters: Filters | None) -> bool:
    """Whether the filters let a study through. A study without a year passes no limit of years."""
    if not filters:
        return True
    year = study.year
    return (
        (not filters.designs or study.kind in filters.designs)
        and (not filters.populations or bool(set(filters.populations) & set(study.age_group)))
        and (filters.year_from is None or (year is not None and year >= filters.year_from))
        and (filters.year_to is None or (year is not None and year <= filters.year_to))
        and (filters.randomised is None or study.randomised is filters.randomised)
    )


def where(filters: Filters | None, within: frozenset[str] | None = None) -> dict[str, Any] | None:
    """The same filters as Chroma reads them."""
    clauses: list[dict[str, Any]] = []
    if within is not None:
        clauses.append({"doc_id": {"$in": sorted(within)}})
    if filters:
        clauses += _filter_clauses(filters)
    if not clauses:
        return None
    return clauses[0] if len(clauses) == 1 else {"$and": clauses}


def _filter_clauses(filters: Filters) -> list[dict[str, Any]]:
    clauses: list[dict[str, Any]] = []
    if filters.designs:
        clauses.append({"kind": {"$in": list(filters.designs)}})
    if filters.populations:
        clauses.append(_any_of([{f"age {group}": True} for group in filters.populations]))
    if filters.year_from is not None:
        clauses.append({"year": {"$gte": filters.year_from}})
    if filters.year_to is not None:
        clauses.append({"year": {"$lte": filters.year_to}})
    if filters.randomised is not None:
        clauses.append({"randomised": filters.randomised})
    return clauses


def _any_of(clauses: list[dict[str, Any]]) -> dict[str, Any]:
    return clauses[0] if len(clauses) == 1 else {"$or": clauses}


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

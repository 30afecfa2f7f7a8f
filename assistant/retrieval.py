"""Query to candidate passages: dense and word search, late interaction, then feedback."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.answer import Filters
from assistant.dense import DenseSearch, Embedder, Scores, VectorStore, standard
from assistant.filtering import Numbers, PassageFilter
from assistant.late_interaction import Compared, late_interaction
from index.catalogue import Catalogue
from index.documents import Document, Study
from index.lexical import WordIndex
from index.passage_vectors import PassageVectors
from index.passages import Passage
from index.token_rows import QueryTokens

POOL = 100
"""How many of the best passages of the first stage are ordered anew."""
WORDS = 0.5
"""What the word search weighs beside the dense search and late interaction, 1 each."""
SHARPNESS = 2.0
"""How much more of the feedback comes from the better passages …"""
FEEDBACK = 0.5
"""… and what it weighs. All four were set on claims of the SciFact train split."""


class Words(Protocol):
    def scores(self, query: str) -> Scores: ...
    def rarity(self, word: str) -> float: ...


class Late(Protocol):
    def read(self, query: str) -> QueryTokens: ...
    def compare(self, query: QueryTokens, numbers: Sequence[int]) -> Compared: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that search returned; ``text`` is its words, ``score`` between 0 and 1."""

    passage: Passage
    text: str
    study: Study
    score: float
    nearness: tuple[float, ...] = ()
    """How near late interaction found each sentence; empty where the index has no tokens."""


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """The passages that the first stage found best, with what its two legs gave them."""

    numbers: Numbers
    cosines: Scores
    words: Scores


class HybridSearch:
    """Dense vectors and BM25 pick a pool of passages, which late interaction and feedback order.

    Passages go by their number in the word index; what they say is read from the catalogue once
    they are among the best.
    """

    def __init__(self, catalogue: Catalogue, dense: DenseSearch, words: Words, late: Late) -> None:
        self._catalogue = catalogue
        self._dense = dense
        self._words = words
        self._late = late
        self._filter = PassageFilter(catalogue)
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="late")

    @classmethod
    def open(
        cls, generation: Path, catalogue: Catalogue, embedder: Embedder, store: VectorStore
    ) -> "HybridSearch":
        """The search over one generation of an index."""
        dense = DenseSearch(catalogue, embedder, store, PassageVectors.load(generation))
        words = WordIndex.load(generation / "words")
        return cls(catalogue, dense, words, late_interaction(generation, embedder))

    def rarity(self, word: str) -> float:
        """The idf of a word as ``words_of`` gives it; the highest where no passage holds it."""
        return self._words.rarity(word)

    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]:
        """The ``k`` best passages, best first.

        Only studies that ``filters`` let through are searched, and only the documents ``within``.
        """
        allowed = self._filter.numbers(filters or None, within)
        if allowed is not None and not len(allowed):
            return []
        tokens = self._beside.submit(self._late.read, query)
        pool = self._pool(query, allowed, max(k, POOL))
        compared = self._late.compare(tokens.result(), pool.numbers.tolist())
        scores = ordered(pool, compared.scores, self._dense.vectors_at(pool.numbers))
        best = ranked(scores)[:k]
        found = self._read(pool.numbers[best])
        return [
            _candidate(*one, float(score), compared.parts[place])
            for one, score, place in zip(found, minmax(scores)[best], best, strict=True)
        ]

    def _pool(self, query: str, allowed: Numbers | None, size: int) -> Pool:
        words = self._words.scores(query)
        reached = words if allowed is None else words[allowed]
        places = highest(reached, size)
        also = places if allowed is None else allowed[places]
        near = self._dense.search(self._dense.embed(query), allowed, also)
        by_words = words[near.numbers]
        of_words = standard(by_words, float(reached.mean()), float(reached.std()))
        best = ranked(WORDS * of_words + near.standard)[:size]
        return Pool(near.numbers[best], near.scores[best], by_words[best])

    def _read(self, numbers: Numbers) -> list[tuple[Passage, Document]]:
        passages = self._catalogue.passages_at(numbers)
        documents = self._catalogue.documents_of(passage.doc_id for passage in passages)
        return [(passage, documents[passage.doc_id]) for passage in passages]


def ordered(pool: Pool, late: Scores, vectors: Scores) -> Scores:
    """The final score of each passage of a pool.

    Each leg counts by its standard deviations within the pool. The feedback is how near a passage
    is to the others, the better ones above all: the evidence for a claim stands together.
    """
    legs = WORDS * standard(pool.words) + standard(pool.cosines) + standard(late)
    scores = standard(legs)
    shares = np.exp(SHARPNESS * (scores - scores.max()))
    middle = (shares / shares.sum()) @ vectors
    final: Scores = scores + FEEDBACK * standard(vectors @ middle)
    return final


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


def _candidate(
    passage: Passage, document: Document, score: float, parts: Mapping[int, float]
) -> Candidate:
    words = document.text[passage.start : passage.end]
    numbers = range(1, len(passage.sentences) + 1)
    nearness = tuple(parts.get(number, 0.0) for number in numbers) if parts else ()
    return Candidate(passage, words, document.study, score, nearness)


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


def ranked(scores: Scores) -> list[int]:
    """Positions from the highest score to the lowest; the earlier first where scores are equal."""
    return [int(position) for position in np.argsort(-scores, kind="stable")]

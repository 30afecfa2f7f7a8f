"""The passages whose vectors are nearest to a query, among those that filters let through."""

from dataclasses import dataclass
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.filtering import Numbers
from index.catalogue import Catalogue
from index.passage_vectors import PassageVectors
from index.token_rows import QueryTokens
from index.unit_vectors import unit_rows

Scores = NDArray[np.float32]
DEPTH = 100
"""How many passages the vector store is asked for."""
EXACT = 20_000
"""So many passages are compared with the query one by one."""
ENOUGH = 50
"""Of more, so many are expected to be found; more where they are all over the place …"""
AT_LEAST = 16
"""… and so many have to be, or it is looked eight times as deep, once."""
DEEPEST = 10_000
"""How many of the nearest passages are looked at, at most."""


class Embedder(Protocol):
    def embed_query(self, text: str) -> Scores: ...
    def embed_passages(self, texts: list[str]) -> Scores: ...
    def read_query(self, text: str) -> QueryTokens: ...


class VectorStore(Protocol):
    def nearest(self, vector: Scores, k: int) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Passages by number, ascending, with their scores; and how scores are spread among all."""

    numbers: Numbers
    scores: Scores
    mean: float
    spread: float

    @property
    def standard(self) -> Scores:
        """How many standard deviations each score is above the mean of all."""
        return standard(self.scores, self.mean, self.spread)


class DenseSearch:
    """Up to ``exact`` passages are all compared with the query.

    Of more, the vector store is asked for the nearest. What a filter keeps back is then left out of
    a longer list: the store's own filters grow slow with the number of passages.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        store: VectorStore,
        vectors: PassageVectors,
        exact: int = EXACT,
    ) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._store = store
        self._vectors = vectors
        self._exact = exact

    def embed(self, query: str) -> Scores:
        """Between the query as a question and as a text: it may be a claim."""
        [as_text] = self._embedder.embed_passages([query])
        return unit_rows(self._embedder.embed_query(query) + as_text)

    def search(self, vector: Scores, allowed: Numbers | None, also: Numbers) -> Found:
        """Passages with their cosines: all that are allowed, or the nearest, and those ``also``."""
        if (len(self._vectors) if allowed is None else len(allowed)) <= self._exact:
            return self._compared(vector, allowed)
        near = self._nearest(vector) if allowed is None else self._nearest_of(vector, allowed)
        numbers = np.union1d(near, also)
        of_some = self._vectors.sample @ vector
        cosines = self._vectors.at(numbers) @ vector
        return Found(numbers, cosines, float(of_some.mean()), float(of_some.std()))

    def vectors_at(self, numbers: Numbers) -> Scores:
        if len(self._vectors) <= self._exact:
            of_these: Scores = self._vectors.all[numbers]
            return of_these
        return self._vectors.at(numbers)

    def _compared(self, vector: Scores, allowed: Numbers | None) -> Found:
        """Each with its cosine."""
        numbers = np.arange(len(self._vectors)) if allowed is None else allowed
        rows = self._vectors.all if allowed is None else self.vectors_at(allowed)
        cosines = rows @ vector
        return Found(numbers, cosines, float(cosines.mean()), float(cosines.std()))

    def _nearest(self, vector: Scores, k: int = DEPTH) -> Numbers:
        near = self._store.nearest(vector, min(k, len(self._vectors)))
        return self._catalogue.numbers_of([passage_id for passage_id, _ in near])

    def _nearest_of(self, vector: Scores, allowed: Numbers) -> Numbers:
        depth = ceil(ENOUGH * len(self._vectors) / len(allowed))
        found = self._nearest(vector, min(max(depth, DEPTH), DEEPEST))
        passing = np.isin(found, allowed)
        if passing.sum() < AT_LEAST:
            found = self._nearest(vector, min(8 * depth, DEEPEST))
            passing = np.isin(found, allowed)
        nearest: Numbers = found[passing][:DEPTH]
        return nearest


def standard(scores: Scores, mean: float | None = None, spread: float | None = None) -> Scores:
    """Scores in standard deviations above the mean; all zero where they do not differ.

    Mean and spread are those of the scores, where none are given.
    """
    if not len(scores):
        return scores
    middle = scores.mean() if mean is None else mean
    width = scores.std() if spread is None else spread
    scaled: Scores = ((scores - middle) / width if width > 1e-9 else 0 * scores).astype(np.float32)
    return scaled

"""The passages whose vectors are nearest to a query, among those that filters let through."""

from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Filters
from assistant.filtering import Numbers, PassageFilter
from index.catalogue import Catalogue

Scores = NDArray[np.float32]
DEPTH = 100
"""How many passages are found."""
FEW = 5000
"""So many passages are compared with the query one by one; that is exact."""
ENOUGH = 50
"""Of many, so many are expected to be found; more where they are all over the place …"""
AT_LEAST = 16
"""… and so many have to be, or it is looked eight times as deep, once."""
DEEPEST = 10_000
"""How many of the nearest passages are looked at, at most."""


class Embedder(Protocol):
    def embed_query(self, text: str) -> Scores: ...


class VectorStore(Protocol):
    def nearest(self, vector: Scores, k: int) -> list[tuple[str, float]]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Passages by number, with their scores, best first."""

    numbers: Numbers
    scores: Scores

    def only(self, chosen: NDArray[np.bool_] | NDArray[np.intp]) -> "Found":
        return Found(self.numbers[chosen], self.scores[chosen])


class DenseSearch:
    """Unfiltered, the vector store's own search.

    Under a filter that lets few passages through, all of these are compared with the query. Under
    any other, the store is asked for more than is needed and what does not pass is left out: its
    own filters grow slow with the number of passages.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        store: VectorStore,
        allowed: PassageFilter,
        few: int = FEW,
    ) -> None:
        self._catalogue = catalogue
        self._embedder = embedder
        self._store = store
        self._filter = allowed
        self._few = few

    def search(self, query: str, filters: Filters | None, within: frozenset[str] | None) -> Found:
        """At most ``DEPTH`` passages with their cosines."""
        vector = self._embedder.embed_query(query)
        allowed = self._filter.numbers(filters, within)
        if allowed is None:
            return self._nearest(vector, DEPTH)
        if len(allowed) <= self._few:
            return _compared(vector, allowed, self._filter.vectors(filters, within))
        return self._nearest_of(vector, allowed)

    def _nearest(self, vector: Scores, k: int) -> Found:
        near = self._store.nearest(vector, min(k, self._total))
        numbers = self._catalogue.numbers_of([passage_id for passage_id, _ in near])
        return Found(numbers, np.array([cosine for _, cosine in near], dtype=np.float32))

    def _nearest_of(self, vector: Scores, allowed: Numbers) -> Found:
        depth = ceil(ENOUGH * self._total / len(allowed))
        found = self._nearest(vector, min(max(depth, DEPTH), DEEPEST))
        passing = np.isin(found.numbers, allowed)
        if passing.sum() < AT_LEAST:
            found = self._nearest(vector, min(8 * depth, DEEPEST))
            passing = np.isin(found.numbers, allowed)
        return found.only(passing).only(np.arange(min(DEPTH, int(passing.sum()))))

    @cached_property
    def _total(self) -> int:
        return self._catalogue.passage_count()


def _compared(vector: Scores, numbers: Numbers, vectors: Scores) -> Found:
    cosines = vectors @ vector
    return Found(numbers, cosines).only(np.argsort(-cosines, kind="stable")[:DEPTH])

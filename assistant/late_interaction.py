"""MaxSim, as in ColBERT: tokens of a query compared with stored tokens of passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.dense import Scores
from index.manifest import Manifest
from index.token_rows import QueryTokens
from index.token_vectors import TokenVectors

LEAST_WEIGHT = 0.1
"""Of a token that nearly every passage holds, beside the logarithm of how rare others are."""


class QueryReader(Protocol):
    def read_query(self, text: str) -> QueryTokens: ...


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What passages scored, and each part of each: its heading, then its sentences."""

    scores: Scores
    parts: tuple[dict[int, float], ...]
    """By number of the part; a part that the model did not read is missing."""


class LateInteraction:
    """Scores passages for a query: how well its tokens are matched, the rare ones above all.

    A token is matched as well as by the nearest token of the passage.
    """

    def __init__(self, tokens: TokenVectors, reader: QueryReader) -> None:
        self._tokens = tokens
        self._reader = reader

    def read(self, query: str) -> QueryTokens:
        return self._reader.read_query(query)

    def compare(self, query: QueryTokens, numbers: Sequence[int]) -> Compared:
        """Scores of these passages, at most 1 each, in their order; there is at least one."""
        vectors, parts, counts = self._tokens.at(numbers)
        owners = np.repeat(np.arange(len(counts)), counts)
        starts = _starts(owners, parts)
        matched = np.maximum.reduceat(vectors @ query.vectors.T, starts, axis=0)
        weights = self._weights(query.ids)
        of_parts = matched @ weights
        first = np.searchsorted(owners[starts], np.arange(len(counts)))
        scores = np.maximum.reduceat(matched, first, axis=0) @ weights
        named: tuple[dict[int, float], ...] = tuple({} for _ in counts)
        for owner, part, score in zip(owners[starts], parts[starts], of_parts, strict=True):
            named[owner][int(part)] = float(score)
        return Compared(scores.astype(np.float32), named)

    def _weights(self, ids: NDArray[np.int64]) -> Scores:
        """How rare each token is among the passages; they sum up to 1."""
        rarity = np.log((len(self._tokens) + 1) / (self._tokens.holders[ids] + 0.5))
        weights: Scores = np.maximum(rarity, LEAST_WEIGHT).astype(np.float32)
        return weights / weights.sum() if len(weights) else weights


class NoLateInteraction:
    """What an index without token vectors has: every passage scores alike."""

    def read(self, query: str) -> QueryTokens:
        return QueryTokens(np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32))

    def compare(self, query: QueryTokens, numbers: Sequence[int]) -> Compared:
        return Compared(np.zeros(len(numbers), dtype=np.float32), ({},) * len(numbers))


def late_interaction(generation: Path, reader: QueryReader) -> LateInteraction | NoLateInteraction:
    """With the token vectors of an index, if it has any; ``reader`` is the model that made them."""
    if Manifest.read(generation).tokens_sha256 is None:
        return NoLateInteraction()
    return LateInteraction(TokenVectors.load(generation), reader)


def _starts(owners: NDArray[np.intp], parts: NDArray[np.int8]) -> NDArray[np.intp]:
    """Where a part of a passage begins."""
    changed = (np.diff(owners) != 0) | (np.diff(parts) != 0)
    return np.concatenate([[0], np.flatnonzero(changed) + 1])

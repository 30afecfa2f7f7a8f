"""Measures of search, from a ranking and the documents that are right; higher is better."""

from collections.abc import Collection, Sequence
from math import log2


def ndcg(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """nDCG@k with two grades: a document is right, or it is not."""
    gain = sum(1 / log2(rank + 1) for rank, one in enumerate(ranking[:k], start=1) if one in right)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(right)) + 1))
    return gain / best if best else 0.0


def recall(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """The share of the right documents that stand among the first ``k``."""
    return len(set(ranking[:k]) & set(right)) / len(right) if right else 0.0


def reciprocal_rank(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """1 over the rank of the first right document; 0 where none is among the first ``k``."""
    ranks = (rank for rank, one in enumerate(ranking[:k], start=1) if one in right)
    return 1 / next(ranks, float("inf"))


def in_top(ranking: Sequence[str], right: Collection[str], k: int) -> float:
    """1 where a right document is among the first ``k``, else 0."""
    return float(any(one in right for one in ranking[:k]))

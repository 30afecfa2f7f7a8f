"""The token vectors of a text, as late interaction compares them: few, small and in parts.

Late interaction is that of ColBERT (Khattab and Zaharia 2020), over what the embedder gives for
each token beside the vector of the whole: no second model reads the text.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.unit_vectors import unit_rows
from index.weights import file_sha256

Rows = NDArray[np.int8]
"""A vector a row, scaled to -127 … 127, behind the number of its part."""
Vectors = NDArray[np.float32]
Place = tuple[int, int]
"""Where a token starts and ends in its text; equal for those that stand nowhere."""
BASIS = Path(__file__).with_name("token_basis.npy")
"""Main directions of token vectors, a column each; made by assistant/training/token_basis.py."""
POOL = 3
"""So many tokens of a part share one vector: those that are alike (Clavié and others 2024)."""
MOST_PARTS = 127


@dataclass(frozen=True, slots=True, eq=False)
class QueryTokens:
    """The words and word pieces of a query, with their vectors."""

    ids: NDArray[np.int64]
    vectors: Vectors


def made_by(model_sha256: str) -> str:
    """SHA-256 of all that token rows depend on, beside the texts."""
    return hashlib.sha256(f"{model_sha256} {file_sha256(BASIS)} {POOL}".encode()).hexdigest()


def rows_of(output: Vectors, places: Sequence[Place], ends: Sequence[int]) -> Rows:
    """The rows of a text from the model's ``output``, a vector for each token.

    ``ends`` are the character offsets where its parts end; no row stands for tokens of two parts.
    """
    return pooled(projected(output), _parts(places, ends))


def projected(output: Vectors) -> Vectors:
    """Unit vectors along the main directions, a row for each token."""
    return unit_rows(output @ _basis())


@cache
def _basis() -> Vectors:
    basis: Vectors = np.load(BASIS).astype(np.float32)
    return basis


def pooled(vectors: Vectors, parts: NDArray[np.intp]) -> Rows:
    """One row for about ``POOL`` alike vectors of a part; the parts come in order."""
    kept, numbers = [], []
    for part in np.unique(parts):
        means = _means(vectors[parts == part])
        kept.append(means)
        numbers += [min(int(part), MOST_PARTS)] * len(means)
    return as_rows(np.array(numbers), np.concatenate(kept))


def as_rows(parts: NDArray[np.int_], vectors: Vectors) -> Rows:
    """Each vector scaled behind the number of its part."""
    scaled = np.round(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True)))
    return np.column_stack([parts, scaled]).astype(np.int8)


def _parts(places: Sequence[Place], ends: Sequence[int]) -> NDArray[np.intp]:
    """The number of the part that each token stands in; 0 for those that stand nowhere."""
    starts = np.array([start if end else -1 for start, end in places])
    return np.searchsorted(np.array(ends), starts, side="right")


def _means(vectors: Vectors) -> Vectors:
    """The directions of clusters by Ward's method."""
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors) // POOL
    if count < 2:
        return unit_rows(vectors.mean(axis=0, keepdims=True))
    clusters = fcluster(linkage(vectors, "ward"), count, "maxclust")
    members = np.arange(1, clusters.max() + 1)[:, None] == clusters
    return unit_rows(members.astype(np.float32) @ vectors)

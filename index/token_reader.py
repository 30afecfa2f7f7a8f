"""Text to token vectors, as late interaction compares them: few, small and in parts.

ColBERT (Khattab and Zaharia 2020) by the weights of answerai-colbert-small-v1 without their
projection. The library's multi-vector encoder wants that projection and a torch model.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.unit_vectors import unit_rows
from index.weights import LATE_INTERACTION, OnnxEncoder, file_sha256

Rows = NDArray[np.int8]
"""A vector a row, scaled to -127 … 127, behind the number of its part."""
Vectors = NDArray[np.float32]
BASIS = Path(__file__).with_name("token_basis.npy")
"""The 128 main directions of 90,000 token vectors: 30,000 of docs_corpus, 60,000 of PubMedQA."""
POOL = 3
"""So many tokens of a part share one vector: those that are alike (Clavié and others 2024)."""
MOST_PARTS = 127
QUERY_LENGTH = 32
"""A query is read with [MASK] up to this length, as the model was trained to."""


@dataclass(frozen=True, slots=True, eq=False)
class QueryTokens:
    """The words and word pieces of a query, with their vectors."""

    ids: NDArray[np.int64]
    vectors: Vectors


class TokenReader:
    """Reads texts into unit vectors of tokens; the model is loaded on first use."""

    def __init__(self) -> None:
        self._encoder = OnnxEncoder(LATE_INTERACTION)

    @property
    def sha256(self) -> str:
        """Of all that its vectors depend on, beside the texts."""
        made_by = f"{LATE_INTERACTION.checked_sha256} {file_sha256(BASIS)} {POOL}"
        return hashlib.sha256(made_by.encode()).hexdigest()

    @property
    def vocabulary(self) -> int:
        """How many different tokens there are."""
        return self._encoder.tokenizer.get_vocab_size()

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._encoder.tokenize(texts)]

    def read_passages(self, texts: Sequence[str], ends: Sequence[Sequence[int]]) -> list[Rows]:
        """The rows of each text; ``ends`` are the character offsets where its parts end.

        No vector stands for tokens of two parts.
        """
        encodings = self._encoder.tokenize(texts)
        ids = [self._marked(encoding.ids, "[unused1]") for encoding in encodings]
        vectors = self._encoder.run(ids, [[0] * len(row) for row in ids], keep=self._projected)
        # The marker behind [CLS] stands at no place in the text, as [CLS] itself does.
        places = ([(0, 0), *encoding.offsets] for encoding in encodings)
        return [
            pooled(rows, _parts(where, of_text))
            for rows, where, of_text in zip(vectors, places, ends, strict=True)
        ]

    def read_query(self, text: str) -> QueryTokens:
        [encoding] = self._encoder.tokenize([text])
        ids = self._marked(encoding.ids, "[unused0]")
        padded = ids + [self._id("[MASK]")] * (QUERY_LENGTH - len(ids))
        [rows] = self._encoder.run([padded], [[0] * len(padded)], keep=self._projected)
        real = slice(2, len(ids) - 1)
        return QueryTokens(np.array(ids[real], dtype=np.int64), rows[real])

    def _projected(self, output: Vectors) -> Vectors:
        return unit_rows(output @ self._basis)

    @cached_property
    def _basis(self) -> Vectors:
        basis: Vectors = np.load(BASIS).astype(np.float32)
        return basis

    def _marked(self, ids: list[int], marker: str) -> list[int]:
        """Token ids with the marker behind [CLS]."""
        return [ids[0], self._id(marker), *ids[1:]]

    def _id(self, token: str) -> int:
        found = self._encoder.tokenizer.token_to_id(token)
        assert found is not None, token
        return found


def pooled(vectors: Vectors, parts: NDArray[np.intp]) -> Rows:
    """One row for about ``POOL`` alike vectors of a part; the parts come in order."""
    kept, numbers = [], []
    for part in np.unique(parts):
        means = _means(vectors[parts == part])
        kept.append(means)
        numbers += [min(int(part), MOST_PARTS)] * len(means)
    together = np.concatenate(kept)
    scaled = np.round(together * (127 / np.abs(together).max(axis=1, keepdims=True)))
    return np.column_stack([np.array(numbers), scaled]).astype(np.int8)


def _parts(places: Sequence[tuple[int, int]], ends: Sequence[int]) -> NDArray[np.intp]:
    """The number of the part that each token stands in; 0 for those that stand nowhere."""
    starts = np.array([start if end else -1 for start, end in places])
    return np.searchsorted(np.array(ends), starts, side="right")


def _means(vectors: Vectors) -> Vectors:
    """The directions of clusters by Ward's method."""
    from scipy.cluster.hierarchy import fcluster, linkage

    count = len(vectors) // POOL
    if count < 2:
        return unit_rows(vectors.mean(axis=0, keepdims=True))
    clusters = fcluster(linkage(vectors, "ward"), count, "maxclust") - 1
    sums = np.zeros((clusters.max() + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, clusters, vectors)
    return unit_rows(sums)

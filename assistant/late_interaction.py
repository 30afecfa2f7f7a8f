"""ColBERT MaxSim: a query and passages compared token by token.

Khattab and Zaharia 2020; the weights are answerai-colbert-small-v1 without its projection. Own
code: the library's multi-vector encoder wants the projection and a torch model.
"""

from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.weights import LATE_INTERACTION, OnnxEncoder

QUERY_LENGTH = 32
"""A query is padded to this many tokens with [MASK], which lets the model add words of its own."""
REMEMBERED = 4096
"""Passages whose token vectors are kept: some 57,000 bytes each as half floats."""


class LateInteraction:
    """Scores texts for a query: the mean over query tokens of the best match in the text."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._size = remembered
        self._encoder = OnnxEncoder(LATE_INTERACTION)
        self._remembered: dict[str, NDArray[np.float16]] = {}
        self._lock = Lock()

    def score(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score a text, at most 1."""
        query_tokens = self._query_tokens(query)
        return np.array(
            [(query_tokens @ tokens.T).max(axis=1).mean() for tokens in self._text_tokens(texts)],
            dtype=np.float32,
        )

    def _query_tokens(self, query: str) -> NDArray[np.float32]:
        ids = self._marked([query], "[unused0]")[0]
        ids += [self._id("[MASK]")] * (QUERY_LENGTH - len(ids))
        return self._encoder.run([ids], [[0] * len(ids)], keep=unit_rows)[0]

    def _text_tokens(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        with self._lock:
            found = {t: self._remembered[t] for t in texts if t in self._remembered}
        found |= self._read([text for text in dict.fromkeys(texts) if text not in found])
        self._remember(found)
        return [found[text].astype(np.float32) for text in texts]

    def _read(self, texts: Sequence[str]) -> dict[str, NDArray[np.float16]]:
        if not texts:
            return {}
        ids = self._marked(texts, "[unused1]")
        rows = self._encoder.run(ids, [[0] * len(row) for row in ids], keep=unit_rows)
        return {text: row.astype(np.float16) for text, row in zip(texts, rows, strict=True)}

    def _remember(self, found: dict[str, NDArray[np.float16]]) -> None:
        """Several searches run at once: each has what it found, whatever is forgotten meanwhile."""
        with self._lock:
            self._remembered |= found
            while len(self._remembered) > self._size:
                del self._remembered[next(iter(self._remembered))]

    def _marked(self, texts: Sequence[str], marker: str) -> list[list[int]]:
        """Token ids with the marker behind [CLS]."""
        rows = (encoding.ids for encoding in self._encoder.tokenize(texts))
        return [[ids[0], self._id(marker), *ids[1:]] for ids in rows]

    def _id(self, token: str) -> int:
        found = self._encoder.tokenizer.token_to_id(token)
        assert found is not None, token
        return found


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9)
    return scaled

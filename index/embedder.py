"""Text to vectors."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from index import token_rows
from index.token_rows import QueryTokens, Rows
from index.unit_vectors import unit_rows
from index.weights import EMBEDDER, OnnxEncoder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUERY_PROMPT = "Represent this sentence for searching relevant passages: "


@cache
def _numeric_libraries() -> ThreadpoolController:
    """Those behind numpy, whose threads would contend with the model's for the cores."""
    return ThreadpoolController()


class Embedder:
    """Embeds passages and queries into unit vectors of float32.

    ``model_name`` names any sentence-transformers model, which is loaded on first use: importing
    torch takes seconds. None is the bundled bge-small, int8, which needs no torch. It alone gives
    token vectors: their main directions are those of its own.
    """

    def __init__(self, model_name: str | None = None) -> None:
        self.model_name = model_name

    @property
    def name(self) -> str:
        return self.model_name or EMBEDDER.source

    @property
    def sha256(self) -> str | None:
        """Of the bundled weights; None for a model that is named by the user."""
        if self.model_name:
            return None
        return EMBEDDER.checked_sha256

    @property
    def tokens_sha256(self) -> str | None:
        """Of all that token vectors are made by; None for a model that gives none."""
        return token_rows.made_by(EMBEDDER.checked_sha256) if self.model_name is None else None

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(self.model_name, device="cpu")

    @cached_property
    def _bundled(self) -> OnnxEncoder:
        assert self.model_name is None, self.model_name
        return OnnxEncoder(EMBEDDER)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """An array of shape (texts, dimensions)."""
        return self._encode(texts, None) if self.model_name else self._unit_vectors(texts)

    def embed_with_tokens(
        self, texts: Sequence[str], ends: Sequence[Sequence[int]]
    ) -> tuple[NDArray[np.float32], list[Rows]]:
        """As ``embed_passages``, and the token rows of each text; by the bundled model alone.

        ``ends`` are the character offsets where the parts of each text end.
        """
        encoded = self._bundled.tokenize(texts)

        def both(output: NDArray[np.float32], row: int) -> tuple[NDArray[np.float32], Rows]:
            return output[0], token_rows.rows_of(output, encoded[row].offsets, ends[row])

        with _numeric_libraries().limit(limits=1):
            found = self._bundled.run(encoded, both)
        return unit_rows(np.stack([whole for whole, _ in found])), [rows for _, rows in found]

    def read_query(self, text: str) -> QueryTokens:
        """The token vectors of a query, as it stands; by the bundled model alone."""
        [encoded] = self._bundled.tokenize([text])
        [vectors] = self._bundled.run([encoded], lambda out, _: token_rows.projected(out))
        inside = slice(1, -1)
        return QueryTokens(np.array(encoded.ids[inside], dtype=np.int64), vectors[inside])

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Of the word pieces of each text, as the bundled model reads them."""
        return [encoded.ids for encoded in self._bundled.tokenize(texts)]

    @property
    def tokens(self) -> int:
        """How many different tokens the bundled model knows."""
        return self._bundled.tokenizer.get_vocab_size()

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """An array of shape (dimensions,)."""
        vector: NDArray[np.float32] = self._query_vectors(text)[0]
        return vector

    def _query_vectors(self, text: str) -> NDArray[np.float32]:
        if self.model_name is None:
            return self._unit_vectors([QUERY_PROMPT + text])
        return self._encode([text], "query" if "query" in self._model.prompts else None)

    def _unit_vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        # bge-small pools by its first token.
        return unit_rows(self._bundled.read(texts, keep=lambda output: output[0]))

    def _encode(self, texts: Sequence[str], prompt_name: str | None) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self._model.encode(
            list(texts),
            prompt_name=prompt_name,
            batch_size=64,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors

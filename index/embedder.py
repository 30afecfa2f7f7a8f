"""Text to vectors."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.weights import EMBEDDER

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

QUERY_PROMPT = "Represent this sentence for searching relevant passages: "


class Embedder:
    """Embeds passages and queries into unit vectors of float32.

    ``model_name`` names any sentence-transformers model; None is the bundled bge-small, int8.
    The model is loaded on first use: importing torch takes seconds.
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

    @cached_property
    def model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer

        if self.model_name:
            return SentenceTransformer(self.model_name, device="cpu")
        from index.onnx_module import OnnxModule

        # bge-small pools by its first token.
        module = OnnxModule(EMBEDDER, "sentence_embedding", keep=lambda output: output[0])
        prompts = {"query": QUERY_PROMPT}
        return SentenceTransformer(modules=[module], device="cpu", prompts=prompts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """An array of shape (texts, dimensions)."""
        return self._encode(texts, None)

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """An array of shape (dimensions,)."""
        prompt_name = "query" if "query" in self.model.prompts else None
        vector: NDArray[np.float32] = self._encode([text], prompt_name)[0]
        return vector

    def _encode(self, texts: Sequence[str], prompt_name: str | None) -> NDArray[np.float32]:
        vectors: NDArray[np.float32] = self.model.encode(
            list(texts),
            prompt_name=prompt_name,
            batch_size=64,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return vectors

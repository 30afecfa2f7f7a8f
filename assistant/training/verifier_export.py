"""Write trained weights as int8 ONNX: the graph of the bundled reranker with other numbers.

    python -m assistant.training.verifier_export FOLDER [...] --out assistant/weights/verifier

Of several folders the mean of the weights is taken. Prints the SHA-256 that
``assistant/entailment.py`` (or ``assistant/answerability.py``) checks.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.training.verifier_model import Arrays, int8_matrices
from index.weights import RERANKER, file_sha256

if TYPE_CHECKING:
    from onnx import ModelProto


def mean_weights(folders: Sequence[Path]) -> Arrays:
    """The mean of the averaged weights of training runs, by name."""
    import torch

    runs = [torch.load(folder / "average.pt") for folder in folders]
    return {name: sum(run[name] for run in runs).numpy() / len(runs) for name in runs[0]}


def write_int8(weights: Arrays, path: Path) -> None:
    """The bundled graph with ``weights``; what they leave out stays as it is."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(RERANKER.folder / "model.onnx"))
    arrays = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    for matrix, bias in int8_matrices(model.graph, arrays).items():
        weight = weights.get(bias.removesuffix(".bias") + ".weight")
        if weight is not None:
            _put_matrix(model, matrix.removesuffix("_quantized"), weight.T)
    for name, value in weights.items():
        if name in arrays:
            _put(model, name, value.astype(np.float32))
    del model.graph.value_info[:]  # the shapes between; one of them belonged to the old head
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = len(weights["classifier.bias"])
    onnx.checker.check_model(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))


def _put_matrix(model: "ModelProto", name: str, matrix: NDArray[np.float32]) -> None:
    """Store a matrix as int8 around zero, each column with a scale of its own."""
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8) / 127
    _put(model, f"{name}_quantized", np.rint(matrix / scale).astype(np.int8))
    _put(model, f"{name}_scale", scale.astype(np.float32))
    _put(model, f"{name}_zero_point", np.array(0, dtype=np.int8))


def _put(model: "ModelProto", name: str, value: NDArray[Any]) -> None:
    from onnx import numpy_helper

    old = next(one for one in model.graph.initializer if one.name == name)
    old.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(value), name))


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the weights of the folders named on the command line."""
    parser = argparse.ArgumentParser(description="Write trained weights as int8 ONNX.")
    parser.add_argument("folders", type=Path, nargs="+", help="folders of training runs")
    parser.add_argument("--out", type=Path, required=True, help="where model.onnx is written")
    asked = parser.parse_args(arguments)
    model = asked.out / "model.onnx"
    write_int8(mean_weights(asked.folders), model)
    shutil.copyfile(RERANKER.folder / "tokenizer.json", asked.out / "tokenizer.json")
    megabytes = model.stat().st_size / 1e6
    sys.stdout.write(f"{model}: {megabytes:.1f} MB, SHA-256 {file_sha256(model)}\n")


if __name__ == "__main__":
    main()

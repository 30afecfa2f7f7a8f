"""The bundled reranker as a torch model with three outputs, to be trained further."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.training.verifier_attention import register
from assistant.training.verifier_pairs import LABELS
from index.weights import RERANKER

if TYPE_CHECKING:
    from onnx import GraphProto
    from transformers import BertForSequenceClassification

Arrays = dict[str, NDArray[Any]]
HEAD_SEED = 0


def base_model() -> "BertForSequenceClassification":
    """``reranker_en`` in float with a fresh head of three outputs; the head is always the same."""
    import torch
    from transformers import BertForSequenceClassification

    torch.manual_seed(HEAD_SEED)
    model: BertForSequenceClassification = BertForSequenceClassification(configuration())
    floats = float_weights(RERANKER.folder / "model.onnx")
    state = {
        name: torch.tensor(value) for name, value in floats.items() if "classifier" not in name
    }
    missing = set(model.load_state_dict(state, strict=False).missing_keys)
    if missing != {"classifier.weight", "classifier.bias"}:
        raise ValueError(f"{RERANKER.name} has no weights for {sorted(missing)}.")
    return model


def configuration() -> Any:
    from transformers import BertConfig

    config = BertConfig(
        vocab_size=30522,
        hidden_size=384,
        num_hidden_layers=12,
        num_attention_heads=12,
        intermediate_size=1536,
        hidden_dropout_prob=0.0,  # random numbers are a fifth of the time of a step on a CPU
        attention_probs_dropout_prob=0.0,
        classifier_dropout=0.1,
        id2label=dict(enumerate(LABELS)),
        label2id={label: at for at, label in enumerate(LABELS)},
    )
    config._attn_implementation = register()  # noqa: SLF001  # its constructor does not show it
    return config


def float_weights(path: Path) -> Arrays:
    """int8 weights of dynamic quantisation as floats, under their torch names.

    A value is (q - zero point) x scale. A matrix is named for the bias that is added after it.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    arrays: Arrays = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    floats = {
        name: value
        for name, value in arrays.items()
        if value.dtype == np.float32 and not name.endswith("_scale")
    }
    for matrix, bias in int8_matrices(graph, arrays).items():
        floats[bias.removesuffix(".bias") + ".weight"] = _float(matrix, arrays).T
    for name in arrays:
        if "embeddings" in name and name.endswith("_quantized"):
            floats[name.removesuffix("_quantized")] = _float(name, arrays)
    return floats


def int8_matrices(graph: "GraphProto", arrays: Arrays) -> dict[str, str]:
    """The name of each int8 matrix, with the name of the bias that is added to its product."""
    follows = {name: node for node in reversed(graph.node) for name in node.input}
    found = {}
    for node in graph.node:
        if node.op_type != "MatMulInteger" or node.input[1] not in arrays:
            continue
        after = follows[node.output[0]]
        while after.op_type != "Add":
            after = follows[after.output[0]]
        found[node.input[1]] = next(name for name in after.input if name in arrays)
    return found


def _float(name: str, arrays: Arrays) -> NDArray[np.float32]:
    base = name.removesuffix("_quantized")
    zero = arrays[f"{base}_zero_point"].astype(np.float32)
    value: NDArray[np.float32] = (arrays[name].astype(np.float32) - zero) * arrays[f"{base}_scale"]
    return value

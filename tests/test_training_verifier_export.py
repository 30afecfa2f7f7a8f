"""From int8 weights to floats, through attention, and back."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("onnx", reason="pip install 'blincite[training]'")

import torch

from assistant.training.verifier_attention import attend
from assistant.training.verifier_export import mean_weights, write_int8
from assistant.training.verifier_model import base_model, float_weights
from assistant.training.verifier_scores import scores_of

HEAD = {
    "classifier.weight": np.linspace(-1, 1, 3 * 384, dtype=np.float32).reshape(3, 384),
    "classifier.bias": np.array([0.5, -0.5, 0.0], dtype=np.float32),
}


def test_a_new_head_is_written_and_read_back(tmp_path: Path) -> None:
    write_int8(HEAD, tmp_path / "model.onnx")

    read = float_weights(tmp_path / "model.onnx")

    assert np.abs(read["classifier.weight"] - HEAD["classifier.weight"]).max() < 0.005
    assert read["classifier.bias"].tolist() == [0.5, -0.5, 0.0]


def test_the_written_graph_answers_as_the_float_model_does(tmp_path: Path) -> None:
    from onnxruntime import InferenceSession

    model = base_model().eval()
    model.load_state_dict({name: torch.tensor(value) for name, value in HEAD.items()}, strict=False)
    write_int8(HEAD, tmp_path / "model.onnx")
    ids = np.array([[101, 2023, 2003, 102, 2008, 102]])
    inputs = {"input_ids": ids, "attention_mask": ids * 0 + 1, "token_type_ids": ids * 0}

    written = InferenceSession(str(tmp_path / "model.onnx")).run(None, inputs)[0]

    with torch.no_grad():
        expected = model(**{name: torch.tensor(value) for name, value in inputs.items()}).logits
    assert written.shape == (1, 3)
    assert np.abs(written - expected.numpy()).max() < 0.5


def test_the_weights_of_several_runs_are_averaged(tmp_path: Path) -> None:
    for number in (1.0, 3.0):
        (tmp_path / f"run-{number}").mkdir()
        torch.save({"x": torch.tensor([number])}, tmp_path / f"run-{number}" / "average.pt")

    mean = mean_weights([tmp_path / "run-1.0", tmp_path / "run-3.0"])

    assert mean["x"].tolist() == [2.0]


def test_attention_ignores_what_is_masked() -> None:
    values = torch.randn(1, 2, 3, 4)
    mask = torch.tensor([0.0, 0.0, -1e9])
    changed = values.clone()
    changed[:, :, 2] = 7.0

    first, _ = attend(None, values, values, values, mask, 0.5)
    second, _ = attend(None, values, changed, changed, mask, 0.5)

    assert torch.allclose(first, second)


def test_attention_is_that_of_torch() -> None:
    query, key, value = torch.randn(3, 1, 2, 5, 4)

    ours, _ = attend(None, query, key, value, None, 0.5)

    theirs = torch.nn.functional.scaled_dot_product_attention(query, key, value, scale=0.5)
    assert torch.allclose(ours, theirs.transpose(1, 2), atol=1e-5)


def test_scores_leave_out_a_label_that_never_occurs() -> None:
    answers = [np.array([0.2, 0.1, 0.7]), np.array([0.1, 0.3, 0.6])]

    scores = scores_of([0, 1], answers)

    assert str(scores) == "accuracy 1.000, macro-F1 1.000"


def test_macro_f1_weighs_labels_alike() -> None:
    answers = [np.array([1.0, 0.0, 0.0])] * 3

    scores = scores_of([0, 0, 1], answers)

    assert scores.accuracy == pytest.approx(2 / 3)
    assert scores.macro_f1 == pytest.approx(0.4)

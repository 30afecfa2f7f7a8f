"""Token vectors on disk: each passage with its own, from wherever they are."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import token_vectors
from index.errors import NoIndex
from index.token_vectors import TokenVectors

ONE, OTHER, THIRD = "0a" * 32, "0b" * 32, "0c" * 32
HOLDERS = np.array([3, 0, 1], dtype=np.int32)


def rows(*parts: int) -> NDArray[np.int8]:
    """A row a part, along an axis that its number tells."""
    found = np.zeros((len(parts), 4), dtype=np.int8)
    for row, part in zip(found, parts, strict=True):
        row[0], row[1 + part] = part, 127
    return found


@pytest.fixture
def stored(tmp_path: Path) -> TokenVectors:
    made, before = {ONE: rows(0, 1)}, {OTHER: rows(0, 0, 2), THIRD: rows(1)}
    sources = [list(made.items()), list(before.items())]
    token_vectors.write(tmp_path, [OTHER, ONE, OTHER], HOLDERS, sources)
    return TokenVectors.load(tmp_path)


def test_passages_come_with_their_vectors_parts_and_counts(stored: TokenVectors) -> None:
    vectors, parts, counts = stored.at([1, 0])

    assert counts.tolist() == [2, 3]
    assert parts.tolist() == [0, 1, 0, 0, 2]
    assert vectors.tolist() == [[1, 0, 0], [0, 1, 0], [1, 0, 0], [1, 0, 0], [0, 0, 1]]


def test_a_text_that_two_passages_have_stands_for_both(stored: TokenVectors) -> None:
    assert len(stored) == 3
    assert np.array_equal(stored.at([0])[0], stored.at([2])[0])


def test_what_no_passage_has_any_more_is_left_out(stored: TokenVectors) -> None:
    assert stored.known() == {ONE, OTHER}


def test_what_is_stored_can_be_taken_over(stored: TokenVectors, tmp_path: Path) -> None:
    (tmp_path / "next").mkdir()
    token_vectors.write(tmp_path / "next", [ONE], HOLDERS, [stored])

    taken = TokenVectors.load(tmp_path / "next")

    assert np.array_equal(taken.at([0])[0], stored.at([1])[0])


def test_how_many_passages_hold_a_token_is_kept(stored: TokenVectors) -> None:
    assert stored.holders.tolist() == [3, 0, 1]


@pytest.mark.parametrize("file", ["rows.npy", "starts.npy", "keys.npy", "holders.npy"])
def test_a_damaged_file_is_an_error_with_the_cure(
    stored: TokenVectors, tmp_path: Path, file: str
) -> None:
    (tmp_path / "tokens" / file).write_bytes(b"junk")

    with pytest.raises(NoIndex, match=r"tokens: damaged.*blincite index build"):
        TokenVectors.load(tmp_path)


def test_rows_of_another_build_are_damage(stored: TokenVectors, tmp_path: Path) -> None:
    np.save(tmp_path / "tokens" / "rows.npy", rows(0, 1))

    with pytest.raises(NoIndex, match="damaged"):
        TokenVectors.load(tmp_path)

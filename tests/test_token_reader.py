"""Token vectors with the bundled weights: small, in parts, the same each time."""

import numpy as np
import pytest

from index.token_reader import POOL, TokenReader, pooled
from index.unit_vectors import unit_rows

TEXT = "Quibrimab. Results: Infants with blue fever lived longer. The vial is kept cold."
ENDS = (20, 57, 80)
"""Of the heading and both sentences."""


@pytest.fixture(scope="module")
def reader() -> TokenReader:
    return TokenReader()


def test_every_part_of_a_text_has_vectors_of_its_own(reader: TokenReader) -> None:
    [rows] = reader.read_passages([TEXT], [ENDS])

    assert sorted(set(rows[:, 0].tolist())) == [0, 1, 2]
    assert rows.shape[1] == 129
    assert rows[:, 0].tolist() == sorted(rows[:, 0].tolist())


def test_there_are_about_a_third_as_many_vectors_as_tokens(reader: TokenReader) -> None:
    [rows] = reader.read_passages([TEXT], [ENDS])
    [ids] = reader.token_ids([TEXT])

    assert len(ids) / POOL - len(ENDS) <= len(rows) <= len(ids) / POOL + len(ENDS)


def test_a_text_is_read_the_same_whatever_else_is_read(reader: TokenReader) -> None:
    [alone] = reader.read_passages([TEXT], [ENDS])

    beside, other = reader.read_passages([TEXT, "The rash was purple."], [ENDS, (0, 20)])

    assert np.array_equal(alone, beside)
    assert set(other[:, 0].tolist()) == {0, 1}


def test_a_text_beyond_the_length_of_the_model_is_cut(reader: TokenReader) -> None:
    [rows] = reader.read_passages(["rash " * 2000 + "fever"], [(0, 10_000, 10_005)])

    assert len(rows) <= 101
    assert 2 not in rows[:, 0]


def test_a_query_has_a_vector_for_each_of_its_word_pieces(reader: TokenReader) -> None:
    query = reader.read_query("fever in infants")

    assert query.ids.tolist() == reader.token_ids(["fever in infants"])[0][1:-1]
    assert query.vectors.shape == (3, 128)
    assert np.linalg.norm(query.vectors, axis=1) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("query", "tokens"), [("", 0), ("survival of infants " * 200, 298)])
def test_a_query_of_any_length_is_read(reader: TokenReader, query: str, tokens: int) -> None:
    assert len(reader.read_query(query).vectors) == tokens


def test_alike_vectors_are_put_together_and_unlike_ones_are_not() -> None:
    along, across = [1.0, 0.0], [0.0, 1.0]
    vectors = np.array([along, across] * 3, dtype=np.float32)

    rows = pooled(vectors, np.zeros(6, dtype=np.intp))

    assert sorted(rows.tolist()) == [[0, 0, 127], [0, 127, 0]]


def test_vectors_of_two_parts_are_never_put_together() -> None:
    vectors = np.array([[1, 0]] * 6, dtype=np.float32)

    rows = pooled(vectors, np.array([0, 0, 0, 1, 1, 1]))

    assert rows.tolist() == [[0, 127, 0], [1, 127, 0]]


def test_a_row_of_zeros_stays_one() -> None:
    assert unit_rows(np.zeros((1, 3), dtype=np.float32)).tolist() == [[0, 0, 0]]

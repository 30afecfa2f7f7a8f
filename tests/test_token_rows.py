"""Token vectors by the bundled embedder: small, in parts, the same each time."""

import numpy as np
import pytest

from index.embedder import Embedder
from index.token_rows import POOL, pooled
from index.unit_vectors import unit_rows

TEXT = "Quibrimab. Results: Infants with blue fever lived longer. The vial is kept cold."
ENDS = (20, 57, 80)
"""Of the heading and both sentences."""


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The bundled one."""
    return Embedder()


def test_every_part_of_a_text_has_vectors_of_its_own(embedder: Embedder) -> None:
    _, [rows] = embedder.embed_with_tokens([TEXT], [ENDS])

    assert sorted(set(rows[:, 0].tolist())) == [0, 1, 2]
    assert rows.shape[1] == 129
    assert rows[:, 0].tolist() == sorted(rows[:, 0].tolist())


def test_there_are_about_a_third_as_many_vectors_as_tokens(embedder: Embedder) -> None:
    _, [rows] = embedder.embed_with_tokens([TEXT], [ENDS])
    [ids] = embedder.token_ids([TEXT])

    assert len(ids) / POOL - len(ENDS) <= len(rows) <= len(ids) / POOL + len(ENDS)


def test_with_its_tokens_a_text_has_the_vector_that_it_has_alone(embedder: Embedder) -> None:
    vectors, _ = embedder.embed_with_tokens([TEXT], [ENDS])

    assert vectors.tobytes() == embedder.embed_passages([TEXT]).tobytes()


def test_another_embedder_gives_no_tokens(tiny_embedder: str) -> None:
    other = Embedder(tiny_embedder)

    assert (other.tokens_sha256, Embedder().tokens_sha256 is None) == (None, False)


def test_a_text_is_read_the_same_whatever_else_is_read(embedder: Embedder) -> None:
    _, [alone] = embedder.embed_with_tokens([TEXT], [ENDS])

    _, [beside, other] = embedder.embed_with_tokens([TEXT, "The rash was purple."], [ENDS, (0, 20)])

    assert np.array_equal(alone, beside)
    assert set(other[:, 0].tolist()) == {0, 1}


def test_a_text_beyond_the_length_of_the_model_is_cut(embedder: Embedder) -> None:
    _, [rows] = embedder.embed_with_tokens(["rash " * 2000 + "fever"], [(0, 10_000, 10_005)])

    assert len(rows) <= 171
    assert 2 not in rows[:, 0]


def test_a_query_has_a_vector_for_each_of_its_word_pieces(embedder: Embedder) -> None:
    query = embedder.read_query("fever in infants")

    assert query.ids.tolist() == embedder.token_ids(["fever in infants"])[0][1:-1]
    assert query.vectors.shape == (3, 128)
    assert np.linalg.norm(query.vectors, axis=1) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(("query", "tokens"), [("", 0), ("survival of infants " * 200, 510)])
def test_a_query_of_any_length_is_read(embedder: Embedder, query: str, tokens: int) -> None:
    assert len(embedder.read_query(query).vectors) == tokens


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

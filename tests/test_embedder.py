"""Text to vectors: the same bits every time, and near where the meaning is near."""

import numpy as np
import pytest

from index.embedder import Embedder

TEXTS = [
    "Event-free survival of infants at 2 years was 71.5%.",
    "fever",
    "The vial is kept in a refrigerator at 2 to 8 degrees. " * 20,
    "Neurologic events were seen in 6 of 60 infants.",
]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    """The bundled one."""
    return Embedder()


def test_the_same_text_gives_the_same_bits_twice(embedder: Embedder) -> None:
    once, twice = embedder.embed_passages(TEXTS), embedder.embed_passages(TEXTS)

    assert once.tobytes() == twice.tobytes()


def test_a_second_embedder_gives_the_same_bits(embedder: Embedder) -> None:
    other = Embedder().embed_passages(TEXTS)

    assert other.tobytes() == embedder.embed_passages(TEXTS).tobytes()


def test_the_rest_of_the_batch_does_not_matter(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)

    for text, vector in zip(TEXTS, together, strict=True):
        assert embedder.embed_passages([text])[0].tobytes() == vector.tobytes()


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    backwards = embedder.embed_passages(TEXTS[::-1])

    assert backwards[::-1].tobytes() == embedder.embed_passages(TEXTS).tobytes()


def test_more_texts_than_a_batch_holds_are_all_embedded(embedder: Embedder) -> None:
    many = embedder.embed_passages([f"fever {n}" for n in range(130)])

    assert many.shape == (130, 384)
    assert many[129].tobytes() == embedder.embed_passages(["fever 129"])[0].tobytes()


def test_vectors_have_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed_passages(TEXTS)

    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("How many children were alive without relapse?", 0),
        ("How is the drug stored?", 2),
        ("seizures and confusion", 3),
        ("high temperature", 1),
    ],
)
def test_the_passage_of_the_same_meaning_is_nearest(
    embedder: Embedder, query: str, nearest: int
) -> None:
    cosines = embedder.embed_passages(TEXTS) @ embedder.embed_query(query)

    assert int(cosines.argmax()) == nearest


def test_a_query_is_embedded_with_its_prompt(embedder: Embedder) -> None:
    query = embedder.embed_query("How is the drug stored?")

    assert query.shape == (384,)
    as_passage = embedder.embed_passages(
        ["Represent this sentence for searching relevant passages: How is the drug stored?"]
    )
    assert query.tobytes() == as_passage[0].tobytes()


def test_the_bundled_embedder_is_known_by_name_and_hash(embedder: Embedder) -> None:
    assert embedder.name == "BAAI/bge-small-en-v1.5"
    assert embedder.sha256 is not None
    assert embedder.sha256.startswith("68807e3f")


def test_any_other_model_will_do(tiny_embedder: str) -> None:
    other = Embedder(tiny_embedder)

    vectors = other.embed_passages(["quibrimab", "infants with blue fever"])

    assert vectors.shape == (2, 16)
    assert (other.name, other.sha256) == (tiny_embedder, None)
    assert other.embed_query("quibrimab").tobytes() == vectors[0].tobytes()

"""Vectors on disk: nearest first, filtered, the same after closing."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.errors import NoIndex
from index.passages import Passage, passages_of
from index.readers import read_corpus
from index.store import VectorStore

Vector = NDArray[np.float32]


@pytest.fixture
def store(tmp_path: Path, corpus_folder: Path) -> Iterator[VectorStore]:
    """One passage of each document; vectors that turn away from the first by a quarter at most."""
    store = VectorStore(tmp_path / "generation-1" / "chroma")
    corpus = read_corpus(corpus_folder)
    firsts = [passages_of(document, 700)[0] for document in corpus.documents]
    store.add(firsts, [document.study for document in corpus.documents], directions(4))
    yield store
    store.close()


def directions(count: int) -> Vector:
    """Unit vectors, the first along the first axis and each next one further from it."""
    angles = np.linspace(0, np.pi / 2, count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def documents(found: list[tuple[str, float]]) -> list[str]:
    return [passage_id.split("-")[0] for passage_id, _ in found]


FIRST: Vector = np.array([1, 0], dtype=np.float32)


def test_the_nearest_passage_comes_first_with_its_cosine(store: VectorStore) -> None:
    found = store.nearest(FIRST, k=4)

    assert documents(found) == ["aldermann", "brandvik", "label", "registry"]
    assert [cosine for _, cosine in found] == pytest.approx([1, 0.866, 0.5, 0], abs=1e-3)


def test_no_more_than_k_come_back(store: VectorStore) -> None:
    assert documents(store.nearest(FIRST, k=2)) == ["aldermann", "brandvik"]


def test_fewer_come_back_where_there_are_fewer(store: VectorStore) -> None:
    assert len(store.nearest(FIRST, k=50)) == 4


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"age infant": True}, ["aldermann", "brandvik", "label"]),
        ({"age older adult": True}, ["registry"]),
        ({"kind": "label"}, ["label"]),
        ({"randomised": True}, ["aldermann", "brandvik"]),
        ({"randomised": False}, ["registry"]),
        ({"year": {"$gte": 2093}}, ["brandvik", "registry"]),
        ({"doc_id": {"$in": ["label-2092-quibrimab"]}}, ["label"]),
        ({"$and": [{"year": {"$lte": 2092}}, {"age adult": True}]}, ["label"]),
        ({"kind": "guideline"}, []),
    ],
)
def test_a_search_may_be_filtered(
    store: VectorStore, where: dict[str, object], expected: list[str]
) -> None:
    assert documents(store.nearest(FIRST, k=4, where=where)) == expected


def test_storing_a_passage_twice_leaves_one(store: VectorStore, corpus_folder: Path) -> None:
    document = read_corpus(corpus_folder).documents[0]
    first: Passage = passages_of(document, 700)[0]

    store.add([first], [document.study], np.array([[0, 1]], dtype=np.float32))

    assert store.count() == 4
    assert dict(store.nearest(FIRST, k=4))[first.passage_id] == pytest.approx(0)


def test_a_closed_store_answers_the_same_when_opened_again(store: VectorStore) -> None:
    before = store.nearest(FIRST, k=4)
    store.close()

    again = VectorStore(store.folder)

    assert again.nearest(FIRST, k=4) == before
    again.close()


@pytest.mark.parametrize("read", ["check", "nearest"])
def test_a_missing_store_is_one_line_with_the_cure(tmp_path: Path, read: str) -> None:
    store = VectorStore(tmp_path / "generation-1" / "chroma")

    with pytest.raises(NoIndex) as caught:
        store.check() if read == "check" else store.nearest(FIRST, k=1)

    cure = f"Remove {tmp_path}/generation-1 and build again: blincite index build"
    assert str(caught.value) == f"{store.folder}: damaged. {cure}"
    assert not store.folder.exists()


def test_an_overwritten_store_is_one_line_with_the_cure(tmp_path: Path) -> None:
    store = VectorStore(tmp_path / "chroma")
    store.folder.mkdir()
    (store.folder / "chroma.sqlite3").write_bytes(b"junk" * 1000)

    with pytest.raises(NoIndex, match=r"chroma: damaged\. Remove .* blincite index build$"):
        store.nearest(FIRST, k=1)


def test_any_number_of_passages_can_be_stored_at_once(tmp_path: Path, corpus_folder: Path) -> None:
    document = read_corpus(corpus_folder).documents[0]
    one = passages_of(document, 700)[0]
    many = [
        Passage(f"p{n}", one.doc_id, one.section, one.start, one.end, one.sentences)
        for n in range(4100)
    ]
    store = VectorStore(tmp_path / "chroma")

    store.add(many, [document.study] * 4100, directions(4100))

    assert store.count() == 4100
    store.close()

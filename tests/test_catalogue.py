"""The catalogue gives back what was written, and says when it cannot be read."""

from pathlib import Path

import numpy as np
import pytest

from index.catalogue import Catalogue
from index.errors import NoIndex
from index.passages import Passage, passages_of
from index.readers import Corpus, read_corpus

VECTORS = {
    "b" * 64: np.array([0.6, -0.8], dtype=np.float32),
    "a" * 64: np.array([1 / 3, 1e-7], dtype=np.float32),
}


@pytest.fixture
def corpus(corpus_folder: Path) -> Corpus:
    return read_corpus(corpus_folder)


@pytest.fixture
def passages(corpus: Corpus) -> list[Passage]:
    return [passage for document in corpus.documents for passage in passages_of(document, 200)]


@pytest.fixture
def path(tmp_path: Path, corpus: Corpus, passages: list[Passage]) -> Path:
    """A written and closed catalogue."""
    path = tmp_path / "generation-1" / "catalogue.sqlite"
    path.parent.mkdir()
    write(path, corpus, passages)
    return path


def write(path: Path, corpus: Corpus, passages: list[Passage]) -> None:
    catalogue = Catalogue(path)
    catalogue.write(corpus.documents, passages, corpus.trials, VECTORS)
    catalogue.close()


def test_documents_come_back_as_they_were(path: Path, corpus: Corpus) -> None:
    catalogue = Catalogue(path)

    assert tuple(catalogue.document(d.doc_id) for d in corpus.documents) == corpus.documents


def test_passages_come_back_in_their_order(path: Path, passages: list[Passage]) -> None:
    assert Catalogue(path).passages() == tuple(passages)


def test_trials_come_back_as_they_were(path: Path, corpus: Corpus) -> None:
    assert Catalogue(path).trials() == corpus.trials


def test_vectors_come_back_bit_for_bit(path: Path) -> None:
    found = Catalogue(path).vectors()

    assert {content: vector.tobytes() for content, vector in found.items()} == {
        content: vector.tobytes() for content, vector in VECTORS.items()
    }


def test_studies_come_sorted_by_id(path: Path) -> None:
    studies = Catalogue(path).studies()

    assert [study.doc_id for study in studies] == sorted(study.doc_id for study in studies)


def test_documents_are_counted(path: Path) -> None:
    assert Catalogue(path).count() == 4


def test_an_unknown_document_is_a_key_error(path: Path) -> None:
    with pytest.raises(KeyError, match="nobody-2091"):
        Catalogue(path).document("nobody-2091")
    with pytest.raises(KeyError, match="nobody-2091"):
        Catalogue(path).study("nobody-2091")


def test_an_unknown_trial_is_none(path: Path) -> None:
    catalogue = Catalogue(path)

    assert catalogue.trial("nowhere-3") is None
    assert catalogue.trial(None) is None


def test_a_closed_catalogue_is_a_single_file(path: Path) -> None:
    assert [file.name for file in path.parent.iterdir()] == ["catalogue.sqlite"]


def test_writing_the_same_twice_gives_the_same_bytes(
    path: Path, tmp_path: Path, corpus: Corpus, passages: list[Passage]
) -> None:
    write(tmp_path / "again.sqlite", corpus, passages)

    assert (tmp_path / "again.sqlite").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("name", ["what? a folder", "a#b", "a%20b", "Ødegård"])
def test_any_name_of_a_folder_will_do(
    tmp_path: Path, corpus: Corpus, passages: list[Passage], name: str
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    write(folder / "catalogue.sqlite", corpus, passages)

    assert (folder / "catalogue.sqlite").is_file()
    assert Catalogue(folder / "catalogue.sqlite").count() == 4


@pytest.mark.parametrize("damage", ["removed", "emptied", "overwritten", "cut"])
@pytest.mark.parametrize("read", ["studies", "passages", "trials", "vectors"])
def test_damage_is_one_line_with_the_cure(path: Path, damage: str, read: str) -> None:
    content = path.read_bytes()
    left = {"emptied": b"", "overwritten": b"junk" * 1000, "cut": content[: len(content) // 4]}
    path.unlink()
    if damage in left:
        path.write_bytes(left[damage])

    with pytest.raises(NoIndex) as caught:
        getattr(Catalogue(path), read)()

    cure = f"Remove {path.parent} and build again: blincite index build"
    assert str(caught.value) == f"{path}: damaged. {cure}"


def test_reading_a_missing_catalogue_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        Catalogue(tmp_path / "catalogue.sqlite").count()

    assert list(tmp_path.iterdir()) == []

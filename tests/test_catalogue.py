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


def test_passages_come_in_the_order_of_the_numbers_asked_for(
    path: Path, passages: list[Passage]
) -> None:
    found = Catalogue(path).passages_at([5, 0, 2])

    assert found == [passages[5], passages[0], passages[2]]


def test_numbers_come_in_the_order_of_the_ids_asked_for(
    path: Path, passages: list[Passage]
) -> None:
    ids = [passages[number].passage_id for number in (4, 1, 3)]

    assert Catalogue(path).numbers_of(ids).tolist() == [4, 1, 3]


def test_an_id_of_another_index_is_damage(path: Path) -> None:
    with pytest.raises(NoIndex, match="damaged"):
        Catalogue(path).numbers_of(["nobody-2091/results/9"])


def test_the_numbers_of_the_passages_of_documents_ascend(
    path: Path, passages: list[Passage]
) -> None:
    last, first = passages[-1].doc_id, passages[0].doc_id

    found = Catalogue(path).numbers_in([last, first])

    expected = [n for n, passage in enumerate(passages) if passage.doc_id in (last, first)]
    assert found.tolist() == expected


def test_documents_that_do_not_exist_are_left_out(path: Path, corpus: Corpus) -> None:
    one = corpus.documents[1]

    assert Catalogue(path).documents_of([one.doc_id, "nobody-2091"]) == {one.doc_id: one}


def test_more_is_asked_for_than_one_statement_takes(path: Path) -> None:
    ids = [f"nobody-{number}" for number in range(40_000)]

    assert Catalogue(path).documents_of(ids) == {}


def test_columns_say_of_each_passage_what_its_study_says(
    path: Path, corpus: Corpus, passages: list[Passage]
) -> None:
    columns = Catalogue(path).columns()

    studies = {document.doc_id: document.study for document in corpus.documents}
    said = [
        (columns.kinds[place], columns.age_groups[place], columns.years[place])
        for place in columns.document_of
    ]
    assert said == [
        (study.kind, frozenset(study.age_group), study.year)
        for study in (studies[passage.doc_id] for passage in passages)
    ]


def test_what_a_study_does_not_say_is_no_number(path: Path, corpus: Corpus) -> None:
    columns = Catalogue(path).columns()

    silent = [document.study.randomised is None for document in corpus.documents]
    assert np.isnan(columns.randomised).tolist() == silent
    assert any(silent)


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


def test_documents_and_passages_are_counted(path: Path, passages: list[Passage]) -> None:
    assert Catalogue(path).count() == 4
    assert Catalogue(path).passage_count() == len(passages)


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
@pytest.mark.parametrize("read", ["studies", "passages", "trials", "vectors", "columns", "count"])
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

"""The words of a corpus, kept with its index."""

from pathlib import Path

import pytest

from index.errors import NoIndex
from index.generations import current_generation
from index.readers import Corpus, read_corpus
from index.settings import IndexSettings
from index.vocabulary import FILE, initials, read_vocabulary, words, write_vocabulary


def test_words_are_names_and_words_without_numbers() -> None:
    assert words("KMT2A-r in 30 infants, 81.6%") == ["KMT2A-r", "in", "infants"]


def test_initials_of_a_journal() -> None:
    assert initials("New England Journal of Medicine") == "NEJM"


def test_every_word_of_a_document_is_kept_once(built: IndexSettings) -> None:
    kept = read_vocabulary(current_generation(built.folder)).split("\n")

    texts = [document.text for document in read_corpus(built.corpus).documents]
    assert {word.lower() for text in texts for word in words(text)} <= set(kept)
    assert kept == sorted(set(kept))


def test_what_is_kept_reads_as_the_same_words(tmp_path: Path, real_corpus: Corpus) -> None:
    write_vocabulary(tmp_path, real_corpus)

    kept = read_vocabulary(tmp_path)

    assert words(kept) == kept.split("\n")
    assert {"blinatumomab", "nejm", "interfant-06"} <= set(kept.split("\n"))


def test_a_missing_file_says_how_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(NoIndex) as caught:
        read_vocabulary(tmp_path)

    assert str(caught.value).startswith(f"{tmp_path / FILE}: damaged.")

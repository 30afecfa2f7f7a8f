"""The records of the corpus."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from index.readers.markdown import read_markdown

FILE = "aldermann-2091-lighthouse-1.md"


def test_a_section_is_the_text_between_its_offsets(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / FILE)

    [safety] = [section for section in document.sections if section.heading == "Safety"]

    words = (
        "In Lighthouse-1, grade ≥3 purple rash was seen in 6 of 60 (10%) infants with quibrimab."
    )
    assert document.text[safety.start : safety.end] == words


def test_a_document_bears_the_id_of_its_study(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / FILE)

    assert document.doc_id == "aldermann-2091-lighthouse-1"


def test_a_study_holds_what_the_front_matter_says(corpus_folder: Path) -> None:
    study = read_markdown(corpus_folder / FILE).study

    assert study.authors == ("Aldermann A", "Ødegård Ø", "et al.")
    assert (study.year, study.n, study.randomised) == (2091, 120, True)
    assert study.nct == ("NCT90000001",)


def test_absent_values_are_none_or_empty(corpus_folder: Path) -> None:
    study = read_markdown(corpus_folder / "label-2092-quibrimab.md").study

    assert (study.doi, study.trial, study.randomised, study.n) == (None, None, None, None)
    assert (study.authors, study.links) == ((), ())


def test_records_cannot_be_changed(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / FILE)

    with pytest.raises(FrozenInstanceError):
        document.text = "other words"  # type: ignore[misc]

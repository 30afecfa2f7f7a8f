from dataclasses import replace

from assistant.web.library_chart import chart
from assistant.web.library_page import LibraryPage
from assistant.web.library_view import shelf

from .hand_made import DOCUMENTS, HOSTILE, RESIDUAL, STUDY, TEXT, Shelf
from .test_markup import text_of


def page(**address: str) -> str:
    return LibraryPage(Shelf(), "22 November 2026").read(address)


def test_the_library_counts_its_documents() -> None:
    assert "2 of 2 documents" in page()


def test_the_newest_document_comes_first() -> None:
    shown = page()

    assert shown.index("Smith 2026") < shown.index("Smith 2023")


def test_a_study_page_holds_the_whole_text() -> None:
    shown = text_of(page(study="smith-2023-trial"))

    for paragraph in TEXT.split("\n\n"):
        assert paragraph in shown


def test_a_sentence_in_the_address_is_marked() -> None:
    start = TEXT.index(RESIDUAL)

    shown = page(study="smith-2023-trial", **{"from": str(start), "to": str(start + len(RESIDUAL))})

    assert text_of(shown.split("<mark>")[1].split("</mark>")[0]) == RESIDUAL


def test_an_address_with_impossible_offsets_marks_nothing() -> None:
    shown = page(study="smith-2023-trial", **{"from": "9", "to": "99999999"})

    assert "<mark>" not in shown


def test_a_study_that_is_not_there_is_said() -> None:
    shown = page(study=HOSTILE)

    assert "Not in the library" in shown
    assert "<img" not in shown


def test_a_study_without_a_year_or_a_journal_is_listed() -> None:
    bare = replace(STUDY, year=None, journal=None, volume=None, pages=None, n=None, follow_up=None)

    assert "Smith 2023" in shelf([bare])


def test_a_hostile_title_is_shown_as_text() -> None:
    shown = shelf([replace(STUDY, title=HOSTILE, population=HOSTILE, kind=HOSTILE)])

    assert "<img" not in shown
    assert "<script" not in shown


def test_the_drawing_is_told_in_a_sentence() -> None:
    shown = chart([kept.study for kept in DOCUMENTS])

    assert "2 documents from 2023 to 2026: trial reports 2" in shown

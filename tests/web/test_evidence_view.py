from dataclasses import replace

from assistant.answer import Evidence
from assistant.web.evidence_view import card, marked, panel
from assistant.web.numbering import Numbered

from .hand_made import HOSTILE, LATER, RESIDUAL, SURVIVAL, Shelf, evidence
from .test_markup import text_of


def drawn(piece: Evidence) -> str:
    return card(Numbered(1, piece), Shelf(), (), position=1, of=6)


def test_the_marked_words_are_the_quote_byte_for_byte() -> None:
    shown = marked(evidence("E1", RESIDUAL))

    assert text_of(shown.split("<mark>")[1].split("</mark>")[0]) == RESIDUAL


def test_the_words_around_the_quote_are_the_passage() -> None:
    piece = evidence("E1", RESIDUAL)

    assert text_of(marked(piece)) == piece.passage


def test_a_card_says_that_the_quote_was_found() -> None:
    assert "Found word for word in the stored text" in drawn(evidence("E1", SURVIVAL))


def test_a_card_says_that_the_quote_has_moved() -> None:
    moved = replace(evidence("E1", SURVIVAL), start=3, end=30)

    assert "at another place than when it was quoted" in drawn(moved)


def test_a_card_says_that_the_quote_is_gone() -> None:
    reworded = replace(evidence("E1", SURVIVAL), quote="Survival was 18.6%.")

    assert "No longer in the stored text" in drawn(reworded)


def test_a_document_that_is_gone_counts_as_not_found() -> None:
    piece = evidence("E1", SURVIVAL)
    gone = replace(piece, study=replace(piece.study, doc_id="gone"))

    assert "No longer in the stored text" in drawn(gone)


def test_only_known_identifiers_are_linked_and_open_apart() -> None:
    shown = drawn(evidence("E1", SURVIVAL))
    later = drawn(replace(evidence("E1", SURVIVAL), study=LATER))

    assert (
        '<a href="https://doi.org/10.1000/abc.123" target="_blank" rel="noopener noreferrer">'
        in shown
    )
    assert "https://pubmed.ncbi.nlm.nih.gov/12345678/" in shown
    assert "https://clinicaltrials.gov/study/NCT00000001" in shown
    assert "https://www.clinicaltrialsregister.eu/ctr-search/search?query=2016-000000-17" in shown
    assert "doi.org" not in later


def test_the_reports_of_the_trial_say_which_is_shown_and_which_is_newest() -> None:
    shown = text_of(drawn(evidence("E1", SURVIVAL)))

    assert "2023 · primary: 2-year figures shown here" in shown
    assert "2026 · follow-up: 4-year figures (new tab) newest" in shown


def test_the_study_page_is_linked_at_the_sentence() -> None:
    piece = evidence("E1", SURVIVAL)

    assert f"/library?study=smith-2023-trial&amp;from={piece.start}&amp;to={piece.end}" in drawn(
        piece
    )


def test_a_hostile_document_is_shown_as_text() -> None:
    study = replace(
        evidence("E1", SURVIVAL).study, title=HOSTILE, journal=HOSTILE, doi='"><script>'
    )
    hostile = replace(evidence("E1", SURVIVAL), study=study, passage=HOSTILE, section=HOSTILE)

    shown = drawn(hostile)

    assert "<img" not in shown
    assert "<script" not in shown


def test_the_panel_counts_its_cards() -> None:
    cards = [Numbered(1, evidence("E1", SURVIVAL)), Numbered(4, evidence("E2", RESIDUAL))]

    shown = panel(cards, Shelf())

    assert "2 of 2" in shown
    assert 'id="e4"' in shown


def test_links_from_a_card_do_not_leave_the_conversation() -> None:
    shown = drawn(evidence("E1", SURVIVAL))

    assert shown.count("<a href=") == shown.count('target="_blank"')

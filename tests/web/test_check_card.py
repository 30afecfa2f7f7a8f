"""The card of a checked sentence."""

from dataclasses import replace

from assistant.web.check_card import card, panel

from .hand_checked import (
    AGAINST,
    NEAR,
    OPINION,
    OVERSTATED,
    RIGHT,
    TORN,
    UNKNOWN,
    WRONG,
    one,
)
from .hand_made import FOLLOWED, HOSTILE, RELEASE, RESIDUAL, SURVIVAL, Shelf, evidence
from .test_markup import text_of


def drawn(sentence: str) -> str:
    return card(one(sentence), Shelf(), number=2, of=5)


def marks(shown: str) -> list[str]:
    return [text_of(part.split("</mark>")[0]) for part in shown.split("<mark>")[1:]]


def test_a_card_says_which_sentence_of_how_many() -> None:
    assert "Sentence 2 of 5" in text_of(drawn(RIGHT))
    assert 'data-card="2"' in drawn(RIGHT)


def test_the_marked_words_are_the_quote_byte_for_byte() -> None:
    assert marks(drawn(WRONG)) == [SURVIVAL]
    assert marks(drawn(TORN)) == [SURVIVAL, RESIDUAL]
    assert marks(drawn(UNKNOWN)) == [FOLLOWED]


def test_both_sides_are_named_even_where_one_is_empty() -> None:
    supported, contradicted = text_of(drawn(RIGHT)), text_of(drawn(WRONG))

    assert "Againstnone found in 2 documents" in supported
    assert "Fornone found in 2 documents" in contradicted


def test_the_side_that_decides_comes_first() -> None:
    assert drawn(WRONG).index(">Against<") < drawn(WRONG).index(">For<")
    assert drawn(TORN).index(">For<") < drawn(TORN).index(">Against<")


def test_text_and_source_are_compared_part_by_part_in_words() -> None:
    table = drawn(WRONG).split("<tbody>")[1].split("</tbody>")[0]

    same, differs = table.removesuffix("</tr>").split("</tr>")
    assert text_of(same) == "End pointdisease-free survivaldisease-free survivalsame"
    assert text_of(differs) == "Value93.3%81.6%differs"
    assert [part.startswith('<tr class="bad">') for part in (same, differs)] == [False, True]


def test_what_is_open_shows_the_nearest_sentence() -> None:
    shown = text_of(drawn(UNKNOWN))

    assert "Nearest" in shown
    assert "none found in 2 documents" in shown


def test_how_it_was_weighed_is_told_in_numbers_with_their_names() -> None:
    told = text_of(drawn(WRONG))

    assert "Nearest sentence" in told
    assert (
        "Smith 2023: similarity 7.2; by itself it supports the text with probability 0.04, "
        "contradicts it with 0.90, leaves it open with 0.06"
    ) in told


def test_the_decisive_sentence_is_told_apart_from_the_nearest() -> None:
    two = replace(one(WRONG), nearest=NEAR)

    told = text_of(card(two, Shelf(), number=1, of=1))

    assert told.index("Decisive sentence") < told.index("Nearest sentence")


def test_failed_checks_are_said_the_others_counted_stems_left_out() -> None:
    told = text_of(drawn(WRONG))

    assert "1 of 2 checks passed" in told
    assert "Failed: The quote gives 81.6%, not 93.3%." in told
    assert "diseas " not in told


def test_an_overstatement_is_named() -> None:
    assert f"Overstated. {OVERSTATED}" in text_of(drawn(TORN))


def test_how_a_sentence_was_read_is_told_where_it_was_completed() -> None:
    assert f"Read as: {WRONG} (in the infant trial)" in text_of(drawn(WRONG))
    assert "Read as" not in text_of(drawn(RIGHT))


def test_the_study_is_told_with_its_design_and_its_links() -> None:
    shown = drawn(RIGHT)

    assert "Blinatumomab in Infants" in shown
    assert "Historical controls" in shown
    assert "https://doi.org/10.1000/abc.123" in shown
    assert "/library?study=smith-2023-trial" in shown


def test_a_quote_that_is_gone_is_said_to_be_gone() -> None:
    gone = replace(AGAINST, evidence=replace(AGAINST.evidence, quote="Never written."))

    shown = card(replace(one(WRONG), best_against=gone), Shelf(), number=1, of=1)

    assert "No longer in the stored text" in shown


def test_two_sentences_that_hold_a_claim_together_are_both_marked() -> None:
    both = replace(AGAINST, evidence=evidence("E1", RESIDUAL), also=evidence("E2", RELEASE))

    shown = card(replace(one(WRONG), best_against=both), Shelf(), number=1, of=1)

    assert marks(shown) == [RESIDUAL, RELEASE]
    assert "Results, sentences 1 and 1 of 1" in shown


def test_what_is_not_checkable_has_no_card() -> None:
    assert drawn(OPINION) == ""
    assert panel([card(one(OPINION), Shelf(), number=1, of=1)], first=1) == ""


def test_a_panel_says_which_sentences_it_is_of() -> None:
    shown = panel([card(one(RIGHT), Shelf(), number=41, of=60)] * 2, first=41)

    assert 'aria-label="Evidence for sentences 41 to 42"' in shown


def test_a_hostile_source_is_shown_as_text() -> None:
    study = replace(AGAINST.evidence.study, title=HOSTILE, journal=HOSTILE)
    piece = replace(AGAINST.evidence, study=study, section=HOSTILE, passage=HOSTILE)
    hostile = replace(AGAINST, evidence=piece)

    shown = card(replace(one(WRONG), best_against=hostile), Shelf(), number=1, of=1)

    assert "<img" not in shown
    assert "<script" not in shown

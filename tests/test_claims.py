"""The claim desk: a text to verdicts."""

import pytest
from assistant_stand_ins import COHORTS, candidate, study
from claim_stand_ins import READER, Agrees, Shelf, WordReranker, desk, shelf_search

from assistant.answer import Verdict
from assistant.claims.desk import ClaimDesk
from assistant.claims.search import EvidenceSearch
from assistant.claims.text import BadText

TRUE = "At 2 years, event-free survival in Lighthouse-1 was 81.6% with quibrimab."
FALSE = "At 2 years, event-free survival in Lighthouse-1 was 91.6% with quibrimab."
SINGLE_ARM = study(
    "aldermann-2091",
    "Aldermann 2091",
    trial="lighthouse-1",
    design="single-arm phase 2 trial with historical controls",
    randomised=False,
)
UNKNOWN = "Musicians play the violin to sleeping cats."


def test_a_claim_that_a_source_states_is_supported_with_its_quote() -> None:
    checked = desk().check_one(TRUE)

    assert checked.verdict is Verdict.SUPPORTED
    assert checked.best_for is not None
    assert checked.best_for.evidence.quote == TRUE


def test_another_figure_under_the_same_key_contradicts_and_is_named() -> None:
    checked = desk().check_one(FALSE)

    assert checked.verdict is Verdict.CONTRADICTED
    assert checked.best_against is not None
    assert ("value", "91.6%", "81.6%", False) in [
        (part.name, part.claim, part.source, part.same) for part in checked.best_against.parts
    ]
    assert "91.6%" in checked.why
    assert "81.6%" in checked.why


def test_what_no_sentence_is_about_is_not_in_the_corpus() -> None:
    checked = desk().check_one(UNKNOWN)

    assert checked.verdict is Verdict.NOT_ENOUGH
    assert checked.word == "not in the corpus"
    assert checked.nearest is not None
    assert (checked.best_for, checked.best_against) == (None, None)


def test_a_claim_to_an_empty_shelf_has_no_nearest_sentence() -> None:
    search = EvidenceSearch(READER, Shelf(), WordReranker(), COHORTS)

    checked = ClaimDesk(READER, search, COHORTS, Agrees()).check_one(TRUE)

    assert (checked.verdict, checked.nearest) == (Verdict.NOT_ENOUGH, None)


def test_a_desk_without_verifier_weighs_figures_and_words() -> None:
    plain = ClaimDesk(READER, shelf_search(), COHORTS, None)

    assert plain.check_one(TRUE).verdict is Verdict.SUPPORTED


def test_a_text_is_checked_sentence_by_sentence_in_place() -> None:
    text = f"Good news\n\n{TRUE} {FALSE} Is that not wonderful?"

    checked = desk().check(text)

    assert [one.word for one in checked.sentences] == [
        "not checkable",
        "supported",
        "contradicted",
        "not checkable",
    ]
    assert [text[one.start : one.end] for one in checked.sentences] == [
        one.text for one in checked.sentences
    ]
    assert checked.complete
    assert checked.summary == "2 checkable sentences: 1 supported, 1 contradicted"


def test_progress_counts_every_sentence() -> None:
    heard: list[tuple[int, int]] = []

    desk().check(f"{TRUE} {FALSE}", progress=lambda done, total: heard.append((done, total)))

    assert heard == [(1, 2), (2, 2)]


def test_a_check_that_is_stopped_hands_back_what_is_done() -> None:
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 1

    checked = desk().check(f"{TRUE} {FALSE}", stopped=stopped)

    assert len(checked.sentences) == 1
    assert not checked.complete


def test_a_sentence_is_read_with_what_the_one_before_it_spoke_of() -> None:
    checked = desk().check(f"{TRUE} Fever occurred in 12% of the infants.")

    assert checked.sentences[1].read_as == "Fever occurred in 12% of the infants (in Lighthouse-1)."


def test_a_claim_that_is_surer_than_its_source_is_named() -> None:
    claim = "It is proven that event-free survival in Lighthouse-1 at 2 years was 81.6%."

    checked = desk(candidate(TRUE, of=SINGLE_ARM)).check_one(claim)

    assert checked.overstated == (
        "The source is a single-arm phase 2 trial with historical controls; "
        "the claim says “proven”."
    )


def test_an_empty_text_is_refused_before_anything_is_searched() -> None:
    with pytest.raises(BadText, match="no text to check"):
        desk().check(" \n ")


def test_checking_twice_says_the_same() -> None:
    once, twice = desk().check_one(FALSE), desk().check_one(FALSE)

    assert once == twice

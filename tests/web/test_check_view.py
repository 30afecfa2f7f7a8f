"""What stands over the sentences of a check, and the sentences."""

from dataclasses import replace

from assistant.answer import Verdict
from assistant.claims.records import Part
from assistant.web.check_ledger import ends_paragraph, row
from assistant.web.check_proof import proof_line
from assistant.web.check_run import stop
from assistant.web.check_view import heading, how_far, spoken, tally
from assistant.web.turns import Problem

from .hand_checked import (
    AGAINST,
    OPINION,
    OVERSTATED,
    RIGHT,
    TEXT,
    TORN,
    UNKNOWN,
    WRONG,
    one,
    run,
    whole,
)
from .hand_made import HOSTILE, Shelf
from .test_markup import text_of


def drawn(sentence: str) -> str:
    return row(one(sentence), 4, ends_paragraph=False)


def test_the_welcome_counts_the_documents() -> None:
    assert "is held against 2 documents" in text_of(heading(None, 2))


def test_the_heading_counts_every_sentence() -> None:
    assert text_of(heading(run(), 2)).startswith("Checked text, 5 sentences")


def test_the_report_is_offered_in_every_form_once_the_check_has_ended() -> None:
    ended = heading(run(), 2)

    assert [f'href="/checked/abc{ending}"' in ended for ending in (".md", ".docx", ".html")] == [
        True
    ] * 3
    assert all(f"/checked/abc{ending}" in ended for ending in (".json", ".csv", ".tsv"))
    assert "/checked/" not in heading(run(done=2), 2)
    assert "/checked/" in heading(stop(run(done=2)), 2)


def test_a_teaching_pack_is_offered_only_where_a_sentence_is_settled() -> None:
    assert ".csv" not in heading(run(UNKNOWN), 2)


def test_the_summary_counts_by_verdict() -> None:
    assert "4 checkable sentences: 1 supported, 1 contradicted, 1 mixed, 1 not in the corpus." in (
        text_of(tally(run()))
    )


def test_a_growing_summary_is_busy_and_keeps_room_for_the_rest() -> None:
    growing = tally(run(done=2))

    assert 'aria-busy="true"' in growing
    assert '<i class="rest" style="flex:3"></i>' in growing
    assert 'aria-busy="false"' in tally(run())
    assert '"rest"' not in tally(run())


def test_the_sieve_counts_each_verdict_and_is_there_where_there_is_much_to_sift() -> None:
    assert 'value="no"><span>Contradicted <b class="num">1</b>' in tally(run())
    assert '<fieldset class="show">' in tally(run())
    assert '<fieldset class="show" hidden>' in tally(run(WRONG))


def test_progress_counts_in_words_with_a_way_to_stop() -> None:
    begun, nearly = how_far(run(done=0), Shelf()), how_far(run(done=4), Shelf())

    assert "Checking 5 sentences against their quotes" in begun
    assert "Checking 1 more sentence against its quotes" in nearly
    assert "data-stop" in begun


def test_a_stopped_check_says_how_far_it_came() -> None:
    assert "Stopped after 2 of 5 sentences; the others are unchecked." in (
        how_far(stop(run(done=2)), Shelf())
    )
    assert "Stopped before the first sentence." in how_far(stop(run(done=0)), Shelf())


def test_a_problem_is_said_with_its_command_and_a_way_to_go_on() -> None:
    failed = replace(run(done=1), problem=Problem("Gone. Run `blincite index build`.", "Kept."))

    shown = how_far(failed, Shelf())

    assert "<code>blincite index build</code>" in shown
    assert "data-recheck" in shown


def test_a_whole_check_says_that_its_quotes_were_found() -> None:
    assert "All 5 quotes found word for word" in how_far(run(), Shelf())


def test_one_quote_is_told_in_the_singular() -> None:
    assert "The quote was found word for word" in how_far(run(RIGHT), Shelf())


def test_quotes_that_are_gone_are_counted_out() -> None:
    gone = replace(AGAINST, evidence=replace(AGAINST.evidence, quote="Never written."))
    text = whole(f"{RIGHT} {WRONG}")
    first, second = text.sentences

    line = proof_line(replace(text, sentences=(first, replace(second, best_against=gone))), Shelf())

    assert "1 of 2 quotes found word for word" in line


def test_what_a_screen_reader_hears() -> None:
    assert "Checking 5 sentences" in spoken(run(done=3))
    assert "Stopped" in spoken(stop(run(done=3)))
    assert "Check complete, 4 checkable sentences: 1 supported" in spoken(run())


def test_a_verdict_has_a_word_a_drawing_and_a_colour() -> None:
    shown = {sentence: drawn(sentence) for sentence in (RIGHT, WRONG, TORN, UNKNOWN, OPINION)}

    assert '<span class="v yes"><svg' in shown[RIGHT]
    assert text_of(shown[WRONG]).startswith("Contradicted")
    assert text_of(shown[TORN]).startswith("Mixed")
    assert text_of(shown[UNKNOWN]).startswith("Not in the corpus")
    assert text_of(shown[OPINION]).startswith("Not checkable")


def test_a_checked_sentence_links_to_its_evidence_an_opinion_to_nothing() -> None:
    assert '<a href="/check#s4" data-e="4">' in drawn(RIGHT)
    assert "<a " not in drawn(OPINION)
    assert "An opinion, a wish or an appeal." in text_of(drawn(OPINION))


def test_the_words_that_differ_are_underlined() -> None:
    assert '<em class="hit"><span class="nb">93.3%</span></em>' in drawn(WRONG)
    assert '<em class="hit">proven</em>' in drawn(TORN)
    assert "<em" not in drawn(RIGHT)


def test_words_that_overlap_are_underlined_once() -> None:
    parts = (
        Part("value", "survival was 93.3%", "x", same=False),
        Part("arm", "disease-free survival", "x", same=False),
    )
    torn = replace(one(WRONG), best_against=replace(AGAINST, parts=parts))

    shown = row(torn, 1, ends_paragraph=False)

    assert shown.count("<em") == 1
    assert text_of(shown.split('<em class="hit">')[1].split("</em>")[0]) == (
        "disease-free survival was 93.3%"
    )


def test_an_overstatement_is_named_under_its_sentence() -> None:
    assert OVERSTATED in text_of(drawn(TORN))


def test_the_sentence_is_shown_as_it_was_written() -> None:
    hostile = replace(one(WRONG), text=HOSTILE, why=HOSTILE)

    shown = row(hostile, 1, ends_paragraph=False)

    assert "<img" not in shown
    assert "<script" not in shown
    assert HOSTILE in text_of(shown)


def test_a_paragraph_ends_where_an_empty_line_follows() -> None:
    sentences = whole().sentences

    assert [ends_paragraph(each, TEXT) for each in sentences] == [False, True, False, False, False]


def test_a_verdict_not_settled_has_no_underline() -> None:
    open_ = replace(one(WRONG), verdict=Verdict.NOT_ENOUGH)

    assert "<em" not in row(open_, 1, ends_paragraph=False)

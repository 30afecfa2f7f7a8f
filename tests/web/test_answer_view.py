from dataclasses import replace

from markupsafe import Markup

from assistant.answer import Answer, Check, Citation, Conflict, Filters, Opening, Side, Verdict
from assistant.web.answer_view import answer_body, read_as
from assistant.web.numbering import number
from assistant.web.talk_view import About, spoken, talk
from assistant.web.turns import Problem, Turn, answers, stop

from .hand_made import (
    DOCUMENTS,
    DOSE,
    FOLLOWED,
    HOSTILE,
    RELEASE,
    RESIDUAL,
    SURVIVAL,
    abstention,
    answer,
    claim,
    doubted,
    evidence,
)
from .test_markup import text_of


def body(given: Answer) -> str:
    return answer_body(given, number([given]).turns[0], "22 November 2026")


def page(*turns: Turn) -> str:
    numbering = number(turn.answer for turn in turns)
    return talk(turns, numbering, About(2, "22 November 2026"))


def test_a_question_is_shown_as_text_whatever_it_holds() -> None:
    shown = page(Turn(HOSTILE, answer(evidence("E1", SURVIVAL), question=HOSTILE)))

    assert "<img" not in shown
    assert "<script" not in shown
    assert HOSTILE in text_of(shown)


def test_a_claim_is_shown_as_text_whatever_it_holds() -> None:
    piece = evidence("E1", SURVIVAL)
    given = replace(answer(piece), claims=(claim(piece, HOSTILE),), caveats=(HOSTILE,))

    shown = body(given)

    assert "<img" not in shown
    assert "<script" not in shown


def test_a_citation_names_its_study_and_leads_to_its_card() -> None:
    shown = body(answer(evidence("E1", SURVIVAL)))

    assert (
        '<a class="cite" href="/#e1" data-e="1" aria-label="Evidence 1, Smith 2023">1</a>' in shown
    )


def test_the_strip_says_what_the_bottom_line_rests_on() -> None:
    shown = text_of(body(answer(evidence("E1", SURVIVAL))))

    assert "DesignSingle-arm phase 2 trial" in shown
    assert "Compared withHistorical controls" in shown
    assert "Patients30 v 214" in shown
    assert "Follow-upMedian 26.3 months" in shown


def test_a_retraction_comes_first_in_the_strip() -> None:
    piece = evidence("E1", SURVIVAL)
    retracted = replace(piece, study=replace(piece.study, status="retracted: data errors"))

    shown = text_of(body(answer(retracted)))

    assert shown.index("Retracted: data errors") < shown.index("Design")


def test_sentences_of_several_studies_stand_under_their_names() -> None:
    pieces = (evidence("E1", SURVIVAL), evidence("E2", FOLLOWED, DOCUMENTS[1]))

    shown = text_of(body(answer(*pieces)))

    assert "Smith 2026 Trial, one arm, another report of the same trial" in shown


def test_sentences_of_one_study_need_no_name() -> None:
    shown = body(answer(evidence("E1", SURVIVAL), evidence("E2", RESIDUAL)))

    assert "Further findings" in shown
    assert "<h3" not in shown


def test_the_proof_line_counts_sentences_that_stand_word_for_word() -> None:
    shown = body(answer(evidence("E1", SURVIVAL), evidence("E2", RESIDUAL)))

    assert "All 2 sentences word for word" in shown


def test_the_proof_line_says_when_a_sentence_is_reworded() -> None:
    pieces = (evidence("E1", SURVIVAL), evidence("E2", RESIDUAL))
    given = replace(answer(*pieces), claims=(claim(pieces[0]), claim(pieces[1], "Most did well.")))

    shown = body(given)

    assert "1 of 2 sentences word for word" in shown


def test_a_quote_that_is_not_in_its_passage_is_not_counted() -> None:
    piece = replace(evidence("E1", SURVIVAL), passage="Something else.")

    shown = body(answer(piece))

    assert "0 of 1 sentence word for word" in shown


def test_an_unflattering_verdict_is_shown_in_words() -> None:
    piece = evidence("E1", SURVIVAL)
    given = replace(answer(piece), claims=(claim(piece, verdict=Verdict.CONTRADICTED),))

    assert "Contradicted" in body(given)


def test_a_citation_without_evidence_makes_no_link() -> None:
    piece = evidence("E1", SURVIVAL)
    lost = replace(claim(piece), citations=(Citation("E9", "gone"),))

    shown = body(replace(answer(piece), claims=(lost,)))

    assert 'class="cite"' not in shown


def test_a_growing_answer_has_no_proof_line_yet() -> None:
    half = replace(answer(evidence("E1", SURVIVAL)), complete=False)

    assert "word for word" not in body(half)


def test_a_refusal_says_what_was_searched_what_is_nearest_and_what_would_answer() -> None:
    shown = text_of(body(abstention()))

    assert "Not in the corpus" in shown
    assert "Searched fordisease-free survival · 10 years · 2 documents" in shown
    assert f"Nearest{SURVIVAL}1" in shown
    assert "What would answer itA later report of these infants." in shown


def test_a_refusal_without_a_search_says_what_to_ask_instead() -> None:
    refused = replace(
        abstention(),
        documents_searched=0,
        searched_for=None,
        nearest=None,
        would_answer="Which doses did the trials use?",
    )

    shown = text_of(body(refused))

    assert "Not answered" in shown
    assert "Ask insteadWhich doses did the trials use?" in shown
    assert "Not in the corpus" not in shown
    assert "What would answer it" not in shown


def test_a_refusal_under_filters_says_so() -> None:
    shown = text_of(body(replace(abstention(), filters=Filters(populations=("infant",)))))

    assert "only infants" in shown


def test_a_question_completed_from_the_conversation_can_be_changed() -> None:
    shown = read_as(abstention())

    assert "Read as: " in shown
    assert 'data-edit="10-year disease-free survival in infants"' in shown


def test_a_question_read_as_it_was_asked_needs_no_line() -> None:
    assert read_as(answer(evidence("E1", SURVIVAL))) == ""


def test_copying_takes_the_references_along() -> None:
    shown = body(answer(evidence("E1", SURVIVAL)))

    assert "[1] Smith A, Jones B, Kim C, Lee D. Blinatumomab in Infants." in shown


def test_more_evidence_is_folded_away() -> None:
    pieces = (evidence("E1", SURVIVAL), evidence("E2", DOSE))
    given = replace(answer(*pieces), claims=(claim(pieces[0]),), more=(claim(pieces[1]),))

    shown = body(given)

    assert "<details" in shown
    assert "All 2 sentences word for word" in shown


def test_a_problem_keeps_the_question_and_what_was_shown() -> None:
    half = replace(answer(evidence("E1", SURVIVAL)), complete=False)
    shown = page(Turn("What now?", half, Problem("It broke. Run `fix`.", "Ask again.")))

    assert "Bottom line" in shown
    assert 'data-keep-question="What now?"' in shown
    assert "<code>fix</code>" in shown


def test_a_stopped_answer_says_how_much_of_it_there_is() -> None:
    half = replace(answer(evidence("E1", SURVIVAL)), complete=False)

    (turn,) = stop([Turn("What?", half)])

    assert "Stopped after 1 sentence" in page(turn)
    assert answers([turn])[0].complete


def test_a_screen_reader_hears_the_stages_of_an_answer() -> None:
    whole = answer(evidence("E1", SURVIVAL))
    turns = [Turn("Q"), Turn("Q", replace(whole, complete=False)), Turn("Q", whole)]

    said = [text_of(spoken([turn], 2)) for turn in turns]

    assert said == [
        "Searching 2 documents",
        "Bottom line ready",
        "Answer complete, 1 sentence, 1 citation",
    ]


def test_a_withheld_sentence_is_said_with_its_reason_and_shown_on_demand() -> None:
    shown = body(doubted())

    (summary, hidden) = shown.split("</summary>")[-2:]
    assert text_of(summary).endswith(
        "1 sentence withheld: 93.3% is overall survival, not disease-free survival. Show it"
    )
    assert "disease-free survival was 93.3%" in text_of(hidden)
    assert "Failed: 93.3% is overall survival" in text_of(hidden)


def test_several_withheld_sentences_are_counted() -> None:
    given = replace(doubted(), withheld=doubted().withheld * 2)

    assert "2 sentences withheld Show them" in text_of(body(given))


def test_evidence_against_is_shown_with_its_citation() -> None:
    shown = text_of(body(doubted()))

    assert f"Evidence against{RELEASE}2" in shown


def test_evidence_against_that_was_looked_for_in_vain_is_said() -> None:
    assert "No evidence against this was found in the corpus." in text_of(
        body(replace(doubted(), against=()))
    )


def test_a_shown_sentence_that_speaks_against_the_bottom_line_is_named_not_repeated() -> None:
    piece, other = evidence("E1", SURVIVAL), evidence("E2", RELEASE)

    shown = text_of(body(replace(answer(piece, other), against=(other,))))

    assert shown.count(RELEASE) == 1
    assert f"Evidence againstThe sentence of {other.study.short} above.2" in shown


def test_nothing_is_said_of_evidence_against_that_was_not_looked_for() -> None:
    assert "against" not in text_of(body(replace(doubted(), against=None)))


def test_the_proof_line_counts_the_checks() -> None:
    assert "The sentence is word for word, its check passed" in text_of(body(doubted()))


def test_the_proof_line_says_when_a_shown_sentence_failed_a_check() -> None:
    failed = replace(doubted(), claims=doubted().withheld, withheld=())

    assert "0 of 1 sentence word for word, 1 of 2 checks passed" in text_of(body(failed))


def test_what_a_chat_model_worded_is_proven_by_its_verdict() -> None:
    piece = evidence("E1", SURVIVAL)
    worded = replace(
        answer(piece), claims=(claim(piece, "It was 81.6%."),), generated_by="ollama:tiny"
    )

    assert "The sentence is carried by quotes, worded by ollama:tiny" in text_of(body(worded))


def test_a_refusal_can_be_exported_but_has_no_proof_line() -> None:
    export = Markup('<a href="/card/1.json">JSON</a>')
    refused = answer_body(abstention(), number([abstention()]).turns[0], "today", export)

    assert "/card/1.json" in refused
    assert "word for word" not in refused


def test_two_sources_that_differ_are_set_side_by_side_with_what_the_corpus_says() -> None:
    shown = [evidence("E1", SURVIVAL), evidence("E2", FOLLOWED, DOCUMENTS[1])]
    told = evidence("E3", RESIDUAL)
    sides = (Side("81.6%", "E1"), Side("83.3%", "E2"))
    given = answer(shown[0])
    given = replace(
        given,
        evidence=(*shown, told),
        conflicts=(Conflict("disease-free survival", sides, "E3"),),
    )

    said = text_of(body(given))

    assert "Sources differ" in said
    assert "Disease-free survival: 81.6% in Smith 20231, 83.3% in Smith 20262." in said
    assert f"{RESIDUAL}3" in said


def test_nothing_is_said_of_sources_where_none_differ() -> None:
    assert "Sources differ" not in body(answer(evidence("E1", SURVIVAL)))


def test_yes_or_no_stands_before_the_bottom_line() -> None:
    opening = Opening("Yes", "E1", Check("opening", True, "The sentence says it."))

    shown = body(replace(answer(evidence("E1", SURVIVAL)), opening=opening))

    assert f"<p><strong>Yes.</strong> {SURVIVAL[:9]}" in shown

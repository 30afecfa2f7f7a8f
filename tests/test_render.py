"""An answer as text and as JSON."""

import json
from dataclasses import replace

from assistant_stand_ins import FIRST, OTHER, answer, evidence

from assistant.answer import Answer, Check, Claim, Conflict, Opening, Side
from assistant.render import abstention, as_json, as_text, plain_answer

ONE = evidence("Survival was 71.5%.", FIRST, "E1")
TWO = evidence("Fever was seen in 10%.", OTHER, "E2")
REFUSED = Answer(
    "OS?",
    "OS?",
    abstained_because="no sentence reports overall survival",
    searched_for="overall survival?",
    nearest=ONE,
    evidence=(ONE,),
    would_answer="A report of overall survival.",
)


def test_each_sentence_stands_on_a_line_with_its_citation_and_verdict() -> None:
    text = as_text(answer("What was survival?", ONE, TWO))

    assert text.splitlines() == [
        "- Survival was 71.5%. [Aldermann 2091, results] supported",
        "- Fever was seen in 10%. [van der Zee 2092, results] supported",
    ]


def test_notes_come_last() -> None:
    noted = replace(answer("What?", ONE), caveats=("The trial had one arm.",))

    assert as_text(noted).splitlines()[-1] == "Keep in mind: The trial had one arm."


def test_a_completed_question_is_shown_first() -> None:
    completed = answer("and OS?", ONE, query="OS in Lighthouse-1?")

    assert as_text(completed).splitlines()[0] == "Read as: OS in Lighthouse-1?"


def test_a_refusal_says_why_what_is_nearest_and_what_would_answer() -> None:
    assert as_text(REFUSED).splitlines() == [
        "No sentence reports overall survival.",
        "Nearest: Survival was 71.5%. [Aldermann 2091]",
        "What would answer it: A report of overall survival.",
    ]


def test_a_reply_is_shown_as_it_is() -> None:
    assert as_text(Answer("thanks", "thanks", reply="You are welcome.")) == "You are welcome."


def test_what_a_reader_sees_is_the_claims_without_what_is_on_demand() -> None:
    given = answer("What was survival?", ONE, TWO)

    assert plain_answer(given) == "Survival was 71.5%. Fever was seen in 10%."
    assert plain_answer(replace(given, claims=given.claims[:1], more=given.claims[1:])) == (
        "Survival was 71.5%."
    )


def test_the_nearest_sentence_is_no_part_of_a_refusal() -> None:
    assert plain_answer(REFUSED) == "No sentence reports overall survival."


def test_a_refusal_is_one_sentence() -> None:
    assert abstention(REFUSED) == "No sentence reports overall survival."


def test_everything_is_in_the_json() -> None:
    fields = json.loads(json.dumps(as_json(answer("What was survival?", ONE, TWO))))

    assert fields["cited"] == [FIRST.doc_id, OTHER.doc_id]
    assert fields["abstained"] is False
    assert fields["claims"][0] == {
        "text": "Survival was 71.5%.",
        "citations": [{"key": "E1", "quote": "Survival was 71.5%."}],
        "verdict": "supported",
        "checks": [],
    }
    assert fields["withheld"] == []
    assert fields["against"] is None
    assert fields["generated_by"] is None
    assert fields["evidence"][0]["study"]["short"] == "Aldermann 2091"


def test_a_refusal_is_in_the_json_with_its_nearest_sentence() -> None:
    fields = json.loads(json.dumps(as_json(REFUSED)))

    assert fields["abstained"] is True
    assert fields["nearest"]["quote"] == "Survival was 71.5%."
    assert fields["cited"] == []


def test_the_checks_of_a_claim_are_in_the_json() -> None:
    check = Check("figures", True, "71.5% stands in the quote.")
    given = answer("What was survival?", ONE)
    checked = replace(given, claims=(replace(given.claims[0], checks=(check,)),))

    (claim,) = json.loads(json.dumps(as_json(checked)))["claims"]

    assert claim["checks"] == [
        {"name": "figures", "passed": True, "why": "71.5% stands in the quote."}
    ]


def failing(why: str) -> Claim:
    (claim,) = answer("What?", ONE).claims
    return replace(claim, text="Survival was 17.5%.", checks=(Check("figures", False, why),))


def test_a_withheld_sentence_is_said_with_the_reason_and_not_shown() -> None:
    given = replace(answer("What?", TWO), withheld=(failing("17.5% is not in the quote."),))

    assert as_text(given).splitlines()[-1] == "Withheld: 17.5% is not in the quote."
    assert "Survival was 17.5%" not in as_text(given)


def test_a_failed_check_of_a_shown_sentence_stands_under_it() -> None:
    given = replace(answer("What?", ONE), claims=(failing("17.5% is not in the quote."),))

    assert as_text(given).splitlines()[1] == "  Failed: 17.5% is not in the quote."


def test_evidence_against_is_shown_or_said_to_be_missing_or_left_out() -> None:
    given = answer("What?", ONE)
    found, looked, not_looked = (replace(given, against=a) for a in ((TWO,), (), None))

    assert as_text(found).splitlines()[-1] == (
        "Evidence against: Fever was seen in 10%. [van der Zee 2092, results]"
    )
    assert as_text(looked).splitlines()[-1] == ("No evidence against this was found in the corpus.")
    assert "against" not in as_text(not_looked)


def test_a_shown_sentence_that_speaks_against_the_bottom_line_is_not_printed_twice() -> None:
    given = replace(answer("What?", ONE, TWO), against=(TWO,))

    assert as_text(given).count("Fever was seen in 10%.") == 1
    assert as_text(given).splitlines()[-1] == (
        "Evidence against: the sentence of van der Zee 2092 above. [van der Zee 2092, results]"
    )


def test_the_chat_model_that_worded_an_answer_is_named() -> None:
    given = replace(answer("What?", ONE), generated_by="openai:tiny")

    assert "Worded by openai:tiny, each sentence checked against its quote." in as_text(given)


def test_sources_that_differ_are_named_with_their_values_and_what_the_corpus_says() -> None:
    sides = (Side("71.5%", "E1"), Side("10%", "E2"))
    conflict = Conflict("survival", sides, "E2")
    given = replace(answer("What?", ONE, TWO), conflicts=(conflict,))

    assert as_text(given).splitlines()[-1] == (
        "Sources differ: survival: 71.5% in Aldermann 2091, 10% in van der Zee 2092. "
        "“Fever was seen in 10%.” [van der Zee 2092, results]"
    )


def test_yes_or_no_comes_before_the_bottom_line() -> None:
    opening = Opening("No", "E1", Check("opening", True, "The sentence denies it."))

    said = as_text(replace(answer("Did it help?", ONE), opening=opening)).splitlines()

    assert said[:2] == ["No.", "- Survival was 71.5%. [Aldermann 2091, results] supported"]

"""An answer as text and as JSON."""

import json
from dataclasses import replace

from assistant_stand_ins import FIRST, OTHER, answer, evidence

from assistant.answer import Answer
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
    }
    assert fields["evidence"][0]["study"]["short"] == "Aldermann 2091"


def test_a_refusal_is_in_the_json_with_its_nearest_sentence() -> None:
    fields = json.loads(json.dumps(as_json(REFUSED)))

    assert fields["abstained"] is True
    assert fields["nearest"]["quote"] == "Survival was 71.5%."
    assert fields["cited"] == []

"""A follow-up to a question that stands alone."""

import pytest
from assistant_stand_ins import FIRST, OTHER, READER, answer, evidence, read

from assistant.answer import Answer
from assistant.body_weight import patient_weights
from assistant.conversation import other_readings, stand_alone
from assistant.question import Reading

SURVIVAL = evidence("At 2 years, event-free survival was 71.5%.", FIRST)
ASKED = "2-year EFS of infants with KMT2A-rearranged ALL given blinatumomab in Lighthouse-1?"
BEFORE = (answer(ASKED, SURVIVAL),)
UNNAMED = answer("2-year EFS of infants given quibrimab?", SURVIVAL)
"""A question that names no study, answered from one."""


def understood(question: str, *turns: Answer) -> Reading:
    """How a follow-up is read once it stands alone."""
    return read(stand_alone(question, turns or BEFORE, READER))


def labels(reading: Reading) -> list[str]:
    return [name.label for name in reading.names]


def test_a_first_question_stands_alone() -> None:
    assert stand_alone("at 4 years?", (), READER) == "at 4 years?"


@pytest.mark.parametrize("follow_up", ["at 4 years?", "And at 4 years?", "what about 4-yr?", "4y?"])
def test_another_time_takes_the_place_of_the_time(follow_up: str) -> None:
    reading = understood(follow_up)

    assert reading.times == {"4 year"}
    assert reading.measures == ["event-free survival"]
    assert labels(reading) == ["Lighthouse-1"]
    assert reading.of_kind("population") == ["infant"]


@pytest.mark.parametrize("follow_up", ["and OS?", "What about overall survival?", "OS"])
def test_another_end_point_keeps_the_time_and_the_trial(follow_up: str) -> None:
    reading = understood(follow_up)

    assert reading.measures == ["overall survival"]
    assert reading.times == {"2 year"}
    assert labels(reading) == ["Lighthouse-1"]


@pytest.mark.parametrize("follow_up", ["and the controls?", "in the control arm?", "controls"])
def test_another_arm_keeps_measure_time_and_trial(follow_up: str) -> None:
    reading = understood(follow_up)

    assert reading.of_kind("arm")
    assert reading.measures == ["event-free survival"]
    assert reading.times == {"2 year"}
    assert labels(reading) == ["Lighthouse-1"]


@pytest.mark.parametrize(
    "follow_up", ["and D-HARB?", "what about dharb", "in D-HARB?", "same for D-HARB"]
)
def test_another_trial_takes_the_place_of_the_trial(follow_up: str) -> None:
    reading = understood(follow_up)

    assert labels(reading) == ["D-HARB"]
    assert reading.measures == ["event-free survival"]
    assert reading.times == {"2 year"}


@pytest.mark.parametrize(
    ("follow_up", "subgroup"),
    [
        ("and in newborns?", "newborn"),
        ("only adults", "adult"),
        ("those with CNS disease?", "central nervous system"),
        ("and KMT2A-germline?", "KMT2A-germline"),
    ],
)
def test_a_subgroup_keeps_measure_and_trial(follow_up: str, subgroup: str) -> None:
    reading = understood(follow_up)

    assert subgroup in [term.name for term in reading.terms]
    assert reading.measures == ["event-free survival"]
    assert labels(reading) == ["Lighthouse-1"]


def test_a_correction_is_a_follow_up() -> None:
    reading = understood("no, I meant OS at 5 years")

    assert reading.measures == ["overall survival"]
    assert reading.times == {"5 year"}


def test_a_side_effect_keeps_the_trial_but_not_the_time() -> None:
    reading = understood("any fever?")

    assert labels(reading) == ["Lighthouse-1"]
    assert reading.times == frozenset()
    assert "event-free survival" not in reading.measures


def test_a_question_on_the_trial_itself_is_of_the_last_trial() -> None:
    assert labels(understood("was it randomised?")) == ["Lighthouse-1"]


def test_a_question_that_names_no_study_means_that_of_the_last_bottom_line() -> None:
    turn = answer("infants given quibrimab in the harbour study", evidence("It was 5.", OTHER))

    assert labels(understood("who was eligible?", turn)) == ["D-HARB"]


def test_what_a_follow_up_names_itself_is_not_replaced() -> None:
    reading = understood("OS at 5 years in adults in D-HARB?")

    assert labels(reading) == ["D-HARB"]
    assert reading.times == {"5 year"}
    assert reading.of_kind("population") == ["adult"]


@pytest.mark.parametrize(
    "question",
    [
        "What was OS in D-HARB?",
        "How is blinatumomab stored after the bag has been prepared, and for how many days?",
        "Which age limit did the consortium choose for enrolling newborns with leukaemia?",
    ],
)
def test_a_whole_new_question_is_not_completed(question: str) -> None:
    assert stand_alone(question, BEFORE, READER) == question


def test_a_second_follow_up_leans_on_the_first() -> None:
    first = stand_alone("and OS?", BEFORE, READER)

    reading = understood("at 5 years?", *BEFORE, answer("and OS?", SURVIVAL, query=first))

    assert reading.measures == ["overall survival"]
    assert reading.times == {"5 year"}
    assert labels(reading) == ["Lighthouse-1"]


def test_a_reply_between_two_questions_is_passed_over() -> None:
    thanks = Answer("thanks", "thanks", reply="You are welcome.")

    assert understood("at 4 years?", *BEFORE, thanks).measures == ["event-free survival"]


def test_a_refused_question_can_be_followed_up() -> None:
    refused = Answer(ASKED, ASKED, abstained_because="no sentence reports it")

    assert understood("at 4 years?", refused).measures == ["event-free survival"]


def test_a_follow_up_after_replies_alone_stands_alone() -> None:
    hello = Answer("hello", "hello", reply="Hello.")

    assert stand_alone("at 4 years?", (hello,), READER) == "at 4 years?"


def test_a_completed_question_shows_what_was_typed() -> None:
    assert "and OS" in stand_alone("and OS?", BEFORE, READER)


@pytest.mark.parametrize("question", ["?", "and", "...", "it", "x" * 2000])
def test_anything_can_follow(question: str) -> None:
    assert stand_alone(question, BEFORE, READER)


@pytest.mark.parametrize("fragment", ["per arm?", "why", "and if not"])
def test_a_fragment_of_nothing_in_the_field_asks_the_last_question_on(fragment: str) -> None:
    completed = stand_alone(fragment, BEFORE, READER)

    assert completed.startswith(ASKED.rstrip("?"))
    assert completed.endswith(fragment)


def test_a_whole_sentence_does_not_take_over_the_arm() -> None:
    turns = (answer("EFS of the control arm of Lighthouse-1?", SURVIVAL),)

    reading = understood("how long had they been followed", *turns)

    assert reading.of_kind("arm") == []
    assert labels(reading) == ["Lighthouse-1"]


def others(question: str, turns: tuple[Answer, ...] = BEFORE) -> list[str]:
    """What a follow-up may mean beside its completion."""
    return other_readings(question, stand_alone(question, turns, READER), turns, READER)


def test_a_question_that_names_no_study_can_be_kept_to_the_last() -> None:
    (kept,) = others("How many infants reached a transplant after it?", (UNNAMED,))

    assert labels(read(kept)) == ["Lighthouse-1"]


def test_a_fragment_that_names_no_study_can_be_kept_to_the_last() -> None:
    first, *_ = others("and OS?", (UNNAMED,))

    assert labels(read(first)) == ["Lighthouse-1"]
    assert read(first).times == {"2 year"}


def test_a_fragment_on_another_end_point_may_be_on_another_time() -> None:
    (other,) = others("and OS?")

    assert read(other).times == frozenset()
    assert labels(read(other)) == ["Lighthouse-1"]
    assert read(other).of_kind("population") == ["infant"]


@pytest.mark.parametrize("question", ["Was it randomised?", "who was it run by"])
def test_a_whole_sentence_may_be_on_the_study_alone(question: str) -> None:
    (other,) = others(question)

    assert labels(read(other)) == ["Lighthouse-1"]
    assert read(other).of_kind("population", "drug", "endpoint") == []


@pytest.mark.parametrize("question", ["How many were there in D-HARB?"])
def test_a_question_that_names_a_study_is_not_kept_to_another(question: str) -> None:
    assert others(question) == []


def test_before_the_first_answer_there_is_no_study_to_keep_to() -> None:
    assert others("How many reached a transplant?", ()) == []


@pytest.mark.parametrize("question", ["Was it randomised?", "who runs it"])
def test_a_short_sentence_takes_over_no_end_point(question: str) -> None:
    assert understood(question).measures == []
    assert labels(understood(question)) == ["Lighthouse-1"]


def test_the_weight_of_a_patient_is_carried_on_until_another_is_named() -> None:
    before = answer("dose of quibrimab for a child of 12 kg in Lighthouse-1", SURVIVAL)

    assert patient_weights(stand_alone("and when to raise it?", (before,), READER)) == {12.0}
    assert patient_weights(stand_alone("and for 50 kg?", (before,), READER)) == {50.0}

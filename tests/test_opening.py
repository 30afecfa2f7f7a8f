"""Yes or no is said only where the bottom line settles the question."""

import pytest
from assistant_stand_ins import evidence, fit, read

from assistant.opening import opening_of, statement


def word(question: str, sentence: str) -> str | None:
    found = opening_of(read(question), fit(sentence, 9.0, question=question), evidence(sentence))
    return found.word if found else None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Was Lighthouse-1 randomised?", "Lighthouse-1 was a randomised phase 3 trial."),
        (
            "Was survival longer with blinatumomab than with chemotherapy in Lighthouse-1?",
            "Survival was longer with blinatumomab than with chemotherapy in Lighthouse-1.",
        ),
        (
            "Did blinatumomab reduce infections in Lighthouse-1?",
            "Infections were less frequent after blinatumomab in Lighthouse-1.",
        ),
        (
            "Is young age favourable in germline infants?",
            "Young age was favourable in germline infants, whereas it is adverse in others.",
        ),
        (
            "Was disease-free survival 81.6% in Lighthouse-1?",
            "In Lighthouse-1, disease-free survival was 81.6% in 30 infants.",
        ),
    ],
)
def test_a_sentence_that_says_what_is_asked_means_yes(question: str, sentence: str) -> None:
    assert word(question, sentence) == "Yes"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Is Lighthouse-1 randomised?", "Lighthouse-1 had one arm and was not randomised."),
        (
            "Did myeloid consolidation improve survival in Lighthouse-1?",
            "Myeloid consolidation was no better than lymphoid for survival in Lighthouse-1.",
        ),
        (
            "Were neurologic events seen in Lighthouse-1?",
            "No neurologic event was seen in Lighthouse-1.",
        ),
        (
            "Is young age adverse in germline infants?",
            "Young age was favourable in germline infants, whereas it is adverse in others.",
        ),
        (
            "Were infants below 1 year eligible for Lighthouse-1?",
            "Infants below 1 year were not eligible for Lighthouse-1.",
        ),
    ],
)
def test_a_sentence_that_denies_or_turns_what_is_asked_means_no(
    question: str, sentence: str
) -> None:
    assert word(question, sentence) == "No"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "Did high MRD do better with lymphoid consolidation?",
            "Infants with high MRD did better with myeloid consolidation and those with low MRD "
            "did better with lymphoid consolidation.",
        ),
        (
            "Did rituximab improve survival in Lighthouse-1?",
            "Survival was longer with blinatumomab in Lighthouse-1.",
        ),
        ("Does blinatumomab improve survival?", "Blinatumomab may improve survival."),
        (
            "Was NCT90000001 the number of Harbour?",
            "Some lists give NCT90000001 as the number of Harbour, and that attribution is wrong.",
        ),
        (
            "Did blinatumomab improve survival in Lighthouse-1?",
            "Survival was 85% with blinatumomab and 68% with chemotherapy in Lighthouse-1.",
        ),
        (
            "Is blinatumomab better than chemotherapy?",
            "Chemotherapy was better than blinatumomab for infants with fever.",
        ),
        ("Is there a randomised trial in infants?", "The infant study was not randomised."),
        (
            "Was disease-free survival 93.3% in Lighthouse-1?",
            "In Lighthouse-1, disease-free survival was 81.6% and overall survival high.",
        ),
    ],
    ids=["sides", "drug", "unsure", "disputed", "figures", "turned", "existence", "number"],
)
def test_nothing_is_said_where_the_sentence_does_not_settle_it(
    question: str, sentence: str
) -> None:
    assert word(question, sentence) is None


@pytest.mark.parametrize(
    "question",
    [
        "What is blinatumomab?",
        "Is blinatumomab or chemotherapy better?",
        "Was survival not longer in Lighthouse-1?",
        "blinatumomab infants survival",
    ],
)
def test_an_open_question_has_no_statement(question: str) -> None:
    assert statement(question) is None


def test_the_statement_of_a_closed_question_is_what_it_asks() -> None:
    assert statement("Did MRD of 0.01% or higher matter?") == "MRD of 0.01% or higher matter"


def test_the_word_carries_its_check_and_the_key_of_its_sentence() -> None:
    sentence = "Lighthouse-1 was a randomised phase 3 trial."
    question = "Was Lighthouse-1 randomised?"

    found = opening_of(read(question), fit(sentence, 9.0, question=question), evidence(sentence))

    assert found is not None
    assert found.key == "E1"
    assert found.check.passed

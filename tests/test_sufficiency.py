"""Does the evidence hold what is asked? Where not, why, and what would answer."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from assistant_stand_ins import COHORTS, FIRST, GROWN, LATER, PLANNED, fit, read, reader

from assistant.question import Reading
from assistant.sufficiency import (
    LEAST_RELEVANCE,
    SURE_OF_ANSWER,
    SURE_RELEVANCE,
    Gap,
    find_gap,
    unstated,
)
from index.documents import Study

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
FEVER = "Fever was seen in 10% of the infants who received quibrimab."
RELEVANT = LEAST_RELEVANCE + 4


def gap(
    question: str | Reading, *texts: str, of: Study = FIRST, relevance: float = RELEVANT
) -> Gap | None:
    """The gap where search found these sentences, in this order."""
    reading = read(question) if isinstance(question, str) else question
    fits = [fit(text, -n, of, reading.text, relevance) for n, text in enumerate(texts)]
    return find_gap(reading, fits, COHORTS.without_results)


def reason(question: str | Reading, *texts: str, of: Study = FIRST) -> str:
    found = gap(question, *texts, of=of)
    assert found is not None
    return found.reason


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What was EFS at 2 years?", EFS),
        ("EFS in Lighthouse-1?", EFS),
        ("How many infants had a fever?", FEVER),
        ("What is the list price of quibrimab?", "Quibrimab has a list price of 475,000 dollars."),
        ("How is the drug kept?", "The vial is kept in a refrigerator."),
        ("Who was eligible?", "Infants under 1 year could enter."),
    ],
)
def test_evidence_that_holds_what_is_asked_suffices(question: str, sentence: str) -> None:
    assert gap(question, sentence) is None


def test_evidence_may_stand_behind_the_first_sentence() -> None:
    assert gap("What was EFS at 2 years?", FEVER, EFS) is None


def test_nothing_found_is_a_gap() -> None:
    assert reason("What was EFS?") == "no sentence of the corpus is about this"


def test_sentences_about_something_else_are_a_gap() -> None:
    found = gap("What was EFS?", EFS, relevance=LEAST_RELEVANCE - 1)

    assert found is not None
    assert found.reason == "no sentence of the corpus is about this"


def test_a_trial_without_results_has_a_gap_that_says_so() -> None:
    found = gap("EFS in Lighthouse-2?", "Lighthouse-2 plans 80 infants.", of=PLANNED)

    assert found == Gap(
        "there are no results yet on event-free survival in Lighthouse-2",
        "The first report of event-free survival in Lighthouse-2.",
    )


def test_the_design_of_a_trial_without_results_can_be_asked() -> None:
    design = "The primary end point of Lighthouse-2 is event-free survival."

    assert gap("What is the primary endpoint of Lighthouse-2?", design, of=PLANNED) is None


@pytest.mark.parametrize(
    ("question", "answers", "is_gap"),
    [
        ("Is EFS compared in Lighthouse-2?", 0.5, False),
        ("Is EFS compared in Lighthouse-2?", -0.5, True),
        ("Did Lighthouse-2 improve EFS?", 0.5, True),
    ],
)
def test_what_a_trial_without_results_plans_can_be_asked(
    question: str, answers: float, is_gap: bool
) -> None:
    reading = replace(read(question), wants_figure=False)
    planned = "Lighthouse-2 compares event-free survival with that of an earlier cohort."
    found = fit(planned, 0, PLANNED, reading.text, SURE_RELEVANCE)
    found = replace(found, scored=replace(found.scored, answers=answers))

    assert bool(find_gap(reading, [found], COHORTS.without_results)) is is_gap


def test_a_trial_with_results_is_not_held_back_by_one_without() -> None:
    assert gap("EFS in Lighthouse-1 and Lighthouse-2?", EFS) is None


def test_a_measure_that_no_sentence_reports_is_a_gap() -> None:
    assert reason("What was OS?", EFS, FEVER) == "no sentence reports overall survival"


def test_a_measure_without_a_figure_is_a_gap() -> None:
    said = "Event-free survival was the primary end point of Lighthouse-1."

    assert reason("What was EFS?", said) == "no sentence reports event-free survival"


def test_a_measure_in_another_population_is_a_gap() -> None:
    assert reason("What was EFS in newborns?", EFS, of=GROWN) == (
        "no sentence reports event-free survival in newborns"
    )


def test_a_measure_of_another_trial_is_a_gap() -> None:
    assert reason("What was EFS in D-HARB?", EFS, of=FIRST) == (
        "no sentence reports event-free survival in D-HARB"
    )


@pytest.mark.parametrize(
    "said",
    [
        "Overall survival was not reported in Lighthouse-1.",
        "No results on overall survival are available.",
        "Overall survival is unknown.",
    ],
)
def test_a_sentence_that_says_not_reported_is_a_gap(said: str) -> None:
    assert reason("What was OS in Lighthouse-1?", said) == (
        "the corpus says that overall survival in Lighthouse-1 is not reported"
    )


def test_a_sentence_that_says_not_reported_behind_a_result_is_none() -> None:
    assert gap("What was EFS?", EFS, "Event-free survival was not reported in D-HARB.") is None


def foreign(question: str, *strange: str) -> Reading:
    """A question with words that no document holds."""
    reading = reader(pieces=lambda word: ["", ""] if word in strange else [word]).read(question)
    assert reading.foreign == strange
    return reading


def test_a_foreign_word_is_a_gap_that_names_it() -> None:
    found = gap(foreign("EFS with rivaroxaban?", "rivaroxaban"), EFS)

    assert found == Gap(
        "no document of the corpus mentions “rivaroxaban”", "A document on “rivaroxaban”."
    )


def test_a_question_in_another_language_is_asked_for_in_english() -> None:
    words = ("hoch", "ereignisfreie", "Überleben")

    found = gap(replace(read("Wie hoch ist das ereignisfreie Überleben?"), foreign=words), EFS)

    assert found is not None
    assert found.would_answer == "The question in English, the language of the corpus."


def test_several_foreign_words_are_all_named() -> None:
    asked = foreign("rivaroxaban or apixaban", "rivaroxaban", "apixaban")

    assert reason(asked, EFS) == "no document of the corpus mentions “rivaroxaban”, “apixaban”"


def test_several_foreign_words_are_a_gap_whatever_seems_to_answer() -> None:
    asked = foreign("rivaroxaban or apixaban", "rivaroxaban", "apixaban")
    seeming = fit(EFS, 1.0, question=asked.text, relevance=RELEVANT)
    sure = replace(seeming, scored=replace(seeming.scored, answers=SURE_OF_ANSWER))

    found = find_gap(asked, [sure], COHORTS.without_results)

    assert found is not None


def test_one_odd_word_does_not_hide_a_sentence_that_surely_answers() -> None:
    asked = foreign("What was EFS, gizmologically?", "gizmologically")

    assert gap(asked, EFS, relevance=SURE_RELEVANCE + 1) is None


def test_a_gap_names_the_times_and_the_population_asked() -> None:
    said = reason("OS at 3 years in infants?", EFS)

    assert said == "no sentence reports overall survival at 3 years in infants"


def test_a_name_within_a_longer_one_is_not_said_twice() -> None:
    found = gap("OS of infants in Aldermann 2091 by Aldermann?", FEVER)

    assert found is not None
    assert found.would_answer == "A report of overall survival in Aldermann 2091."


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ((), "are close to this but do not state what is asked"),
        (("sex",), "do not mention “sex”"),
        (("sex", "age", "race", "height"), "do not mention “sex”, “age” or “race”"),
    ],
)
def test_what_the_nearest_sentences_lack_is_named(lacking: Sequence[str], said: str) -> None:
    found = unstated(read("EFS by sex?"), [fit(EFS, 1.0), fit(EFS, 0.5, of=LATER)], lacking)

    assert found == Gap(
        f"the nearest sentences, from Aldermann 2091 and Brandvik 2093, {said}",
        "A report of event-free survival.",
        of_reports=True,
    )


def test_what_is_no_outcome_is_answered_by_a_study_that_states_it() -> None:
    found = unstated(read("Who paid for it?"), [fit(EFS, 1.0)], ["paid"])

    assert found.would_answer == "A study that states this."


def test_a_gap_is_a_part_of_a_sentence() -> None:
    found = gap("What was OS?", FEVER)

    assert found is not None
    assert found.reason[0].islower()
    assert not found.reason.endswith(".")
    assert found.would_answer.endswith(".")


def test_what_is_no_outcome_needs_no_figure() -> None:
    plain = replace(read("What is known of its storage?"), foreign=())

    assert gap(plain, "The vial is kept in a refrigerator.") is None

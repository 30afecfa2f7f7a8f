"""Which sentences say that sources differ, and of which trial a sentence is."""

from dataclasses import replace

import pytest
from assistant_stand_ins import HARBOUR, LIGHTHOUSE, OTHER

from assistant.telling import TrialNames, apart, patients, quantities, says_wrong, tells
from index.documents import Document

NAMES = TrialNames((LIGHTHOUSE, HARBOUR))


ON_HARBOUR = Document(OTHER, "", ())
OF_NO_TRIAL = Document(replace(OTHER, trial=None), "", ())


@pytest.mark.parametrize(
    "sentence",
    [
        "The two rates of rash, 4.9% and 3%, differ by time window.",
        "One summary page prints a hazard ratio of 1.43, which is inverted.",
        "Early abstracts gave 39%, whereas the published paper gives 34%.",
        "The abstract carries the wrong age.",
        "The counts of 1440 and 1444 children belong to different data cuts.",
    ],
)
def test_a_sentence_that_sets_sources_against_each_other_tells(sentence: str) -> None:
    assert tells(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Survival was 85% with quibrimab, whereas it was 68% with placebolin.",
        "A pump left on the wrong rate is a classic error.",
        "Quibrimab differed from placebolin in every end point.",
        "The 4-year rate of 47% and the 6-year rate of 46%, two time points, do not conflict.",
    ],
)
def test_a_sentence_that_compares_arms_times_or_errors_of_use_does_not_tell(sentence: str) -> None:
    assert not tells(sentence)


def test_a_wrong_source_is_named_as_such() -> None:
    assert says_wrong("The journal abstract misprints the age; the register is right.")
    assert not says_wrong("The wrong dose was given twice.")


def test_a_sentence_is_of_the_trial_that_it_names_however_it_is_spelt() -> None:
    assert NAMES.of("In NCT90000001, survival was 80%.", ON_HARBOUR) == {"lighthouse-1"}
    assert NAMES.of("In LH-ONE2 and D-HARB, survival was 80%.", ON_HARBOUR) == {"harbour"}


def test_a_sentence_that_names_no_trial_is_of_that_of_its_document() -> None:
    assert NAMES.of("Survival was 80%.", ON_HARBOUR) == {"harbour"}
    assert NAMES.of("Survival was 80%.", OF_NO_TRIAL) == frozenset()


def test_a_sentence_on_a_trial_that_the_corpus_lacks_is_not_of_its_document() -> None:
    assert NAMES.of("In FARAWAY-7, survival was 80%.", ON_HARBOUR) == {"faraway7"}


def test_numbers_of_patients_are_read_without_years_percentages_and_names() -> None:
    assert patients("In 2024, LIGHT1331 randomised 1,440 children; 80% of 112 adults.") == {
        "1440",
        "112",
    }


def test_quantities_keep_their_units() -> None:
    assert quantities("younger than 6 months, HR 0.70, 93.3% of 30") == {"6 months", "0.70"}


def test_words_that_set_groups_apart_are_found_in_any_case() -> None:
    assert apart("Serious events of Grade 3 in cohort 2") == {"serious", "grade", "cohort"}

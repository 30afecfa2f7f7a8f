"""A sentence of a text, worded as a source would word it."""

import pytest
from claim_stand_ins import READER

from assistant.claims.wording import as_a_source_would


@pytest.mark.parametrize(
    ("sentence", "told", "left_out"),
    [
        ("Results: event-free survival was 81.6%.", "Event-free survival was 81.6%.", "Results: "),
        (
            "Infants live longer with quibrimab, according to the Lighthouse-1 study.",
            "Infants live longer with quibrimab.",
            ", according to the Lighthouse-1 study",
        ),
        (
            "Quibrimab keeps infants free of events, a large trial has shown.",
            "Quibrimab keeps infants free of events.",
            ", a large trial has shown",
        ),
    ],
)
def test_what_tells_only_where_a_sentence_comes_from_is_left_out(
    sentence: str, told: str, left_out: str
) -> None:
    assert as_a_source_would(sentence, (), READER) == (told, left_out)


@pytest.mark.parametrize(
    "sentence",
    [
        "Survival was good, a report on 30 infants shows.",
        "No new relapse, death or second cancer was seen since the first report.",
    ],
)
def test_what_a_source_can_settle_stays(sentence: str) -> None:
    assert as_a_source_would(sentence, (), READER) == (sentence, "")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The antibody was given twice.", "Blinatumomab was given twice."),
        ("Two died in the antibody group.", "Two died in the blinatumomab group."),
        ("The drug was given twice.", "Dasatinib was given twice."),
        ("The antibody followed dasatinib.", "Blinatumomab followed dasatinib."),
        ("The antibody inotuzumab was given.", "The antibody inotuzumab was given."),
    ],
)
def test_a_drug_is_called_by_the_name_that_the_text_has_used(sentence: str, told: str) -> None:
    assert as_a_source_would(sentence, ("blinatumomab", "dasatinib"), READER)[0] == told


def test_half_who_were_alive_after_some_time_are_a_median() -> None:
    told, _ = as_a_source_would("Half of the adults were still alive after 7.7 months.", (), READER)

    assert told == "Median overall survival was 7.7 months."


def test_a_trial_that_is_named_in_passing_is_called_by_its_name() -> None:
    told, _ = as_a_source_would("An older study, D-HARB, gave placebolin.", (), READER)

    assert told == "D-HARB gave placebolin."


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "Neither doctors nor families knew which drug was given.",
            "The trial was not open-label.",
        ),
        ("D-HARB draws lots on who receives it.", "D-HARB is randomised."),
        ("They were assigned to the groups at random.", "They were randomised."),
    ],
)
def test_how_a_trial_was_set_up_is_put_as_a_source_puts_it(sentence: str, told: str) -> None:
    assert as_a_source_would(sentence, (), READER)[0] == told

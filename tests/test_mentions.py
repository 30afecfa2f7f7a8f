"""The measures and arms that a sentence names."""

import pytest

from index.keys.mentions import arms_in, measures_in
from index.terms import mentions_in


def test_a_mention_is_the_text_between_its_offsets() -> None:
    text = "In infants, EFS was 71%."

    found = [
        (mention.term.name, text[mention.start : mention.end]) for mention in mentions_in(text)
    ]

    assert found == [("infant", "infants"), ("event-free survival", "EFS")]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("relapse occurred", True),
        ("in adults with relapse", False),
        ("the rate of relapse", True),
        ("a hazard ratio of 0.36 for relapse", True),
        ("adults who had infection", False),
        ("went on to have an infection", True),
        ("the median time from transplant to infection", True),
    ],
)
def test_a_measure_after_a_preposition_is_a_circumstance(text: str, sure: bool) -> None:
    assert measures_in(text)[-1].sure is sure


@pytest.mark.parametrize(
    "text", ["in first relapse", "MRD-positive adults", "relapsed infants", "12 non-responders"]
)
def test_words_that_say_in_whom_are_no_measures(text: str) -> None:
    assert measures_in(text) == []


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        ("given ponatinib plus blinatumomab", (("ponatinib", "blinatumomab"),)),
        ("dasatinib with steroids followed by blinatumomab", (("dasatinib", "blinatumomab"),)),
        ("blinatumomab against chemotherapy", (("blinatumomab",),)),
        ("before blinatumomab", ()),
        ("blinatumomab-naive patients", ()),
        ("with consolidation chemotherapy", (("chemotherapy",),)),
    ],
)
def test_drugs_that_are_given_together_are_one_arm(
    text: str, arms: tuple[tuple[str, ...], ...]
) -> None:
    assert arms_in(text, 0, len(text)) == arms

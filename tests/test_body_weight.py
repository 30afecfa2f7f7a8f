"""Doses go by weight: sentences for another weight than the patient's are told apart."""

import pytest

from assistant.body_weight import is_for_weight, patient_weights

LIGHT, HEAVY = "Below 45 kg the dose is 5 mcg.", "In patients of 45 kg or more the dose is 9 mcg."


@pytest.mark.parametrize(
    ("question", "weights"),
    [
        ("a child of 12 kg", {12.0}),
        ("6.8kg baby, then 7.1 kg", {6.8, 7.1}),
        ("a 9-kg infant", {9.0}),
        ("the dose below 45 kg", set()),
        ("the dose at 45 kg or more", set()),
        ("15 mcg/m2 for 28 days", set()),
    ],
)
def test_the_weight_of_a_patient_is_read_and_a_limit_is_none(
    question: str, weights: set[float]
) -> None:
    assert patient_weights(question) == weights


@pytest.mark.parametrize(
    ("sentence", "weight", "fits"),
    [
        (LIGHT, 12, True),
        (LIGHT, 60, False),
        (HEAVY, 12, False),
        (HEAVY, 60, True),
        (f"{HEAVY} {LIGHT}", 12, True),
        ("Patients up to 50 kg receive less.", 60, False),
        ("Give 9 mcg/day from 45 kg body weight.", 44.9, False),
        ("Infants weigh less than 22 kg.", 8, True),
        ("Bags for ≥22 kg hold preservative.", 8, False),
        ("The dose is 15 mcg/m².", 12, True),
    ],
)
def test_a_sentence_is_for_the_weights_that_its_bands_hold(
    sentence: str, weight: float, fits: bool
) -> None:
    assert is_for_weight(sentence, frozenset({weight})) is fits


def test_a_question_without_a_weight_leaves_every_sentence() -> None:
    assert is_for_weight(HEAVY, frozenset())

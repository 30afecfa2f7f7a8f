"""What a sentence says that a treatment does to an outcome."""

import pytest

from assistant.effect_figures import Effect
from assistant.effects import Finding, findings_in, may_judge, withdraws

EVENTS = "survival without events"


def said(sentence: str) -> set[tuple[str, str, Effect]]:
    return {
        (" + ".join(sorted(one.treatments)), one.outcome, one.effect)
        for one in findings_in(sentence)
    }


@pytest.mark.parametrize(
    ("sentence", "treatment", "outcome", "effect"),
    [
        ("Lestaurtinib did not improve EFS of infants.", "lestaurtinib", EVENTS, Effect.SAME),
        (
            "Infants who received HSCT did better than those who did not.",
            "transplant",
            "outcome as a whole",
            Effect.BETTER,
        ),
        (
            "Survival in the dasatinib series was similar with and without transplant.",
            "transplant",
            "survival",
            Effect.SAME,
        ),
        (
            "Overall survival was longer with blinatumomab than with chemotherapy.",
            "blinatumomab",
            "survival",
            Effect.BETTER,
        ),
        (
            "The series of Aldermann reported worse results after HSCT in infants.",
            "transplant",
            "outcome as a whole",
            Effect.WORSE,
        ),
        (
            "Azacitidine was safe in infants but did not change survival.",
            "azacitidine",
            "survival",
            Effect.SAME,
        ),
        (
            "Blinatumomab caused fewer severe infections than chemotherapy.",
            "blinatumomab",
            "infection",
            Effect.BETTER,
        ),
        (
            "A less intensive induction cut early deaths of infants.",
            "less intensive induction",
            "survival",
            Effect.BETTER,
        ),
        (
            "Disease-free survival was numerically but not significantly better with blinatumomab "
            "than with chemotherapy.",
            "blinatumomab",
            EVENTS,
            Effect.SAME,
        ),
    ],
)
def test_words_tell_an_effect(sentence: str, treatment: str, outcome: str, effect: Effect) -> None:
    assert (treatment, outcome, effect) in said(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The trial asked whether lestaurtinib improves EFS.",
        "The results cannot show that blinatumomab improves survival.",
        "Survival after HSCT was better in infants than in older children.",
        "A poor response to blinatumomab went with poor cytogenetics.",
        "Blinatumomab is given for 28 days.",
        "The revumenib dose was reduced in 10% of patients.",
        "EFS at 5 years was 42% with chemotherapy.",
    ],
)
def test_questions_doubts_comparisons_of_patients_and_plain_facts_tell_none(sentence: str) -> None:
    assert findings_in(sentence) == ()


def test_what_words_deny_goes_before_bare_figures() -> None:
    (found,) = findings_in(
        "DFS was 54.4% with blinatumomab and 39.0% with chemotherapy, a difference that was not "
        "statistically significant."
    )

    assert found == Finding(frozenset({"blinatumomab"}), EVENTS, Effect.SAME)


def test_a_treatment_that_stands_in_for_another_is_marked() -> None:
    (found,) = findings_in(
        "Children given blinatumomab in place of chemotherapy had an event-free survival similar "
        "to that of controls."
    )

    assert found.instead


def test_patients_who_are_left_over_are_not_judged_by() -> None:
    assert may_judge("Infants under 6 months benefited from HSCT.")
    assert not may_judge("Other infants had no benefit from HSCT.")


def test_a_passage_may_take_back_what_one_of_its_sentences_says() -> None:
    first = "Infants did better with HSCT."
    second = "The advantage disappeared once early deaths were left out."

    assert withdraws(f"{first} {second}", first)
    assert not withdraws(f"{first} {second}", second)

"""What the figures of a sentence say of a treatment."""

import pytest

from assistant.effect_figures import Effect, FigureEffect, figure_effects

BLINATUMOMAB = "blinatumomab"


def effect(sentence: str) -> FigureEffect:
    return figure_effects(sentence)[-1]


@pytest.mark.parametrize(
    ("sentence", "outcome", "found"),
    [
        (
            "The hazard ratio for death was 0.71 (95% CI 0.55-0.93) for blinatumomab against "
            "chemotherapy.",
            "survival",
            Effect.BETTER,
        ),
        (
            "The hazard ratio for disease-free survival was 0.70 (95% CI 0.47-1.03) for "
            "blinatumomab against chemotherapy.",
            "survival without events",
            Effect.SAME,
        ),
        (
            "The hazard ratio for relapse or death was 0.53 (0.32-0.87) for blinatumomab against "
            "chemotherapy.",
            "survival without events",
            Effect.BETTER,
        ),
        (
            "Infection occurred in 34% of adults on blinatumomab and 52% on chemotherapy.",
            "infection",
            Effect.BETTER,
        ),
        (
            "Serious adverse events occurred in 61.8% on blinatumomab and 45.0% on chemotherapy.",
            "adverse events",
            Effect.WORSE,
        ),
        (
            "Median overall survival was 7.7 months with blinatumomab and 4.0 months with "
            "chemotherapy.",
            "survival",
            Effect.BETTER,
        ),
        (
            "Event-free survival was 48.8% with blinatumomab and 44.7% with chemotherapy "
            "(P = 0.60).",
            "survival without events",
            Effect.SAME,
        ),
    ],
)
def test_figures_of_arms_and_ratios_tell_an_effect(
    sentence: str, outcome: str, found: Effect
) -> None:
    said = effect(sentence)

    assert (said.arm, said.outcome, said.effect) == (BLINATUMOMAB, outcome, found)


def test_two_values_side_by_side_say_less_than_a_ratio() -> None:
    bare = effect("Overall survival was 85% with blinatumomab and 68% with chemotherapy.")
    sure = effect(
        "Overall survival was 85% with blinatumomab and 68% with chemotherapy (P = 0.002)."
    )

    assert bare.bare
    assert not sure.bare


def test_a_small_difference_of_which_nothing_more_is_said_tells_no_effect() -> None:
    assert figure_effects("Relapse was 33% with blinatumomab and 31% with chemotherapy.") == []


def test_medians_that_lie_close_tell_no_effect() -> None:
    close = (
        "Median overall survival was 7.7 months with inotuzumab and 6.2 months with chemotherapy."
    )

    assert figure_effects(close) == []


def test_one_arm_alone_tells_no_effect() -> None:
    assert figure_effects("Overall survival at 2 years was 85% with blinatumomab.") == []

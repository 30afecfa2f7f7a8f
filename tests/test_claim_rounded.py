"""Rounded figures of a claim beside those of a source."""

import pytest

from assistant.claims.rounded import as_in

SOURCE = "Complete MRD response was reached by 78% (88 of 113) of adults; survival was 7.7 months."


@pytest.mark.parametrize(
    ("claim", "read"),
    [
        ("Almost four in five adults responded.", "78% adults responded."),
        ("Just over three quarters of adults responded.", "78% of adults responded."),
        ("Three quarters of adults responded.", "78% of adults responded."),
        ("They lived nearly eight months.", "They lived 7.7 months."),
        ("They lived about eight months.", "They lived 7.7 months."),
        ("They lived less than eight months.", "They lived 7.7 months."),
    ],
)
def test_a_rounded_figure_is_read_as_the_source_gives_it(claim: str, read: str) -> None:
    assert as_in(claim, SOURCE) == read


@pytest.mark.parametrize(
    ("claim", "read"),
    [
        ("About two thirds of adults responded.", "67% of adults responded."),
        ("About half of the adults responded.", "50% of the adults responded."),
        ("They lived about ten months.", "They lived 10 months."),
    ],
)
def test_a_figure_that_no_figure_of_the_source_rounds_to_stays_another(
    claim: str, read: str
) -> None:
    assert as_in(claim, SOURCE) == read


def test_a_whole_percentage_stands_for_its_decimals() -> None:
    assert as_in("Survival was 85%.", "Survival was 84.8% (95% CI 76.3-90.4).") == (
        "Survival was 84.8%."
    )
    assert as_in("Survival was 85%.", "Survival was 84.2%.") == "Survival was 85%."


@pytest.mark.parametrize(
    "claim",
    [
        "Children under 22 kg got it.",
        "The half-life is short.",
        "In the second half of the course.",
    ],
)
def test_limits_and_names_are_no_rounded_figures(claim: str) -> None:
    assert as_in(claim, "It is for those of 22 kg or more; the half-life is 2 hours.") == claim


def test_an_exact_figure_is_left_alone() -> None:
    assert as_in("DFS was 83.3% in 30 infants.", SOURCE) == "DFS was 83.3% in 30 infants."

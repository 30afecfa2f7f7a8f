"""Which numbers of a sentence are results."""

import pytest

from index.figures import figures_in, has_figure, has_result

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (EFS, {"71.5%", "50.2%"}),
        ("The hazard ratio was 0.52 (95% CI 0.40-0.67).", {"0.52", "95%", "0.40", "0.67"}),
        ("28 of 30 (93%) infants", {"28", "30", "93%"}),
        ("Interfant-06, AALL0631, NCT00550992 and KMT2A in 2019", set()),
        ("the 2-year figure, at 5 years, in phase 2, cycle 3, grade 4 and day 28", set()),
        ("EudraCT 2016-004674-17", set()),
        ("no number at all", set()),
    ],
)
def test_figures_are_numbers_that_are_results(text: str, figures: set[str]) -> None:
    assert figures_in(text) == figures
    assert has_figure(text) == bool(figures)


@pytest.mark.parametrize(
    "text",
    [
        EFS,
        "The hazard ratio was 0.52.",
        "28 of 30 infants",
        "28 of the 30 infants",
        "28/30 infants",
        "a median of 15 months",
    ],
)
def test_a_rate_a_count_of_a_total_a_ratio_and_a_duration_are_results(text: str) -> None:
    assert has_result(text)


@pytest.mark.parametrize(
    "text", ["30 infants were planned", "Interfant-06 in 2019", "the 2-year figure", "it was high"]
)
def test_a_plain_count_a_name_and_a_date_are_no_results(text: str) -> None:
    assert not has_result(text)

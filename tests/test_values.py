"""Which printed values of a sentence are its results, and how far each reaches."""

import pytest

from index.values import p_values_in, values_in


def printed(sentence: str) -> list[str]:
    return [value.text for value in values_in(sentence)]


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        (
            "At 2 years, DFS was 81.6% in the 30 infants and 49.4% in the 214 controls.",
            ["81.6%", "49.4%"],
        ),
        (
            "DFS was 83.3% (95% CI 64.5-92.7) and 44.0% (95% CI 37.0-50.8).",
            ["83.3% (95% CI 64.5-92.7)", "44.0% (95% CI 37.0-50.8)"],
        ),
        ("28 of 30 (93%) infants had low MRD below 5x10^-4.", ["28 of 30 (93%)"]),
        ("Remission was reached by 395 of 488 adults (81%).", ["395 of 488 adults (81%)"]),
        ("In 21 of 22 (95.5%, 95% CI 77.2-99.9).", ["21 of 22 (95.5%, 95% CI 77.2-99.9)"]),
        ("It was given to 19 (63%) of the 30 infants.", ["19 (63%) of the 30"]),
        ("Death occurred in 4 children (7%) and 2 (4%).", ["4 children (7%)", "2 (4%)"]),
        ("The hazard ratio was 0.33 (95% CI 0.18-0.61).", ["0.33 (95% CI 0.18-0.61)"]),
        (
            "It was longer (hazard ratio 0.54, 95% CI 0.30-0.97, P = 0.04).",
            ["hazard ratio 0.54, 95% CI 0.30-0.97"],
        ),
        ("Median OS was 7.7 months and 4.0 months.", ["7.7 months", "4.0 months"]),
        (
            "Median duration of CR was 8.2 months (95% CI 2.6-not estimable).",
            ["8.2 months (95% CI 2.6-not estimable)"],
        ),
        ("The concentration was 706 +/- 194 pg/mL.", ["706 +/- 194 pg/mL"]),
        ("EFS was 36 +/- 6% and 49.0% (SE 5.6).", ["36 +/- 6%", "49.0% (SE 5.6)"]),
        ("Median OS was not reached.", ["not reached"]),
        ("There were 10 serious adverse events.", ["10 serious adverse events"]),
        (
            "A difference of -2.0 points (95% CI -31.2 to 28.0).",
            ["-2.0 points (95% CI -31.2 to 28.0)"],
        ),
        ("The ratio was 21 874 pounds per QALY.", ["21 874 pounds"]),
    ],
)
def test_a_result_is_given_as_printed_with_its_interval(sentence: str, values: list[str]) -> None:
    assert printed(sentence) == values


@pytest.mark.parametrize(
    "sentence",
    [
        "Infants received 15 mcg/m²/day for 28 days.",
        "MRD below 0.01% or of 0.1% or more, with 25% or more blasts.",
        "Adults aged 18-55 years in phase 2, cycle 3, grade 4, on day 28.",
        "At 2 years and within 12 weeks.",
        "The warning 5.12 and the section on indications (1.1).",
        "The doses were 250/500 mcg and 0.2-5.0 x10^6 cells/kg.",
        "A 28-day course of Interfant-06 in 2019, EudraCT 2016-004674-17.",
        "Two arms OR 15 of HR 2010.",
    ],
)
def test_a_dose_a_cut_off_an_age_a_time_point_and_a_name_are_no_results(sentence: str) -> None:
    assert printed(sentence) == []


def test_a_value_is_the_sentence_between_its_offsets() -> None:
    sentence = "EFS was 0.33 (95% CI 0.18\u20130.61) there."

    (value,) = values_in(sentence)

    assert sentence[value.start : value.end] == value.text == "0.33 (95% CI 0.18\u20130.61)"
    assert value.figure == "0.33"


def test_p_is_given_as_printed_and_once() -> None:
    assert p_values_in("DFS (P < 0.001) and OS (P = 0.04; again P < 0.001).") == (
        "P < 0.001",
        "P = 0.04",
    )

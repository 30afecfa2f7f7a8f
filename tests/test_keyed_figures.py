"""Which measure, time point and arm each value of a sentence is of."""

import pytest

from index.figures import KeyedFigure, keyed_figures


def keys(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(f.value, f.measure, f.time, f.arm) for f in keyed_figures(text)]


def figure(text: str) -> KeyedFigure:
    (only,) = keyed_figures(text)
    return only


EFS, OS = "event-free survival", "overall survival"


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "EFS was 71.5% in the 30 infants who received blinatumomab, against 50.2% in the 90 "
            "historical controls.",
            ["blinatumomab", "control arm"],
        ),
        (
            "EFS was 71.5% with blinatumomab plus chemotherapy and 50.2% with chemotherapy alone.",
            ["blinatumomab + chemotherapy", "chemotherapy"],
        ),
        ("EFS was blinatumomab 71.5% vs chemotherapy 50.2%.", ["blinatumomab", "chemotherapy"]),
        ("DFS was 83.3%, against 44.0% with chemotherapy.", [None, "chemotherapy"]),
        ("Fever was rarer with blinatumomab: 5% against 51%.", ["blinatumomab", None]),
        (
            "Fever occurred in 26.7% and anaemia in 17.8% of the 45 adults given blinatumomab.",
            ["blinatumomab", "blinatumomab"],
        ),
        (
            "Anaemia was less frequent with blinatumomab than with chemotherapy (12% versus 40%).",
            ["blinatumomab", "chemotherapy"],
        ),
        (
            "EFS was 85% with blinatumomab and 68% with chemotherapy, whereas another cut has "
            "84.8% and 69%.",
            ["blinatumomab", "chemotherapy", "blinatumomab", "chemotherapy"],
        ),
        (
            "Infection occurred in 17.6% of adults with blinatumomab and in 16.7% of adults "
            "without it.",
            ["blinatumomab", None],
        ),
        ("MRD was found in 72% before blinatumomab.", [None]),
        ("MRD was found in 72% before blinatumomab and 30% after it.", [None, "blinatumomab"]),
        (
            "Of older texts, EFS was 33% with chemotherapy and 25% with HSCT.",
            ["chemotherapy", "transplant"],
        ),
        (
            "MRD fell with blinatumomab in 75% and with chemotherapy in 32%, a difference of "
            "43 points.",
            ["blinatumomab", "chemotherapy", None],
        ),
        (
            "The hazard ratio for death was 0.71 for blinatumomab against chemotherapy.",
            ["blinatumomab"],
        ),
    ],
)
def test_each_value_has_the_arm_that_stands_beside_it(text: str, arms: list[str | None]) -> None:
    assert [arm for *_, arm in keys(text)] == arms


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("At 4 years, EFS and OS were 36% and 54%.", [EFS, OS]),
        ("At 4 years, EFS was 36% and OS was 54%.", [EFS, OS]),
        ("28 of 30 (93%) infants had a complete MRD response.", ["minimal residual disease"]),
        ("In 12% of adults in remission, infection occurred.", ["infection"]),
        ("The hazard ratio for death was 0.71.", ["death"]),
        ("Previous seizures carried a hazard ratio of 1.65 for infection.", ["infection"]),
        ("Anaemia affected 36%, thrombocytopenia 21% and hypokalaemia 17%.",
         ["anaemia", "thrombocytopenia", None]),
        ("Adverse events were anaemia in 24% and infection in 19%.", ["anaemia", "infection"]),
        ("Of adults with relapse, 20% were event-free at 2 years.", [EFS]),
        ("HSCT followed in 12 of 20 adults.", ["transplant"]),
        ("A mutation was found in 14% of infants.", [None]),
    ],
)  # fmt: skip
def test_each_value_has_the_measure_that_it_is_of(text: str, measures: list[str | None]) -> None:
    assert [measure for _, measure, *_ in keys(text)] == measures


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("At 2 years, EFS was 71.5% in boys and 50.2% in girls.", ["2 years", "2 years"]),
        ("EFS was 30% at 5 years and 20% at 10 years.", ["5 years", "10 years"]),
        ("After two cycles, 60% had an MRD response.", ["cycle 2"]),
        ("MRD was negative in 51.9% after two cycles of blinatumomab and 37.2% after chemotherapy.",
         ["cycle 2", None]),
        ("The 2-year EFS was 71% and the hazard ratio for death was 0.71.", ["2 years", None]),
        ("2-year OS was 44.2% and median survival was 210 days.", ["2 years", None]),
        ("EFS was 95% at a median follow-up of 18 months.", [None]),
        ("3-year EFS was 88% if MRD-negative at TP2.", ["3 years"]),
    ],
)  # fmt: skip
def test_each_value_has_the_time_point_at_which_it_was_measured(
    text: str, times: list[str | None]
) -> None:
    assert [time for _, _, time, _ in keys(text)] == times


def test_a_value_is_the_sentence_between_its_offsets() -> None:
    text = "EFS was 71.5% (95% CI 60.8\u201382.0) with blinatumomab."

    found = figure(text)

    assert text[found.start : found.end] == found.value == "71.5%"


def test_interval_patients_p_and_unit_stand_with_their_value() -> None:
    one, other = keyed_figures(
        "EFS was 71.5% (95% CI 60.8-82.0) in 30 infants and 50.2% in 90 controls (P = 0.03)."
    )

    assert (one.interval, one.n, one.p, one.unit) == ("95% CI 60.8-82.0", "30", None, "%")
    assert (other.interval, other.n, other.p, other.unit) == (None, "90", "P = 0.03", "%")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Median OS was 7.7 months.", "months"),
        ("The hazard ratio for death was 0.71.", "hazard ratio"),
        ("28 of 30 infants responded.", "patients"),
        ("The concentration was 706 pg/mL.", "pg/mL"),
    ],
)
def test_a_unit_is_named(text: str, unit: str) -> None:
    assert figure(text).unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "28 of 30 (93%) infants responded.",
        "28 of 30 infants with B-ALL (93%) responded.",
        "28 of 30 infants with persistent MRD and a fever (about 93.3%) responded.",
    ],
)
def test_a_percentage_that_restates_a_count_is_its_share(text: str) -> None:
    found = figure(text)

    assert found.value.startswith("28 of 30")
    assert found.share in ("93%", "93.3%")


def test_the_patients_of_a_value_are_those_named_beside_it() -> None:
    infants, adults = keyed_figures("EFS was 20% in infants at high risk and 60% in adults.")

    assert infants.population == ("infant", "high risk")
    assert adults.population == ("adult",)


def test_the_trial_is_the_one_that_is_named_else_that_of_the_document() -> None:
    assert figure("EFS was 71% in AALL0631.").trial == "AALL0631"
    (found,) = keyed_figures("EFS was 71%.", trial="lighthouse")
    assert found.trial == "lighthouse"


def test_a_sentence_without_a_result_has_no_figures() -> None:
    assert keyed_figures("Blinatumomab was given at 15 mcg/m²/day for 28 days.") == ()


def test_a_hazard_ratio_is_not_of_the_transplant_that_it_is_for() -> None:
    text = "Transplant helped infants at high risk only (hazard ratio 0.36)."

    assert figure(text).measure is None

"""The figures of a claim beside those of a source."""

import pytest

from assistant.claims.figures import align, counted_in, dates_of, in_digits, numbers_of, stated_in


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("Sixteen of 1,440 infants", "16 of 1440 infants"),
        ("Twenty-one per cent", "21%"),
        ("ninety days and two courses", "90 days and 2 courses"),
        ("one infant", "one infant"),
        ("often and tenfold", "often and tenfold"),
        ("Four hundred and five adults", "405 adults"),
        ("a hundred infants, two thousand children", "100 infants, 2000 children"),
        ("hundreds of infants", "hundreds of infants"),
    ],
)
def test_numbers_in_words_are_read_as_digits(words: str, digits: str) -> None:
    assert in_digits(words) == digits


def test_a_rounded_zero_and_a_percent_sign_make_no_other_number() -> None:
    assert numbers_of("44.0% against 36 +/- 6%") == {"44", "36", "6"}


def test_the_same_value_under_the_same_key_agrees() -> None:
    (found,) = align(
        "Overall survival at 4 years was 93.3%.", "At 4 years, overall survival was 93.3%."
    )

    assert found.agrees
    assert not found.conflicts


def test_another_value_under_the_same_key_conflicts() -> None:
    (found,) = align(
        "Overall survival at 4 years was 65.8%.", "At 4 years, overall survival was 60.2%."
    )

    assert found.conflicts
    assert found.source is not None
    assert found.source.value == "60.2%"


def test_the_same_value_of_another_endpoint_names_the_endpoint() -> None:
    (found,) = align(
        "Disease-free survival at 2 years was 93.3%.", "Overall survival at 2 years was 93.3%."
    )

    assert found.same_value
    assert found.differing == ("measure",)


def test_values_of_swapped_arms_conflict() -> None:
    found = align(
        "Infection occurred in 40% with blinatumomab and 10% with chemotherapy.",
        "Infection occurred in 10% with blinatumomab and 40% with chemotherapy.",
    )

    assert [one.conflicts for one in found] == [True, True]


def test_a_figure_of_something_else_is_beside_nothing() -> None:
    (found,) = align("Overall survival was 93.3%.", "Fever occurred in 12% of the infants.")

    assert found.source is None
    assert not found.conflicts


def test_a_bound_of_age_is_stated_although_it_is_no_result() -> None:
    assert stated_in("Children under 18 years: 93 were treated.") == {"18", "93"}


def test_a_number_is_told_with_what_it_counts() -> None:
    assert counted_in("Three seizures, 10 mL/h and 44 of 49 adults") == {
        ("3", "seizure"),
        ("10", "ml/h"),
        ("49", "adult"),
    }


def test_a_date_is_read_with_its_month() -> None:
    assert dates_of("On 14 June 2024") == {"14 June 2024", "June 2024"}

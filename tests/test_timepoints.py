"""When a value was measured, under one name for all its forms."""

import pytest

from index.keys.timepoints import time_points_in


def names(text: str) -> list[str]:
    return [time.name for time in time_points_in(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("At 2 years", "2 years"),
        ("2-year EFS", "2 years"),
        ("four-year EFS", "4 years"),
        ("at 4-6 years", "4-6 years"),
        ("OS 2 years after HSCT", "2 years"),
        ("within two cycles of blinatumomab", "cycle 2"),
        ("in the first blinatumomab cycle", "cycle 1"),
        ("at the end of cycle 1", "cycle 1"),
        ("after Block 1", "block 1"),
        ("after induction", "end of induction"),
        ("EOI", "end of induction"),
        ("died in induction", "induction"),
        ("induction mortality", "induction"),
        ("at TP2", "time point 2"),
        ("on day 15", "day 15"),
        ("Four years on, DFS was", "4 years"),
        ("Two years later, 80% were", "2 years"),
    ],
)
def test_a_time_point_has_one_name(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "in the 40-month update",
        "at 18 years of age",
        "after one 28-day course",
        "after induction was made less intensive",
        "reinduction",
        "mostly in cycle 1",
        "88% if MRD-negative at TP2",
        "4 weeks on and 2 weeks off",
    ],
)
def test_an_age_a_course_and_an_aside_are_no_time_points(text: str) -> None:
    assert names(text) == []


def test_a_time_point_is_the_text_between_its_offsets() -> None:
    text = "EFS at 2 years"

    (time,) = time_points_in(text)

    assert text[time.start : time.end] == "at 2 years"

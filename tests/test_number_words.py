"""Numbers in words."""

import re

import pytest

from index.number_words import PATTERN, digits


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("zero", "0"),
        ("Seven", "7"),
        ("nineteen", "19"),
        ("forty", "40"),
        ("ninety-three", "93"),
        ("twenty one", "21"),
    ],
)
def test_a_word_is_read_as_its_number(word: str, number: str) -> None:
    assert digits(word) == number


@pytest.mark.parametrize("word", ["first", "7", "sevens", "one-twenty"])
def test_what_is_no_number_stays_as_it_is(word: str) -> None:
    assert digits(word) == word


def test_the_whole_of_a_number_is_found() -> None:
    found = re.findall(rf"\b{PATTERN}\b", "sixteen of eighty-five, and seventy")

    assert found == ["sixteen", "eighty-five", "seventy"]

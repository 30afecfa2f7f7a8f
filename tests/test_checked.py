"""Which questions can be searched."""

import pytest

from assistant.checked import LONGEST, checked
from assistant.errors import BadQuestion


def test_a_question_stays_as_it_was_typed() -> None:
    assert checked("EFS ≥ 2 years, µg/m²?") == "EFS ≥ 2 years, µg/m²?"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  EFS\n\n in\tinfants? ", "EFS in infants?"),
        ("EF\x00S in \x1b[31minfants", "EFS in [31minfants"),
        ("leuk\u00adaemia\u200b", "leukaemia"),
        ("\u202eEFS\u202c", "EFS"),
        ("EFS \udcff?", "EFS ?"),
        ("EFS\u00a0at 2\u2009years", "EFS at 2 years"),
    ],
)
def test_what_cannot_be_seen_is_left_out(typed: str, kept: str) -> None:
    assert checked(typed) == kept


@pytest.mark.parametrize("empty", ["", " \n\t ", "\x00\x07\u200b"])
def test_a_question_without_words_is_refused(empty: str) -> None:
    with pytest.raises(BadQuestion, match=r"^Write a question first"):
        checked(empty)


def test_a_question_of_the_greatest_length_is_taken() -> None:
    assert len(checked("x" * LONGEST)) == 2000


def test_a_longer_question_is_refused_in_one_line_with_the_cure() -> None:
    with pytest.raises(BadQuestion) as caught:
        checked("x" * 20_000)

    assert str(caught.value) == (
        "This question has 20,000 characters; 2,000 is the most. Shorten it and ask again."
    )


def test_space_around_a_question_does_not_make_it_too_long() -> None:
    assert checked(" " * 5000 + "EFS?" + "\n" * 5000) == "EFS?"

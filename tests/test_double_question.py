"""A text that asks two things is two questions."""

import pytest
from assistant_stand_ins import READER, read

from assistant.double_question import questions_in


def asked(text: str) -> list[str]:
    return [question.text for question in questions_in(read(text), READER)]


def test_two_questions_in_one_are_read_apart() -> None:
    assert asked("What was EFS in infants and how often was fever seen?") == [
        "What was EFS in infants",
        "how often was fever seen (infant)?",
    ]


def test_a_question_mark_ends_a_question() -> None:
    assert asked("What was EFS in adults? And what was OS in infants?") == [
        "What was EFS in adults",
        "what was OS in infants?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "What were EFS and OS in infants?",
        "EFS in Lighthouse-1",
        "What is known of quibrimab and who was Aldermann?",
        "Is quibrimab given to infants who relapse and die?",
    ],
)
def test_what_asks_one_thing_is_one_question(text: str) -> None:
    assert asked(text) == []

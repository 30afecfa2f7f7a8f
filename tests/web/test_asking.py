from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Filters
from assistant.web import filters as filtering
from assistant.web.asking import ask
from assistant.web.questions import objection
from assistant.web.turns import Turn

from .hand_made import DOCUMENTS, Scripted

STUDIES = [kept.study for kept in DOCUMENTS]


class Broken:
    def stream(self, question: str, turns: Sequence[Answer], filters: Filters) -> Iterator[Answer]:
        raise KeyError(question)


class Silent:
    def stream(self, question: str, turns: Sequence[Answer], filters: Filters) -> Iterator[Answer]:
        return iter(())


def last(assistant: Scripted | Broken | Silent, question: str) -> Turn:
    *_, turns = ask(assistant, question, (), Filters())
    return turns[-1]


def test_the_question_is_shown_before_anything_is_found() -> None:
    turns = next(iter(ask(Scripted(), "What?", (), Filters())))

    assert turns == (Turn("What?"),)


def test_earlier_answers_are_handed_to_the_assistant() -> None:
    assistant = Scripted()
    first = last(assistant, "What was survival?")

    list(ask(assistant, "And at 10 years?", (first,), Filters()))

    assert [count for count, _ in assistant.seen] == [0, 1]


def test_a_turn_left_growing_is_ended_by_the_next_question() -> None:
    lost = Turn("What was survival?")

    *_, turns = ask(Scripted(), "And at 10 years?", (lost,), Filters())

    assert not turns[0].busy


def test_a_known_problem_is_told_with_its_own_words() -> None:
    problem = last(Scripted(), "please fail").problem

    assert problem is not None
    assert problem.cause == "The index is older than the corpus. Run `blincite index build`."


def test_an_unknown_problem_tells_its_kind_and_not_the_question() -> None:
    problem = last(Broken(), "Jane Doe, 3 months").problem

    assert problem is not None
    assert problem.cause == "Something failed inside Blincite (KeyError)."
    assert "Jane" not in problem.cure


def test_the_log_holds_no_question(caplog: object) -> None:
    last(Broken(), "Jane Doe, 3 months")

    assert "Jane" not in caplog.text  # type: ignore[attr-defined]


def test_an_answer_that_never_comes_is_said() -> None:
    problem = last(Silent(), "What?").problem

    assert problem is not None
    assert problem.cause == "The answer ended before it was complete."


def test_an_empty_question_and_one_that_is_too_long_are_refused() -> None:
    empty, fitting, longer = objection(" \n"), objection("x" * 2000), objection("x" * 2001)

    assert empty is not None
    assert fitting is None
    assert longer == (
        "This question has 2,001 characters; 2,000 is the most. Shorten it and ask again."
    )


def test_the_filter_form_is_read() -> None:
    values = {"kind": ["trial report"], "age": ["infant"], "from": "2020", "randomised": True}

    read = filtering.read(values, STUDIES)

    assert read == Filters(("trial report",), ("infant",), 2020, None, True)


def test_filter_values_that_no_document_has_are_left_out() -> None:
    values = {"kind": ["<script>"], "age": "infant", "from": "20x", "to": None}

    assert filtering.read(values, STUDIES) == Filters()


def test_active_filters_are_said_in_words() -> None:
    read = Filters(("trial report",), ("infant",), 2020, 2024, True)

    assert filtering.in_words(read) == (
        "trial report",
        "infants",
        "from 2020",
        "to 2024",
        "randomised only",
    )

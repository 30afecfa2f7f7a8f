"""The same question gets the same answer; the checks are timed by themselves."""

from dataclasses import replace
from itertools import count

from assistant_stand_ins import answer, evidence

from assistant.answer import Answer
from assistant.evaluation.repeat import checks_ms, same_answers


class SaysTheSame:
    def ask(self, question: str) -> Answer:
        return answer(question, evidence("Survival was 71.5%."))


class ChangesItsMind:
    """Answers one question anew each time."""

    def __init__(self) -> None:
        self._asked = count()

    def ask(self, question: str) -> Answer:
        given = answer(question, evidence("Survival was 71.5%."))
        return replace(given, caveats=(str(next(self._asked)),)) if question == "OS?" else given


class Proves:
    def prove(self, given: Answer) -> Answer:
        return given


def test_the_same_answer_in_every_run_counts_as_same() -> None:
    assert same_answers(SaysTheSame(), ["EFS?", "OS?"], runs=3, sample=2) == 1.0


def test_an_answer_that_changes_once_is_not_the_same() -> None:
    assert same_answers(ChangesItsMind(), ["EFS?", "OS?"], runs=3, sample=2) == 0.5


def test_without_questions_or_runs_there_is_no_share() -> None:
    assert same_answers(SaysTheSame(), []) is None
    assert same_answers(SaysTheSame(), ["EFS?"], runs=0) is None


def test_the_checks_of_an_answer_are_timed_at_the_median() -> None:
    ticks = iter([0.0, 0.010, 1.0, 1.050, 2.0, 2.020])
    given = answer("EFS?", evidence("Survival was 71.5%."))

    assert checks_ms(Proves(), [given] * 3, lambda: next(ticks)) == 20.0


def test_what_is_declined_has_no_checks_to_time() -> None:
    assert checks_ms(Proves(), [Answer("?", "?", abstained_because="nothing")]) is None

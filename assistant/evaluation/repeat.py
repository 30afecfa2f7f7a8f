"""Whether the same question gets the same answer, and how long the checks of an answer take."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter
from typing import Protocol

from assistant.answer import Answer
from assistant.evaluation.run import Scored

RUNS = 20
SAMPLE = 3
"""Questions that are asked again and again, spread evenly over a folder."""


class Prover(Protocol):
    def prove(self, answer: Answer) -> Answer: ...


class Asked(Protocol):
    def ask(self, question: str) -> Answer: ...


class Assistant(Asked, Protocol):
    @property
    def prover(self) -> Prover | None: ...


def measures_of(
    assistant: Assistant, scored: Sequence[Scored], *, runs: int = RUNS
) -> dict[str, float | None]:
    """Both measures, on the questions of an evaluation that have an answer."""
    asked = [one.expected.question for one in scored if one.expected.answerable and not one.turn]
    answers = [one.answer for one in scored]
    return {
        "same_answers": same_answers(assistant, asked, runs=runs),
        "checks_ms_p50": checks_ms(assistant.prover, answers) if assistant.prover else None,
    }


def same_answers(
    assistant: Asked, questions: Sequence[str], *, runs: int = RUNS, sample: int = SAMPLE
) -> float | None:
    """The share of a sample of questions that get one and the same answer in every run."""
    step = max(1, len(questions) // max(1, sample))
    asked = questions[::step][:sample]
    if not asked or runs < 1:
        return None
    # Run after run, not question after question: a cache would answer the second time.
    answers = [[assistant.ask(question) for question in asked] for _ in range(runs)]
    same = [all(run[place] == answers[0][place] for run in answers) for place in range(len(asked))]
    return sum(same) / len(same)


def checks_ms(
    prover: Prover, answers: Iterable[Answer], clock: Callable[[], float] = perf_counter
) -> float | None:
    """The median time of all checks of an answer, in milliseconds."""
    times = []
    for answer in answers:
        if answer.claims:
            start = clock()
            prover.prove(answer)
            times.append(1000 * (clock() - start))
    return round(median(times), 1) if times else None

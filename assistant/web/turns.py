"""What has happened in a conversation so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.cards import Card, Change


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer: what happened, and what to do."""

    cause: str
    cure: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, and what stands under it so far."""

    question: str
    answer: Answer | None = None
    problem: Problem | None = None
    stopped: bool = False
    card: Card | None = None
    """What is kept of the answer; None while it grows, and where it is not kept."""
    changes: tuple[Change, ...] | None = None
    """What became of its quotes since; None where the corpus is the one that it was given on."""

    @property
    def busy(self) -> bool:
        """Whether the answer is still growing."""
        ended = self.stopped or self.problem is not None
        return not ended and (self.answer is None or not self.answer.complete)


def answers(turns: Sequence[Turn]) -> tuple[Answer, ...]:
    """The earlier answers, as the assistant reads them; what was stopped counts as it stood."""
    given = (turn.answer for turn in turns if turn.answer is not None)
    return tuple(answer if answer.complete else replace(answer, complete=True) for answer in given)


def stop(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns with whatever was still growing ended where it stands."""
    return tuple(replace(turn, stopped=True) if turn.busy else turn for turn in turns)

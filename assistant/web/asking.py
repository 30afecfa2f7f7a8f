"""From a question to growing turns, whatever happens on the way."""

import logging
import traceback
from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Filters
from assistant.errors import AssistantProblem
from assistant.web.shapes import Assistant
from assistant.web.turns import Problem, Turn, answers, stop
from index.errors import IndexProblem

log = logging.getLogger(__name__)


def ask(
    assistant: Assistant, question: str, turns: Sequence[Turn], filters: Filters
) -> Iterator[tuple[Turn, ...]]:
    """The turns with the new one at the end, first empty, then growing."""
    # A turn left growing, by a lost connection for example, would keep the page waiting for it.
    earlier = stop(turns)
    yield (*earlier, Turn(question))
    answer: Answer | None = None
    try:
        for answer in assistant.stream(question, answers(earlier), filters):
            yield (*earlier, Turn(question, answer))
    # The outermost door: whatever fails is written where the answer would stand.
    except Exception as error:  # noqa: BLE001
        note_failure("An answer", error)
        yield (*earlier, Turn(question, answer, failure(error, KEPT)))
        return
    if answer is None or not answer.complete:
        unfinished = Problem("The answer ended before it was complete.", KEPT)
        yield (*earlier, Turn(question, answer, unfinished))


KEPT = "Your question is kept in the box. Ask it again."


def failure(error: Exception, kept: str) -> Problem:
    """What failed, in words; ``kept`` says what the reader has not lost."""
    if isinstance(error, IndexProblem | AssistantProblem):
        return Problem(str(error), kept)
    return Problem(
        f"Something failed inside Blincite ({type(error).__name__}).",
        f"{kept} If it fails again, start Blincite anew; the lines it printed say where it failed.",
    )


def note_failure(what: str, error: Exception) -> None:
    """Log where ``what``, such as an answer, failed."""
    # Neither the message nor the question is logged: both may hold a patient's data.
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s failed with %s:\n%s", what, type(error).__name__, where)

"""From a pasted text to a growing check, whatever happens on the way."""

import secrets
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final

from assistant.claims.records import CheckedText
from assistant.web.asking import failure, note_failure
from assistant.web.shapes import Desk
from assistant.web.turns import Problem

KEPT: Final = "Your text is kept."


@dataclass(frozen=True, slots=True)
class Run:
    """One check of a text, as far as it has come."""

    check_id: str
    """Known to this browser only: no one can guess it."""
    checked: CheckedText
    total: int
    """How many sentences the text has, checkable or not."""
    problem: Problem | None = None
    stopped: bool = False

    @property
    def busy(self) -> bool:
        """Whether it is still growing."""
        return not (self.checked.complete or self.stopped or self.problem)

    @property
    def left(self) -> int:
        """How many sentences are still to be checked."""
        return self.total - len(self.checked.sentences)


def check(desk: Desk, text: str) -> Iterator[Run]:
    """The check of ``text``, first empty, then growing; BadText where it cannot begin."""
    run = Run(secrets.token_urlsafe(16), CheckedText(text, (), complete=False), desk.count(text))
    yield run
    try:
        for checked in desk.stream(text):
            run = replace(run, checked=checked)
            yield run
    # The outermost door: whatever fails is written where the verdicts would stand.
    except Exception as error:  # noqa: BLE001
        note_failure("A check", error)
        yield replace(run, problem=failure(error, KEPT))


def stop(run: Run) -> Run:
    """The check ended where it stands."""
    return replace(run, stopped=True) if run.busy else run


def in_steps(runs: Iterator[Run], *, part: int = 25) -> Iterator[Run]:
    """Those that are worth drawing: each at first, later one whenever a ``part``-th is new.

    A page of five hundred sentences takes the browser some time to draw.
    """
    drawn = 0
    for run in runs:
        new = len(run.checked.sentences) - drawn
        if not run.busy or new > drawn // part or not run.checked.sentences:
            drawn = len(run.checked.sentences)
            yield run


class Checks:
    """The latest checks, in memory only: to be exported, and to be there after a reload.

    An owner is the name of a login, or empty where there is no login.
    """

    def __init__(self, most: int = 50) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], Run] = OrderedDict()
        self._lock = Lock()

    def keep(self, owner: str, run: Run) -> None:
        """Keep the latest state of a check; the oldest check is dropped where there are many."""
        with self._lock:
            self._kept[owner, run.check_id] = run
            self._kept.move_to_end((owner, run.check_id))
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def find(self, owner: str, check_id: str) -> Run | None:
        with self._lock:
            return self._kept.get((owner, check_id))

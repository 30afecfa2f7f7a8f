"""How many planted errors the checks catch, and how often they fail a true sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from assistant.answer import Check, Evidence
from assistant.evaluation.mutations import Planted, planted
from assistant.evaluation.run import share
from assistant.verification import check_claim
from index.documents import Document

EACH = 100
"""Claims of each kind of error, at most."""
SEED = 20261125
CheckClaim = Callable[[str, Evidence], Sequence[Check]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A planted claim, its checks, and how long they took."""

    planted: Planted
    failed: tuple[Check, ...]
    milliseconds: float

    @property
    def error(self) -> str | None:
        return self.planted.error


def outcomes(
    documents: Sequence[Document], check: CheckClaim = check_claim, *, each: int = EACH
) -> list[Outcome]:
    """Every claim that can be made of these documents, checked."""
    return [_outcome(one, check) for one in planted(documents, each=each, seed=SEED)]


def _outcome(one: Planted, check: CheckClaim) -> Outcome:
    start = perf_counter()
    failed = tuple(done for done in check(one.claim, one.evidence) if not done.passed)
    return Outcome(one, failed, 1000 * (perf_counter() - start))


def score(
    documents: Sequence[Document], check: CheckClaim = check_claim, *, each: int = EACH
) -> dict[str, Any]:
    """Shares from 0 to 1: errors caught, by kind too, and true sentences failed."""
    checked = outcomes(documents, check, each=each)
    return {
        "claims": len(checked),
        "ms_per_claim_p50": round(median(one.milliseconds for one in checked), 2) if checked else 0,
        **{name: _shares(rows) for name, rows in _splits(checked).items()},
    }


def measures_of(documents: Sequence[Document], *, each: int = EACH) -> dict[str, Any]:
    """The shares over both splits, as the evaluation prints them."""
    shares = _shares(outcomes(documents, check_claim, each=each))
    return {
        "planted_errors_caught": shares["caught"],
        "planted_false_alarms": shares["false_alarms"],
    }


def _splits(checked: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    return {
        "dev": [one for one in checked if not one.planted.held],
        "held": [one for one in checked if one.planted.held],
    }


def _shares(rows: Sequence[Outcome]) -> dict[str, Any]:
    false = [one for one in rows if one.error]
    kinds = dict.fromkeys(one.error for one in false)
    return {
        "errors": len(false),
        "caught": share(bool(one.failed) for one in false),
        "false_alarms": share(bool(one.failed) for one in rows if not one.error),
        "caught_by_kind": {
            kind: share(bool(one.failed) for one in false if one.error == kind) for kind in kinds
        },
    }

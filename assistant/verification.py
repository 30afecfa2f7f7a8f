"""A claim against the quotes that it rests on: one check after another, each with its reason."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Check, Verdict
from assistant.checks.denials import negation_check
from assistant.checks.keys import figures_check, key_checks
from assistant.checks.words import (
    certainty_check,
    direction_check,
    term_checks,
    trial_check,
    wording_check,
)
from index.documents import Study

CONTRADICTING = frozenset(
    {"value", "measure", "time point", "arm", "population", "interval", "direction", "negation"}
)
"""Checks that fail because the quote says otherwise; the others, because it does not say so."""
AGAINST = 0.9
FOR = 0.1
"""Probabilities: a quote speaks against a claim above the one, and not for it below the other."""


class Quoted(Protocol):
    """What a claim rests on; ``assistant.answer.Evidence`` is one."""

    @property
    def study(self) -> Study: ...
    @property
    def section(self) -> str: ...
    @property
    def quote(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Judged(Protocol):
    """Probabilities that a quote supports a claim, contradicts it, or does neither."""

    @property
    def supported(self) -> float: ...
    @property
    def contradicted(self) -> float: ...
    @property
    def not_enough(self) -> float: ...


class Verifier(Protocol):
    def verify(self, pairs: Sequence[tuple[str, str]]) -> Sequence[Judged]: ...


def check_claim(
    claim: str,
    evidence: Quoted | Sequence[Quoted],
    *,
    document: str | None = None,
    verifier: Verifier | None = None,
) -> tuple[Check, ...]:
    """All checks of ``claim`` against the piece, or the pieces together, that it rests on.

    ``document`` is the stored text of the first piece, where its place is to be checked too;
    ``verifier`` judges entailment where one is given. A claim that is its own quote has but its
    place to be checked.
    """
    pieces = list(evidence) if isinstance(evidence, Sequence) else [evidence]
    place = (place_check(pieces[0], document),) if document is not None and pieces else ()
    if any(claim.strip() == piece.quote.strip() for piece in pieces):
        return (*place, Check("wording", True, "It is the quote itself."))
    if not pieces:
        return (Check("quote", False, "The claim rests on no quote."),)
    checks = [*place, *_lexical(claim, pieces)]
    if verifier is not None:
        checks.append(entailment_check(claim, pieces, verifier))
    return _worst_of_each(checks)


def _lexical(claim: str, pieces: Sequence[Quoted]) -> Iterator[Check]:
    quotes = " ".join(piece.quote for piece in pieces)
    studies = [piece.study for piece in pieces]
    yield figures_check(claim, quotes, studies[0])
    yield from term_checks(claim, quotes, studies)
    yield from key_checks(claim, quotes, studies[0])
    yield trial_check(claim, quotes, studies)
    yield direction_check(claim, quotes)
    yield negation_check(claim, quotes)
    yield certainty_check(claim, quotes, studies[0])
    yield wording_check(claim, quotes, studies)


def _worst_of_each(checks: Sequence[Check]) -> tuple[Check, ...]:
    """One check of each name, failed where any of that name failed, in order of first mention."""
    worst: dict[str, Check] = {}
    for check in checks:
        if check.name not in worst or (worst[check.name].passed and not check.passed):
            worst[check.name] = check
    return tuple(worst.values())


def place_check(piece: Quoted, document: str) -> Check:
    """Whether the quote stands in the stored document at its offsets."""
    in_place = document[piece.start : piece.end] == piece.quote
    why = "stands" if in_place else "does not stand"
    return Check("quote", in_place, f"The quote {why} word for word in {piece.study.short}.")


def entailment_check(claim: str, pieces: Sequence[Quoted], verifier: Verifier) -> Check:
    """What a trained model makes of claim and quote."""
    (judged,) = verifier.verify([(claim, " ".join(piece.quote for piece in pieces))])
    if judged.contradicted >= AGAINST:
        return Check("entailment", False, "Read together, the quote speaks against the claim.")
    if judged.supported <= FOR:
        return Check("entailment", False, "Read together, the quote does not carry the claim.")
    return Check("entailment", True, "Read together, the quote carries the claim.")


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """Supported where every check passed, contradicted where the quote says otherwise."""
    failed = {check.name for check in checks if not check.passed}
    if not failed:
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED if failed & CONTRADICTING else Verdict.NOT_ENOUGH

"""Every claim is checked before it is shown; the evidence against is looked for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant_stand_ins import FIRST, LATER, OTHER, answer, evidence

from assistant.answer import Answer, Check, Opening
from assistant.proving import Prover

EFS = "At 2 years, event-free survival was 71.5%."
OTHERWISE = "Quibrimab did not improve event-free survival."


@dataclass(frozen=True)
class Judged:
    supported: float
    contradicted: float
    not_enough: float = 0.0


class SaysAgainst:
    """Takes every pair for a contradiction."""

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Judged]:
        return [Judged(0.0, 1.0) for _ in pairs]


BEFORE = "Results\n\n"


def stored(text: str, verifier: SaysAgainst | None = None) -> Prover:
    """Every document holds this text behind the heading of its section."""
    return Prover(lambda _: BEFORE + text, verifier)


def with_more(drafted: Answer, count: int = 1) -> Answer:
    """The same evidence with all but the first ``count`` claims behind "more"."""
    return replace(drafted, claims=drafted.claims[:count], more=drafted.claims[count:])


def test_a_quote_in_its_place_is_shown_with_its_checks() -> None:
    proven = stored(EFS).prove(answer("EFS?", evidence(EFS)))

    assert [claim.text for claim in proven.claims] == [EFS]
    assert [check.name for check in proven.claims[0].checks] == ["quote", "wording"]
    assert all(check.passed for check in proven.claims[0].checks)


def test_a_quote_that_is_not_in_its_place_is_withheld() -> None:
    both = answer("EFS?", evidence(EFS), evidence(OTHERWISE, OTHER, key="E2"))

    proven = stored(EFS).prove(both)

    assert [claim.text for claim in proven.claims] == [EFS]
    assert [claim.text for claim in proven.withheld] == [OTHERWISE]


def test_where_every_claim_failed_the_answer_abstains() -> None:
    proven = stored("Another text.").prove(answer("EFS?", evidence(EFS)))

    assert proven.abstained
    assert proven.claims == ()


def test_without_a_verifier_no_evidence_against_is_looked_for() -> None:
    assert stored(EFS).prove(answer("EFS?", evidence(EFS))).against is None


def test_evidence_against_is_that_of_another_trial() -> None:
    drafted = with_more(
        answer(
            "EFS?",
            evidence(EFS, FIRST),
            evidence(EFS, LATER, key="E2"),
            evidence(EFS, OTHER, key="E3"),
        )
    )

    proven = stored(EFS, SaysAgainst()).prove(drafted)

    assert proven.against is not None
    assert [piece.key for piece in proven.against] == ["E3"]


def test_that_nothing_speaks_against_is_said_as_none() -> None:
    proven = stored(EFS, SaysAgainst()).prove(answer("EFS?", evidence(EFS)))

    assert proven.against == ()


def test_yes_or_no_goes_with_the_sentence_that_proves_it() -> None:
    opening = Opening("Yes", "E1", Check("opening", True, "The sentence says it."))
    both = answer("EFS?", evidence(OTHERWISE), evidence(EFS, OTHER, key="E2"))

    proven = stored(EFS).prove(replace(both, opening=opening))

    assert proven.claims
    assert proven.opening is None

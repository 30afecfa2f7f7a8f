"""Every claim is checked before it is shown."""

from dataclasses import replace

from assistant_stand_ins import OTHER, answer, evidence

from assistant.answer import Check, Opening
from assistant.proving import Prover

EFS = "At 2 years, event-free survival was 71.5%."
OTHERWISE = "Quibrimab did not improve event-free survival."


BEFORE = "Results\n\n"


def stored(text: str) -> Prover:
    """Every document holds this text behind the heading of its section."""
    return Prover(lambda _: BEFORE + text)


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


def test_yes_or_no_goes_with_the_sentence_that_proves_it() -> None:
    opening = Opening("Yes", "E1", Check("opening", True, "The sentence says it."))
    both = answer("EFS?", evidence(OTHERWISE), evidence(EFS, OTHER, key="E2"))

    proven = stored(EFS).prove(replace(both, opening=opening))

    assert proven.claims
    assert proven.opening is None

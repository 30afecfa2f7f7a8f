"""A claim is held against the quote that it rests on, check by check."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from test_figures import STUDY

from assistant.answer import Evidence, Verdict
from assistant.verification import check_claim, verdict_of

TWO_ARMS = (
    "In the Lighthouse trial, 2-year disease-free survival (DFS) was 81.6% (95% CI 60.8-92.0) in "
    "the 30 infants who received blinatumomab and 49.4% in the 214 historical controls."
)
TRIAL = replace(
    STUDY,
    short="Smith 2023",
    title="Blinatumomab in infants with KMT2A-rearranged leukaemia: Lighthouse",
    design="single-arm phase 2 trial with historical controls",
    randomised=False,
)


def piece(quote: str) -> Evidence:
    return Evidence(
        key="E1",
        study=TRIAL,
        section="Results",
        quote=quote,
        start=0,
        end=len(quote),
        passage=quote,
        passage_start=0,
        passage_end=len(quote),
        score=1.0,
    )


def failed(claim: str, quote: str = TWO_ARMS) -> set[str]:
    return {check.name for check in check_claim(claim, piece(quote)) if not check.passed}


def why(claim: str, name: str, quote: str = TWO_ARMS) -> str:
    return next(c.why for c in check_claim(claim, piece(quote)) if c.name == name and not c.passed)


def test_a_claim_that_is_its_own_quote_passes_with_nothing_more_to_check() -> None:
    checks = check_claim(TWO_ARMS, piece(TWO_ARMS))

    assert [(check.name, check.passed) for check in checks] == [("wording", True)]
    assert verdict_of(checks) is Verdict.SUPPORTED


@pytest.mark.parametrize(
    "claim",
    [
        "DFS at 2 years was 81.6% with blinatumomab against 49.4% in historical controls.",
        "Disease-free survival at two years was 81.6 per cent with blinatumomab.",
        "In the Lighthouse trial the DFS of infants given blinatumomab was 81.6% at 24 months.",
        "DFS was higher with blinatumomab than in controls (81.6% versus 49.4%).",
        "DFS was 81.6% with blinatumomab (95% confidence interval 60.8-92.0).",
    ],
)
def test_the_same_in_other_words_passes(claim: str) -> None:
    assert failed(claim) == set()


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("DFS at 2 years was 82.6% with blinatumomab.", "figures"),
        ("DFS at 2 years was 82.6% with blinatumomab.", "value"),
        ("DFS at 4 years was 81.6% with blinatumomab.", "time point"),
        ("DFS at 2 years was 49.4% with blinatumomab.", "arm"),
        ("DFS at 2 years was 81.6% in historical controls.", "arm"),
        ("Overall survival at 2 years was 81.6% with blinatumomab.", "measure"),
        ("DFS was 81.6% with blinatumomab (95% CI 49.4-92.0).", "interval"),
        ("In TOWER, DFS at 2 years was 81.6%.", "trial"),
        ("DFS was lower with blinatumomab than in historical controls.", "direction"),
        ("DFS at 2 years was 81.6% with inotuzumab.", "arm"),
        ("DFS at 2 years was 81.6% in adults.", "population"),
        ("Blinatumomab cures infants: DFS was 81.6% at 2 years.", "certainty"),
        ("Girls benefited more than boys from longer hospital stays.", "wording"),
    ],
)
def test_a_claim_that_differs_fails_the_check_of_what_differs(claim: str, name: str) -> None:
    assert name in failed(claim)


GROUPS = (
    "In the cohort, 5-year EFS was 53% in good and 15% in poor prednisone responders, "
    "and relapse was not more frequent in girls."
)


@pytest.mark.parametrize(
    ("claim", "name"),
    [
        ("5-year EFS was 53% in poor prednisone responders.", "population"),
        ("Relapse was more frequent in girls.", "negation"),
    ],
)
def test_a_group_exchanged_and_a_negation_dropped_are_noticed(claim: str, name: str) -> None:
    assert name in failed(claim, GROUPS)


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("94% were in remission.", "94% were in remission and 2.3% had not reached remission."),
        ("At 4 years 81.6% were alive without disease.", "4-year disease-free survival was 81.6%."),
    ],
)
def test_what_a_quote_also_affirms_and_a_term_without_something_deny_nothing(
    claim: str, quote: str
) -> None:
    assert "negation" not in failed(claim, quote)


def test_fewer_relapses_are_not_against_a_higher_survival() -> None:
    quote = "Quibrimab raised disease-free survival in standard-risk infants."

    assert "direction" not in failed("Quibrimab cut relapses in standard-risk infants.", quote)


def test_bare_counts_have_an_arm_too() -> None:
    quote = "Relapse was the first event in 12 patients on blinatumomab and 18 on chemotherapy."

    assert failed("Relapse came first in 12 patients on blinatumomab.", quote) == set()
    assert "arm" in failed("Relapse came first in 18 patients on blinatumomab.", quote)


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("Fever was more frequent with blinatumomab than with chemotherapy.",
         "Fever was less frequent with blinatumomab than with chemotherapy."),
        ("Fever was more frequent with blinatumomab than with chemotherapy.",
         "Fever was more frequent with chemotherapy than with blinatumomab."),
        ("Grade 3 or higher fever occurred in 5% of infants.",
         "Grade 3 or lower fever occurred in 5% of infants."),
        ("Grade 3 or higher fever occurred in 5% on blinatumomab and 9% on chemotherapy.",
         "Fever of grade 3 or higher was commoner with blinatumomab than with chemotherapy."),
    ],
)  # fmt: skip
def test_a_comparison_that_is_turned_round_is_noticed(quote: str, claim: str) -> None:
    assert "direction" in failed(claim, quote)


def test_a_comparison_told_from_the_other_side_is_the_same() -> None:
    quote = "Fever was more frequent with blinatumomab than with chemotherapy."

    assert (
        failed("Fever was less frequent with chemotherapy than with blinatumomab.", quote) == set()
    )


def test_the_reason_is_a_sentence() -> None:
    assert why("DFS at 4 years was 81.6%.", "time point") == "81.6% is at 2 years, not 4 years."


def test_an_overstatement_names_the_design_of_its_source() -> None:
    reason = why("Blinatumomab cures infants.", "certainty")

    assert "not randomised (single-arm phase 2 trial with historical controls)" in reason


def test_several_pieces_carry_a_claim_together() -> None:
    other = "At 2 years, overall survival was 93.3% with blinatumomab."
    claim = "With blinatumomab, 2-year DFS was 81.6% and 2-year OS was 93.3%."

    checks = check_claim(claim, [piece(TWO_ARMS), piece(other)])

    assert verdict_of(checks) is Verdict.SUPPORTED


def test_a_quote_that_does_not_stand_in_its_document_fails() -> None:
    in_place = check_claim(TWO_ARMS, piece(TWO_ARMS), document=f"{TWO_ARMS} More.")
    moved = check_claim(TWO_ARMS, piece(TWO_ARMS), document=f"More. {TWO_ARMS}")

    assert verdict_of(in_place) is Verdict.SUPPORTED
    assert (moved[0].name, moved[0].passed) == ("quote", False)


def test_a_claim_without_evidence_fails() -> None:
    assert verdict_of(check_claim("DFS was 81.6%.", [])) is Verdict.NOT_ENOUGH


@dataclass(frozen=True)
class Probabilities:
    supported: float
    contradicted: float
    not_enough: float


class Says:
    """A verifier that says the same of every pair."""

    def __init__(self, *probabilities: float) -> None:
        self.judged = Probabilities(*probabilities)

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Probabilities]:
        return [self.judged for _ in pairs]


@pytest.mark.parametrize(
    ("verifier", "passed"),
    [
        (Says(0.9, 0.05, 0.05), True),
        (Says(0.02, 0.95, 0.03), False),
        (Says(0.05, 0.1, 0.85), False),
    ],
)
def test_a_verifier_is_asked_where_there_is_one(verifier: Says, passed: bool) -> None:
    claim = "DFS at 2 years was 81.6% with blinatumomab."

    checks = check_claim(claim, piece(TWO_ARMS), verifier=verifier)

    assert checks[-1].name == "entailment"
    assert checks[-1].passed is passed


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("DFS at 2 years was 81.6%.", Verdict.SUPPORTED),
        ("DFS at 4 years was 81.6%.", Verdict.CONTRADICTED),
        ("In TOWER, DFS at 2 years was 81.6%.", Verdict.NOT_ENOUGH),
    ],
)
def test_a_verdict_tells_what_is_denied_from_what_is_not_said(claim: str, verdict: Verdict) -> None:
    assert verdict_of(check_claim(claim, piece(TWO_ARMS))) is verdict

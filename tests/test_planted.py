"""Planted errors are caught, and true sentences in other words are let through."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from assistant.answer import Check, Evidence
from assistant.evaluation.mutations import CHANGES, planted, reworded
from assistant.evaluation.planted import measures_of, score
from index.readers import Corpus

SENTENCE = (
    "At 2 years, overall survival in AALL1331 was higher with blinatumomab (71.3%) than with "
    "chemotherapy (58.4%)."
)


@pytest.mark.parametrize("error", CHANGES)
def test_an_error_changes_the_sentence(error: str) -> None:
    changed = CHANGES[error](SENTENCE, Random(1))

    assert changed is not None
    assert changed != SENTENCE


def test_the_same_seed_plants_the_same_errors(real_corpus: Corpus) -> None:
    documents = real_corpus.documents[:20]

    assert planted(documents, each=5, seed=3) == planted(documents, each=5, seed=3)
    assert planted(documents, each=5, seed=3) != planted(documents, each=5, seed=4)


def test_there_are_as_many_true_claims_as_false_ones(real_corpus: Corpus) -> None:
    made = planted(real_corpus.documents[:40], each=5, seed=3)

    assert sum(one.error is None for one in made) == sum(one.error is not None for one in made)


def test_rewording_keeps_every_value() -> None:
    text = "In TOWER, complete remission (CR) was reached by 34% with blinatumomab."

    assert all("34" in reworded(text, Random(seed)) for seed in range(20))


def passes_all(claim: str, evidence: Evidence) -> Sequence[Check]:
    return (Check("figures", True, "It passes."),)


def fails_all(claim: str, evidence: Evidence) -> Sequence[Check]:
    return (Check("figures", False, "It fails."),)


def test_checks_that_pass_or_fail_everything_score_so(real_corpus: Corpus) -> None:
    documents = real_corpus.documents[:40]

    lenient, strict = (score(documents, check, each=10) for check in (passes_all, fails_all))

    assert (lenient["dev"]["caught"], lenient["dev"]["false_alarms"]) == (0.0, 0.0)
    assert (strict["dev"]["caught"], strict["dev"]["false_alarms"]) == (1.0, 1.0)


@pytest.fixture(scope="module")
def result(real_corpus: Corpus) -> dict[str, Any]:
    return score(real_corpus.documents, each=60)


def test_at_least_300_errors_are_planted(result: dict[str, Any]) -> None:
    assert result["dev"]["errors"] + result["held"]["errors"] >= 300


@pytest.mark.parametrize("split", ["dev", "held"])
def test_the_checks_catch_planted_errors_with_few_false_alarms(
    result: dict[str, Any], split: str
) -> None:
    assert result[split]["caught"] >= 0.95
    assert result[split]["false_alarms"] <= 0.05
    assert min(result[split]["caught_by_kind"].values()) >= 0.85


def test_an_evaluation_prints_the_shares_over_both_splits(real_corpus: Corpus) -> None:
    measures = measures_of(real_corpus.documents[:40], each=10)

    assert set(measures) == {"planted_errors_caught", "planted_false_alarms"}
    assert measures["planted_errors_caught"] > 0.8

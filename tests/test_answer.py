"""The records of an answer."""

from dataclasses import replace

import pytest
from assistant_stand_ins import FIRST, OTHER, answer, evidence

from assistant.answer import Answer, Filters

ONE = evidence("Survival was 71.5%.", FIRST, "E1")
TWO = evidence("Fever was seen in 10%.", OTHER, "E2")


def test_cited_documents_come_once_and_in_the_order_of_their_claims() -> None:
    given = answer("What was survival?", TWO, ONE, replace(TWO, key="E3"))

    assert given.cited == (OTHER.doc_id, FIRST.doc_id)


def test_what_is_shown_on_demand_does_not_count_as_cited() -> None:
    given = answer("What was survival?", ONE, TWO)

    given = replace(given, claims=given.claims[:1], more=given.claims[1:])

    assert given.cited == (FIRST.doc_id,)


def test_evidence_is_found_by_its_key() -> None:
    assert answer("What was survival?", ONE, TWO).evidence_for("E2") is TWO


def test_a_key_without_evidence_is_an_error() -> None:
    with pytest.raises(KeyError, match="E9"):
        answer("What was survival?", ONE).evidence_for("E9")


def test_an_answer_with_a_reason_abstains() -> None:
    refused = Answer("What?", "What?", abstained_because="no sentence reports it")

    assert refused.abstained
    assert not answer("What?", ONE).abstained


@pytest.mark.parametrize(
    "filters",
    [
        Filters(designs=("label",)),
        Filters(populations=("infant",)),
        Filters(year_from=2020),
        Filters(year_to=2020),
        Filters(randomised=False),
    ],
)
def test_a_filter_that_names_something_filters(filters: Filters) -> None:
    assert filters


def test_an_empty_filter_lets_everything_through() -> None:
    assert not Filters()

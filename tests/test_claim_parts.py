"""A claim and its source part by part, and in one line."""

from dataclasses import replace

import pytest
from assistant_stand_ins import FIRST, read, scored, study
from claim_stand_ins import weighed

from assistant.answer import Check, Verdict
from assistant.claims.features import judge
from assistant.claims.parts import overstatement, parts_of, why
from assistant.claims.records import Part, Weighed


def parts(claim: str, source: str) -> dict[str, Part]:
    reading = read(claim)
    judged = judge(reading, (scored(source), None), (), None)
    return {part.name: part for part in parts_of(reading, judged)}


def test_endpoint_time_point_and_value_stand_side_by_side() -> None:
    found = parts(
        "Overall survival at 4 years was 65.8%.", "At 4 years, overall survival was 60.2%."
    )

    assert found["value"] == Part("value", "65.8%", "60.2%", same=False)
    assert found["endpoint"].same
    assert found["time point"].same


def test_a_part_that_differs_once_differs() -> None:
    found = parts(
        "Survival was 90% with quibrimab and 50% with placebolin at 2 years.",
        "At 2 years, survival was 90% with quibrimab and 60% with placebolin.",
    )

    assert found["value"] == Part("value", "50%", "60%", same=False)


def test_the_trial_that_is_named_is_compared_with_the_study() -> None:
    found = parts("Survival in D-HARB was 90%.", "Survival was 90%.")

    assert found["trial"] == Part("trial", "D-HARB", "Aldermann 2091", same=False)


@pytest.mark.parametrize(
    ("claim", "source", "name"),
    [
        ("The drug improved survival.", "The drug did not improve survival.", "direction"),
        ("The infants were randomised.", "The trial had a single arm.", "certainty"),
        ("Girls did better.", "Boys did better.", "population"),
        ("Infants were treated.", "Adults were treated.", "population"),
    ],
)
def test_words_that_differ_belong_to_a_part(claim: str, source: str, name: str) -> None:
    assert not parts(claim, source)[name].same


def test_a_word_of_proof_on_a_study_that_was_not_randomised_is_too_much() -> None:
    single = study("s", "S", randomised=False, design="single-arm trial")

    assert overstatement("It cures infants.", single) == (
        "The source is a single-arm trial; the claim says “cures”."
    )


def test_a_randomised_trial_and_a_sober_claim_are_not_overstated() -> None:
    single = study("s", "S", randomised=False)

    assert overstatement("It cures infants.", FIRST) is None
    assert overstatement("Infants lived longer.", single) is None


def line(verdict: Verdict, leading: Weighed | None) -> str:
    return why(verdict, leading, None)


def test_the_line_says_where_and_what_differs() -> None:
    quote = weighed("Event-free survival was 83.3%.")

    assert line(Verdict.CONTRADICTED, quote) == (
        "Aldermann 2091, results: the claim says 81.6%, the source 83.3% (value)."
    )
    assert line(Verdict.NOT_ENOUGH, quote) == (
        "No sentence says so, or says otherwise. Nearest: Aldermann 2091, results."
    )
    assert line(Verdict.NOT_ENOUGH, None) == "No sentence of the corpus is about this."


def test_a_check_that_failed_under_the_key_is_told_in_its_own_words() -> None:
    check = Check("measure", False, "93.3% is overall survival, not disease-free survival.")
    quote = replace(weighed("Overall survival was 93.3%."), checks=(check,))

    assert line(Verdict.CONTRADICTED, quote) == (
        "Aldermann 2091, results: 93.3% is overall survival, not disease-free survival."
    )

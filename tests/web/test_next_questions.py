from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.web.next_questions import name_in_question, next_questions, next_row
from index.trials import Report

from .hand_made import (
    DOCUMENTS,
    FOLLOWED,
    HOSTILE,
    LATER,
    RESIDUAL,
    STUDY,
    SURVIVAL,
    TRIAL,
    Shelf,
    abstention,
    answer,
    evidence,
)

RELEASE = "Cytokine release syndrome in The infant trial?"
MRD = "MRD in The infant trial?"


def test_other_measures_of_the_cited_study_are_offered() -> None:
    given = answer(evidence("E1", SURVIVAL))

    assert next_questions(given, Shelf()) == (MRD, RELEASE)


def test_what_the_answer_told_is_not_offered() -> None:
    given = answer(evidence("E1", SURVIVAL), evidence("E2", RESIDUAL))

    assert next_questions(given, Shelf()) == (RELEASE,)


def test_what_was_asked_before_is_not_offered() -> None:
    given = answer(evidence("E1", SURVIVAL))

    assert next_questions(given, Shelf(), asked=[MRD]) == (RELEASE,)


def test_two_reports_of_one_trial_offer_a_question_once() -> None:
    given = answer(evidence("E1", FOLLOWED, DOCUMENTS[1]), evidence("E2", SURVIVAL))

    assert next_questions(given, Shelf()) == next_questions(
        answer(evidence("E1", FOLLOWED, DOCUMENTS[1])), Shelf()
    )


@pytest.mark.parametrize(
    "given",
    [
        None,
        abstention(),
        Answer("Hello", "Hello", reply="Ask about a trial."),
        replace(answer(evidence("E1", SURVIVAL)), complete=False),
    ],
)
def test_only_a_finished_answer_offers_questions(given: Answer | None) -> None:
    assert next_questions(given, Shelf()) == ()


@pytest.mark.parametrize(
    ("trial", "aliases", "name"),
    [
        ("COG AALL1731", ("AALL1731",), "AALL1731"),
        ("TOWER", (), "TOWER"),
        ("RIALTO (expanded access)", ("RIALTO",), "RIALTO"),
        ("Amgen 20120215 (high-risk first relapse)", ("20120215",), "Amgen 20120215"),
        ("Blinatumomab added to Interfant-06 in infants (phase 2)", (), "Smith 2023"),
    ],
)
def test_a_trial_is_asked_for_by_its_short_name(
    trial: str, aliases: tuple[str, ...], name: str
) -> None:
    known = replace(TRIAL, name=trial, aliases=aliases)

    assert name_in_question(STUDY, known) == name


def test_a_report_on_a_part_of_a_trial_is_asked_for_by_its_own_name() -> None:
    part = replace(TRIAL, reports=(Report(LATER.doc_id, "secondary", "residual disease"),))

    assert name_in_question(LATER, part) == "Smith 2026"


def test_a_question_is_shown_as_text_whatever_it_holds() -> None:
    shown = next_row([HOSTILE])

    assert "<img" not in shown
    assert "<script" not in shown

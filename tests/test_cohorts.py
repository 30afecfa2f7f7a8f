"""Reports of one trial are one trial."""

from assistant_stand_ins import (
    COHORTS,
    FIRST,
    GROWN,
    LATER,
    LIGHTHOUSE,
    OTHER,
    PLANNED,
    STUDIES,
    study,
    trial,
)

from assistant.cohorts import Cohorts

PART = study("dahl-2092", "Dahl 2092", trial="lighthouse-1")
NEWEST = study("eide-2095", "Eide 2095", trial="lighthouse-1")
LONG = Cohorts(
    [
        trial(
            "lighthouse-1",
            "Lighthouse-1",
            (FIRST, "primary"),
            (PART, "secondary"),
            (LATER, "follow-up"),
            (NEWEST, "follow-up"),
        )
    ],
    (*STUDIES, PART, NEWEST),
)


def test_the_trial_of_a_document_is_found() -> None:
    assert COHORTS.trial_of(FIRST.doc_id) is LIGHTHOUSE
    assert COHORTS.trial_of(GROWN.doc_id) is None


def test_later_reports_come_newest_first() -> None:
    assert LONG.later_reports(FIRST.doc_id) == (NEWEST.doc_id, LATER.doc_id)
    assert LONG.later_reports(LATER.doc_id) == (NEWEST.doc_id,)
    assert LONG.later_reports(NEWEST.doc_id) == ()


def test_a_report_on_a_part_of_the_cohort_has_no_later_report() -> None:
    assert LONG.later_reports(PART.doc_id) == ()


def test_a_document_without_a_trial_has_no_later_report() -> None:
    assert COHORTS.later_reports(GROWN.doc_id) == ()


def test_two_reports_of_one_trial_are_noted() -> None:
    (note,) = COHORTS.notes([FIRST.doc_id, OTHER.doc_id, LATER.doc_id])

    assert note == (
        "Aldermann 2091 and Brandvik 2093 report on one trial; its patients are counted once."
    )


def test_three_reports_of_one_trial_make_one_note() -> None:
    (note,) = LONG.notes([FIRST.doc_id, LATER.doc_id, NEWEST.doc_id])

    assert note.startswith("Aldermann 2091, Brandvik 2093 and Eide 2095 report on one trial")


def test_reports_of_different_trials_need_no_note() -> None:
    assert COHORTS.notes([FIRST.doc_id, OTHER.doc_id, GROWN.doc_id]) == ()
    assert COHORTS.notes([]) == ()


def test_a_trial_without_results_is_known() -> None:
    planned, reported = frozenset({PLANNED.doc_id}), frozenset({FIRST.doc_id})

    assert COHORTS.without_results([planned])
    assert not COHORTS.without_results([reported])
    assert not COHORTS.without_results([planned, reported])


def test_nothing_that_is_named_is_no_trial_without_results() -> None:
    assert not COHORTS.without_results([])
    assert not COHORTS.without_results([frozenset()])
    assert not COHORTS.without_results([frozenset({GROWN.doc_id})])

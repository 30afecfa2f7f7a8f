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
from index.documents import Study

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


def told(*studies: Study) -> list[tuple[str, str]]:
    """A sentence without a figure of each study."""
    return [(one.doc_id, "Quibrimab was given.") for one in studies]


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
    (note,) = COHORTS.notes(told(FIRST, OTHER, LATER))

    assert note == (
        "Aldermann 2091 and Brandvik 2093 report on one trial; its patients are counted once."
    )


def test_three_reports_of_one_trial_make_one_note() -> None:
    (note,) = LONG.notes(told(FIRST, LATER, NEWEST))

    assert note.startswith("Aldermann 2091, Brandvik 2093 and Eide 2095 report on one trial")


def test_reports_of_different_trials_need_no_note() -> None:
    assert COHORTS.notes(told(FIRST, OTHER, GROWN)) == ()
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


def test_a_later_figure_of_the_same_patients_is_set_beside_the_first() -> None:
    (note,) = COHORTS.notes(
        [
            (LATER.doc_id, "At 4 years, event-free survival was 68.8% with blinatumomab."),
            (FIRST.doc_id, "At 2 years, event-free survival was 71.5% with blinatumomab."),
        ]
    )

    assert note == (
        "Aldermann 2091: event-free survival 71.5% at 2 years. Brandvik 2093, a later report on "
        "the same patients: event-free survival 68.8% at 4 years."
    )


def test_a_figure_of_another_arm_is_no_follow_up() -> None:
    (note,) = COHORTS.notes(
        [
            (FIRST.doc_id, "At 2 years, event-free survival was 71.5% with blinatumomab."),
            (LATER.doc_id, "At 4 years, event-free survival was 44.4% with chemotherapy."),
        ]
    )

    assert note.endswith("report on one trial; its patients are counted once.")

from dataclasses import replace

import pytest

from assistant.references import reference
from assistant.web import study_words

from .hand_made import STUDY


@pytest.mark.parametrize(
    ("design", "short"),
    [
        ("single-arm phase 2 trial with historical controls", "Single-arm phase 2 trial"),
        (
            "multinational, open-label, randomised (2:1) phase 3 trial",
            "Open-label, randomised phase 3 trial",
        ),
        ("randomised phase 3 trial, stopped early", "Randomised phase 3 trial"),
        ("phase 3, open, not randomised", "Phase 3, open, not randomised"),
    ],
)
def test_a_design_is_shortened_to_its_noun(design: str, short: str) -> None:
    strip = dict(study_words.strip(replace(STUDY, design=design)))

    assert strip["Design"] == short


def test_a_follow_up_loses_its_range_and_keeps_its_arms() -> None:
    by_arm = "median 11.7 months (blinatumomab) and 11.8 months (chemotherapy)"

    strip = dict(study_words.strip(replace(STUDY, follow_up=by_arm)))

    assert dict(study_words.strip(STUDY))["Follow-up"] == "Median 26.3 months"
    assert strip["Follow-up"] == study_words.capital(by_arm)


@pytest.mark.parametrize(
    ("comparator", "patients"),
    [
        ("214 infants of Interfant-06 (historical, not randomised)", "30 v 214"),
        ("matched contemporary cohort of 57 patients (not randomised)", "30 v 57"),
        ("192 matched controls from UKALL 2003 (historical)", "30 v 192"),
        ("historical Interfant-06 results", "30"),
        ("240 infants given chemotherapy only (not randomised)", "30"),
        ("similar patients of the earlier trial (104 in 2022, 90 in the final report)", "30"),
        (None, "30"),
    ],
)
def test_a_number_of_controls_stands_beside_the_patients_only_where_it_comes_from_outside(
    comparator: str | None, patients: str
) -> None:
    strip = dict(study_words.strip(replace(STUDY, comparator=comparator)))

    assert strip["Patients"] == patients


def test_the_patients_of_a_randomised_trial_are_counted_once() -> None:
    trial = replace(STUDY, randomised=True, n=224, comparator="112 adults, as in earlier trials")

    assert dict(study_words.strip(trial))["Patients"] == "224"


def test_a_label_says_who_published_it_instead_of_a_design() -> None:
    label = replace(STUDY, kind="label", journal="FDA")

    names = [name for name, _ in study_words.strip(label)]

    assert names == ["Kind", "Published by", "Setting"]


def test_a_preprint_is_said_first() -> None:
    strip = study_words.strip(replace(STUDY, journal="medRxiv"))

    assert strip[0] == ("Status", "Preprint, not peer reviewed")


def test_a_reference_has_what_is_known_and_nothing_else() -> None:
    bare = replace(STUDY, doi=None, pmid=None, volume=None, pages=None, year=None)

    assert reference(bare) == (
        "Smith A, Jones B, Kim C, Lee D. Blinatumomab in Infants. Journal of Infants."
    )


def test_the_strip_says_whether_abstract_or_full_text_was_read_and_retractions_looked_for() -> None:
    unchecked = dict(study_words.strip(STUDY))
    checked = dict(study_words.strip(replace(STUDY, read="full text", status="none on file")))

    assert unchecked["Text read"] == "Abstract; retractions not checked"
    assert checked["Text read"] == "Full text"


def test_a_registry_record_says_what_it_is_and_of_whom_it_tells() -> None:
    strip = study_words.strip(replace(STUDY, kind="registry record"))

    assert strip[:3] == (
        ("Kind", "Registry record"),
        ("Compared with", "Historical controls"),
        ("Patients", "30 v 214"),
    )

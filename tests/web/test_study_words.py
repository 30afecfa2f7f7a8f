from dataclasses import replace

import pytest

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


def test_a_label_says_who_published_it_instead_of_a_design() -> None:
    label = replace(STUDY, kind="label", journal="FDA")

    names = [name for name, _ in study_words.strip(label)]

    assert names == ["Kind", "Published by", "Setting"]


def test_a_preprint_is_said_first() -> None:
    strip = study_words.strip(replace(STUDY, journal="medRxiv"))

    assert strip[0] == ("Status", "Preprint, not peer reviewed")


def test_a_reference_has_what_is_known_and_nothing_else() -> None:
    bare = replace(STUDY, doi=None, pmid=None, volume=None, pages=None, year=None)

    assert study_words.reference(bare) == (
        "Smith A, Jones B, Kim C, Lee D. Blinatumomab in Infants. Journal of Infants."
    )

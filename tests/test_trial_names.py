"""The names of trials in a text."""

import pytest

from index.keys.trial_names import trial_names_in


@pytest.mark.parametrize(
    "name",
    [
        "AALL0631", "Interfant-06", "TOWER", "E1910", "MLL-10", "MLL03", "D-ALBA", "SWOG 1318",
        "NCT02003222", "MT103-211", "GRAALL-2014-QUEST", "Golden Gate", "2016-004674-17",
    ],
)  # fmt: skip
def test_a_trial_is_known_by_the_look_of_its_name(name: str) -> None:
    assert trial_names_in(f"EFS in {name} was 71%.") == (name,)


@pytest.mark.parametrize(
    "text", ["CD19", "KMT2A", "MRD", "HSCT", "TP53", "FDA", "QLQ-C30", "H1N1", "t(4;11)", "JAMA"]
)
def test_a_gene_a_marker_and_an_abbreviation_are_no_trials(text: str) -> None:
    assert trial_names_in(f"{text} was found in 71%.") == ()

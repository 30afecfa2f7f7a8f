"""Which treatments a clause judges, and in which outcomes."""

import pytest

from assistant.effect_words import judged_in, outcomes_in, treatments_in


@pytest.mark.parametrize(
    ("clause", "judged"),
    [
        ("a benefit of lestaurtinib after blinatumomab", {"lestaurtinib"}),
        ("HSCT soon after blinatumomab was feasible", {"transplant"}),
        ("survival in the blinatumomab and ponatinib series", set()),
        ("responders to blinatumomab lived longer", set()),
        ("age went with a worse outcome of HSCT", set()),
        ("late intensification with cytarabine", {"late intensification"}),
    ],
)
def test_a_treatment_is_judged_unless_it_only_tells_which_patients(
    clause: str, judged: set[str]
) -> None:
    assert judged_in(clause) == judged


@pytest.mark.parametrize(
    ("clause", "outcomes"),
    [
        ("EFS and OS were higher", ("survival without events", "survival")),
        ("HSCT helped after early relapse", ("outcome as a whole",)),
        ("infants with high MRD did better", ("outcome as a whole",)),
        ("blinatumomab cleared MRD", ("minimal residual disease",)),
        ("a lower risk of relapse or death", ("survival without events",)),
        ("it was feasible and safe", ("tolerance",)),
        ("fewer infections, CRS excepted", ("infection",)),
        ("quality of life or death", ("quality of life",)),
    ],
)
def test_outcomes_are_told_from_the_patients_that_were_chosen(
    clause: str, outcomes: tuple[str, ...]
) -> None:
    assert outcomes_in(clause) == outcomes


def test_tests_are_no_treatments() -> None:
    assert treatments_in("Flow cytometry after blinatumomab and HSCT") == {
        "blinatumomab",
        "transplant",
    }

"""Whether the patients of a cited study are those that a question is about."""

import pytest
from assistant_stand_ins import FIRST, read

from assistant.applicability import mismatch
from index.documents import Study


def taking(**fields: object) -> Study:
    from dataclasses import replace

    return replace(FIRST, **fields)  # type: ignore[arg-type]


INFANTS = taking(
    age_group=("infant",), line=("newly diagnosed",), population="Infants with KMT2A-rearranged ALL"
)


@pytest.mark.parametrize(
    "question",
    [
        "EFS of infants",
        "EFS",
        "EFS of newly diagnosed infants with KMT2A-r ALL",
        "first-line treatment of children",
        "infants and adults: EFS?",
    ],
)
def test_patients_that_may_agree_need_no_word(question: str) -> None:
    assert mismatch(read(question), INFANTS) is None


def test_another_age_is_said() -> None:
    said = mismatch(read("EFS of adults with ALL"), INFANTS)

    assert said == f"The question is about adults; {FIRST.short} is about infants."


def test_another_line_of_therapy_is_said() -> None:
    said = mismatch(read("relapsed or refractory infants: response?"), INFANTS)

    assert said is not None
    assert said.endswith(f"{FIRST.short} is about newly diagnosed disease.")


def test_the_opposite_genetics_are_said() -> None:
    said = mismatch(read("EFS of KMT2A-germline infants"), INFANTS)

    assert said is not None
    assert "KMT2A-germline ALL" in said
    assert said.endswith(f"{FIRST.short} is about KMT2A-rearranged ALL.")


def test_a_study_of_any_line_agrees_with_all() -> None:
    assert mismatch(read("relapsed infants"), taking(age_group=("infant",), line=("any",))) is None

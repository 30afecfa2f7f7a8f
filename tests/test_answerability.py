"""The bundled model that tells an answer from a near miss."""

import dataclasses

import pytest
from assistant_stand_ins import OTHER, scored

from assistant.answerability import ANSWERABILITY, AnswerModel
from index.errors import MissingWeights
from index.weights import file_sha256

RESULT = scored("At 2 years, event-free survival was 71.5% in the 80 infants.")
STORAGE = scored("The vial is kept in a refrigerator at 2 to 8 °C for at most 10 days.", of=OTHER)
RASH = scored("Purple rash was seen in 6 of 60 infants who received quibrimab.")


@pytest.fixture(scope="module")
def model() -> AnswerModel:
    return AnswerModel()


@pytest.mark.parametrize(
    ("answered", "near"),
    [
        ("EFS at 2 years, infants, Aldermann", "EFS at 5 years, infants, Aldermann"),
        ("2-year event-free survival in Aldermann 2091?", "2-year overall survival in Aldermann?"),
    ],
)
def test_an_answer_is_told_from_a_near_miss(model: AnswerModel, answered: str, near: str) -> None:
    (right,) = model.read(answered, [RESULT], count=1)
    (wrong,) = model.read(near, [RESULT], count=1)

    assert right.answers > wrong.answers


def test_a_sentence_is_judged_alike_in_any_company(model: AnswerModel) -> None:
    alone = model.read("How is it stored?", [STORAGE], count=1)

    together = model.read("How is it stored?", [RESULT, STORAGE], count=2)

    assert together[1:] == alone


def test_what_is_not_read_counts_as_the_least_of_what_is(model: AnswerModel) -> None:
    first, second, third = model.read("How is it stored?", [STORAGE, RESULT, RASH], count=2)

    assert third.answers == second.answers < first.answers


def test_the_sentences_keep_their_order(model: AnswerModel) -> None:
    read = model.read("How is it stored?", [RESULT, STORAGE, RASH], count=3)

    assert [one.text for one in read] == [RESULT.text, STORAGE.text, RASH.text]


def test_no_sentences_stay_none(model: AnswerModel) -> None:
    assert model.read("How is it stored?", [], count=8) == []


def test_the_weights_are_the_tested_file() -> None:
    assert file_sha256(ANSWERABILITY.folder / "model.onnx") == ANSWERABILITY.sha256


def test_the_weights_are_small_enough_to_be_shipped() -> None:
    assert (ANSWERABILITY.folder / "model.onnx").stat().st_size <= 40_000_000


def test_changed_weights_are_refused_with_the_cure() -> None:
    changed = dataclasses.replace(ANSWERABILITY, sha256="0" * 64)

    with pytest.raises(MissingWeights, match=r"is not the tested file\. Reinstall Blincite"):
        _ = changed.folder

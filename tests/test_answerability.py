"""The bundled model that tells an answer from a near miss."""

import dataclasses

import pytest

from assistant.answerability import ANSWERABILITY, AnswerModel
from index.errors import MissingWeights
from index.weights import file_sha256

RESULT = "Aldermann 2091. Results: At 2 years, event-free survival was 71.5% in the 80 infants."
STORAGE = "Label. Storage: The vial is kept in a refrigerator at 2 to 8 °C for at most 10 days."


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
    (right,) = model.logits(answered, [RESULT])
    (wrong,) = model.logits(near, [RESULT])

    assert right > wrong


def test_a_sentence_is_judged_alike_in_any_company(model: AnswerModel) -> None:
    alone = model.logits("How is it stored?", [STORAGE])

    together = model.logits("How is it stored?", [RESULT, STORAGE])

    assert together[1:] == alone


def test_no_sentences_have_no_logits(model: AnswerModel) -> None:
    assert model.logits("How is it stored?", []) == []


def test_the_weights_are_the_tested_file() -> None:
    assert file_sha256(ANSWERABILITY.folder / "model.onnx") == ANSWERABILITY.sha256


def test_the_weights_are_small_enough_to_be_shipped() -> None:
    assert (ANSWERABILITY.folder / "model.onnx").stat().st_size <= 40_000_000


def test_changed_weights_are_refused_with_the_cure() -> None:
    changed = dataclasses.replace(ANSWERABILITY, sha256="0" * 64)

    with pytest.raises(MissingWeights, match=r"is not the tested file\. Reinstall Blincite"):
        _ = changed.folder

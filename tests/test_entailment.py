"""Whether a quote supports a claim, contradicts it, or says too little."""

import dataclasses

import pytest

from assistant.entailment import (
    CLAIM_READER,
    VERIFIER,
    Entailment,
    OwnWeights,
    Verifier,
    label_order,
    verifier_of,
)
from assistant.errors import BadSetting
from index.errors import MissingWeights
from index.weights import file_sha256

SURVIVAL = "At 2 years, event-free survival was higher with quibrimab than with placebolin."
STORAGE = "The vial is kept in a refrigerator at 2 to 8 °C for at most 10 days."


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier()


def likeliest(entailment: Entailment) -> str:
    return max(dataclasses.asdict(entailment).items(), key=lambda one: one[1])[0]


@pytest.mark.parametrize(
    ("claim", "quote", "expected"),
    [
        (SURVIVAL, SURVIVAL, "supported"),
        (SURVIVAL.replace("higher", "lower"), SURVIVAL, "contradicted"),
        (SURVIVAL, STORAGE, "not_enough"),
    ],
)
def test_a_quote_is_read_for_and_against_a_claim(
    verifier: Verifier, claim: str, quote: str, expected: str
) -> None:
    (entailment,) = verifier.verify([(claim, quote)])

    assert likeliest(entailment) == expected


def test_the_probabilities_add_up_to_one(verifier: Verifier) -> None:
    (entailment,) = verifier.verify([(SURVIVAL, STORAGE)])

    assert sum(dataclasses.astuple(entailment)) == pytest.approx(1.0)


def test_a_pair_is_judged_alike_in_any_company(verifier: Verifier) -> None:
    (alone,) = verifier.verify([(SURVIVAL, SURVIVAL)])

    together = verifier.verify([(STORAGE, SURVIVAL), (SURVIVAL, SURVIVAL)])

    assert together[1] == alone


def test_a_verifier_that_is_off_is_none() -> None:
    assert verifier_of("off") is None


@pytest.mark.parametrize("name", [None, "some/model"])
def test_a_verifier_that_is_on_is_the_one_that_is_named(name: str | None) -> None:
    verifier = verifier_of(name)

    assert verifier is not None
    assert verifier.model_name == name


def test_a_verifier_that_cannot_be_loaded_is_refused_with_the_cure() -> None:
    with pytest.raises(BadSetting, match=r"no/such-model cannot be loaded.*bundled or off"):
        Verifier("no/such-model").verify([(STORAGE, SURVIVAL)])


def test_no_pairs_need_no_model() -> None:
    assert Verifier("a model that does not exist").verify([]) == []


def test_the_claim_desk_reads_with_weights_of_its_own_unless_told_otherwise() -> None:
    own, general = verifier_of(None), verifier_of("general")

    assert [own and own.weights, general and general.weights] == [CLAIM_READER, VERIFIER]


@pytest.mark.parametrize("weights", [VERIFIER, CLAIM_READER])
def test_the_weights_are_the_tested_file(weights: OwnWeights) -> None:
    assert file_sha256(weights.folder / "model.onnx") == weights.sha256


@pytest.mark.parametrize("weights", [VERIFIER, CLAIM_READER])
def test_the_weights_are_small_enough_to_be_shipped(weights: OwnWeights) -> None:
    assert (weights.folder / "model.onnx").stat().st_size <= 40_000_000


def test_changed_weights_are_refused_with_the_cure() -> None:
    changed = dataclasses.replace(VERIFIER, sha256="0" * 64)

    with pytest.raises(MissingWeights, match=r"is not the tested file\. Reinstall Blincite"):
        _ = changed.folder


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, (1, 0, 2)),
        ({0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"}, (0, 2, 1)),
        ({0: "supported", 1: "contradicted", 2: "not_enough"}, (0, 1, 2)),
        ({0: "SUPPORT", 1: "NEI", 2: "CONTRADICT"}, (0, 2, 1)),
    ],
)
def test_the_order_of_labels_is_read_from_the_config(
    names: dict[int, str], expected: tuple[int, ...]
) -> None:
    assert label_order(names, "some/model") == expected


@pytest.mark.parametrize(
    "names", [{0: "LABEL_0"}, {0: "entailment", 1: "not_entailment"}, {0: "good", 1: "bad", 2: "x"}]
)
def test_a_model_with_other_labels_is_refused(names: dict[int, str]) -> None:
    with pytest.raises(
        BadSetting, match=r"some/model has the outputs .* entailment, contradiction"
    ):
        label_order(names, "some/model")

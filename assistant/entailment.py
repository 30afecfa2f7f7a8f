"""Whether a quote supports a claim, contradicts it, or says too little: the verifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import BadSetting
from index.errors import MissingWeights
from index.weights import OnnxEncoder, Weights, file_sha256

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LABELS = ("supported", "contradicted", "not_enough")
"""In the order of the outputs of the bundled weights."""
SYNONYMS = {
    "supported": ("supported", "support", "supports", "entailment"),
    "contradicted": ("contradicted", "contradict", "contradicts", "contradiction", "refutes"),
    "not_enough": ("not_enough", "not enough info", "nei", "neutral"),
}
"""What the labels are called in the configurations of cross-encoders."""


@dataclass(frozen=True, slots=True)
class Entailment:
    """Probabilities that add up to 1."""

    supported: float
    contradicted: float
    not_enough: float


@dataclass(frozen=True)
class OwnWeights(Weights):
    """Weights that are package data of Blincite: ``assistant/weights/<name>``."""

    @cached_property
    def folder(self) -> Path:
        """The folder with ``model.onnx`` and ``tokenizer.json``; checked against ``sha256``."""
        folder = Path(__file__).parent / "weights" / self.name
        model = folder / "model.onnx"
        if not model.is_file() or file_sha256(model) != self.sha256:
            raise MissingWeights(
                f"{model} is missing or is not the tested file. Reinstall Blincite: "
                "pip install --force-reinstall --no-deps blincite"
            )
        return folder


VERIFIER = OwnWeights(
    "verifier",
    "cross-encoder/ms-marco-MiniLM-L-12-v2, trained on by assistant/training/verifier.py",
    "d252732e231487f7c5a351e4223714018b1d54f2f0e01c3c8adf85e65edcf9a0",
)
CLAIM_READER = OwnWeights(
    "claims",
    "the weights above, trained on by assistant/training/verifier_corpus.py",
    "e69967ee85ddd23cbd5c13924e1d44dab434bb0da5606bd308713cbb432e2cbf",
)


class Verifier:
    """Reads a claim beside a quote.

    ``model_name`` is any cross-encoder with three labels that sentence-transformers can load;
    None takes bundled ``weights``.
    """

    def __init__(self, model_name: str | None = None, weights: Weights = VERIFIER) -> None:
        self.model_name = model_name
        self.weights = weights

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """For each claim and quote, in the order given, what the quote says of the claim."""
        if not pairs:
            return []
        rows = self._of_bundled(pairs) if self.model_name is None else self._of_named(pairs)
        return [Entailment(*map(float, row)) for row in rows]

    def _of_bundled(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """Probabilities of our labels, a row a pair."""
        from scipy.special import softmax

        probabilities: NDArray[np.float32] = softmax(
            self._bundled.read(pairs, keep=lambda output: output), axis=1
        )
        return probabilities

    def _of_named(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        rows: NDArray[np.float32] = self._named.predict(
            list(pairs), batch_size=256, show_progress_bar=False
        )
        return rows[:, self._order]

    @cached_property
    def _bundled(self) -> OnnxEncoder:
        return OnnxEncoder(self.weights)

    @cached_property
    def _named(self) -> "CrossEncoder":
        """A cross-encoder from a hub or a folder."""
        from sentence_transformers import CrossEncoder
        from torch import nn

        assert self.model_name is not None
        try:
            model: CrossEncoder = CrossEncoder(
                self.model_name, device="cpu", activation_fn=nn.Softmax(dim=-1)
            )
        except (OSError, ValueError) as problem:
            raise BadSetting(
                f"BLINCITE_VERIFIER: {self.model_name} cannot be loaded: "
                f"{str(problem).splitlines()[0]} Name a folder or a model of a hub that this "
                "machine reaches, or say bundled or off."
            ) from problem
        return model

    @property
    def _order(self) -> list[int]:
        """Where the probabilities of our labels stand in the output of the named model."""
        names: dict[int, Any] = getattr(self._named.config, "id2label", None) or {}
        return list(label_order(names, self.model_name or ""))


def verifier_of(setting: str | None) -> Verifier | None:
    """The verifier that ``Settings.verifier`` asks for; ``off`` asks for none.

    None asks for the weights that have learned the words of our corpus, ``general`` for those that
    have not.
    """
    if setting == "off":
        return None
    if setting == "general":
        return Verifier()
    return Verifier(setting, CLAIM_READER)


def label_order(names: dict[int, Any], model_name: str) -> tuple[int, ...]:
    """The outputs that mean supported, contradicted and not enough, by the names in a config."""
    known = {str(name).lower().replace("_", " "): int(at) for at, name in names.items()}
    order = tuple(
        known[spelled]
        for label in LABELS
        for spelling in SYNONYMS[label]
        if (spelled := spelling.replace("_", " ")) in known
    )
    if len(order) != len(LABELS) or len(known) != len(LABELS):
        raise BadSetting(
            f"BLINCITE_VERIFIER: {model_name} has the outputs {', '.join(sorted(known))}. "
            "Name a cross-encoder whose config calls its three outputs entailment, contradiction "
            "and neutral, or set BLINCITE_VERIFIER to bundled."
        )
    return order

"""Whether a quote supports a claim, contradicts it, or says too little: the verifier."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import BadSetting
from index.errors import MissingWeights
from index.weights import Weights, file_sha256

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


class Verifier:
    """Reads a claim beside a quote.

    ``model_name`` is any cross-encoder with three labels that sentence-transformers can load;
    None takes the bundled weights.
    """

    def __init__(self, model_name: str | None = None) -> None:
        self.model_name = model_name

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Entailment]:
        """For each claim and quote, in the order given, what the quote says of the claim."""
        if not pairs:
            return []
        model, order = self._model, self._order
        rows = model.predict(list(pairs), batch_size=256, show_progress_bar=False)
        return [Entailment(*(float(row[at]) for at in order)) for row in rows]

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from torch import nn

        softmax = nn.Softmax(dim=-1)
        if self.model_name is not None:
            return _named(self.model_name, softmax)
        from index.onnx_module import OnnxModule

        module = OnnxModule(VERIFIER, "scores", keep=lambda output: output)
        model: CrossEncoder = CrossEncoder(
            modules=[module], device="cpu", num_labels=len(LABELS), activation_fn=softmax
        )
        return model

    @cached_property
    def _order(self) -> tuple[int, ...]:
        """Where the probabilities of our labels stand in the output."""
        if self.model_name is None:
            return tuple(range(len(LABELS)))
        names: dict[int, Any] = getattr(self._model.config, "id2label", None) or {}
        return label_order(names, self.model_name)


def verifier_of(setting: str | None) -> Verifier | None:
    """The verifier that ``Settings.verifier`` asks for; ``off`` asks for none."""
    return None if setting == "off" else Verifier(setting)


def _named(model_name: str, activation: Any) -> "CrossEncoder":
    """A cross-encoder from a hub or a folder."""
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(model_name, device="cpu", activation_fn=activation)
    except (OSError, ValueError) as problem:
        raise BadSetting(
            f"BLINCITE_VERIFIER: {model_name} cannot be loaded: {str(problem).splitlines()[0]} "
            "Name a folder or a model of a hub that this machine reaches, or say bundled or off."
        ) from problem
    return model


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

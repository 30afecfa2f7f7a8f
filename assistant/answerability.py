"""Whether a sentence answers a question, or is only near: the answerability model."""

from collections.abc import Sequence
from functools import cached_property

from assistant.entailment import OwnWeights
from index.weights import OnnxEncoder

ANSWERABILITY = OwnWeights(
    "answerability",
    "cross-encoder/ms-marco-MiniLM-L-12-v2, trained on by assistant/training/answerability.py",
    "f33b5c27baf7c5c0faeb6535830edd96ec18cd379371a94b07fd57078ef18f82",
)


class AnswerModel:
    """Reads a question beside sentences, each framed by its study and section."""

    @cached_property
    def _encoder(self) -> OnnxEncoder:
        return OnnxEncoder(ANSWERABILITY)

    def logits(self, question: str, sentences: Sequence[str]) -> list[float]:
        """For each sentence a logit that it answers all that is asked, in the order given."""
        if not sentences:
            return []
        pairs = [(question, sentence) for sentence in sentences]
        outputs = self._encoder.read(pairs, keep=lambda output: output)
        return [float(logit) for logit in outputs[:, 0]]

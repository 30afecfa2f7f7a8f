"""Whether a sentence answers a question, or is only near: the answerability model."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from assistant.entailment import OwnWeights
from assistant.rerank import ScoredSentence, in_context
from index.weights import OnnxEncoder

ANSWERABILITY = OwnWeights(
    "answerability",
    "cross-encoder/ms-marco-MiniLM-L-12-v2, trained on by assistant/training/answerability.py",
    "a1d680c0bfff4ee4cc3b5a9c1ce295ad384eb62238eb3748dc04ba60cbb04bb4",
)


class AnswerModel:
    """Reads a question beside sentences, each framed by its study and section."""

    @cached_property
    def _encoder(self) -> OnnxEncoder:
        return OnnxEncoder(ANSWERABILITY)

    def read(
        self, question: str, sentences: Sequence[ScoredSentence], count: int
    ) -> list[ScoredSentence]:
        """The same sentences, in the same order, with how far each answers all that is asked.

        Of the ``count`` first the model says so; the others count as the least of these.
        """
        if not sentences:
            return []
        pairs = [(question, in_context(one)) for one in sentences[:count]]
        logits = self._encoder.read(pairs, keep=lambda output: output)[:, 0]
        least = float(logits.min())
        answers = [*map(float, logits), *[least] * (len(sentences) - len(logits))]
        return [replace(one, answers=n) for one, n in zip(sentences, answers, strict=True)]

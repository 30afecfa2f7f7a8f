"""Candidates to scored sentences, by a cross-encoder."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.retrieval import Candidate
from index.passages import Sentence
from index.weights import RERANKER

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence of a candidate. ``relevance`` is the logit of the cross-encoder for the question."""

    sentence: Sentence
    text: str
    candidate: Candidate
    relevance: float


class SentenceReranker:
    """Reads the question beside each sentence with its study and section."""

    @cached_property
    def _model(self) -> "CrossEncoder":
        from sentence_transformers import CrossEncoder
        from torch import nn

        from index.onnx_module import OnnxModule

        module = OnnxModule(RERANKER, "scores", keep=lambda output: output)
        logit = nn.Identity()
        return CrossEncoder(modules=[module], device="cpu", num_labels=1, activation_fn=logit)

    def rerank(self, question: str, candidates: Sequence[Candidate]) -> list[ScoredSentence]:
        """Every sentence of the candidates with its relevance, best first."""
        sentences = [(s, c) for c in candidates for s in c.passage.sentences]
        if not sentences:
            return []
        pairs = [(question, in_context(s, c)) for s, c in sentences]
        relevance = self._model.predict(pairs, batch_size=256, show_progress_bar=False)
        scored = (
            ScoredSentence(s, _text(s, c), c, float(r))
            for (s, c), r in zip(sentences, relevance, strict=True)
        )
        return sorted(
            scored, key=lambda one: (-one.relevance, one.sentence.doc_id, one.sentence.start)
        )


def in_context(sentence: Sentence, candidate: Candidate) -> str:
    """The sentence behind the names of its study and section."""
    return f"{candidate.study.short}. {sentence.section}: {_text(sentence, candidate)}"


def _text(sentence: Sentence, candidate: Candidate) -> str:
    offset = candidate.passage.start
    return candidate.text[sentence.start - offset : sentence.end - offset]

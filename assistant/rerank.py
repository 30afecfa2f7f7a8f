"""Candidates to scored sentences, by a cross-encoder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answer import Evidence
from assistant.retrieval import Candidate
from index.passages import Sentence
from index.weights import RERANKER, OnnxEncoder


@dataclass(frozen=True, slots=True)
class ScoredSentence:
    """One sentence of a candidate; ``relevance`` is the logit of the cross-encoder."""

    sentence: Sentence
    text: str
    candidate: Candidate
    relevance: float
    nearness: float = 0.0
    """How near late interaction found the sentence; 0 where it read none."""
    answers: float = 0.0
    """The logit of the answerability model; 0 where it read none."""


class SentenceReranker:
    """Reads the question beside each sentence with its study and section."""

    @cached_property
    def _model(self) -> OnnxEncoder:
        return OnnxEncoder(RERANKER)

    def rerank(self, question: str, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
        """The same sentences with their relevance, best first."""
        if not sentences:
            return []
        pairs = [(question, in_context(one)) for one in sentences]
        relevance = self._model.read(pairs, keep=lambda output: output)[:, 0]
        scored = (
            replace(one, relevance=float(logit))
            for one, logit in zip(sentences, relevance, strict=True)
        )
        return sorted(
            scored, key=lambda one: (-one.relevance, one.sentence.doc_id, one.sentence.start)
        )


def sentences_in(candidates: Iterable[Candidate]) -> list[ScoredSentence]:
    """Every sentence of the candidates, not yet scored."""
    return [
        ScoredSentence(sentence, _text(sentence, candidate), candidate, 0.0, nearness)
        for candidate in candidates
        for sentence, nearness in zip(
            candidate.passage.sentences, _nearness(candidate), strict=True
        )
    ]


def evidence_of(scored: ScoredSentence, number: int, score: float) -> Evidence:
    """A sentence that was found, with its place in the stored document."""
    sentence, candidate = scored.sentence, scored.candidate
    return Evidence(
        key=f"E{number}",
        study=candidate.study,
        section=sentence.section,
        quote=scored.text,
        start=sentence.start,
        end=sentence.end,
        passage=candidate.text,
        passage_start=candidate.passage.start,
        passage_end=candidate.passage.end,
        score=score,
        position=sentence.position,
        of=sentence.of,
    )


def in_context(one: ScoredSentence) -> str:
    """The sentence behind the names of its study and section."""
    return framed(one.candidate.study.short, one.sentence.section, one.text)


def framed(study: str, section: str, text: str) -> str:
    """A text as the models read it."""
    return f"{study}. {section}: {text}"


def _nearness(candidate: Candidate) -> Sequence[float]:
    return candidate.nearness or (0.0,) * len(candidate.passage.sentences)


def _text(sentence: Sentence, candidate: Candidate) -> str:
    offset = candidate.passage.start
    return candidate.text[sentence.start - offset : sentence.end - offset]

"""A refusal in the words of a document that says itself that it does not report what is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.fit import Fit
from assistant.likely import likely_sentences
from assistant.question import Reading
from assistant.rerank import ScoredSentence
from assistant.sufficiency import Gap, best_answer
from assistant.unreported import says_unreported

NEAR, MOST_NAMED = 4, 8
"""It is looked for in the documents of so many of the sentences found and of those named."""
READ = 4
"""Sentences that the answerability model reads."""
SURE = 0.0
"""The logit above which a sentence says so of what is asked."""


class Unreported(Protocol):
    def sentences(self, doc_ids: Iterable[str]) -> list[ScoredSentence]: ...


class Answering(Protocol):
    def read(
        self, question: str, sentences: Sequence[ScoredSentence], count: int
    ) -> list[ScoredSentence]: ...


@dataclass(frozen=True, slots=True)
class Silence:
    """Asks the documents themselves why they do not answer."""

    unreported: Unreported
    answering: Answering

    def as_told(self, gap: Gap, reading: Reading, fits: Sequence[Fit]) -> Gap:
        """The same gap, with the sentence that says so where one is surer than any answer is."""
        told = self._surest(reading, fits) if gap.of_reports else None
        if told is None or told.answers < max(SURE, best_answer(fits)):
            return gap
        return replace(gap, reason="the corpus says that this is not reported", told=told)

    def _surest(self, reading: Reading, fits: Sequence[Fit]) -> ScoredSentence | None:
        """Of the sentences found, and of the documents of the studies found and named."""
        found = [fit.doc_id for fit in fits[:NEAR]]
        named = sorted(frozenset[str]().union(*(name.doc_ids for name in reading.names)))
        doc_ids = dict.fromkeys([*found, *named[:MOST_NAMED]])
        likely = likely_sentences(reading, self.unreported.sentences(doc_ids), READ)
        told = [
            *(fit.scored for fit in fits if says_unreported(fit.text)),
            *self.answering.read(reading.text, likely, READ),
        ]
        return max(told, key=lambda one: one.answers, default=None)

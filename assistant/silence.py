"""A refusal in the words of a document that says itself that it does not report what is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.fit import Fit
from assistant.likely import likely_sentences
from assistant.question import Reading
from assistant.rerank import ScoredSentence
from assistant.stages import Answering
from assistant.sufficiency import Gap, best_answer
from assistant.unreported import says_unreported

NEAR = 4
"""It is looked for in the documents of so many of the sentences found, and of all named ones."""
READ = 4
"""Sentences that the answerability model reads."""
SURE = 0.0
"""The logit above which a sentence says so of what is asked."""


class Unreported(Protocol):
    def sentences(self, doc_ids: Iterable[str]) -> list[ScoredSentence]: ...


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
        """Of the sentences found, and of the documents of the studies found and named.

        Documents that search did not find, as those that the filters leave out, are not asked.
        """
        reports = [fit.doc_id for fit in fits if fit.reported]
        doc_ids = dict.fromkeys([*(fit.doc_id for fit in fits[:NEAR]), *reports])
        likely = likely_sentences(reading, self.unreported.sentences(doc_ids), READ)
        told = [
            *(fit.scored for fit in fits if says_unreported(fit.text)),
            *self.answering.read(reading.text, likely, READ),
        ]
        return max(told, key=lambda one: one.answers, default=None)

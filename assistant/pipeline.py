"""Question to answer: the stages in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.abstention import abstention, unanswered
from assistant.answer import Answer, Citation, Claim, Evidence, Filters, Verdict
from assistant.applicability import mismatch
from assistant.body_weight import is_for_weight, patient_weights
from assistant.checked import checked
from assistant.cohorts import Cohorts
from assistant.comparison import possible_sides, sides
from assistant.composer import MORE, Draft, compose, within_limits
from assistant.conflicts import Conflicts, Found, conflict_of, with_conflict
from assistant.conversation import other_readings, stand_alone
from assistant.double_question import questions_in
from assistant.fit import Fit, fit_sentences
from assistant.intent import Intent
from assistant.likely import likely_sentences
from assistant.opening import opening_of
from assistant.question import QuestionReader, Reading
from assistant.replies import reply_to
from assistant.rerank import evidence_of, sentences_in
from assistant.retrieval import Candidate
from assistant.stages import (
    Answering,
    Contrary,
    Gate,
    Generator,
    IntentReader,
    Prover,
    Reranker,
    Retriever,
    Silence,
)
from assistant.sufficiency import SURE_OF_ANSWER, Gap, best_answer, find_gap

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

READ = 16
"""Sentences that the cross-encoder reads: those that promise most."""
PER_NAME = 14
"""Passages that are read of each trial or author that a question names."""


@dataclass(slots=True)
class Assistant:
    """Answers questions with sentences of the corpus, each proven by its place in a document."""

    reader: QuestionReader
    intents: IntentReader
    retriever: Retriever
    reranker: Reranker
    cohorts: Cohorts
    candidates: int = 10
    answering: Answering | None = None
    """Tells an answer from a near miss; without it, relevance alone speaks."""
    prover: Prover | None = None
    """Checks what the composer drafted; without one, nothing is checked again."""
    gate: Gate | None = None
    """Judges what the rules let through; without one, that is answered."""
    silence: Silence | None = None
    """Knows what documents say that they do not report; without it, none is asked."""
    generator: Generator | None = None
    """Words the proven sentences anew, with a chat model."""
    conflicts: Conflicts | None = None
    """Knows where another source says otherwise; without it, none is looked for."""
    contrary: Contrary | None = None
    """Looks for evidence against the bottom line; without it, nothing is said of any."""

    @property
    def documents(self) -> int:
        """How many documents there are to be asked about."""
        return self.reader.documents

    def ask(
        self, question: str, turns: Sequence[Answer] = (), filters: Filters | None = None
    ) -> Answer:
        """Answer, abstain, or reply to a greeting. ``turns`` are earlier answers, oldest first.

        BadQuestion where the question is empty or too long.
        """
        answer = self._extracted(question, turns, filters)
        for reworded in self._reworded(answer):
            answer = reworded
        return answer

    def _extracted(self, question: str, turns: Sequence[Answer], filters: Filters | None) -> Answer:
        """The answer in sentences of the corpus."""
        question, filters = checked(question), filters or Filters()
        query = stand_alone(question, turns, self.reader)
        reading = self.reader.read(query)
        blank = Answer(question, query, documents_searched=self.documents, filters=filters)
        intent = self._intent(question, query, reading)
        if intent is not Intent.QUESTION:
            return reply_to(intent, replace(blank, query=question))
        best = self._searched(blank, reading)
        for text in other_readings(question, query, turns, self.reader):
            other = self._searched(replace(blank, query=text), self.reader.read(text))
            if _answers_better(other[-1], best[-1]):
                best = other
        return self._composed(*best)

    def _searched(self, blank: Answer, reading: Reading) -> tuple[Answer, Reading, list[Fit]]:
        """A question as it is understood, with the sentences for it."""
        if blank.query != blank.question:
            # An odd word in a follow-up ("the milder ones") is plain speech, not a subject.
            reading = replace(reading, foreign=())
        return blank, reading, self.fits(reading, blank.filters)

    def _composed(self, blank: Answer, reading: Reading, fits: list[Fit]) -> Answer:
        """The answer, or why there is none, from the sentences that fit best."""
        # What is completed has a list behind it, and does not read like a question asked at once.
        whole = blank.query == blank.question
        compared = self._compared(reading, blank.filters, parted=whole)
        several = [] if compared else questions_in(reading, self.reader)
        parts = compared or [(part, self.fits(part, blank.filters)) for part in several]
        asked = parts or [(reading, fits)]
        gate = self.gate if whole else None
        judged = [(found, self._gap_of(gate, part, found)) for part, found in asked]
        gaps = [gap for _, gap in judged if gap]
        if len(gaps) == len(judged):
            return abstention(blank, reading, gaps[0], fits)
        firsts = [found for found, gap in judged if compared or (several and gap is None)]
        caveats = tuple(map(unanswered, gaps)) if several else ()
        draft = compose(reading, fits, firsts, self.cohorts.later_reports)
        return self._answer(replace(blank, caveats=caveats), reading, draft)

    def _compared(
        self, reading: Reading, filters: Filters, *, parted: bool
    ) -> list[tuple[Reading, list[Fit]]]:
        """The sides of a comparison with the sentences on each; none where nothing is compared.

        Where the question only describes what it compares and may be ``parted``, sides are what has
        an answer each, from different documents.
        """
        named = sides(reading, self.reader)
        if named or not parted:
            return [(side, self.fits(side, filters)) for side in named]
        for parts in possible_sides(reading, self.reader):
            found = [self.fits(side, filters) for side in parts]
            answered = all(best_answer(fits) >= SURE_OF_ANSWER for fits in found)
            if answered and len({fits[0].doc_id for fits in found}) == len(found):
                return list(zip(parts, found, strict=True))
        return []

    def warm_up(self) -> None:
        """Load every model of this machine; a chat model is sent nothing."""
        self._extracted("What is blinatumomab?", (), None)

    def stream(
        self, question: str, turns: Sequence[Answer] = (), filters: Filters | None = None
    ) -> Iterator[Answer]:
        """The same answer, growing claim by claim; only the last one is ``complete``."""
        answer = self._extracted(question, turns, filters)
        if self.generator and answer.claims:
            yield from self._reworded(answer)
            return
        for count in range(1, len(answer.claims)):
            yield replace(answer, claims=answer.claims[:count], more=(), caveats=(), complete=False)
        yield answer

    def _reworded(self, answer: Answer) -> Iterator[Answer]:
        """The answer in the words of the chat model, growing; nothing where there is none."""
        if self.generator and answer.claims:
            yield from self.generator.generate(answer)

    def as_runnable(self) -> "Runnable[str, Answer]":
        """The assistant as a step of a LangChain chain."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.ask)

    def _answer(self, blank: Answer, reading: Reading, draft: Draft) -> Answer:
        """As many of the drafted sentences as there is room for beside the notes."""
        notes = (*blank.caveats, *self._notes(reading, draft.shown))
        shown, conflict = self._with_room(reading, draft.shown, notes)
        fits = [*shown, *[*draft.shown[len(shown) :], *draft.more][:MORE]]
        evidence = tuple(
            evidence_of(fit.scored, number, fit.score) for number, fit in enumerate(fits, start=1)
        )
        claims = tuple(_claim(piece) for piece in evidence)
        drafted = replace(
            blank,
            opening=opening_of(reading, shown[0], evidence[0]),
            claims=claims[: len(shown)],
            more=claims[len(shown) :],
            evidence=evidence,
            caveats=notes,
        )
        drafted = with_conflict(drafted, conflict) if conflict else drafted
        proven = self.prover.prove(drafted) if self.prover else drafted
        if self.contrary is None or not proven.claims:
            return proven
        return replace(proven, against=self.contrary.find(reading, proven))

    def _with_room(
        self, reading: Reading, drafted: Sequence[Fit], notes: Sequence[str]
    ) -> tuple[list[Fit], Found | None]:
        """The sentences for which there is room, and where another source differs from one.

        Room is made by leaving out further sentences; further studies only where the bottom line
        itself is in question, and nothing is compared.
        """
        shown = within_limits(drafted, notes)
        conflict = conflict_of(reading, shown, self.conflicts) if self.conflicts else None
        if conflict is None:
            return shown, None
        fewer = within_limits(drafted, (*notes, conflict.words))
        lost = {fit.doc_id for fit in shown} - {fit.doc_id for fit in fewer}
        on_bottom_line = conflict.of.text == shown[0].text and not reading.compares
        fits = conflict.of.text in {fit.text for fit in fewer} and (on_bottom_line or not lost)
        return (fewer, conflict) if fits else (shown, None)

    def _notes(self, reading: Reading, shown: Sequence[Fit]) -> tuple[str, ...]:
        """What to keep in mind: another kind of patient, reports of one trial."""
        other_patients = mismatch(reading, shown[0].scored.candidate.study)
        reports = self.cohorts.notes([(fit.doc_id, fit.text) for fit in shown])
        return (other_patients, *reports) if other_patients else reports

    def _gap_of(self, gate: Gate | None, reading: Reading, fits: list[Fit]) -> Gap | None:
        ruled = find_gap(reading, fits, self.cohorts.without_results)
        gap = gate.find_gap(reading, fits) if gate and not ruled else ruled
        return self.silence.as_told(gap, reading, fits) if gap and self.silence else gap

    def _intent(self, question: str, query: str, reading: Reading) -> Intent:
        """What the words as typed want, whatever they were completed to."""
        if query == question:
            return self.intents.read(reading)
        return self.intents.read_follow_up(self.reader.read(question))

    def fits(self, reading: Reading, filters: Filters) -> list[Fit]:
        """The sentences of the best passages, by how well they fit, best first.

        The cross-encoder reads ``READ`` of them; how far they answer is asked of the better half.
        """
        weights = patient_weights(reading.text)
        every = sentences_in(self._candidates(reading, filters))
        # A dose for another weight is no answer, however near its words are.
        sentences = [one for one in every if is_for_weight(one.text, weights)]
        likely = likely_sentences(reading, sentences, READ)
        near = fit_sentences(reading, self.reranker.rerank(reading.expanded, likely))
        if self.answering is None:
            return near
        # The cross-encoder reads the question written in full, this model as people type.
        best_first = [fit.scored for fit in near]
        return fit_sentences(reading, self.answering.read(reading.text, best_first, READ // 2))

    def _candidates(self, reading: Reading, filters: Filters) -> list[Candidate]:
        """Passages of the whole corpus, and of each trial or author that is named."""
        query = reading.expanded
        found = self.retriever.retrieve(query, self.candidates, filters)
        for name in reading.names:
            found += self.retriever.retrieve(query, PER_NAME, filters, within=name.doc_ids)
        best: dict[str, Candidate] = {}
        for candidate in sorted(found, key=lambda one: -one.score):
            best.setdefault(candidate.passage.passage_id, candidate)
        return list(best.values())


def _answers_better(inside: Sequence[Fit], anywhere: Sequence[Fit]) -> bool:
    """Whether the best sentence of the study in focus fits no worse than the best of all."""
    if not inside or not inside[0].named:
        return False
    return not anywhere or inside[0].score >= anywhere[0].score


def _claim(piece: Evidence) -> Claim:
    """A claim that is its own quote; whether the quote is in place was checked when it was read."""
    return Claim(piece.quote, (Citation(piece.key, piece.quote),), Verdict.SUPPORTED)

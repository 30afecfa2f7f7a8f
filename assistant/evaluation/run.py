"""Run an assistant over a gold folder and score it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from typing import Any, Protocol

from assistant.answer import Answer
from assistant.errors import BadQuestion
from assistant.evaluation.gold import Expected, Gold
from assistant.evaluation.matching import cites_right, holds_answer, holds_forbidden
from assistant.render import plain_answer

Progress = Callable[[int, int], None]


class Assistant(Protocol):
    def ask(self, question: str, turns: Sequence[Answer] = ()) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Scored:
    """One question or turn, what was answered, and whether that was right."""

    expected: Expected
    answer: Answer
    milliseconds: float
    turn: bool

    @property
    def answer_hit(self) -> bool:
        return not self.answer.abstained and holds_answer(plain_answer(self.answer), self.expected)

    @property
    def citation_hit(self) -> bool:
        return cites_right(self.answer.cited, self.expected)

    @property
    def right(self) -> bool:
        """Answered with the right figures of the right study, or refused where none answers."""
        if not self.expected.answerable:
            said = plain_answer(self.answer)
            return self.answer.abstained and not holds_forbidden(said, self.expected)
        return self.answer_hit and self.citation_hit

    def prediction(self) -> dict[str, Any]:
        """What was answered, in the form of the predictions file."""
        return {
            "id": self.expected.row_id,
            "answer": plain_answer(self.answer),
            "cited": list(self.answer.cited),
            "abstained": self.answer.abstained,
        }


def evaluate(
    assistant: Assistant, gold: Gold, progress: Progress = lambda *_: None
) -> list[Scored]:
    """Ask every question and every dialogue; models are loaded before the clock starts."""
    assistant.ask("What is blinatumomab?")
    total = len(gold.questions) + sum(map(len, gold.dialogues))
    scored: list[Scored] = []
    for one in _asked(assistant, gold):
        scored.append(one)
        progress(len(scored), total)
    return scored


def _asked(assistant: Assistant, gold: Gold) -> Iterator[Scored]:
    for expected in gold.questions:
        yield _ask(assistant, expected, ())
    for dialogue in gold.dialogues:
        turns: list[Answer] = []
        for expected in dialogue:
            scored = _ask(assistant, expected, turns)
            turns.append(scored.answer)
            yield Scored(expected, scored.answer, scored.milliseconds, turn=True)


def _ask(assistant: Assistant, expected: Expected, turns: Sequence[Answer]) -> Scored:
    start = perf_counter()
    answer = _answer(assistant, expected.question, turns)
    return Scored(expected, answer, 1000 * (perf_counter() - start), turn=False)


def _answer(assistant: Assistant, question: str, turns: Sequence[Answer]) -> Answer:
    """The answer; a question that is not taken counts as refused, with what was said."""
    try:
        return assistant.ask(question, turns)
    except BadQuestion as wrong:
        return Answer(question, question, abstained_because=str(wrong).rstrip("."))


def summary(scored: Sequence[Scored]) -> dict[str, Any]:
    """The measures of an evaluation: shares from 0 to 1, null for what the folder does not hold."""
    questions = [one for one in scored if not one.turn]
    answerable = [one for one in questions if one.expected.answerable]
    refusable = [one for one in questions if not one.expected.answerable]
    off = [one for one in refusable if one.expected.kind == "out_of_domain"]
    kinds = sorted({one.expected.kind for one in questions})
    return {
        "answer_hit": share(one.answer_hit for one in answerable),
        "citation_hit": share(one.citation_hit for one in answerable),
        "all_studies_cited": share(one.citation_hit for one in answerable if one.expected.cite_all),
        "refused_unanswerable": share(one.right for one in refusable if one not in off),
        "refused_out_of_domain": share(one.right for one in off),
        "falsely_refused": share(one.answer.abstained for one in answerable),
        "dialogue_turns_right": share(one.right for one in scored if one.turn),
        "claim_accuracy": None,
        "claim_macro_f1": None,
        "wrong_claims_supported": None,
        "claim_confusion": None,
        "article_sentences_right": None,
        "planted_errors_caught": None,
        "planted_false_alarms": None,
        "same_answers": None,
        "checks_ms_p50": None,
        "latency_ms": _latency([one.milliseconds for one in scored]),
        "length": _length([one.answer for one in scored]),
        "by_type": {
            kind: {
                "rows": sum(one.expected.kind == kind for one in questions),
                "right": share(one.right for one in questions if one.expected.kind == kind),
            }
            for kind in kinds
        },
    }


def share(flags: Iterable[bool]) -> float | None:
    """The share of true among ``flags``; None where there are none."""
    listed = list(flags)
    return sum(listed) / len(listed) if listed else None


def _latency(milliseconds: Sequence[float]) -> dict[str, float]:
    """p50 and p95 of a whole answer, in milliseconds."""
    if len(milliseconds) < 2:
        return dict.fromkeys(("p50", "p95"), sum(milliseconds))
    cuts = quantiles(milliseconds, n=20, method="inclusive")
    return {"p50": round(cuts[9], 1), "p95": round(cuts[18], 1)}


def _length(answers: Sequence[Answer]) -> dict[str, int]:
    """The longest answer, in sentences and in words, of what is shown before "more evidence"."""
    given = [answer for answer in answers if answer.claims]
    words = (len(plain_answer(answer).split()) for answer in given)
    sentences = (len(answer.claims) + len(answer.caveats) for answer in given)
    return {"most_sentences": max(sentences, default=0), "most_words": max(words, default=0)}

"""An answer as text for the terminal, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from assistant.answer import Answer, Claim


def as_text(answer: Answer) -> str:
    """The answer as the terminal shows it: each sentence with its citation and verdict."""
    return "\n".join(_lines(answer))


def as_json(answer: Answer) -> dict[str, Any]:
    """Everything that is known of an answer, in plain types."""
    return {**asdict(answer), "abstained": answer.abstained, "cited": list(answer.cited)}


def plain_answer(answer: Answer) -> str:
    """The words that a reader sees before "more evidence"."""
    if answer.reply is not None:
        return answer.reply
    if answer.abstained:
        return abstention(answer)
    return " ".join(claim.text for claim in answer.claims)


def abstention(answer: Answer) -> str:
    """Why there is no answer, in one sentence."""
    reason = answer.abstained_because or ""
    return f"{reason[:1].upper()}{reason[1:]}."


def _lines(answer: Answer) -> Iterator[str]:
    if answer.query != answer.question:
        yield f"Read as: {answer.query}"
    if answer.reply is not None or answer.abstained:
        yield plain_answer(answer)
    if answer.nearest is not None:
        yield f"Nearest: {answer.nearest.quote} [{answer.nearest.study.short}]"
    if answer.would_answer is not None:
        yield f"What would answer it: {answer.would_answer}"
    for claim in answer.claims:
        yield _claim_line(answer, claim)
    for caveat in answer.caveats:
        yield f"Keep in mind: {caveat}"


def _claim_line(answer: Answer, claim: Claim) -> str:
    pieces = (answer.evidence_for(citation.key) for citation in claim.citations)
    cited = "; ".join(f"{piece.study.short}, {piece.section.lower()}" for piece in pieces)
    return f"- {claim.text} [{cited}] {claim.verdict}"

"""An answer as text for the terminal, and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from assistant.answer import Answer, Claim, Conflict, Evidence

AGAINST: Final = "Evidence against"
NONE_FOUND: Final = "No evidence against this was found in the corpus."
DIFFER: Final = "Sources differ"


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


def why_withheld(claim: Claim) -> str:
    """Which checks a claim failed, in the words of the checks."""
    return " ".join(check.why for check in claim.failed) or "It failed a check."


def _lines(answer: Answer) -> Iterator[str]:
    if answer.query != answer.question:
        yield f"Read as: {answer.query}"
    if answer.reply is not None or answer.abstained:
        yield plain_answer(answer)
    yield from _gap(answer)
    if answer.opening is not None:
        yield f"{answer.opening.word}."
    for claim in answer.claims:
        yield _claim_line(answer, claim)
        yield from (f"  Failed: {check.why}" for check in claim.failed)
    if answer.generated_by is not None:
        yield f"Worded by {answer.generated_by}, each sentence checked against its quote."
    yield from (f"Keep in mind: {caveat}" for caveat in answer.caveats)
    yield from (f"{DIFFER}: {conflict_in_words(conflict, answer)}" for conflict in answer.conflicts)
    yield from against_in_words(answer)
    yield from (f"Withheld: {why_withheld(claim)}" for claim in answer.withheld)


def _gap(answer: Answer) -> Iterator[str]:
    """What an abstention says besides its reason."""
    if answer.nearest is not None:
        yield f"Nearest: {answer.nearest.quote} [{answer.nearest.study.short}]"
    if answer.would_answer is not None:
        yield f"What would answer it: {answer.would_answer}"


def against_in_words(answer: Answer) -> Iterator[str]:
    """The evidence against; one line where it was looked for in vain, none where it was not."""
    if answer.against == ():
        yield NONE_FOUND
    for piece in answer.against or ():
        said = f"{shown_above(piece)}." if answer.shows(piece) else piece.quote
        yield f"{AGAINST}: {said} [{piece.study.short}, {piece.section.lower()}]"


def shown_above(piece: Evidence) -> str:
    """For a sentence that the answer shows already, and that is not printed twice."""
    return f"the sentence of {piece.study.short} above"


def conflict_in_words(conflict: Conflict, answer: Answer) -> str:
    """Both values with their studies, then what the corpus says of them."""
    parts = []
    if conflict.sides:
        studies = [answer.evidence_for(side.key).study.short for side in conflict.sides]
        sides = zip(conflict.sides, studies, strict=True)
        values = ", ".join(f"{side.value} in {study}" for side, study in sides)
        parts.append(f"{conflict.what}: {values}.")
    if conflict.told is not None:
        told = answer.evidence_for(conflict.told)
        parts.append(f"“{told.quote}” [{told.study.short}, {told.section.lower()}]")
    return " ".join(parts)


def _claim_line(answer: Answer, claim: Claim) -> str:
    pieces = (answer.evidence_for(citation.key) for citation in claim.citations)
    cited = "; ".join(f"{piece.study.short}, {piece.section.lower()}" for piece in pieces)
    return f"- {claim.text} [{cited}] {claim.verdict}"

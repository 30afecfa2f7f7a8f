"""Which shown sentences stand word for word in their evidence."""

from dataclasses import dataclass

from assistant.answer import Answer, Citation, Claim, Evidence
from assistant.web.markup import plural


@dataclass(frozen=True, slots=True)
class Proof:
    """How many of the shown sentences are word for word those of a stored document."""

    exact: int
    shown: int

    @property
    def whole(self) -> bool:
        return self.exact == self.shown

    def in_words(self) -> str:
        if not self.whole:
            return f"{self.exact} of {plural(self.shown, 'sentence')} word for word"
        if self.shown == 1:
            return "The sentence is word for word"
        return f"All {self.shown} sentences word for word"


def prove(answer: Answer) -> Proof:
    """Check every sentence of ``answer`` against the evidence it cites."""
    shown = (*answer.claims, *answer.more)
    return Proof(sum(_is_exact(claim, answer) for claim in shown), len(shown))


def _is_exact(claim: Claim, answer: Answer) -> bool:
    quotes = [citation for citation in claim.citations if citation.quote == claim.text]
    return any(_stands(citation, answer) for citation in quotes)


def _stands(citation: Citation, answer: Answer) -> bool:
    pieces = [piece for piece in answer.evidence if piece.key == citation.key]
    return any(stands_in_passage(piece) and citation.quote in piece.passage for piece in pieces)


def stands_in_passage(evidence: Evidence) -> bool:
    """Whether the quote is found in the passage at the offsets it claims."""
    start = evidence.start - evidence.passage_start
    return start >= 0 and evidence.passage[start:].startswith(evidence.quote)

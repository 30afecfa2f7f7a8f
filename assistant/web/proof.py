"""Which shown sentences stand word for word in their evidence."""

from dataclasses import dataclass

from assistant.answer import Answer, Citation, Claim, Evidence, Verdict
from assistant.web.markup import plural


@dataclass(frozen=True, slots=True)
class Proof:
    """How many of the shown sentences are proven, and how many of their checks passed."""

    proven: int
    shown: int
    checks: int = 0
    passed: int = 0
    worded_by: str | None = None

    @property
    def whole(self) -> bool:
        return self.proven == self.shown and self.passed == self.checks

    def in_words(self) -> str:
        """``All 4 sentences word for word, all 12 checks passed``."""
        parts = [self._sentences() + (" carried by quotes" if self.worded_by else " word for word")]
        if self.checks:
            parts.append(self._checks())
        if self.worded_by:
            parts.append(f"worded by {self.worded_by}")
        return ", ".join(parts)

    def _sentences(self) -> str:
        if self.proven != self.shown:
            return f"{self.proven} of {plural(self.shown, 'sentence')}"
        return "The sentence is" if self.shown == 1 else f"All {self.shown} sentences"

    def _checks(self) -> str:
        if self.passed != self.checks:
            return f"{self.passed} of {plural(self.checks, 'check')} passed"
        return "its check passed" if self.checks == 1 else f"all {self.checks} checks passed"


def prove(answer: Answer) -> Proof:
    """Check every sentence of ``answer`` against the evidence it cites, and count its checks.

    What a chat model worded is proven by its verdict; everything else by standing word for word.
    """
    shown = (*answer.claims, *answer.more)
    checks = [check for claim in shown for check in claim.checks]
    return Proof(
        proven=sum(_is_proven(claim, answer) for claim in shown),
        shown=len(shown),
        checks=len(checks),
        passed=sum(check.passed for check in checks),
        worded_by=answer.generated_by,
    )


def _is_proven(claim: Claim, answer: Answer) -> bool:
    supported = claim.verdict is Verdict.SUPPORTED and bool(claim.citations) and not claim.failed
    return _is_exact(claim, answer) or (answer.generated_by is not None and supported)


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

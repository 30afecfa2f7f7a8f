"""What the composer drafted, with every claim checked, and the evidence against it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.answer import Answer, Claim, Evidence
from assistant.verification import AGAINST, Verifier, check_claim, verdict_of

NOTHING_LEFT = "no sentence that was found passed every check"


@dataclass(frozen=True, slots=True)
class Prover:
    """Checks claims against the documents as they are stored.

    ``text_of`` gives the text of a document by its id; without a ``verifier`` no evidence against
    is looked for.
    """

    text_of: Callable[[str], str]
    verifier: Verifier | None = None

    def prove(self, answer: Answer) -> Answer:
        """The answer with the checks of its claims; those that failed one are withheld."""
        # Several claims are of one document, which is read once for them all.
        text_of = cache(self.text_of)
        claims = [_checked(claim, answer, text_of) for claim in answer.claims]
        more = [_checked(claim, answer, text_of) for claim in answer.more]
        proven = replace(
            answer,
            claims=tuple(claim for claim in claims if not claim.failed),
            more=tuple(claim for claim in more if not claim.failed),
            withheld=tuple(claim for claim in claims if claim.failed),
        )
        if claims and claims[0].failed:
            # Without its sentence, a yes or no rests on nothing.
            proven = replace(proven, opening=None)
        if not proven.claims:
            return replace(proven, abstained_because=NOTHING_LEFT)
        return replace(proven, against=self._against(proven))

    def _against(self, answer: Answer) -> tuple[Evidence, ...] | None:
        """What of the evidence behind "more" contradicts the bottom line, by other studies."""
        if self.verifier is None:
            return None
        bottom_line = answer.evidence_for(answer.claims[0].citations[0].key)
        others = [piece for piece in _behind(answer) if _of_another(piece, bottom_line)]
        pairs = [(bottom_line.quote, piece.quote) for piece in others]
        judged = self.verifier.verify(pairs) if pairs else []
        return tuple(
            piece for piece, one in zip(others, judged, strict=True) if one.contradicted >= AGAINST
        )


def _checked(claim: Claim, answer: Answer, text_of: Callable[[str], str]) -> Claim:
    pieces = [answer.evidence_for(citation.key) for citation in claim.citations]
    document = text_of(pieces[0].doc_id) if pieces else None
    checks = check_claim(claim.text, pieces, document=document)
    return replace(claim, checks=checks, verdict=verdict_of(checks))


def _behind(answer: Answer) -> Sequence[Evidence]:
    return [answer.evidence_for(citation.key) for one in answer.more for citation in one.citations]


def _of_another(piece: Evidence, bottom_line: Evidence) -> bool:
    """Whether a piece is of another trial: reports of one do not speak against each other."""
    one, other = piece.study, bottom_line.study
    return one.doc_id != other.doc_id and (one.trial is None or one.trial != other.trial)

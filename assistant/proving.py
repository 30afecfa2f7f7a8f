"""What the composer drafted, with every claim checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from assistant.answer import Answer, Claim
from assistant.verification import check_claim, verdict_of

NOTHING_LEFT = "no sentence that was found passed every check"


@dataclass(frozen=True, slots=True)
class Prover:
    """Checks claims against the documents as they are stored.

    ``text_of`` gives the text of a document by its id.
    """

    text_of: Callable[[str], str]

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
        return proven if proven.claims else replace(proven, abstained_because=NOTHING_LEFT)


def _checked(claim: Claim, answer: Answer, text_of: Callable[[str], str]) -> Claim:
    pieces = [answer.evidence_for(citation.key) for citation in claim.citations]
    document = text_of(pieces[0].doc_id) if pieces else None
    checks = check_claim(claim.text, pieces, document=document)
    return replace(claim, checks=checks, verdict=verdict_of(checks))

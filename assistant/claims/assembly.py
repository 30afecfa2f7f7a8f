"""Picks the concrete classes of the claim desk."""

from typing import TYPE_CHECKING

from assistant.claims.desk import ClaimDesk
from assistant.claims.search import EvidenceSearch
from assistant.entailment import verifier_of
from assistant.verification import Verifier

if TYPE_CHECKING:
    from assistant.assembly import Assembled
    from assistant.settings import Settings


def claim_desk(settings: "Settings") -> ClaimDesk:
    """A claim desk on the index, with the verifier that is set; NoIndex where there is none."""
    from assistant.assembly import assemble

    return desk_of(assemble(settings), verifier_of(settings.verifier))


def desk_of(assembled: "Assembled", verifier: Verifier | None) -> ClaimDesk:
    """The claim desk beside an assistant: both share reader, search and cross-encoder.

    Without a verifier the desk weighs figures and words alone.
    """
    assistant = assembled.assistant
    search = EvidenceSearch(
        assistant.reader, assistant.retriever, assistant.reranker, assistant.cohorts
    )
    return ClaimDesk(assistant.reader, search, assistant.cohorts, verifier)

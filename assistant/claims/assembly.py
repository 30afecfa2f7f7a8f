"""Picks the concrete classes of the claim desk."""

from typing import TYPE_CHECKING

from assistant.claims.desk import ClaimDesk
from assistant.claims.search import EvidenceSearch

if TYPE_CHECKING:
    from assistant.assembly import Assembled
    from assistant.settings import Settings


def claim_desk(settings: "Settings") -> ClaimDesk:
    """A claim desk on the index, with the verifier that is set; NoIndex where there is none."""
    from assistant.assembly import assemble

    return desk_of(assemble(settings))


def desk_of(assembled: "Assembled") -> ClaimDesk:
    """The claim desk beside an assistant: both share reader, search, cross-encoder and verifier.

    Without a verifier the desk weighs figures and words alone.
    """
    assistant = assembled.assistant
    search = EvidenceSearch(
        assistant.reader, assistant.retriever, assistant.reranker, assistant.cohorts
    )
    return ClaimDesk(assistant.reader, search, assistant.cohorts, assembled.verifier)

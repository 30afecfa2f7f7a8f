"""Stand-ins for the claim desk: a few invented sentences, found without models."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant_stand_ins import (
    COHORTS,
    FIRST,
    GROWN,
    LATER,
    OTHER,
    candidate,
    evidence,
    reader,
)

from assistant.answer import Filters, Verdict
from assistant.claims.desk import ClaimDesk
from assistant.claims.records import Checked, CheckedText, Part, Weighed
from assistant.claims.search import EvidenceSearch
from assistant.rerank import ScoredSentence
from assistant.retrieval import Candidate
from index.lexical import words_of

SENTENCES = (
    (
        FIRST,
        "At 2 years, event-free survival in Lighthouse-1 was 81.6% with quibrimab. "
        "Fever occurred in 12% of the infants given quibrimab in Lighthouse-1.",
    ),
    (LATER, "At 4 years, event-free survival in Lighthouse-1 was 83.3% with quibrimab."),
    (OTHER, "Overall survival at 2 years in D-HARB was 70.1% with placebolin."),
    (GROWN, "Quibrimab is not licensed for adults."),
)
CANDIDATES = [candidate(text, of=study) for study, text in SENTENCES]
READER = reader([text for _, text in SENTENCES])


class Shelf:
    """A retriever that returns every passage of its shelf, those that share most words first."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = list(candidates)
        self.queries: list[str] = []
        self.within: list[frozenset[str]] = []

    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]:
        self.queries.append(query)
        self.within += [within] if within else []
        inside = [c for c in self.candidates if within is None or c.study.doc_id in within]
        return sorted(inside, key=lambda one: -_shared(query, one.text))[:k]


class WordReranker:
    """Relevance is how many words claim and sentence share."""

    def rerank(self, question: str, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
        scored = [replace(s, relevance=float(_shared(question, s.text))) for s in sentences]
        return sorted(scored, key=lambda one: -one.relevance)


def _shared(one: str, other: str) -> int:
    return len(set(words_of(one)) & set(words_of(other)))


@dataclass(frozen=True, slots=True)
class Says:
    supported: float
    contradicted: float
    not_enough: float


class Agrees:
    """A verifier that finds support where every word of the claim stands in the sentence."""

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Says]:
        return [
            Says(0.9, 0.05, 0.05)
            if set(words_of(claim)) <= set(words_of(quote))
            else Says(0.1, 0.5, 0.4)
            for claim, quote in pairs
        ]


def shelf_search(*candidates: Candidate) -> EvidenceSearch:
    return EvidenceSearch(READER, Shelf(*(candidates or CANDIDATES)), WordReranker(), COHORTS)


def desk(*candidates: Candidate) -> ClaimDesk:
    """A claim desk over the shelf."""
    return ClaimDesk(READER, shelf_search(*candidates), COHORTS, Agrees())


def weighed(quote: str, supported: float = 0.8, contradicted: float = 0.1) -> Weighed:
    part = Part("value", "81.6%", "83.3%", same=False)
    rest = 1 - supported - contradicted
    return Weighed(evidence(quote), 5.0, supported, contradicted, rest, (part,))


def checked(text: str, verdict: Verdict | None, why: str = "So it is.") -> Checked:
    """A checked sentence with one quote for it, or against it."""
    quote = weighed("Event-free survival was 83.3% <b>.")
    return Checked(
        text=text,
        start=0,
        end=len(text),
        verdict=verdict,
        why=why,
        best_for=quote if verdict is Verdict.SUPPORTED else None,
        best_against=quote if verdict is Verdict.CONTRADICTED else None,
        nearest=quote if verdict else None,
    )


TEXT = CheckedText(
    "A whole text.",
    (
        checked("Survival was 83.3%.", Verdict.SUPPORTED),
        checked("=Survival was 81.6%.", Verdict.CONTRADICTED, why="The source gives 83.3%."),
        checked("Babies like music.", Verdict.NOT_ENOUGH),
        checked("We are delighted.", None, why="This is an opinion, a wish or an appeal."),
    ),
)

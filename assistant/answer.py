"""The records of an answer: Evidence, Citation, Check, Claim, Verdict, Answer."""

from dataclasses import dataclass, field
from enum import StrEnum

from index.documents import Study


class Verdict(StrEnum):
    """What the cited evidence says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    NOT_ENOUGH = "not enough info"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a stored document, with the paragraph it stands in.

    ``quote`` is ``document.text[start:end]`` and ``passage`` is
    ``document.text[passage_start:passage_end]``, byte for byte; both in characters.
    """

    key: str
    study: Study
    section: str
    quote: str
    start: int
    end: int
    passage: str
    passage_start: int
    passage_end: int
    score: float
    position: int = 1
    """Which sentence of the section this is, from 1 …"""
    of: int = 1
    """… of how many."""

    @property
    def doc_id(self) -> str:
        return self.study.doc_id


@dataclass(frozen=True, slots=True)
class Citation:
    """What a claim rests on: a piece of evidence and the words quoted from it."""

    key: str
    quote: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a claim against its quote; ``why`` is a sentence for the reader."""

    name: str
    passed: bool
    why: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable sentence of the answer, with what it rests on."""

    text: str
    citations: tuple[Citation, ...]
    verdict: Verdict
    checks: tuple[Check, ...] = ()

    @property
    def failed(self) -> tuple[Check, ...]:
        """The checks that the claim did not pass."""
        return tuple(check for check in self.checks if not check.passed)


@dataclass(frozen=True, slots=True)
class Side:
    """A value as printed, and the key of the evidence that gives it."""

    value: str
    key: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sources that differ: their values side by side, a sentence that tells of it, or both."""

    what: str
    """``overall survival at 3 years with chemotherapy``; empty where there are no ``sides``."""
    sides: tuple[Side, ...]
    """The value that the answer shows, then the other one; empty where a sentence has both."""
    told: str | None
    """Key of the evidence in which the corpus says which holds, or why they differ."""


@dataclass(frozen=True, slots=True)
class Opening:
    """``Yes`` or ``No`` to a closed question, and the key of the evidence that proves it."""

    word: str
    key: str
    check: Check


@dataclass(frozen=True, slots=True)
class Filters:
    """Which studies may be searched; an empty filter lets every study through."""

    designs: tuple[str, ...] = ()
    """Kinds of document, such as ``trial report`` or ``label``."""
    populations: tuple[str, ...] = ()
    """Age groups, such as ``infant``."""
    year_from: int | None = None
    year_to: int | None = None
    randomised: bool | None = None

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for one question.

    Three shapes: claims with evidence; an abstention (``abstained_because`` is a sentence,
    ``nearest`` what came closest); or a short ``reply`` to a greeting, thanks or "what can you
    do".
    """

    question: str
    query: str
    """The question as understood; differs from ``question`` where the conversation completed it."""
    claims: tuple[Claim, ...] = ()
    """Bottom line first; the whole of what is shown before "more evidence"."""
    more: tuple[Claim, ...] = ()
    """Further sentences, shown on demand."""
    evidence: tuple[Evidence, ...] = ()
    """What ``claims``, ``more`` and ``conflicts`` cite, in order of first citation: E1, E2, …"""
    withheld: tuple[Claim, ...] = ()
    """Claims that failed a check; shown as failed, and only where they are asked for."""
    against: tuple[Evidence, ...] | None = None
    """Evidence that speaks against the bottom line, some of it perhaps shown among the claims;
    None where the bottom line says nothing that something could speak against."""
    caveats: tuple[str, ...] = ()
    """One line each, such as a newer follow-up of the same trial, or a mismatch of populations."""
    conflicts: tuple[Conflict, ...] = ()
    """Where another source says otherwise."""
    opening: Opening | None = None
    """Before the bottom line of a closed question that it settles."""
    abstained_because: str | None = None
    searched_for: str | None = None
    nearest: Evidence | None = None
    would_answer: str | None = None
    reply: str | None = None
    documents_searched: int = 0
    filters: Filters = field(default_factory=Filters)
    generated_by: str | None = None
    """The chat model that worded the claims; None where each claim is its own quote."""
    complete: bool = True
    """False while an answer is still growing on the page."""

    @property
    def abstained(self) -> bool:
        return self.abstained_because is not None

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of the documents behind ``claims``, in order of first citation."""
        by_key = {piece.key: piece.doc_id for piece in self.evidence}
        keys = (citation.key for claim in self.claims for citation in claim.citations)
        return tuple(dict.fromkeys(by_key[key] for key in keys))

    def shows(self, piece: Evidence) -> bool:
        """Whether a shown claim cites a piece of evidence."""
        return any(cited.key == piece.key for claim in self.claims for cited in claim.citations)

    def evidence_for(self, key: str) -> Evidence:
        """The piece of evidence with this key; KeyError where there is none."""
        for piece in self.evidence:
            if piece.key == key:
                return piece
        raise KeyError(key)

"""What documents say that they do not report: the surest ground on which to refuse."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from assistant.rerank import ScoredSentence, sentences_in
from assistant.retrieval import Candidate
from index.documents import Document
from index.passages import Passage
from index.terms import plain

_UNREPORTED = re.compile(
    r"\b(?:no|without) (?:\w+ ){0,2}"
    r"(?:results?|figures?|rates?|data|study|studies|percentages?|estimates?)\b"
    r"|\bnot (?:yet |been |separately |given |part of |in |known )*"
    r"(?:reported|studied|available|published|verified|known|stated|tested|shown|recorded|read|given"
    r"|found|to this corpus|this corpus)\b"
    r"|\b(?:could not be|cannot be) (?:checked|given|verified|read|stated)\b"
    r"|\b(?:unknown|unpublished)\b",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\d ?%|\d\.\d|\b\d+ of (?:the )?\d+\b|\bP [<=]")


class Documents(Protocol):
    """What of the catalogue is read."""

    def numbers_in(self, doc_ids: Iterable[str]) -> Iterable[int]: ...
    def passages_at(self, numbers: Iterable[int]) -> list[Passage]: ...
    def document(self, doc_id: str) -> Document: ...


class Unreported:
    """Finds the sentences by which a document says what it does not report."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._of_document = lru_cache(maxsize=1000)(self._read)

    def sentences(self, doc_ids: Iterable[str]) -> list[ScoredSentence]:
        """Those of these documents, in the order of the documents, not yet scored."""
        return [one for doc_id in doc_ids for one in self._of_document(doc_id)]

    def _read(self, doc_id: str) -> Sequence[ScoredSentence]:
        document = self._documents.document(doc_id)
        passages = self._documents.passages_at(self._documents.numbers_in([doc_id]))
        found = sentences_in(
            Candidate(one, document.text[one.start : one.end], document.study, 0.0)
            for one in passages
        )
        return tuple(one for one in found if says_unreported(one.text))


@lru_cache(maxsize=20_000)
def says_unreported(text: str) -> bool:
    """Whether a sentence says that something is not reported, and reports no result itself."""
    return speaks_of_absence(text) and not _RESULT.search(plain(text))


def speaks_of_absence(text: str) -> bool:
    """Whether a sentence says of something that it is not reported, known or studied."""
    return bool(_UNREPORTED.search(plain(text)))

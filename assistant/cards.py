"""Answer cards: an answer under a permanent id, with its origin."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final, Protocol

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer, Citation, Evidence
from index.documents import Document
from index.manifest import Manifest

ID_LENGTH: Final = 16
"""Hexadecimal digits of an id: 64 bits of the hash."""
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Origin:
    """What answers: the corpus by its hash and date, the models by role."""

    corpus_sha256: str = ""
    corpus_date: str | None = None
    models: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """An answer as it was given. ``card_id`` hashes question, query, corpus and claims."""

    card_id: str
    made: str
    """UTC, to the second."""
    corpus_sha256: str
    corpus_date: str | None
    models: Mapping[str, str]
    answer: Answer

    def as_json(self) -> str:
        """One JSON object with all of it; ``read`` turns it back into the same card."""
        return _CARD.dump_json(self).decode()

    @classmethod
    def read(cls, text: str) -> "Card | None":
        """None where a version of Blincite wrote it whose records this one cannot read."""
        try:
            return _CARD.validate_json(text)
        except ValidationError:
            return None


_CARD: Final[TypeAdapter[Card]] = TypeAdapter(Card)


def card_of(answer: Answer, origin: Origin, now: Clock = utc_now) -> Card:
    """The card of an answer that is complete."""
    models = dict(origin.models or {})
    if answer.generated_by:
        models["chat model"] = answer.generated_by
    return Card(
        card_id=_id(answer, origin.corpus_sha256),
        made=now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        corpus_sha256=origin.corpus_sha256,
        corpus_date=origin.corpus_date,
        models=models,
        answer=answer,
    )


def _id(answer: Answer, corpus_sha256: str) -> str:
    claims = [_told(claim.text, claim.citations) for claim in answer.claims]
    parts = (answer.question, answer.query, corpus_sha256, claims, answer.abstained_because)
    said = repr((*parts, answer.reply, answer.filters, answer.generated_by))
    return hashlib.sha256(said.encode()).hexdigest()[:ID_LENGTH]


def _told(text: str, citations: Sequence[Citation]) -> tuple[str, tuple[str, ...]]:
    return text, tuple(citation.quote for citation in citations)


def origin_of(manifest: Manifest) -> Origin:
    """The corpus and the embedder of an index, with the models that read what it finds."""
    from index.weights import RERANKER

    hashed = f" (sha256 {manifest.embedder_sha256})" if manifest.embedder_sha256 else ""
    models = {
        "embedder": f"{manifest.embedder}{hashed}",
        "reranker": f"{RERANKER.source} (sha256 {RERANKER.sha256})",
    }
    return Origin(manifest.corpus_sha256, manifest.corpus_date, models)


class Fate(StrEnum):
    """What became of a quote since it was shown."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """A quote of a card, looked for in the corpus of today."""

    evidence: Evidence
    fate: Fate
    start: int | None
    """Where the quote stands now, in characters; None where it is gone."""


class Texts(Protocol):
    """The stored documents of today."""

    def document(self, doc_id: str) -> Document:
        """KeyError where there is none."""
        ...


def as_json_today(card: Card, found: Sequence[Change]) -> str:
    """The card as one JSON object, with what became of each quote under ``today``."""
    today = [{"key": c.evidence.key, "quote": str(c.fate), "start": c.start} for c in found]
    return json.dumps({**_CARD.dump_python(card, mode="json"), "today": today}, ensure_ascii=False)


def changes(answer: Answer, texts: Texts) -> tuple[Change, ...]:
    """What became of each quote of an answer, in order of its evidence, then of that against it."""
    cited = {piece.key: piece for piece in (*answer.evidence, *(answer.against or ()))}
    return tuple(change(piece, texts) for piece in cited.values())


def change(piece: Evidence, texts: Texts) -> Change:
    """Look for a quote at its place, then anywhere in its document."""
    try:
        text = texts.document(piece.doc_id).text
    except KeyError:
        return Change(piece, Fate.GONE, None)
    if text[piece.start : piece.end] == piece.quote:
        return Change(piece, Fate.UNCHANGED, piece.start)
    found = text.find(piece.quote)
    return Change(piece, Fate.GONE, None) if found < 0 else Change(piece, Fate.MOVED, found)

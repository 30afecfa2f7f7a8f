"""What a build has to embed, and to read into tokens, cut into shards."""

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.catalogue import content_id
from index.documents import Document
from index.passages import Passage, passages_of, search_text
from index.store import Metadata, metadata_of

Vectors = dict[str, NDArray[np.float32]]
"""Unit vectors by the SHA-256 of what was embedded."""
SHARD = 64
"""Texts of a shard: small enough to be done again, large enough to pay for being sent."""


@dataclass(frozen=True, slots=True)
class Row:
    """A passage as the vector store holds it."""

    passage_id: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Shard:
    """Texts that are embedded in one go, each with the passages that have it."""

    contents: tuple[str, ...]
    """The SHA-256 of each text: what it is known by, wherever and whenever it is embedded."""
    texts: tuple[str, ...]
    rows: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True, slots=True)
class TokenShard:
    """Texts that are read into token vectors in one go."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    ends: tuple[tuple[int, ...], ...]
    """Where the parts of each text end: its heading, and each sentence."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Every passage of a corpus in order, with its text, the SHA-256 of that, its row and parts."""

    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    contents: tuple[str, ...]
    rows: tuple[Row, ...]
    ends: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, documents: Sequence[Document], passage_size: int) -> "Plan":
        passages: list[Passage] = []
        texts: list[str] = []
        rows: list[Row] = []
        ends: list[tuple[int, ...]] = []
        for document in documents:
            found = passages_of(document, passage_size)
            metadata = metadata_of(document.study)
            passages += found
            of_found = [search_text(document, passage) for passage in found]
            texts += of_found
            ends += map(ends_of_parts, found, of_found)
            rows += [Row(passage.passage_id, metadata) for passage in found]
        contents = tuple(content_id(text) for text in texts)
        return cls(tuple(passages), tuple(texts), contents, tuple(rows), tuple(ends))

    def shards(self, known: Container[str]) -> list[Shard]:
        """What has no vector yet, each text once, from short to long: alike ones take alike long.

        The cut depends on nothing but the texts.
        """
        rows: dict[str, list[Row]] = {}
        texts: dict[str, str] = {}
        for content, text, row in zip(self.contents, self.texts, self.rows, strict=True):
            if content not in known:
                rows.setdefault(content, []).append(row)
                texts[content] = text
        return [
            Shard(
                tuple(part),
                tuple(texts[content] for content in part),
                tuple(tuple(rows[content]) for content in part),
            )
            for part in _cut(texts)
        ]

    @property
    def token_keys(self) -> tuple[str, ...]:
        """What the tokens of each passage are known by: its text and where its parts end."""
        return tuple(map(_token_key, self.contents, self.ends))

    def token_shards(self, known: Container[str]) -> list[TokenShard]:
        """What has no token vectors yet, as ``shards`` has what is not embedded."""
        numbers = {key: n for n, key in enumerate(self.token_keys) if key not in known}
        texts = {key: self.texts[n] for key, n in numbers.items()}
        return [
            TokenShard(
                tuple(part),
                tuple(texts[key] for key in part),
                tuple(self.ends[numbers[key]] for key in part),
            )
            for part in _cut(texts)
        ]


def ends_of_parts(passage: Passage, text: str) -> tuple[int, ...]:
    """Where the heading of a search text ends, and each sentence behind it."""
    heading = len(text) - (passage.end - passage.start)
    offset = heading - passage.start
    return (heading, *(sentence.end + offset for sentence in passage.sentences))


def _cut(texts: Mapping[str, str]) -> Iterator[list[str]]:
    """The keys of texts, from short ones to long, in shards."""
    order = sorted(texts, key=lambda key: (len(texts[key]), key))
    return (order[start : start + SHARD] for start in range(0, len(order), SHARD))


def _token_key(content: str, ends: Sequence[int]) -> str:
    return hashlib.sha256(f"{content} {ends}".encode()).hexdigest()

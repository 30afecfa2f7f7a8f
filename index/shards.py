"""What a build has to embed, cut into shards."""

from collections.abc import Container, Sequence
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
class Plan:
    """Every passage of a corpus in order, with its text, the SHA-256 of that, and its row."""

    passages: tuple[Passage, ...]
    texts: tuple[str, ...]
    contents: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, documents: Sequence[Document], passage_size: int) -> "Plan":
        passages: list[Passage] = []
        texts: list[str] = []
        rows: list[Row] = []
        for document in documents:
            found = passages_of(document, passage_size)
            metadata = metadata_of(document.study)
            passages += found
            texts += [search_text(document, passage) for passage in found]
            rows += [Row(passage.passage_id, metadata) for passage in found]
        contents = tuple(content_id(text) for text in texts)
        return cls(tuple(passages), tuple(texts), contents, tuple(rows))

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
        order = sorted(texts, key=lambda content: (len(texts[content]), content))
        return [
            Shard(
                tuple(part),
                tuple(texts[content] for content in part),
                tuple(tuple(rows[content]) for content in part),
            )
            for part in (order[start : start + SHARD] for start in range(0, len(order), SHARD))
        ]

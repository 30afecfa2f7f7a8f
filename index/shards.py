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
    ends: tuple[tuple[int, ...], ...]
    """Where the parts of each text end, its heading and each sentence; empty without tokens."""
    rows: tuple[tuple[Row, ...], ...]


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

    def shards(self, known: Container[str], *, tokens: bool = False) -> list[Shard]:
        """What is not known yet, each text once, from short to long: alike ones take alike long.

        The cut depends on nothing but the texts. With ``tokens``, token vectors are wanted too.
        """
        numbers: dict[str, list[int]] = {}
        for number, content in enumerate(self.contents):
            if content not in known:
                numbers.setdefault(content, []).append(number)
        order = sorted(numbers, key=lambda content: (len(self.texts[numbers[content][0]]), content))
        parts = (order[start : start + SHARD] for start in range(0, len(order), SHARD))
        return [self._shard([numbers[content] for content in part], tokens) for part in parts]

    def _shard(self, numbers: Sequence[Sequence[int]], tokens: bool) -> Shard:
        """Of texts, each by the numbers of the passages that have it."""
        firsts = [first for first, *_ in numbers]
        return Shard(
            tuple(self.contents[first] for first in firsts),
            tuple(self.texts[first] for first in firsts),
            tuple(self.ends[first] for first in firsts) if tokens else (),
            tuple(tuple(self.rows[number] for number in same) for same in numbers),
        )


def ends_of_parts(passage: Passage, text: str) -> tuple[int, ...]:
    """Where the heading of a search text ends, and each sentence behind it."""
    heading = len(text) - (passage.end - passage.start)
    offset = heading - passage.start
    return (heading, *(sentence.end + offset for sentence in passage.sentences))

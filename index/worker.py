"""Who reads and embeds: one process, here or on another host."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embedder import Embedder
from index.readers import Reading, read_file
from index.shards import Shard, Vectors
from index.store import ServerStore, Target
from index.token_rows import Rows


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the model made of a shard, by the SHA-256 of each text."""

    vectors: Vectors
    tokens: dict[str, Rows] = field(default_factory=dict)
    """Empty where none were wanted."""


class Hands(Protocol):
    """The workers of a build, few or many; all give the same."""

    def read(self, files: Sequence[Path]) -> list[Reading]:
        """A document, or why there is none, for each file, in the order of the files."""
        ...

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Embedded]:
        """What became of each shard as it is done, in any order.

        Where there is a ``target``, the passages of a shard are stored there before it counts as
        done.
        """
        ...


class Worker:
    """Does one shard after the other. The model and the connection are opened once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._store: ServerStore | None = None

    def read(self, files: Sequence[Path]) -> list[Reading]:
        return [read_file(path) for path in files]

    def embed(self, shard: Shard, target: Target | None) -> Embedded:
        vectors, tokens = self._read(shard)
        if target:
            rows = [(n, row) for n, rows in enumerate(shard.rows) for row in rows]
            self._store_of(target).upsert(
                [row.passage_id for _, row in rows],
                [row.metadata for _, row in rows],
                np.stack([vectors[n] for n, _ in rows]),
            )
        by_content = dict(zip(shard.contents, vectors, strict=True))
        return Embedded(by_content, dict(zip(shard.contents, tokens, strict=bool(tokens))))

    def _read(self, shard: Shard) -> tuple[NDArray[np.float32], list[Rows]]:
        """A vector for each text, and its token rows where they are wanted."""
        if shard.ends:
            return self._embedder.embed_with_tokens(shard.texts, shard.ends)
        return self._embedder.embed_passages(shard.texts), []

    def _store_of(self, target: Target) -> ServerStore:
        if self._store is None or self._store.target != target:
            self._store = ServerStore(target)
        return self._store


class OwnHands:
    """This process alone."""

    def __init__(self, embedder: Embedder) -> None:
        self._worker = Worker(embedder)

    def read(self, files: Sequence[Path]) -> list[Reading]:
        return self._worker.read(files)

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Embedded]:
        for shard in shards:
            yield self._worker.embed(shard, target)

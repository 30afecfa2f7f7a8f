"""Who reads and embeds: one process, here or on another host."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from index.embedder import Embedder
from index.readers import Reading, read_file
from index.shards import Shard, TokenShard, Vectors
from index.store import ServerStore, Target
from index.token_reader import Rows, TokenReader

TokenRows = dict[str, Rows]
"""The token vectors of texts by the key of each."""


class Hands(Protocol):
    """The workers of a build, few or many; all give the same."""

    def read(self, files: Sequence[Path]) -> list[Reading]:
        """A document, or why there is none, for each file, in the order of the files."""
        ...

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Vectors]:
        """The vectors of each shard as it is done, in any order.

        Where there is a ``target``, the passages of a shard are stored there before it counts as
        done.
        """
        ...


@runtime_checkable
class TokenHands(Protocol):
    """Workers that read token vectors as well; an index that others build has none."""

    def read_tokens(self, shards: Sequence[TokenShard]) -> Iterator[TokenRows]:
        """The token vectors of each shard as it is done, in any order."""
        ...


class Worker:
    """Does one shard after the other. The model and the connection are opened once."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._tokens = TokenReader()
        self._store: ServerStore | None = None

    def read(self, files: Sequence[Path]) -> list[Reading]:
        return [read_file(path) for path in files]

    def embed(self, shard: Shard, target: Target | None) -> Vectors:
        vectors = self._embedder.embed_passages(shard.texts)
        if target:
            rows = [(n, row) for n, rows in enumerate(shard.rows) for row in rows]
            self._store_of(target).upsert(
                [row.passage_id for _, row in rows],
                [row.metadata for _, row in rows],
                np.stack([vectors[n] for n, _ in rows]),
            )
        return dict(zip(shard.contents, vectors, strict=True))

    def read_tokens(self, shard: TokenShard) -> TokenRows:
        rows = self._tokens.read_passages(shard.texts, shard.ends)
        return dict(zip(shard.keys, rows, strict=True))

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

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Vectors]:
        for shard in shards:
            yield self._worker.embed(shard, target)

    def read_tokens(self, shards: Sequence[TokenShard]) -> Iterator[TokenRows]:
        for shard in shards:
            yield self._worker.read_tokens(shard)

"""The token vectors of one build: taken over, made before, or read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import token_vectors
from index.errors import NoIndex
from index.made import Made
from index.manifest import Manifest
from index.shards import Plan, TokenShard
from index.token_reader import TokenReader
from index.token_vectors import Keyed, TokenVectors
from index.worker import TokenHands

AT_ONCE = 1_000
"""Texts whose token ids are held in memory together."""


@dataclass(frozen=True)
class TokenBuild:
    """``hands`` read what neither the index before nor a killed build has."""

    plan: Plan
    hands: TokenHands
    made: Made
    before: TokenVectors | None
    reader: TokenReader = field(default_factory=TokenReader)

    @classmethod
    def of(cls, plan: Plan, hands: TokenHands, folder: Path, before: Path | None) -> "TokenBuild":
        """``folder`` keeps what is read until the build ends."""
        reader = TokenReader()
        made = Made(folder, reader.sha256)
        return cls(plan, hands, made, _readable(before, reader.sha256), reader)

    @cached_property
    def shards(self) -> list[TokenShard]:
        """What is to be read."""
        known = {key for key, _ in self.made}
        return self.plan.token_shards(known | (self.before.known() if self.before else frozenset()))

    def read(self) -> Iterator[int]:
        """Read it; tells how many texts each shard had that is done."""
        for rows in self.hands.read_tokens(self.shards):
            self.made.save(rows)
            yield len(rows)

    def write(self, generation: Path) -> None:
        sources: list[Keyed] = [self.made, self.before] if self.before else [self.made]
        holders = self._holders(self.plan.texts)
        token_vectors.write(generation, self.plan.token_keys, holders, sources)

    def _holders(self, texts: Iterable[str]) -> NDArray[np.int32]:
        """How many texts hold each token."""
        counts = np.zeros(self.reader.vocabulary, dtype=np.int32)
        rest = iter(texts)
        while batch := list(islice(rest, AT_ONCE)):
            for ids in self.reader.token_ids(batch):
                counts[np.unique(ids)] += 1
        return counts


def _readable(before: Path | None, sha256: str) -> TokenVectors | None:
    """Those of the index before, where the same model made them."""
    if before is None or Manifest.read(before).token_reader != sha256:
        return None
    try:
        return TokenVectors.load(before)
    except NoIndex:
        return None

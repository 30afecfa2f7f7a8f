"""The token vectors of one build: taken over, made before it was killed, or made now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import token_vectors
from index.embedder import Embedder
from index.errors import NoIndex
from index.made import Made
from index.manifest import Manifest
from index.token_rows import Rows
from index.token_vectors import Keyed, TokenVectors

AT_ONCE = 1_000
"""Texts whose token ids are held in memory together."""


@dataclass(frozen=True, slots=True)
class TokenBuild:
    """Token rows of texts by their SHA-256, on disk; ``before`` is the index before, if it fits."""

    embedder: Embedder
    made: Made
    before: TokenVectors | None

    @classmethod
    def of(
        cls, made_by: str | None, embedder: Embedder, folder: Path, before: Path | None
    ) -> "TokenBuild | None":
        """None for an index without tokens; ``made_by`` is the ``tokens_sha256`` of its manifest.

        ``folder`` keeps what is made till the end.
        """
        if made_by is None:
            return None
        return cls(embedder, Made(folder, made_by), _readable(before, made_by))

    def known(self) -> frozenset[str]:
        made = frozenset(content for content, _ in self.made)
        return made | self.before.known() if self.before else made

    def save(self, tokens: Mapping[str, Rows]) -> None:
        """Keep those of one shard."""
        self.made.save(tokens)

    def write(self, generation: Path, contents: Sequence[str], texts: Sequence[str]) -> None:
        """Store those of each passage in order; each text is given with its SHA-256."""
        sources: list[Keyed] = [self.made, self.before] if self.before else [self.made]
        token_vectors.write(generation, contents, self._holders(texts), sources)

    def _holders(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """How many texts hold each token."""
        counts = np.zeros(self.embedder.tokens, dtype=np.int32)
        for start in range(0, len(texts), AT_ONCE):
            for ids in self.embedder.token_ids(texts[start : start + AT_ONCE]):
                counts[np.unique(ids)] += 1
        return counts


def _readable(before: Path | None, made_by: str) -> TokenVectors | None:
    """Those of the index before, where the same model made them."""
    if before is None or Manifest.read(before).tokens_sha256 != made_by:
        return None
    try:
        return TokenVectors.load(before)
    except NoIndex:
        return None

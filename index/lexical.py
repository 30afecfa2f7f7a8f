"""Word search (BM25) over passages."""

import re
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.errors import damaged
from index.terms import plain, with_term_tokens

TOKEN = re.compile(r"[^\W_]+(?:[.\-][^\W_]*\d[^\W_]*)*%?")
"""A word, or a name or number with its hyphen or point: ``interfant-06``, ``81.6%``."""
K1, B = 0.9, 0.4
"""BM25 parameters that suit short passages; those of the published BEIR baselines."""


class WordIndex:
    """BM25 scores of all passages; terms meet their abbreviations in both directions."""

    def __init__(self, bm25: bm25s.BM25, passage_ids: Sequence[str]) -> None:
        self._bm25 = bm25
        self.passage_ids = tuple(passage_ids)

    @classmethod
    def build(cls, passage_ids: Sequence[str], texts: Sequence[str]) -> "WordIndex":
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        rows = [words_of(text) for text in texts]
        # Numbered here, in order: the library would number a set, otherwise in every process.
        numbers = {word: n for n, word in enumerate(sorted(set(chain.from_iterable(rows))))}
        bm25.index(([[numbers[w] for w in row] for row in rows], numbers), show_progress=False)
        return cls(bm25, passage_ids)

    @classmethod
    def load(cls, folder: Path) -> "WordIndex":
        """Read what ``save`` wrote; the scores are mapped from disk, not held in memory."""
        try:
            bm25 = bm25s.BM25.load(str(folder), mmap=True)
            ids = (folder / "passage_ids.txt").read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as broken:
            raise damaged(folder) from broken
        return cls(bm25, ids)

    def save(self, folder: Path) -> None:
        self._bm25.save(str(folder))
        (folder / "passage_ids.txt").write_text("\n".join(self.passage_ids), encoding="utf-8")

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a passage, in the order of ``passage_ids``; 0 where no word is shared."""
        known = [word for word in words_of(query) if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.passage_ids), dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores


def words_of(text: str) -> list[str]:
    """Stemmed words without stop words, with a token for every term of the field."""
    words = TOKEN.findall(plain(with_term_tokens(text)).lower())
    kept = [word for word in words if word not in STOP_WORDS]
    stemmed: list[str] = _STEMMER.stemWords(kept)
    return stemmed


_STEMMER = Stemmer.Stemmer("english")
_ENGLISH = frozenset(bm25s.stopwords.STOPWORDS_EN_PLUS)
STOP_WORDS = (_ENGLISH | {"us"}) - {"no", "not", "without", "under"}
"""The country is found by the token of its term, so that "us" finds nothing."""

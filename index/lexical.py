"""Word search (BM25) over passages."""

import re
from array import array
from collections.abc import Callable, Iterable, Sequence
from math import log
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.errors import damaged
from index.terms import plain, with_term_tokens

TOKEN = re.compile(r"[^\W_]+(?:[.\-][^\W_]*\d[^\W_]*)*%?")
"""A word, or a name or number with its hyphen or point: ``interfant-06``, ``81.6%``."""
PASSAGE_IDS = "passage_ids.txt"
K1, B = 0.9, 0.4
"""BM25 parameters that suit short passages; those of the published BEIR baselines."""


class WordIndex:
    """BM25 scores of all passages; terms meet their abbreviations in both directions."""

    def __init__(self, bm25: bm25s.BM25, read_ids: Callable[[], Sequence[str]]) -> None:
        self._bm25 = bm25
        self._read_ids = read_ids

    @classmethod
    def build(cls, passage_ids: Sequence[str], texts: Iterable[str]) -> "WordIndex":
        bm25 = bm25s.BM25(method="lucene", k1=K1, b=B)
        bm25.index(_numbered(texts), show_progress=False)
        return cls(bm25, lambda: passage_ids)

    @classmethod
    def load(cls, folder: Path) -> "WordIndex":
        """Read what ``save`` wrote; the scores are mapped from disk, not held in memory."""
        try:
            bm25 = bm25s.BM25.load(str(folder), mmap=True)
            ids = _passage_ids(folder)
        except (OSError, ValueError) as broken:
            raise damaged(folder) from broken
        if ids.count("\n") + 1 != bm25.scores["num_docs"]:
            raise damaged(folder)
        return cls(bm25, lambda: _passage_ids(folder).split("\n"))

    @property
    def passage_ids(self) -> tuple[str, ...]:
        """Read anew each time: a search knows passages by number and holds no ids in memory."""
        return tuple(self._read_ids())

    def __len__(self) -> int:
        """How many passages there are."""
        return int(self._bm25.scores["num_docs"])

    def rarity(self, word: str) -> float:
        """The idf of a word as ``words_of`` gives it; the highest where no passage holds it."""
        number, starts = self._bm25.vocab_dict.get(word), self._bm25.scores["indptr"]
        holding = 0 if number is None else int(starts[number + 1] - starts[number])
        return log((len(self) + 1) / (holding + 1))

    def save(self, folder: Path) -> None:
        self._bm25.save(str(folder))
        (folder / PASSAGE_IDS).write_text("\n".join(self._read_ids()), encoding="utf-8")

    def scores(self, query: str) -> NDArray[np.float32]:
        """One score a passage, in the order of ``passage_ids``; 0 where no word is shared."""
        known = [word for word in words_of(query) if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(known)
        return scores


def _numbered(texts: Iterable[str]) -> "tuple[list[array[int]], dict[str, int]]":
    """Each text as the numbers of its words; the words are numbered in alphabetical order.

    The library would number a set, otherwise in every process, and hold every word of every text.
    """
    seen: dict[str, int] = {}
    rows = [array("I", (seen.setdefault(w, len(seen)) for w in words_of(t))) for t in texts]
    numbers = {word: number for number, word in enumerate(sorted(seen))}
    final = [numbers[word] for word in seen]
    return [array("I", (final[number] for number in row)) for row in rows], numbers


def _passage_ids(folder: Path) -> str:
    return (folder / PASSAGE_IDS).read_text(encoding="utf-8")


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

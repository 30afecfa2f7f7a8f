"""This project's own search over documents that are not of its corpus."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval import HybridSearch
from index.build import build_corpus
from index.catalogue import Catalogue
from index.documents import Document
from index.embedder import Embedder
from index.generations import current_generation, open_store
from index.readers import Corpus
from index.settings import IndexSettings
from index.shards import SHARD
from index.worker import OwnHands

DEPTH = 100
"""Passages that are searched for a ranking of documents: several may be of one document."""


class Blincite:
    """The index of the product, part by part, and its hybrid search."""

    name = "blincite"

    def __init__(self, embedder: Embedder, passage_size: int) -> None:
        self._embedder = embedder
        self._passage_size = passage_size

    def require(self) -> None:
        """Nothing but what the product needs."""

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        settings = IndexSettings(
            folder=folder / "index",
            embedder=self._embedder.model_name,
            passage_size=self._passage_size,
        )
        corpus = Corpus(tuple(documents), trials=(), date=None, problems=())
        build_corpus(settings, corpus, hands=OwnHands(self._embedder))
        generation = current_generation(settings.folder)
        catalogue = Catalogue(generation / "catalogue.sqlite")
        store = open_store(settings, generation)
        self._search = HybridSearch.open(generation, catalogue, self._embedder, store)
        self._close = (store.close, catalogue.close)

    def rank(self, query: str, k: int) -> list[str]:
        """The ids of the ``k`` best documents; a document is as good as its best passage."""
        found = self._search.retrieve(query, DEPTH)
        return first_of_each((one.passage.doc_id for one in found), k)

    def close(self) -> None:
        for close in self._close:
            close()


def embed_sorted(embedder: Embedder, texts: Sequence[str]) -> NDArray[np.float32]:
    """Vectors in the order of ``texts``; embedded from short to long, as a build does."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    made: dict[int, NDArray[np.float32]] = {}
    for start in range(0, len(order), SHARD):
        numbers = order[start : start + SHARD]
        made |= zip(numbers, embedder.embed_passages([texts[n] for n in numbers]), strict=True)
    return np.stack([made[number] for number in range(len(texts))])


def first_of_each(ids: Iterable[str], k: int) -> list[str]:
    """The first ``k`` different ids, in order."""
    return list(dict.fromkeys(ids))[:k]

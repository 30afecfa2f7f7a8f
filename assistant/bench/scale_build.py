"""The index of one invented corpus, built as any other, with a clock."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from assistant.bench.start_up import peak_memory_mb
from assistant.bench.synthetic import Inventor, Synthetic, around, rows_around
from index.build import build_corpus
from index.catalogue import content_id
from index.documents import Document
from index.embedder import Embedder
from index.generations import current_generation
from index.passages import search_text
from index.readers import Corpus, Reading, read_corpus, read_file
from index.settings import IndexSettings
from index.shards import Plan, Shard
from index.store import Target
from index.token_rows import Rows
from index.worker import Embedded, Worker

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Real:
    """The vectors of the passages of the real corpus, and how fast they were embedded.

    ``tokens`` are the token rows of each, empty where none are wanted. ``first`` has the row of the
    first passage of each document, and at its end the count of rows.
    """

    vectors: Vectors
    tokens: tuple[Rows, ...]
    first: tuple[int, ...]
    passages_per_s: float


@dataclass(frozen=True, slots=True)
class Built:
    """What a build took; ``sampled`` says that its vectors were not embedded."""

    documents: int
    passages: int
    sampled: bool
    vectors_s: float
    """Seconds in which vectors were embedded, or sampled …"""
    store_s: float
    """… and all others: passages, catalogue, word index, vector store."""
    megabytes: dict[str, float]
    """By part of the index."""
    peak_mb: float | None
    cores_s: float
    """Of all cores together, vectors included."""


class Clocked:
    """The workers of a build, here, with the seconds that vectors took."""

    def __init__(self, embed: Callable[[Shard], Embedded]) -> None:
        self._embed = embed
        self.seconds = 0.0

    def read(self, files: Sequence[Path]) -> list[Reading]:
        return [read_file(path) for path in files]

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Embedded]:
        for shard in shards:
            start = perf_counter()
            embedded = self._embed(shard)
            self.seconds += perf_counter() - start
            yield embedded


def embed_corpus(settings: IndexSettings) -> Real:
    """The real passages, which the vectors of large corpora are sampled around."""
    worker = _warm_worker(settings)
    wanted = settings.token_vectors and Embedder(settings.embedder).tokens_sha256 is not None
    documents = read_corpus(settings.corpus).documents
    whole = Plan.of(documents, settings.passage_size)
    counts = Counter(passage.doc_id for passage in whole.passages)
    shards = whole.shards((), tokens=wanted)
    start = perf_counter()
    embedded = [worker.embed(shard, None) for shard in shards]
    seconds = perf_counter() - start
    vectors = {key: vector for one in embedded for key, vector in one.vectors.items()}
    tokens = {key: rows for one in embedded for key, rows in one.tokens.items()}
    return Real(
        np.stack([vectors[content] for content in whole.contents]),
        tuple(tokens[content] for content in whole.contents if tokens),
        tuple(accumulate((counts[document.doc_id] for document in documents), initial=0)),
        len(whole.contents) / seconds,
    )


def build(settings: IndexSettings, passages: int, real: Real | None) -> Built:
    """An index of so many invented passages in the folder of the settings, which is not there.

    Without ``real`` vectors to sample around, every passage is embedded.
    """
    originals = read_corpus(settings.corpus).documents
    documents, near = _invented(Inventor(originals, settings.passage_size), passages, real)
    hands = Clocked(_sampled(real, near) if real else _embedded(settings))
    corpus = Corpus(documents, (), None, ())
    start, busy = perf_counter(), process_time()
    report = build_corpus(settings, corpus, hands=hands)
    seconds, cores_s = perf_counter() - start, process_time() - busy
    parts = sorted(current_generation(settings.folder).iterdir())
    return Built(
        documents=len(documents),
        passages=report.manifest.passages,
        sampled=bool(real),
        vectors_s=hands.seconds,
        store_s=seconds - hands.seconds,
        megabytes={part.name: _megabytes(part) for part in parts},
        peak_mb=peak_memory_mb(os.getpid()),
        cores_s=cores_s,
    )


def _embedded(settings: IndexSettings) -> Callable[[Shard], Embedded]:
    worker = _warm_worker(settings)
    return lambda shard: worker.embed(shard, None)


def _warm_worker(settings: IndexSettings) -> Worker:
    """Its model is loaded."""
    embedder = Embedder(settings.embedder)
    embedder.embed_passages(["fever"])
    return Worker(embedder)


def _invented(
    inventor: Inventor, passages: int, real: Real | None
) -> tuple[tuple[Document, ...], dict[str, int]]:
    """Documents, and for each text that is to be embedded the row of a real vector.

    That of the passage at the same place of the original.
    """
    documents: list[Document] = []
    near: dict[str, int] = {}
    for made in inventor.documents(passages):
        documents.append(made.document)
        if real:
            near |= _near(real, made)
    return tuple(documents), near


def _sampled(real: Real, near: Mapping[str, int]) -> Callable[[Shard], Embedded]:
    def sampled(shard: Shard) -> Embedded:
        seeds = [int(content[:16], 16) for content in shard.contents]
        rows = [near[content] for content in shard.contents]
        vectors = around(real.vectors[rows], seeds[0])
        near_tokens = zip(shard.contents, rows, seeds, strict=True) if shard.ends else ()
        tokens = {content: rows_around(real.tokens[row], n) for content, row, n in near_tokens}
        return Embedded(dict(zip(shard.contents, vectors, strict=True)), tokens)

    return sampled


def _near(real: Real, made: Synthetic) -> dict[str, int]:
    return {
        content_id(search_text(made.document, passage)): _row(real, made.original, place)
        for place, passage in enumerate(made.passages)
    }


def _row(real: Real, original: int, place: int) -> int:
    first, beyond = real.first[original : original + 2]
    return first + place % (beyond - first)


def _megabytes(part: Path) -> float:
    files = part.rglob("*") if part.is_dir() else [part]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6

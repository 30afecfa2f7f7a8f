"""Questions to one index, from the start of a program on."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from time import perf_counter, process_time, time

from assistant.answer import Filters
from assistant.bench.spread import percentiles
from assistant.bench.start_up import peak_memory_mb
from assistant.pipeline import READ
from assistant.rerank import SentenceReranker, sentences_in
from assistant.retrieval import HybridSearch
from index.catalogue import Catalogue
from index.embedder import Embedder
from index.generations import current_generation
from index.settings import IndexSettings
from index.store import VectorStore
from index.terms import spelled_out

CANDIDATES = 10
"""Passages that are retrieved."""
FILTERS = {
    "infants": Filters(populations=("infant",)),
    "randomised": Filters(randomised=True),
    "since 2022": Filters(year_from=2022),
    "labels": Filters(designs=("label",)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Milliseconds of one question."""

    retrieve: float
    whole: float
    """Retrieved and reranked."""
    cores: float
    """Of all cores together: the same on a machine that is busy with other work."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of several questions, retrieved and reranked."""

    p50: float
    p95: float
    retrieve_p50: float
    cores_p50: float

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> "Times":
        p50, p95 = percentiles([one.whole for one in asked])
        retrieve, _ = percentiles([one.retrieve for one in asked])
        cores, _ = percentiles([one.cores for one in asked])
        return cls(p50, p95, retrieve, cores)


@dataclass(frozen=True, slots=True)
class Searched:
    """``ready_s``: from the start of the program to the first question answered."""

    ready_s: float
    first: Times
    """Questions asked for the first time: the files of the index are not in memory yet."""
    again: Times
    filtered: Times
    filter_first_ms: float
    """The slowest first question under a filter: the passages that pass are worked out."""
    peak_mb: float | None
    ready_cores_s: float
    """As ``ready_s``, of all cores together."""


class Desk:
    """Retrieval and reranking as in an answer."""

    def __init__(self, generation: Path, embedder: str | None) -> None:
        self._search = HybridSearch.open(
            generation,
            Catalogue(generation / "catalogue.sqlite"),
            Embedder(embedder),
            VectorStore(generation / "chroma"),
        )
        self._reranker = SentenceReranker()

    def ask(self, question: str, filters: Filters | None = None) -> Asked:
        start, busy = perf_counter(), process_time()
        found = self._search.retrieve(spelled_out(question), CANDIDATES, filters)
        retrieved = perf_counter()
        self._reranker.rerank(question, sentences_in(found)[:READ])
        ended, rested = perf_counter(), process_time()
        return Asked(1000 * (retrieved - start), 1000 * (ended - start), 1000 * (rested - busy))


def search(settings: IndexSettings, questions: Sequence[str], started: float) -> Searched:
    """Ask every question twice, then under each filter in turn; ``started`` is a time of day."""
    desk = Desk(current_generation(settings.folder), settings.embedder)
    desk.ask(questions[0])
    ready, ready_cores = time() - started, process_time()
    first = Times.of([desk.ask(question) for question in questions])
    again = Times.of([desk.ask(question) for question in questions])
    new = [desk.ask(questions[0], filters).whole for filters in FILTERS.values()]
    in_turn = zip(questions, cycle(FILTERS.values()), strict=False)
    filtered = Times.of([desk.ask(question, filters) for question, filters in in_turn])
    peak = peak_memory_mb(os.getpid())
    return Searched(ready, first, again, filtered, max(new), peak, ready_cores)

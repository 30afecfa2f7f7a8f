"""``blincite bench retrieval``: every system over every benchmark, measured alike."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from assistant.bench import measures
from assistant.bench.datasets import Benchmark
from assistant.bench.errors import MissingPeer
from assistant.bench.own import Blincite
from assistant.bench.paperqa import PaperQa
from assistant.bench.peers import Bm25, LangChainQuickstart, PlainChroma, System, TxtaiHybrid
from assistant.bench.spread import percentiles
from index.embedder import Embedder
from index.settings import IndexSettings

Say = Callable[[str], None]
Measure = Callable[[Sequence[str], frozenset[str]], float]
K = 20
"""Documents that a system is asked for: what the longest measure looks at."""
OWN = "blincite"
MEASURES: dict[str, dict[str, Measure]] = {
    "scifact": {
        "ndcg@10": lambda ranking, right: measures.ndcg(ranking, right, 10),
        "recall@20": lambda ranking, right: measures.recall(ranking, right, 20),
    },
    "pubmedqa": {"mrr@10": lambda ranking, right: measures.reciprocal_rank(ranking, right, 10)},
    "gold": {"gold_top5": lambda ranking, right: measures.in_top(ranking, right, 5)},
}
"""For each benchmark, what is measured of a ranking; the names are those of the JSON."""


@dataclass(frozen=True, slots=True)
class Run:
    """One system over one benchmark; ``rankings`` has one for each query, in order."""

    system: str
    benchmark: Benchmark
    rankings: tuple[tuple[str, ...], ...]
    build_seconds: float
    query_ms: tuple[float, ...]

    def measured(self) -> dict[str, float]:
        """The mean of each measure of this benchmark over its queries."""
        pairs = list(zip(self.rankings, self.benchmark.queries, strict=True))
        return {
            name: fmean(measure(ranking, query.right) for ranking, query in pairs)
            for name, measure in MEASURES[self.benchmark.name].items()
        }


def systems(settings: IndexSettings) -> list[Callable[[], System]]:
    """This project first, then its peers; each is made anew for each benchmark."""
    # One for all: two embedders would load the model twice.
    embedder = Embedder(settings.embedder)
    return [
        lambda: Blincite(embedder, settings.passage_size),
        Bm25,
        lambda: PlainChroma(embedder),
        LangChainQuickstart,
        TxtaiHybrid,
        lambda: PaperQa(embedder),
    ]


def available(
    makers: Iterable[Callable[[], System]],
) -> tuple[list[Callable[[], System]], dict[str, str]]:
    """The systems that can run, and for each that cannot, which package has to be installed."""
    ready, missing = [], {}
    for make in makers:
        system = make()
        try:
            system.require()
        except MissingPeer as reason:
            missing[system.name] = str(reason)
            continue
        ready.append(make)
    return ready, missing


def run_all(
    makers: Sequence[Callable[[], System]],
    benchmarks: Sequence[Benchmark],
    say: Say = lambda _: None,
) -> list[Run]:
    """Every system over every benchmark, one after the other."""
    return [run(make(), benchmark, say) for benchmark in benchmarks for make in makers]


def run(system: System, benchmark: Benchmark, say: Say = lambda _: None) -> Run:
    """Index the documents of a benchmark in a temporary folder and search all its queries."""
    with TemporaryDirectory(prefix="blincite-bench-") as folder:
        start = perf_counter()
        system.build(benchmark.documents, Path(folder))
        built = perf_counter() - start
        timed = [_timed(system, query.text) for query in benchmark.queries]
        system.close()
    result = Run(
        system.name,
        benchmark,
        rankings=tuple(ranking for ranking, _ in timed),
        build_seconds=built,
        query_ms=tuple(milliseconds for _, milliseconds in timed),
    )
    figures = ", ".join(f"{name} {value:.3f}" for name, value in result.measured().items())
    say(f"{benchmark.name}, {system.name}: {figures}; built in {built:.0f} s")
    return result


def _timed(system: System, query: str) -> tuple[tuple[str, ...], float]:
    start = perf_counter()
    ranking = tuple(system.rank(query, K))
    return ranking, 1000 * (perf_counter() - start)


def summary(runs: Sequence[Run]) -> dict[str, Any]:
    """Data sets, figures of each system, and this project's figures over those of each peer."""
    found: dict[str, dict[str, Any]] = {}
    for one in runs:
        figures = found.setdefault(one.system, {"build_s": {}, "query_ms": {}})
        figures |= one.measured()
        figures["build_s"][one.benchmark.name] = one.build_seconds
        p50, p95 = percentiles(one.query_ms)
        figures["query_ms"][one.benchmark.name] = {"p50": p50, "p95": p95}
    sizes = {
        one.benchmark.name: {
            "documents": len(one.benchmark.documents),
            "queries": len(one.benchmark.queries),
        }
        for one in runs
    }
    return {"datasets": sizes, "systems": found, "ratios": ratios(found)}


def ratios(found: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, float | None]]:
    """This project over each peer, measure by measure; None where the peer has 0."""
    own = found.get(OWN, {})
    return {
        peer: {
            name: own[name] / figures[name] if figures[name] else None
            for name in measure_names(figures)
            if name in own
        }
        for peer, figures in found.items()
        if peer != OWN
    }


def measure_names(figures: Mapping[str, Any]) -> list[str]:
    """The measures that a system has, in the order of the table."""
    names = (name for of_benchmark in MEASURES.values() for name in of_benchmark)
    return [name for name in names if name in figures]

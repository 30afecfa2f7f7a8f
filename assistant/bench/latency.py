"""How long an answer takes, and which stage takes which share of it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any, Protocol

from assistant.assembly import assemble
from assistant.bench.spread import Spread, percentiles
from assistant.dense import DenseSearch
from assistant.late_interaction import late_interaction
from assistant.pipeline import Assistant
from assistant.retrieval import HybridSearch
from assistant.settings import Settings
from index.embedder import Embedder
from index.generations import current_generation, open_store
from index.lexical import WordIndex
from index.passage_vectors import PassageVectors

Say = Callable[[str], None]
STAGES = ("dense", "words", "late interaction", "cross-encoder", "answerability")
SEARCH = STAGES
"""What the measure "retrieve + rerank" sums up."""
REST = "rest"
FIRST = "What is blinatumomab?"
"""Loads every model before the clock starts."""


class Asks(Protocol):
    def ask(self, question: str) -> object: ...


class Stopwatch:
    """Seconds by stage since ``reset``."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def reset(self) -> None:
        self.seconds.clear()

    def timed(self, stage: str, act: Callable[..., Any]) -> Callable[..., Any]:
        """``act``, with its seconds added to ``stage``."""

        def timing(*arguments: Any, **named: Any) -> Any:
            start = perf_counter()
            try:
                return act(*arguments, **named)
            finally:
                self.seconds[stage] += perf_counter() - start

        return timing


class Timed:
    """Stands before one part of the assistant and times every call of it."""

    def __init__(self, part: object, stage: str, watch: Stopwatch) -> None:
        self._part = part
        self._stage = stage
        self._watch = watch

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._part, name)
        return self._watch.timed(self._stage, value) if callable(value) else value


@dataclass(frozen=True, slots=True)
class Lap:
    """Milliseconds of one answer, whole and by stage."""

    whole: float
    stages: Mapping[str, float]

    @property
    def search(self) -> float:
        """Of retrieval and reranking."""
        return sum(self.stages[stage] for stage in SEARCH)


def timed_assistant(settings: Settings, watch: Stopwatch) -> Assistant:
    """The assistant that people use, with a stopwatch before each stage."""
    assembled = assemble(settings)
    generation = current_generation(settings.index.folder)
    plain = assembled.assistant
    model = Embedder(settings.index.embedder)
    embedder: Any = Timed(model, "dense", watch)
    store: Any = Timed(open_store(settings.index, generation), "dense", watch)
    vectors = PassageVectors.load(generation)
    dense = DenseSearch(assembled.catalogue, embedder, store, vectors)
    words: Any = Timed(WordIndex.load(generation / "words"), "words", watch)
    late: Any = Timed(late_interaction(generation, model), "late interaction", watch)
    reranker: Any = Timed(plain.reranker, "cross-encoder", watch)
    answering: Any = Timed(plain.answering, "answerability", watch)
    search = HybridSearch(assembled.catalogue, dense, words, late)
    return replace(plain, retriever=search, reranker=reranker, answering=answering, generator=None)


def time_answers(
    assistant: Asks,
    watch: Stopwatch,
    questions: Sequence[str],
    rounds: int,
    say: Say = lambda _: None,
) -> list[list[Lap]]:
    """One list a round. The first asks each question for the first time, the others again.

    In the first, parts of the index are read from disk.
    """
    assistant.ask(FIRST)
    laps = []
    for number in range(rounds + 1):
        laps.append([lap(assistant, watch, question) for question in questions])
        p50, p95 = percentiles([one.whole for one in laps[-1]])
        say(f"answers, round {number} of {rounds}: p50 {p50:.0f} ms, p95 {p95:.0f} ms")
    return laps


def lap(assistant: Asks, watch: Stopwatch, question: str) -> Lap:
    """Ask one question; what no stage took is the rest."""
    watch.reset()
    start = perf_counter()
    assistant.ask(question)
    whole = 1000 * (perf_counter() - start)
    stages = {stage: 1000 * watch.seconds.get(stage, 0.0) for stage in STAGES}
    return Lap(whole, {**stages, REST: whole - sum(stages.values())})


def summary(laps: Sequence[Sequence[Lap]]) -> dict[str, Any]:
    """The first round by itself, then the spread of the others, in milliseconds and shares."""
    first, *again = laps
    return {
        "questions": len(first),
        "asked_first": _of_rounds([first]),
        "asked_again": _of_rounds(again or [first]),
    }


def _of_rounds(rounds: Sequence[Sequence[Lap]]) -> dict[str, Any]:
    whole = [percentiles([one.whole for one in laps]) for laps in rounds]
    search = [percentiles([one.search for one in laps]) for laps in rounds]
    return {
        "p50_ms": Spread.of([p50 for p50, _ in whole]),
        "p95_ms": Spread.of([p95 for _, p95 in whole]),
        "search_p50_ms": Spread.of([p50 for p50, _ in search]),
        "search_p95_ms": Spread.of([p95 for _, p95 in search]),
        "stages": {stage: _of_stage(stage, rounds) for stage in (*STAGES, REST)},
    }


def _of_stage(stage: str, rounds: Sequence[Sequence[Lap]]) -> dict[str, Spread]:
    p50s = [percentiles([one.stages[stage] for one in laps])[0] for laps in rounds]
    shares = [
        sum(one.stages[stage] for one in laps) / sum(one.whole for one in laps) for laps in rounds
    ]
    return {"p50_ms": Spread.of(p50s), "share": Spread.of(shares)}

"""``blincite bench scale``: corpora of several sizes, and how what they take grows with size."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any, ParamSpec, TypeVar

import numpy as np

from assistant.bench import scale_build, scale_search, start_up
from assistant.bench.scale_build import Built, Real
from assistant.bench.scale_search import Searched
from assistant.settings import Settings

Say = Callable[[str], None]
P = ParamSpec("P")
T = TypeVar("T")
EMBEDDED = 1_000
"""Larger corpora get vectors that are sampled around real ones: to embed them takes hours."""
PAGE = 10_000
"""The start of the whole page is timed up to this size."""


@dataclass(frozen=True, slots=True)
class Step:
    """One size: built, searched, and, where it is small, served."""

    passages: int
    built: Built
    searched: Searched
    page: start_up.Start | None

    def measured(self) -> dict[str, float | None]:
        """What is to grow as little as it can with the number of passages."""
        built, searched = self.built, self.searched
        return {
            "store_s": built.store_s,
            "build_cores_s": built.cores_s,
            "disk_mb": sum(built.megabytes.values()),
            "build_peak_mb": built.peak_mb,
            "ready_s": searched.ready_s,
            "ready_cores_s": searched.ready_cores_s,
            "search_peak_mb": searched.peak_mb,
            "first_p50_ms": searched.first.p50,
            "first_p95_ms": searched.first.p95,
            "again_p50_ms": searched.again.p50,
            "again_p95_ms": searched.again.p95,
            "retrieve_again_p50_ms": searched.again.retrieve_p50,
            "first_cores_p50_ms": searched.first.cores_p50,
            "again_cores_p50_ms": searched.again.cores_p50,
            "filtered_p50_ms": searched.filtered.p50,
            "filtered_cores_p50_ms": searched.filtered.cores_p50,
            "filter_first_ms": searched.filter_first_ms,
        }


def run(
    settings: Settings,
    questions: Sequence[str],
    sizes: Sequence[int],
    say: Say = lambda _: None,
    *,
    embedded: int = EMBEDDED,
    chat: Sequence[str] = start_up.CHAT,
) -> dict[str, Any]:
    """Everything that the command prints, but for the machine and the versions."""
    real = None
    if max(sizes) > embedded:
        real = in_a_program_of_its_own(scale_build.embed_corpus, settings.index)
        say(f"the corpus: embedded at {real.passages_per_s:.0f} passages a second")
    steps = []
    for size in sorted(sizes):
        with TemporaryDirectory(prefix="blincite-bench-") as folder:
            there = replace(settings, index=replace(settings.index, folder=Path(folder) / "index"))
            steps.append(_step(there, questions, size, real if size > embedded else None, chat))
        say(_line(steps[-1]))
    return summary(steps, real)


def _step(
    settings: Settings,
    questions: Sequence[str],
    size: int,
    real: Real | None,
    chat: Sequence[str],
) -> Step:
    built = in_a_program_of_its_own(scale_build.build, settings.index, size, real)
    searched = in_a_program_of_its_own(scale_search.search, settings.index, questions, time())
    page = start_up.time_start(settings, questions[0], chat) if size <= PAGE else None
    return Step(size, built, searched, page)


def in_a_program_of_its_own(act: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """So that its memory is its own, and ends with it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(act, *arguments, **named).result()


def summary(steps: Sequence[Step], real: Real | None) -> dict[str, Any]:
    """All figures by size, the growth of each measure, and the largest size over 10,000."""
    sizes = [step.passages for step in steps]
    measured = {step.passages: step.measured() for step in steps}
    names = list(steps[0].measured())
    columns = {name: [measured[size][name] for size in sizes] for name in names}
    return {
        "embed_passages_per_s": real.passages_per_s if real else None,
        "sizes": [{**asdict(step), "measured": measured[step.passages]} for step in steps],
        "growth": {name: growth(sizes, column) for name, column in columns.items()},
        "over_10k": _over(measured, sizes),
        "missing": {},
    }


def growth(sizes: Sequence[int], values: Sequence[float | None]) -> float | None:
    """The exponent e of size to the power of e that fits best; None where it cannot be told."""
    pairs = [(size, value) for size, value in zip(sizes, values, strict=True) if value]
    if len({size for size, _ in pairs}) < 2:
        return None
    logs = np.log([size for size, _ in pairs]), np.log([value for _, value in pairs])
    return float(np.polyfit(*logs, deg=1)[0])


def _over(
    measured: Mapping[int, Mapping[str, float | None]], sizes: Sequence[int]
) -> dict[str, float] | None:
    """The figures of the largest corpus as multiples of those at 10,000 passages."""
    largest, small = max(sizes), measured.get(10_000)
    if small is None or largest == 10_000:
        return None
    pairs = ((name, measured[largest][name], value) for name, value in small.items())
    return {name: large / value for name, large, value in pairs if large and value}


def _line(step: Step) -> str:
    one = step.measured()
    return (
        f"{step.passages} passages: stored in {one['store_s']:.0f} s, "
        f"{one['disk_mb']:.0f} MB, ready in {one['ready_s']:.1f} s, "
        f"asked first p50 {one['first_p50_ms']:.0f} ms, again {one['again_p50_ms']:.0f} ms, "
        f"filtered {one['filtered_p50_ms']:.0f} ms"
    )

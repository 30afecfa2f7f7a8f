"""Benchmarks as tables, as JSON and as Markdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from rich.table import Table

from assistant.bench.labels import LABELS
from assistant.bench.retrieval import OWN, measure_names
from assistant.bench.spread import Spread

UNKNOWN = "not known on this system"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before it is drawn."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def drawn(self) -> Table:
        table = Table(*self.columns, title=self.title, title_justify="left", box=None)
        for row in self.rows:
            table.add_row(*row)
        return table

    def markdown(self) -> str:
        lines = [self.columns, tuple("---" for _ in self.columns), *self.rows]
        return "\n".join([f"**{self.title}**", "", *(f"| {' | '.join(line)} |" for line in lines)])


def retrieval_grid(found: Mapping[str, Any]) -> Grid:
    """One row a system; in brackets, how many times the figure of the peer ours is."""
    names = measure_names(found["systems"].get(OWN, {}))
    sizes = ", ".join(
        f"{name} {size['queries']} queries over {size['documents']} documents"
        for name, size in found["datasets"].items()
    )
    rows = tuple(
        (
            LABELS.get(system, system),
            *(_figure(figures, found["ratios"].get(system, {}), name) for name in names),
            *(f"{one['p50']:.0f} / {one['p95']:.0f}" for one in figures["query_ms"].values()),
        )
        for system, figures in found["systems"].items()
    )
    times = (f"{name}, ms p50 / p95" for name in found["datasets"])
    columns = ("system", *(LABELS[name] for name in names), *times)
    return Grid(f"Retrieval: {sizes}", columns, rows)


def speed_grids(found: Mapping[str, Any]) -> list[Grid]:
    """Build rate, stages of an answer, start."""
    return [_build_grid(found["build"]), _stage_grid(found["answer"]), _start_grid(found["start"])]


def as_plain(value: Any) -> Any:
    """The same without records, for JSON: a spread becomes median, low and high."""
    if isinstance(value, Spread):
        return asdict(value)
    if isinstance(value, Mapping):
        return {key: as_plain(one) for key, one in value.items()}
    return value


def markdown(title: str, found: Mapping[str, Any], grids: Iterable[Grid], picture: str = "") -> str:
    """A page with the tables, a picture, the machine, the versions and the date."""
    versions = ", ".join(f"{name} {is_}" for name, is_ in found["versions"].items() if is_)
    parts = [f"# {title}", *(grid.markdown() for grid in grids), picture, ground(found)]
    parts += [f"Left out: {reason}" for reason in found["missing"].values()]
    return "\n\n".join(filter(None, [*parts, f"Versions: {versions}"])) + "\n"


def ground(found: Mapping[str, Any]) -> str:
    """When and where the figures come from, in one sentence."""
    machine = found["machine"]
    sample = " On a sample: these figures are no result." if found.get("sample") else ""
    return (
        f"{found['date']}, {machine['cores']} cores ({machine['processor']}), "
        f"{machine['memory_gb']} GB, load {machine['load']} at the start and "
        f"{found['load_at_end']} at the end.{sample}"
    )


def _figure(figures: Mapping[str, float], ratios: Mapping[str, float | None], name: str) -> str:
    if name not in figures:
        return "–"
    ratio = ratios.get(name)
    return f"{figures[name]:.3f}" + (f" ({ratio:.2f} ×)" if ratio is not None else "")


def _build_grid(found: Mapping[str, Any]) -> Grid:
    rows = tuple(
        (
            LABELS.get(system, system),
            f"{figures['tokens_per_s']:.0f}",
            f"{figures['seconds']:.1f}",
            f"{found['ratios'][system]:.2f}" if system in found["ratios"] else "–",
        )
        for system, figures in found["systems"].items()
    )
    columns = ("system", "tokens/s", "seconds", "our rate over its")
    return Grid(f"Build: {found['corpus_tokens']} tokens of the corpus", columns, rows)


def _stage_grid(found: Mapping[str, Any]) -> Grid:
    first, again = found["asked_first"], found["asked_again"]
    rows: list[Sequence[str]] = [
        ("answer, p50 ms", f"{first['p50_ms'].median:.0f}", f"{again['p50_ms']:.0f}"),
        ("answer, p95 ms", f"{first['p95_ms'].median:.0f}", f"{again['p95_ms']:.0f}"),
        (
            "retrieve + rerank, p50 ms",
            f"{first['search_p50_ms'].median:.0f}",
            f"{again['search_p50_ms']:.0f}",
        ),
        (
            "retrieve + rerank, p95 ms",
            f"{first['search_p95_ms'].median:.0f}",
            f"{again['search_p95_ms']:.0f}",
        ),
    ]
    rows += [
        (
            f"  {stage}, share",
            f"{one['share'].median:.0%}",
            f"{again['stages'][stage]['share']:.0%}",
        )
        for stage, one in first["stages"].items()
    ]
    title = f"Answers: {found['questions']} questions, models loaded"
    return Grid(title, ("measure", "asked first", "asked again"), tuple(map(tuple, rows)))


def _start_grid(found: Mapping[str, Any]) -> Grid:
    page, answer = found["first_page_cores_s"], found["first_answer_cores_s"]
    peak = found["peak_memory_mb"]
    rows = (
        ("first page, s", f"{found['first_page_s']:.1f}"),
        ("first answer, s", f"{found['first_answer_s']:.1f}"),
        ("first page, s of all cores", f"{page:.1f}" if page else UNKNOWN),
        ("first answer, s of all cores", f"{answer:.1f}" if answer else UNKNOWN),
        ("peak memory, MB", f"{peak:.0f}" if peak else UNKNOWN),
    )
    return Grid("Start of blincite chat", ("measure", "median (lowest–highest)"), rows)

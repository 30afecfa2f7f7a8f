"""The command ``blincite bench``."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from assistant.bench.errors import BadBenchmark
from assistant.settings import Settings

app = typer.Typer(
    name="bench",
    help="Run this project and its peers on the same files, and print how they compare.",
    no_args_is_help=True,
)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


def _in_a_folder(report: Path | None) -> Path | None:
    """A place whose folder is there: asked before minutes are spent on what is written to it."""
    if report and not report.absolute().parent.is_dir():
        raise typer.BadParameter(f"{report.parent}: no such folder. Make it first.")
    if report and report.is_file() and report.suffix != ".md":
        raise typer.BadParameter(f"{report}: is a file. Name a folder, or a file that ends in .md.")
    return report


def _sizes(text: str) -> tuple[int, ...]:
    parts = text.split(",")
    if not all(part.strip().isdecimal() and int(part) for part in parts):
        raise typer.BadParameter(f"{text!r}: numbers with commas between them, as 1000,10000.")
    return tuple(sorted({int(part) for part in parts}))


Data = Annotated[
    Path,
    typer.Option(
        help="Folder with scifact and pubmedqa; the gold questions are in it or beside it.",
        exists=True,
        file_okay=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Report = Annotated[
    Path | None,
    typer.Option(
        help="Write a page with tables, plots and figures: a folder, or a file ending in .md.",
        callback=_in_a_folder,
    ),
]
Queries = Annotated[
    int | None, typer.Option(min=1, help="Only the first queries, to try the command out.")
]


@app.command()
def retrieval(
    context: typer.Context,
    data: Data,
    queries: Queries = None,
    as_json: AsJson = False,
    report: Report = None,
) -> None:
    """Measure how well this project and its peers find the right documents.

    BEIR SciFact, PubMedQA and the gold questions. A peer whose package is missing is named with the
    command that installs it. With --queries, each benchmark keeps 20 documents a query.
    Example: blincite bench retrieval --data ../shared/bench --json
    """
    from assistant.bench import retrieval as bench
    from assistant.bench.datasets import read_benchmarks
    from assistant.bench.plots import plot_retrieval
    from assistant.bench.report import retrieval_grid

    settings: Settings = context.obj
    start = _setting(queries)
    benchmarks = read_benchmarks(data, settings.index.corpus)
    if queries:
        benchmarks = [benchmark.sample(queries) for benchmark in benchmarks]
    ready, missing = bench.available(bench.systems(settings.index))
    found = bench.summary(bench.run_all(ready, benchmarks, _say))
    whole = {**start, **found, "missing": missing, "load_at_end": _load()}
    _show(whole, [retrieval_grid(whole)], as_json=as_json)
    _write(report, "Retrieval", whole, [retrieval_grid(whole)], plot_retrieval)


@app.command()
def speed(
    context: typer.Context,
    data: Data,
    queries: Queries = None,
    rounds: Annotated[
        int, typer.Option(min=1, help="How often each timing is repeated; the median is shown.")
    ] = 3,
    as_json: AsJson = False,
    report: Report = None,
) -> None:
    """Time the build, the answers and the start of the page.

    The build is compared with the LangChain quickstart on the same files and with the bare model
    on the same tokens. The questions are the gold questions. With --queries, the corpus keeps 20
    documents a question.
    Example: blincite bench speed --data ../shared/bench --json
    """
    from assistant.bench import speed as bench
    from assistant.bench.plots import plot_speed
    from assistant.bench.report import speed_grids

    extent = bench.Extent(rounds, queries)
    start = _setting(queries)
    questions = _questions(data)
    whole = {**start, **bench.run(context.obj, questions, extent, _say), "load_at_end": _load()}
    _show(whole, speed_grids(whole), as_json=as_json)
    _write(report, "Speed", whole, speed_grids(whole), plot_speed)


@app.command()
def scale(
    context: typer.Context,
    data: Data,
    sizes: Annotated[
        str, typer.Option(metavar="N,N", help="How many passages; one corpus for each number.")
    ] = "1000,10000,100000,1000000",
    queries: Queries = None,
    as_json: AsJson = False,
    report: Report = None,
) -> None:
    """Build corpora of several sizes and measure how time, memory and disk grow with them.

    The corpora are invented from the words and the structure of the real one. A thousand
    passages are embedded; vectors of larger corpora are sampled around real ones. The questions
    are the gold questions. A million passages take some 10 GB of memory and of disk.
    Example: blincite bench scale --data ../shared/bench --sizes 1000,10000 --json
    """
    from assistant.bench import scale as bench
    from assistant.bench.plots import plot_scale
    from assistant.bench.scale_report import scale_grids

    numbers = _sizes(sizes)
    start = _setting(queries)
    questions = _questions(data)[:queries]
    found = bench.run(context.obj, questions, numbers, _say)
    whole = {**start, **found, "load_at_end": _load()}
    _show(whole, scale_grids(whole), as_json=as_json)
    _write(report, "Scale", whole, scale_grids(whole), plot_scale)


def _write(
    report: Path | None, title: str, whole: dict[str, Any], grids: Sequence[Any], plot: Any
) -> None:
    from assistant.bench.written import write_report

    if report:
        _say(f"Written: {write_report(report, title, whole, grids, plot)}")


def _questions(data: Path) -> list[str]:
    from assistant.bench.datasets import gold_folder
    from assistant.evaluation.gold import read_gold

    folder = gold_folder(data)
    questions = [one.question for one in read_gold(folder).questions] if folder else []
    if not questions:
        raise BadBenchmark(
            f"{data}: no gold questions in it or beside it. Name a folder with questions.jsonl."
        )
    return questions


def _setting(sample: int | None) -> dict[str, Any]:
    from assistant.bench.machine import setting

    return {**setting(), "sample": sample}


def _load() -> float | None:
    from assistant.bench.machine import machine

    load: float | None = machine()["load"]
    return load


def _say(line: str) -> None:
    stderr.print(line, markup=False)


def _show(whole: dict[str, Any], grids: Sequence[Any], *, as_json: bool) -> None:
    """Tables or JSON on stdout; what was left out on stderr."""
    from assistant.bench.report import as_plain, ground

    for reason in whole["missing"].values():
        stderr.print(reason, style="yellow", markup=False)
    if as_json:
        typer.echo(json.dumps(as_plain(whole)))
        return
    console = Console(highlight=False)
    for grid in grids:
        console.print(grid.drawn())
    console.print(ground(whole), markup=False)

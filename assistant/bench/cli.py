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


def _in_a_folder(file: Path | None) -> Path | None:
    """A file whose folder is there: asked before minutes are spent on what is written to it."""
    if file and not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{file.parent}: no such folder. Make it first.")
    return file


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
        help="Write the tables to this file as Markdown.",
        dir_okay=False,
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
    from assistant.bench.report import retrieval_grid

    settings: Settings = context.obj
    start = _setting(queries)
    benchmarks = read_benchmarks(data, settings.index.corpus)
    if queries:
        benchmarks = [benchmark.sample(queries) for benchmark in benchmarks]
    ready, missing = bench.available(bench.systems(settings.index))
    found = bench.summary(bench.run_all(ready, benchmarks, _say))
    whole = {**start, **found, "missing": missing, "load_at_end": _load()}
    _show("Retrieval", whole, [retrieval_grid(whole)], as_json=as_json, report=report)


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
    from assistant.bench.report import speed_grids

    extent = bench.Extent(rounds, queries)
    start = _setting(queries)
    questions = _questions(data)
    whole = {**start, **bench.run(context.obj, questions, extent, _say), "load_at_end": _load()}
    _show("Speed", whole, speed_grids(whole), as_json=as_json, report=report)


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


def _show(
    title: str,
    whole: dict[str, Any],
    grids: Sequence[Any],
    *,
    as_json: bool,
    report: Path | None,
) -> None:
    """Tables or JSON on stdout; what was left out on stderr."""
    from assistant.bench.report import as_plain, ground, markdown

    for reason in whole["missing"].values():
        stderr.print(reason, style="yellow", markup=False)
    if report:
        report.write_text(markdown(title, whole, grids), encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(as_plain(whole)))
        return
    console = Console(highlight=False)
    for grid in grids:
        console.print(grid.drawn())
    console.print(ground(whole), markup=False)

"""The command ``blincite index``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from index.build import BuildReport, build_index, index_is_stale
from index.errors import IndexProblem
from index.evidence.check import check_evidence
from index.generations import current_generation
from index.manifest import Manifest
from index.readers import Corpus, read_corpus
from index.settings import IndexSettings
from index.worker import Hands

app = typer.Typer(
    name="index",
    help="Build the index of the corpus, and check both.",
    no_args_is_help=True,
)
stderr = Console(stderr=True, highlight=False, soft_wrap=True)


@app.command()
def build(
    context: typer.Context,
    ray: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Read and embed on every CPU of a Ray cluster: host:port, or auto for the one "
            "of this machine.",
        ),
    ] = None,
) -> None:
    """Build the index, or bring it up to date: only what changed is embedded again.

    A build that is killed goes on where it was when it is run again.
    Example: blincite index build
    """
    settings: IndexSettings = context.obj.index
    with counting("Embedding passages") as progress, _hands(ray, settings) as hands:
        report = build_index(settings, progress, hands)
    say_problems(report.problems)
    stderr.print(summary(report))


@app.command()
def status(context: typer.Context) -> None:
    """Say what the index holds, and whether it is that of the corpus.

    Exits with 1 where there is none, or where the corpus has changed since.
    Example: blincite index status
    """
    settings: IndexSettings = context.obj.index
    manifest = Manifest.read(current_generation(settings.folder))
    size = f"{manifest.documents} documents, {manifest.passages} passages"
    typer.echo(f"{size}, built {manifest.built}")
    typer.echo(f"corpus of {manifest.corpus_date}, embedder {manifest.embedder}")
    if index_is_stale(settings):
        raise IndexProblem(STALE)
    typer.echo("up to date")


@app.command()
def check(
    context: typer.Context,
    evidence: Annotated[
        Path | None,
        typer.Option(help="Folder of evidence dossiers; proves figures in both directions."),
    ] = None,
) -> None:
    """Check every document of the corpus: fields, sections, ids, forms of identifiers.

    With --evidence, every figure of a document must stand in its dossier, and every verified figure
    of a dossier in its document. Exits with 1 where anything is wrong.
    Example: blincite index check --evidence ../shared/evidence
    """
    settings: IndexSettings = context.obj.index
    corpus = read_corpus(settings.corpus)
    typer.echo(f"{len(corpus.documents)} documents can be read")
    problems = corpus.problems
    if evidence:
        problems += _against_evidence(corpus, evidence, settings.corpus / "exceptions.yaml")
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("nothing is wrong")


@contextmanager
def _hands(ray: str | None, settings: IndexSettings) -> Iterator[Hands | None]:
    """The actors of a Ray cluster, where one is named; None is this process alone."""
    if ray is None:
        yield None
        return
    from index.ray_build import ray_hands

    with ray_hands(ray, settings.embedder) as hands:
        yield hands


def _against_evidence(corpus: Corpus, evidence: Path, exceptions: Path) -> tuple[str, ...]:
    report = check_evidence(corpus, evidence, exceptions)
    typer.echo(f"dossiers that have a document: {report.dossiers}")
    typer.echo(f"verified figures that stand in their document: {report.verified_figures}")
    typer.echo(f"figures of documents that stand in their dossier: {report.document_figures}")
    return report.problems


STALE = "The index is older than the corpus. Bring it up to date: blincite index build"


def summary(report: BuildReport) -> str:
    size = f"{report.manifest.documents} documents, {report.manifest.passages} passages"
    if report.unchanged:
        return f"The index is up to date: {size}."
    return f"{size}, {report.embedded} embedded."


def say_problems(problems: tuple[str, ...]) -> None:
    """One line for each file that is wrong."""
    for problem in problems:
        stderr.print(problem, style="yellow", markup=False)


@contextmanager
def counting(stage: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on stderr; call what it gives with how much is done, and how much there is."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True) as progress:
        task = progress.add_task(stage, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)

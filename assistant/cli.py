"""The command ``blincite``."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from assistant.bench.cli import app as bench_app
from assistant.claims.cli import check
from assistant.errors import AssistantProblem
from assistant.history_cli import card
from assistant.login_cli import app as login_app
from assistant.settings import Settings
from index.cli import app as index_app
from index.cli import counting
from index.errors import IndexProblem

ABSTAINED = 3
app = typer.Typer(
    name="blincite",
    help="Answers about blinatumomab and KMT2A-rearranged ALL, every sentence proven by a quote. "
    "A reading aid for professionals, not medical advice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.add_typer(index_app)
app.add_typer(bench_app)
app.add_typer(login_app)
app.command()(check)
app.command()(card)


@app.callback()
def read_settings(context: typer.Context) -> None:
    """Read the settings once; commands find them in the context."""
    context.obj = Settings.from_environment()


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Answer one question. Exits with 3 where the corpus holds no answer.

    Example: blincite ask "2-year DFS with blinatumomab in infants with KMT2A-r ALL?"
    """
    from assistant import render
    from assistant.assembly import assemble

    answer = assemble(context.obj).assistant.ask(question)
    typer.echo(
        json.dumps(render.as_json(answer), ensure_ascii=False)
        if as_json
        else render.as_text(answer)
    )
    if answer.abstained:
        raise typer.Exit(ABSTAINED)


def _in_a_folder(file: Path | None) -> Path | None:
    """A file whose folder is there: asked before minutes are spent on what is written to it."""
    if file and not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{file.parent}: no such folder. Make it first.")
    return file


@app.command("eval")
def evaluate(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Argument(help="A gold folder: questions.jsonl, dialogues.jsonl …")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    predictions: Annotated[
        Path | None,
        typer.Option(
            help="Write what was answered, as JSON lines, to this file.",
            dir_okay=False,
            callback=_in_a_folder,
        ),
    ] = None,
    repeat: Annotated[
        int, typer.Option(min=0, help="How often three of the questions are asked again; 0: never.")
    ] = 20,
) -> None:
    """Answer every question of a gold folder and score the answers.

    Example: blincite eval ../shared/gold --json
    """
    from assistant.evaluation.report import table_of

    measures = _measured(context.obj, folder, predictions, repeat)
    if as_json:
        typer.echo(json.dumps(measures))
    else:
        Console(highlight=False).print(table_of(measures))


def _measured(
    settings: Settings, folder: Path, predictions: Path | None, repeat: int
) -> dict[str, Any]:
    """Everything that ``evaluate`` prints."""
    from assistant.assembly import assemble
    from assistant.claims.assembly import desk_of
    from assistant.evaluation import claims, planted
    from assistant.evaluation import repeat as again
    from assistant.evaluation.gold import read_gold
    from assistant.evaluation.run import evaluate, summary

    gold = read_gold(folder)
    assembled = assemble(settings)
    with counting("Asking") as progress:
        scored = evaluate(assembled.assistant, gold, progress)
    if predictions:
        lines = (json.dumps(one.prediction(), ensure_ascii=False) for one in scored)
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk = desk_of(assembled)
    return {
        **summary(scored),
        **claims.measures_of(desk, folder),
        **planted.measures_of(assembled.catalogue.documents()),
        **again.measures_of(assembled.assistant, scored, runs=repeat),
    }


@app.command()
def chat(
    context: typer.Context,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port of the page; 7860 by default.")
    ] = None,
) -> None:
    """Serve the web page on this machine until interrupted; builds the index where there is none.

    Example: blincite chat --port 7861
    """
    from assistant.web.start import start

    start(context.obj, port=port)


def main() -> None:
    """Run the command; an error that was foreseen is one line and exit code 1."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    try:
        app()
    except (AssistantProblem, IndexProblem) as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)

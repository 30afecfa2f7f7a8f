"""The command ``blincite check``: a claim or a file, sentence by sentence."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.claims.files import text_of
from assistant.claims.records import CheckedText
from assistant.claims.report import KINDS, as_text, report_of
from index.cli import counting

if TYPE_CHECKING:
    from assistant.claims.desk import ClaimDesk
    from assistant.settings import Settings

OPEN = frozenset({"not in the corpus", "not checkable"})
ABSTAINED = 3


def _writable(file: Path | None) -> Path | None:
    """A report of a kind that can be written, in a folder that is there: asked before the work."""
    if file and file.suffix not in KINDS:
        raise typer.BadParameter(f"{file.name}: the ending must be {', '.join(KINDS)}.")
    if file and not file.absolute().parent.is_dir():
        raise typer.BadParameter(f"{file.parent}: no such folder. Make it first.")
    return file


def command(desk_for: Callable[["Settings"], "ClaimDesk"]) -> Callable[..., None]:
    """``blincite check`` on the desk that ``desk_for`` puts together."""

    def check(
        context: typer.Context,
        text: Annotated[str | None, typer.Argument(help="The claim or text, in quotes.")] = None,
        file: Annotated[
            Path | None,
            typer.Option(help="A .txt, .md, .docx, .pdf or .html file instead.", dir_okay=False),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
        report: Annotated[
            Path | None,
            typer.Option(
                help="Write a report as well; its ending tells the kind: .md, .docx, .html, "
                ".json, or .csv and .tsv (Anki) for teaching.",
                dir_okay=False,
                callback=_writable,
            ),
        ] = None,
    ) -> None:
        """Check a claim or a whole text, sentence by sentence. Exits with 3 where nothing settles.

        Example: blincite check "Two-year disease-free survival of the infants was 93.3%."
        """
        if (text is None) == (file is None):
            raise typer.BadParameter("Give either a text in quotes or --file FILE.")
        checked = _checked(desk_for, context.obj, text or "", file)
        if report:
            report.write_bytes(report_of(checked, report.suffix))
        typer.echo(report_of(checked, ".json").decode() if as_json else as_text(checked))
        if all(one.word in OPEN for one in checked.sentences):
            raise typer.Exit(ABSTAINED)

    return check


def _checked(
    desk_for: Callable[["Settings"], "ClaimDesk"],
    settings: "Settings",
    text: str,
    file: Path | None,
) -> CheckedText:
    whole = text_of(file) if file else text
    with counting("Checking") as progress:
        return desk_for(settings).check(whole, progress)


def claim_desk(settings: "Settings") -> "ClaimDesk":
    """The desk on the index; its models are imported when a claim is there to be checked."""
    from assistant.claims import assembly

    return assembly.claim_desk(settings)


check = command(claim_desk)

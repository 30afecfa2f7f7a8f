"""The command ``blincite card``: an answer that was kept, under its permanent id."""

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings

if TYPE_CHECKING:
    from index.catalogue import Catalogue


def card(
    context: typer.Context,
    card_id: Annotated[str, typer.Argument(help="The id, as in the address /?answer=ID.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object: the answer as kept.")
    ] = False,
) -> None:
    """Show a kept answer, and what became of each of its quotes since.

    Example: blincite card 3f9ac07d51be2284 --json
    """
    from assistant.card_text import as_markdown
    from assistant.cards import as_json_today, changes
    from assistant.history import BadHistory, History

    settings: Settings = context.obj
    kept = History(settings.history_path).card_of_anyone(card_id) if settings.history else None
    if kept is None:
        raise BadHistory(
            f"{card_id}: no answer of this id is kept in {settings.history_path}. "
            "Answers of the page are kept until they are deleted, unless BLINCITE_HISTORY is off"
        )
    today = changes(kept.answer, _catalogue(settings))
    text = as_json_today(kept, today) + "\n" if as_json else as_markdown(kept, today)
    typer.echo(text, nl=False)


def _catalogue(settings: Settings) -> "Catalogue":
    from index.catalogue import Catalogue
    from index.generations import current_generation

    return Catalogue(current_generation(settings.index.folder) / "catalogue.sqlite")

"""What stands around the box of the Check page: the choice of a file, and texts to try."""

import json
from importlib.resources import files

from markupsafe import Markup

from assistant.claims.files import READERS
from assistant.web.icons import icon


def chooser(most_words: int) -> Markup:
    """A button that opens a file, and what may be checked.

    The script sends the file to this server, which reads it in memory and hands back its words.
    """
    endings = [ending for ending in READERS if ending != ".htm"]
    return Markup(
        '<p class="chooser"><button type="button" class="quiet" data-open>{icon}Open a file'
        '</button><input type="file" id="file" accept="{accept}" hidden>'
        '<span class="meta num" data-words data-most="{most}">{hint}</span></p>'
    ).format(
        icon=icon("file"),
        accept=",".join(READERS),
        most=most_words,
        hint=f"{', '.join(endings)}; up to {most_words:,} words",
    )


def examples() -> Markup:
    """Texts to try, each with something wrong in it."""
    texts = json.loads(files("assistant.web").joinpath("check_examples.json").read_text("utf-8"))
    items = Markup("").join(
        Markup(
            '<li><button type="button" class="starter" data-example="{}">{}</button></li>'
        ).format(text, name)
        for name, text in texts.items()
    )
    return Markup(
        '<section class="examples" aria-label="Texts to try">'
        '<h2 class="label">Texts to try, each with errors in it</h2><ul>{}</ul></section>'
    ).format(items)

"""The questions to start with."""

import json
from importlib.resources import files

from markupsafe import Markup

from assistant.web.markup import plural, typeset


def starters(*, under: str = "h2") -> Markup:
    """Three groups of questions that the corpus answers, under headings of the level ``under``."""
    groups = json.loads(files("assistant.web").joinpath("starters.json").read_text("utf-8"))
    return Markup(
        '<section class="starters" aria-label="Questions to start with">{}</section>'
    ).format(Markup("").join(_group(name, questions, under) for name, questions in groups.items()))


def _group(name: str, questions: list[str], under: str) -> Markup:
    items = Markup("").join(
        Markup('<li><button type="button" class="starter" data-ask="{}">{}</button></li>').format(
            question, typeset(question)
        )
        for question in questions
    )
    return Markup('<div><{under} class="label">{name}</{under}><ul>{items}</ul></div>').format(
        under=under, name=name, items=items
    )


def welcome(documents: int) -> Markup:
    """The page before the first question."""
    return Markup(
        '<section class="start"><h2 class="question">What do the trials say?</h2>'
        '<p class="read">Blinatumomab and KMT2A-rearranged ALL: {}, every answer shown with the '
        "words it rests on.</p></section>"
    ).format(plural(documents, "document"))

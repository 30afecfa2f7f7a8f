"""The bar at the top and the line at the foot of every page."""

from typing import Final

from markupsafe import Markup

from assistant.web.icons import icon

PAGES: Final = (("Ask", "/"), ("Check", "/check"), ("Library", "/library"))
"""The pages there are, in the order Ask, Check, Compare, Library."""
EARLIER: Final = ("Earlier questions", "/earlier")


def masthead(current: str, *, skip_to: str, skip_words: str) -> Markup:
    """Brand, pages, earlier questions, a new question and the dark switch."""
    tabs = Markup("").join(
        Markup('<a href="{}"{}>{}</a>').format(
            address, Markup(' aria-current="page"') if name == current else "", name
        )
        for name, address in PAGES
    )
    return Markup(
        '<a class="skip" href="#{}" data-skip="{}">{}</a><div class="bar">'
        '<a class="brand" href="/">Blin<b>cite</b></a>'
        '<nav class="tabs" aria-label="Main">{}</nav><div class="end">'
        '<a class="quiet" href="{}"{}>{}<span>{}</span></a>'
        '<a class="quiet" href="/" data-new>{}<span class="wide">New question</span></a>'
        '<button type="button" class="quiet" data-dark aria-pressed="false">{}'
        '<span class="wide">Dark</span></button></div></div>'
    ).format(
        skip_to,
        skip_to,
        skip_words,
        tabs,
        EARLIER[1],
        Markup(' aria-current="page"') if current == EARLIER[0] else "",
        icon("clock"),
        Markup('Earlier<span class="wide"> questions</span>'),
        icon("new"),
        icon("moon"),
    )


def disclaimer(corpus_date: str) -> Markup:
    """What this is, and up to which date; it stands on every page."""
    return Markup(
        '<p class="disclaimer">A reading aid for professionals, not medical advice. '
        '<span class="nb">Corpus of {}.</span></p>'
    ).format(corpus_date)

"""Whether the quotes of a check stand word for word in the stored text."""

from collections.abc import Iterator

from markupsafe import Markup

from assistant.answer import Evidence
from assistant.cards import Fate, change
from assistant.claims.records import CheckedText, Weighed
from assistant.claims.report import shown
from assistant.web.evidence_view import PLACES
from assistant.web.icons import icon
from assistant.web.markup import plural
from assistant.web.shapes import Library


def pieces_of(weighed: Weighed) -> tuple[Evidence, ...]:
    """The sentence, and the second one where a claim is held by two together."""
    return (weighed.evidence, *((weighed.also,) if weighed.also else ()))


def fate_of(weighed: Weighed, library: Library) -> Fate:
    """What became of the quote; of two, the worse."""
    fates = {change(piece, library).fate for piece in pieces_of(weighed)}
    return next(fate for fate in (Fate.GONE, Fate.MOVED, Fate.UNCHANGED) if fate in fates)


def in_place(weighed: Weighed, library: Library) -> Markup:
    """Whether a quote stands in the stored text, as a list item."""
    fate = fate_of(weighed, library)
    return Markup("<li{}>{}<span>{}</span></li>").format(
        Markup(' class="bad"' if fate is Fate.GONE else ""),
        icon("cross" if fate is Fate.GONE else "tick"),
        PLACES[fate],
    )


def proof_line(checked: CheckedText, library: Library) -> Markup:
    """``All 21 quotes found word for word``; how many of them, where some are not."""
    quotes = list(_quotes(checked))
    found = sum(fate_of(weighed, library) is not Fate.GONE for weighed in quotes)
    if not quotes:
        return Markup('<p class="progress still">No sentence of the corpus is quoted.</p>')
    whole = found == len(quotes)
    counted = plural(len(quotes), "quote")
    said = f"{found} of {counted}"
    if whole:
        said = "The quote was" if len(quotes) == 1 else f"All {counted}"
    return Markup('<p class="progress proof{}">{}<span>{} found word for word</span></p>').format(
        "" if whole else " part", icon("tick" if whole else "cross"), said
    )


def _quotes(checked: CheckedText) -> Iterator[Weighed]:
    for one in checked.sentences:
        for _, weighed in shown(one):
            yield weighed

"""The verdicts on the page: a word, a drawing and a colour each."""

from typing import Final

from markupsafe import Markup

from assistant.web.icons import icon
from assistant.web.study_words import capital

LOOKS: Final = {
    "supported": ("yes", "tick"),
    "contradicted": ("no", "cross"),
    "mixed": ("mixed", "half"),
    "not in the corpus": ("none", "dashed"),
    "not checkable": ("off", "dash"),
}
"""For each word the class that colours it and its drawing, in the order of a summary."""
PARTS: Final = {"endpoint": "End point"}
"""Names of parts that read better in two words."""


def look(word: str) -> str:
    """The class that colours a verdict."""
    return LOOKS[word][0]


def verdict(word: str) -> Markup:
    """A verdict as drawing and word: colour is never its only sign."""
    colour, drawing = LOOKS[word]
    return Markup('<span class="v {}">{}{}</span>').format(colour, icon(drawing), capital(word))


def part_name(name: str) -> str:
    """``End point``, ``Time point`` …"""
    return PARTS.get(name, capital(name))


def compared(*, same: bool) -> Markup:
    """``same`` or ``differs``, marked like a verdict."""
    colour, drawing, word = ("yes", "tick", "same") if same else ("no", "cross", "differs")
    return Markup('<span class="v {}">{}{}</span>').format(colour, icon(drawing), word)

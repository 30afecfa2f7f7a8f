"""A question that can be searched, or why it cannot."""

import unicodedata
from typing import Final

from assistant.errors import BadQuestion

LONGEST: Final = 2000
"""Characters of a question."""


def checked(question: str) -> str:
    """The question on one line, without control and other unseen characters.

    BadQuestion where nothing is left, or more than ``LONGEST`` characters.
    """
    text = " ".join("".join(filter(_is_seen, question)).split())
    if not text:
        raise BadQuestion(
            "Write a question first, for example about a trial, an outcome or a dose."
        )
    if len(text) > LONGEST:
        raise BadQuestion(
            f"This question has {len(text):,} characters; {LONGEST:,} is the most. "
            "Shorten it and ask again."
        )
    return text


def _is_seen(character: str) -> bool:
    """Whether a character is more than a control sign, a mark of direction or half a character."""
    return character.isspace() or not unicodedata.category(character).startswith("C")

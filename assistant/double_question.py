"""Two questions in one, each read as a question of its own."""

import re

from assistant.conversation import carried_on
from assistant.question import QuestionReader, Reading

_NEXT = re.compile(
    r"(?:[?;]|,?\s+and)\s+(?:and\s+)?"
    r"(?=(?:what|which|who|when|where|why|how|is|are|was|were|do|does|did|has|have)\b)",
    re.IGNORECASE,
)
"""Where one question ends and another begins."""


def questions_in(reading: Reading, reader: QuestionReader) -> list[Reading]:
    """The questions of a text that asks several things, in order; none where it asks one.

    Of whom a later one speaks, it takes from those before, as a follow-up does.
    """
    pieces = [piece.strip() for piece in _NEXT.split(reading.text) if piece.strip(" ?.")]
    if len(pieces) < 2:
        return []
    found = [reader.read(pieces[0])]
    for piece in pieces[1:]:
        found.append(reader.read(carried_on(reader.read(piece), found[-1])))
    return found if all(one.measures or one.of_kind("dosing", "design") for one in found) else []

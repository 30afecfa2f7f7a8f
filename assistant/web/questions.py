"""Which questions are taken."""

from assistant.checked import checked
from assistant.errors import BadQuestion


def objection(question: str) -> str | None:
    """One clear line on what is wrong with ``question``; None where nothing is."""
    try:
        checked(question)
    except BadQuestion as wrong:
        return str(wrong)
    return None

"""Which questions are taken."""

from typing import Final

LONGEST: Final = 2000


def objection(question: str) -> str | None:
    """One clear line on what is wrong with ``question``; None where nothing is."""
    if not question.strip():
        return "Write a question first, for example about a trial, an outcome or a dose."
    if len(question) > LONGEST:
        return (
            f"This question has {len(question):,} characters; {LONGEST:,} is the most. "
            "Shorten it and ask again."
        )
    return None

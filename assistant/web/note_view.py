"""The one line over the question box."""

from markupsafe import Markup


def note(text: str | None) -> Markup:
    """What is wrong with a question, said where it is typed; nothing where nothing is."""
    return Markup('<p class="note" role="alert">{}</p>').format(text or "")

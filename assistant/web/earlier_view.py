"""The list of earlier questions."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from assistant.history import Conversation
from assistant.web.card_view import at_time, on_day
from assistant.web.markup import plural, typeset


def earlier(
    conversations: Sequence[Conversation], owner: str = "", *, problem: str | None = None
) -> Markup:
    """Every conversation under its day, each with a way to delete it."""
    days = groupby(conversations, key=lambda one: on_day(one.asked))
    listed = Markup("").join(_day(day, list(group)) for day, group in days)
    return Markup(
        '<div class="earlier" id="shelf" tabindex="-1"><div class="earlier-head">'
        '<h1 class="question">Earlier questions</h1>{}</div>'
        '<p class="read">{}</p>{}{}</div>'
    ).format(
        _delete("all", "Delete all", "Delete all of them for good") if conversations else "",
        problem or _lead(conversations),
        _who(owner),
        listed,
    )


def _who(owner: str) -> Markup:
    """Who is logged in, with the way out; nothing where there is no login."""
    said = Markup('<p class="read">Logged in as {}. <a href="/logout">Log out</a></p>')
    return said.format(owner) if owner else Markup("")


def _lead(conversations: Sequence[Conversation]) -> str:
    if not conversations:
        return "None so far. What you ask is kept on this machine until you delete it."
    count = plural(len(conversations), "conversation")
    return f"{count}, kept on this machine only, until you delete them."


def _day(day: str, conversations: Sequence[Conversation]) -> Markup:
    return Markup('<section><h2 class="label">{}</h2><ul>{}</ul></section>').format(
        day, Markup("").join(_row(one) for one in conversations)
    )


def _row(one: Conversation) -> Markup:
    more = f" and {plural(one.turns - 1, 'more question')}" if one.turns > 1 else ""
    return Markup(
        '<li><span class="meta num">{}</span><p><a href="/?conversation={}">{}</a>'
        '<span class="meta">{}</span></p>{}</li>'
    ).format(
        at_time(one.asked),
        one.conversation_id,
        typeset(one.question),
        more,
        _delete(one.conversation_id, "Delete", "Delete for good", of=one.question),
    )


def _delete(what: str, word: str, sure: str, *, of: str = "") -> Markup:
    """Two steps: the first opens the second, so that nothing is lost by one slip."""
    return Markup(
        '<details class="forget"><summary class="quiet">{}<span class="sr">{}</span></summary>'
        '<button type="button" class="quiet sure" data-forget="{}">{}</button></details>'
    ).format(word, f": {of}" if of else "", what, sure)

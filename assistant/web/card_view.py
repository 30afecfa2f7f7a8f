"""When an answer was given, and what became of its quotes since."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from markupsafe import Markup

from assistant.cards import Card, Change, Fate
from assistant.web.citation_view import cites
from assistant.web.icons import icon
from assistant.web.markup import plural
from assistant.web.numbering import Numbered
from assistant.web.turns import Turn

SAID: Final = {Fate.MOVED: "moved within its document", Fate.GONE: "no longer in the corpus"}


def kept_line(turn: Turn, numbers: Mapping[str, Numbered]) -> Markup:
    """The line under the question of an answer from an earlier day or corpus."""
    if turn.card is None or turn.changes is None:
        return Markup("")
    return Markup(
        '<div class="kept{}"><p>{} <span>{}</span></p>{}'
        '<button type="button" class="textlink" data-ask="{}">Ask it again</button></div>'
    ).format(
        "" if _whole(turn.changes) else " changed",
        icon("clock"),
        f"Answer of {on_day(turn.card.made)}, {at_time(turn.card.made)}. {_sum(turn.changes)}",
        _changed(turn.changes, numbers),
        turn.card.answer.query,
    )


def _whole(found: Sequence[Change]) -> bool:
    return all(one.fate is Fate.UNCHANGED for one in found)


def _sum(found: Sequence[Change]) -> str:
    """``All 4 quotes stand unchanged``, or how many did what."""
    if not found:
        return "It quotes nothing."
    counts = Counter(one.fate for one in found)
    if _whole(found):
        if len(found) == 1:
            return "Its quote stands unchanged in today’s corpus."
        return f"All {len(found)} quotes stand unchanged in today’s corpus."
    told = (f"{counts[fate]} {fate}" for fate in Fate if counts[fate])
    return f"Of {plural(len(found), 'quote')}, today: {', '.join(told)}."


def _changed(found: Sequence[Change], numbers: Mapping[str, Numbered]) -> Markup:
    """One line for each quote that is not where it was."""
    items = Markup("").join(
        Markup("<li>{} {}: {}</li>").format(
            cites([numbers[one.evidence.key]]) if one.evidence.key in numbers else "",
            one.evidence.study.short,
            SAID[one.fate],
        )
        for one in found
        if one.fate is not Fate.UNCHANGED
    )
    return Markup("<ul>{}</ul>").format(items) if items else items


def acts_on(card: Card | None, *, lasting: bool) -> Markup:
    """Export, and the permanent link where there is one."""
    if card is None:
        return Markup("")
    export = Markup(
        '<details class="export"><summary class="quiet">{}Export</summary><p>'
        '<a href="/card/{id}.md" download>Markdown</a> <a href="/card/{id}.json" download>JSON</a>'
        "</p></details>"
    ).format(icon("export"), id=card.card_id)
    return export + (_link(card.card_id) if lasting else Markup(""))


def _link(card_id: str) -> Markup:
    return Markup(
        '<button type="button" class="quiet" data-copy-address="/?answer={}">{}'
        '<span class="word">Link</span><span class="sr">: copy the permanent link</span></button>'
    ).format(card_id, icon("link"))


def on_day(iso: str) -> str:
    """``22 November 2026``, by the clock of this machine."""
    day = datetime.fromisoformat(iso).astimezone()
    return f"{day.day} {day:%B %Y}"


def at_time(iso: str) -> str:
    """``14:03``, by the clock of this machine."""
    return f"{datetime.fromisoformat(iso).astimezone():%H:%M}"

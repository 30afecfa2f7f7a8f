"""What stands in the place of an answer when the corpus does not hold one."""

from collections.abc import Mapping

from markupsafe import Markup

from assistant.answer import Answer
from assistant.web.citation_view import cite
from assistant.web.filters import in_words
from assistant.web.markup import label, plural, typeset
from assistant.web.numbering import Numbered
from assistant.web.study_words import capital


def refusal(answer: Answer, numbers: Mapping[str, Numbered]) -> Markup:
    """What was searched, what is nearest, what would answer it."""
    return Markup('<div class="refusal">{}<p>{}</p><dl class="gap">{}</dl></div>').format(
        label("Not in the corpus" if answer.documents_searched else "Not answered"),
        typeset(_sentence(answer.abstained_because or "")),
        Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(name, value)
            for name, value in _rows(answer, numbers)
            if value
        ),
    )


def _sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    return capital(text) if text.endswith((".", "?", "!")) else f"{capital(text)}."


def _rows(answer: Answer, numbers: Mapping[str, Numbered]) -> tuple[tuple[str, Markup], ...]:
    return (
        ("Searched for" if answer.searched_for else "Searched", _searched(answer)),
        ("Nearest", _nearest(answer, numbers)),
        (
            "What would answer it" if answer.documents_searched else "Ask instead",
            typeset(answer.would_answer or ""),
        ),
    )


def _searched(answer: Answer) -> Markup:
    where = plural(answer.documents_searched, "document") if answer.documents_searched else ""
    only = f"only {', '.join(in_words(answer.filters))}" if answer.filters else ""
    parts = [part for part in (answer.searched_for or "", only, where) if part]
    return typeset(" · ".join(parts))


def _nearest(answer: Answer, numbers: Mapping[str, Numbered]) -> Markup:
    if answer.nearest is None:
        return Markup("")
    card = numbers.get(answer.nearest.key)
    return typeset(answer.nearest.quote) + (cite(card) if card else "")

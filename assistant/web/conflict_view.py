"""Where sources differ: both values side by side, and what the corpus says of them."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from assistant.answer import Answer, Conflict
from assistant.render import DIFFER
from assistant.web.citation_view import cites
from assistant.web.markup import label, typeset
from assistant.web.numbering import Numbered

Numbers = Mapping[str, Numbered]


def conflicts(answer: Answer, numbers: Numbers) -> Markup:
    """One point for each conflict; nothing where there is none."""
    if not answer.conflicts:
        return Markup("")
    items = Markup("").join(
        Markup("<li>{}</li>").format(Markup(" ").join(_parts(conflict, answer, numbers)))
        for conflict in answer.conflicts
    )
    return Markup('<div class="points conflicts">{}<ul class="read">{}</ul></div>').format(
        label(DIFFER), items
    )


def _parts(conflict: Conflict, answer: Answer, numbers: Numbers) -> Iterator[Markup]:
    if conflict.sides:
        sides = Markup(", ").join(
            Markup("{} in {}{}").format(
                typeset(side.value, bold=True),
                answer.evidence_for(side.key).study.short,
                _cite(side.key, numbers),
            )
            for side in conflict.sides
        )
        yield Markup("{}: {}.").format(typeset(conflict.what.capitalize()), sides)
    if conflict.told is not None:
        quote = answer.evidence_for(conflict.told).quote
        yield typeset(quote) + _cite(conflict.told, numbers)


def _cite(key: str, numbers: Numbers) -> Markup:
    return cites([numbers[key]] if key in numbers else [])

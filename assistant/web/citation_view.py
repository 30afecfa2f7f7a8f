"""The small numbered link that follows a sentence."""

from collections.abc import Iterable

from markupsafe import Markup

from assistant.web.numbering import Numbered


def cite(card: Numbered) -> Markup:
    """A link to the evidence card; the full path, because the page has a ``<base>``."""
    return Markup(
        '<a class="cite" href="/#e{number}" data-e="{number}" aria-label="{name}">{number}</a>'
    ).format(number=card.number, name=card.name)


def cites(cards: Iterable[Numbered]) -> Markup:
    """The links of one sentence, each number once, in order."""
    return Markup("").join(cite(card) for card in dict.fromkeys(cards))

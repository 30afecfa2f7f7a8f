"""Which studies may be searched: the form, its values, the words for them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from markupsafe import Markup

from assistant.answer import Filters
from assistant.web.icons import icon
from assistant.web.study_words import GROUPS
from index.documents import Study

NO_FILTER: Final = "All kinds, years and ages"
YEARS: Final = range(1900, 2100)


def read(values: Mapping[str, object], studies: Iterable[Study]) -> Filters:
    """What the form says; anything that no document has is left out."""
    known = list(studies)
    kinds = {study.kind for study in known}
    return Filters(
        designs=_chosen(values.get("kind"), kinds),
        populations=_chosen(values.get("age"), set(GROUPS)),
        year_from=_year(values.get("from")),
        year_to=_year(values.get("to")),
        randomised=True if values.get("randomised") is True else None,
    )


def _chosen(value: object, allowed: set[str]) -> tuple[str, ...]:
    chosen = value if isinstance(value, list) else []
    return tuple(name for name in chosen if isinstance(name, str) and name in allowed)


def _year(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isdigit() and len(text) == 4 and int(text) in YEARS else None


def in_words(filters: Filters) -> tuple[str, ...]:
    """One phrase per active filter."""
    return tuple(words for _, _, words in _active(filters))


def _active(filters: Filters) -> Iterable[tuple[str, str, str]]:
    """The field, the value and the words of each active filter."""
    yield from (("kind", kind, kind) for kind in filters.designs)
    yield from (("age", age, GROUPS.get(age, age)) for age in filters.populations)
    if filters.year_from:
        yield "from", "", f"from {filters.year_from}"
    if filters.year_to:
        yield "to", "", f"to {filters.year_to}"
    if filters.randomised:
        yield "randomised", "", "randomised only"


def chips(filters: Filters) -> Markup:
    """The active filters in words, each with its own way out."""
    if not filters:
        return Markup('<span class="nofilter">{}</span>').format(NO_FILTER)
    return Markup('<ul class="chips">{}</ul>').format(
        Markup("").join(
            Markup(
                '<li><button type="button" data-unfilter="{}" data-value="{}">{}{}'
                '<span class="sr">, remove this filter</span></button></li>'
            ).format(field, value, words, icon("close"))
            for field, value, words in _active(filters)
        )
    )


def form(studies: Sequence[Study]) -> Markup:
    """The popover; its state is the browser's, so it is drawn once and never again."""
    kinds = sorted({study.kind for study in studies})
    present = {age for study in studies for age in study.age_group}
    ages = [age for age in GROUPS if age in present]
    years = [study.year for study in studies if study.year is not None]
    return Markup(
        '<details class="filters"><summary>{}<span>Filters</span></summary>'
        '<form class="pop" aria-label="Which documents to search">{}{}{}{}'
        '<p class="row"><button type="reset" class="quiet">Clear</button>'
        '<button type="button" class="quiet" data-shut>Done</button></p></form></details>'
    ).format(
        icon("filter"),
        _boxes("Kind of document", "kind", [(kind, kind) for kind in kinds]),
        _boxes("Age group", "age", [(age, GROUPS[age]) for age in ages]),
        _years(min(years, default=1990), max(years, default=2026)),
        _boxes("Design", "randomised", [("yes", "randomised trials only")]),
    )


def _boxes(legend: str, name: str, options: Sequence[tuple[str, str]]) -> Markup:
    return Markup("<fieldset><legend>{}</legend>{}</fieldset>").format(
        legend,
        Markup("").join(
            Markup(
                '<label><input type="checkbox" name="{}" value="{}"><span>{}</span></label>'
            ).format(name, value, words)
            for value, words in options
        ),
    )


def _years(first: int, last: int) -> Markup:
    field = Markup(
        '<label>{word} <input type="number" inputmode="numeric" name="{name}" min="{first}" '
        'max="{last}" placeholder="{hint}"></label>'
    )
    return Markup('<fieldset class="years"><legend>Years</legend>{}{}</fieldset>').format(
        field.format(word="from", name="from", first=first, last=last, hint=first),
        field.format(word="to", name="to", first=first, last=last, hint=last),
    )

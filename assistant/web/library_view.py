"""The table of all studies, with its filter row."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from assistant.references import year
from assistant.web import study_words
from assistant.web.evidence_view import study_address
from assistant.web.icons import icon
from assistant.web.library_chart import chart
from assistant.web.markup import plural, typeset
from index.documents import Study

COLUMNS: Final = (
    ("study", "Study"),
    ("year", "Year"),
    ("design", "Design"),
    ("n", "n"),
    ("population", "Population"),
    ("follow-up", "Follow-up"),
    ("kind", "Kind of evidence"),
)


def shelf(studies: Sequence[Study]) -> Markup:
    """The whole library: a drawing, the filters, the table."""
    ordered = sorted(studies, key=lambda study: (-(study.year or 0), study.short))
    return Markup(
        '<div class="shelf" id="shelf" tabindex="-1"><div class="shelf-head">'
        '<div><h1 class="question">Library</h1><p class="read">{}, the whole of what Blincite '
        "answers from.</p></div>{}</div>{}"
        '<table class="studies"><caption class="sr">The documents of the corpus</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
        '<p class="none" hidden>No document fits these filters.</p></div>'
    ).format(
        plural(len(ordered), "document").capitalize(),
        chart(ordered),
        _filter_row(ordered),
        Markup("").join(_head(key, name) for key, name in COLUMNS),
        Markup("").join(_row(study) for study in ordered),
    )


def _head(key: str, name: str) -> Markup:
    return Markup(
        '<th scope="col" data-key="{}" aria-sort="{}"><button type="button" data-sort="{}">{}{}'
        "</button></th>"
    ).format(key, "descending" if key == "year" else "none", key, name, icon("sort"))


def _row(study: Study) -> Markup:
    cells = (
        (study.year or 0, year(study)),
        (study.design or "", typeset(study_words.capital(study.design or ""))),
        (study.n or 0, "" if study.n is None else f"{study.n:,}"),
        (study.population, typeset(study_words.capital(study.population))),
        (_months(study.follow_up), typeset(study_words.capital(study.follow_up or ""))),
        (study_words.level(study), _kind(study)),
    )
    return Markup(
        '<tr data-text="{}" data-kind="{}" data-age="{}" data-year="{}">{}{}</tr>'
    ).format(
        _searchable(study),
        study.kind,
        "|".join(study.age_group),
        study.year or "",
        _name(study),
        Markup("").join(
            Markup('<td data-key="{}" data-value="{}" data-label="{}"><div>{}</div></td>').format(
                key, value, name, shown
            )
            for (key, name), (value, shown) in zip(COLUMNS[1:], cells, strict=True)
        ),
    )


def _name(study: Study) -> Markup:
    return Markup(
        '<th scope="row" data-key="study" data-value="{}"><a href="{}">{}</a>'
        '<span class="meta">{}{}</span></th>'
    ).format(
        study.short.lower(),
        study_address(study.doc_id),
        typeset(study.title),
        study.short,
        Markup(", <i>{}</i>").format(study.journal) if study.journal else "",
    )


def _kind(study: Study) -> Markup:
    warning = study_words.warning(study)
    return Markup('{}<span class="meta">{}</span>{}').format(
        study_words.level(study),
        f"{study_words.capital(study.read)} read; verification {study.verified}",
        Markup('<span class="warn">{}</span>').format(warning) if warning else "",
    )


def _searchable(study: Study) -> str:
    words = (study.short, study.title, *study.authors, study.journal or "", study.population)
    numbers = (*study.nct, *study.eudract, *study.other_ids, study.trial or "")
    return " ".join((*words, *numbers)).lower()


def _months(follow_up: str | None) -> float:
    """The first figure of a follow-up in months, only to sort by; 0 where there is none."""
    words = (follow_up or "").split()
    for figure, unit in pairwise(words):
        if figure.replace(".", "", 1).isdigit():
            return float(figure) * (12 if unit.startswith("year") else 1)
    return 0.0


def _filter_row(studies: Sequence[Study]) -> Markup:
    kinds = sorted({study.kind for study in studies})
    present = {age for study in studies for age in study.age_group}
    ages = [(age, words) for age, words in study_words.GROUPS.items() if age in present]
    years = sorted({str(study.year) for study in studies if study.year})
    return Markup(
        '<form class="sieve" role="search" aria-label="Filter the documents">'
        '<label class="wide">Words <input type="search" name="text" '
        'placeholder="Title, author, trial, NCT number"></label>{}{}{}{}'
        '<p class="count meta" role="status" data-all="{}">{}</p></form>'
    ).format(
        _choice("Kind", "kind", [(kind, kind) for kind in kinds]),
        _choice("Age group", "age", ages),
        _choice("From", "from", [(year, year) for year in years]),
        _choice("To", "to", [(year, year) for year in reversed(years)]),
        len(studies),
        f"{len(studies)} of {plural(len(studies), 'document')}",
    )


def _choice(words: str, name: str, options: Sequence[tuple[str, str]]) -> Markup:
    return Markup(
        '<label>{} <select name="{}"><option value="">all</option>{}</select></label>'
    ).format(
        words,
        name,
        Markup("").join(
            Markup('<option value="{}">{}</option>').format(value, shown)
            for value, shown in options
        ),
    )

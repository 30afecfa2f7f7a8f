"""Documents by year and kind, as a small drawing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from assistant.web.markup import plural
from index.documents import Study

GROUPS: Final = (
    ("Trial reports", ("trial report",)),
    ("Cohorts and case series", ("cohort study", "case series")),
    ("Labels, registers, guidance", ("label", "registry record", "guideline")),
    ("Laboratory, reviews, topics", ("laboratory study", "review", "topic", "glossary")),
)
BAR: Final = 12
STEP: Final = 16
HEIGHT: Final = 72
FOOT: Final = 16


def chart(studies: Sequence[Study]) -> Markup:
    """One column a year, stacked by kind; a sentence says what it shows."""
    counts = Counter((study.year, _group(study)) for study in studies if study.year)
    if not counts:
        return Markup("")
    years = range(min(year for year, _ in counts), max(year for year, _ in counts) + 1)
    tallest = max(sum(counts[year, group] for group in range(len(GROUPS))) for year in years)
    width = STEP * len(years)
    return Markup(
        '<figure class="by-year"><svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}</svg>'
        '<figcaption class="meta">{}</figcaption></figure>'
    ).format(
        width,
        HEIGHT + FOOT,
        _sentence(counts, years),
        Markup("").join(_columns(counts, years, HEIGHT / tallest)),
        Markup("").join(_years(years, width)),
        Markup("").join(
            Markup('<span class="key k{}">{}</span>').format(place, name)
            for place, (name, _) in enumerate(GROUPS)
        ),
    )


def _group(study: Study) -> int:
    kinds = (kinds for _, kinds in GROUPS)
    return next(
        (place for place, known in enumerate(kinds) if study.kind in known), len(GROUPS) - 1
    )


def _columns(counts: Counter[tuple[int, int]], years: range, unit: float) -> Iterator[Markup]:
    for place, year in enumerate(years):
        top = float(HEIGHT)
        for group in range(len(GROUPS)):
            high = counts[year, group] * unit
            top -= high
            if high:
                yield Markup(
                    '<rect class="k{}" x="{}" y="{:.1f}" width="{}" height="{:.1f}"/>'
                ).format(group, place * STEP + 2, top, BAR, high)


def _years(years: range, width: int) -> Iterator[Markup]:
    yield Markup('<line x1="0" y1="{0}" x2="{1}" y2="{0}"/>').format(HEIGHT, width)
    for place, year in enumerate(years):
        if year % 5 == 0:
            yield Markup('<text x="{}" y="{}" text-anchor="middle">{}</text>').format(
                place * STEP + STEP / 2, HEIGHT + FOOT - 3, year
            )


def _sentence(counts: Counter[tuple[int, int]], years: range) -> str:
    totals = [sum(counts[year, group] for year in years) for group in range(len(GROUPS))]
    parts = [f"{name.lower()} {total}" for (name, _), total in zip(GROUPS, totals, strict=True)]
    return f"{plural(sum(totals), 'document')} from {years[0]} to {years[-1]}: {', '.join(parts)}."

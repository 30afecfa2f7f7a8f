"""The figures of an answer as a table with a drawing from 0 to 100%."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from assistant.web.citation_view import cite
from assistant.web.key_figures import Cell, Row, Table, bounds, is_spread
from assistant.web.markup import label, typeset
from assistant.web.study_words import HISTORICAL, capital, compared_with
from index.documents import Study
from index.figures import KeyedFigure

MOST_ARMS: Final = 3
"""Arms beyond these are left to the sentences: a phone shows no more columns."""
LINE: Final = 18
"""Pixels of an arm in the drawing."""


def key_table(table: Table | None) -> Markup:
    """Time points by arms; nothing where no figures share a measure."""
    if table is None:
        return Markup("")
    arms = table.arms[:MOST_ARMS]
    drawn = any(bounds(c.figure) for row in table.rows for c in row.cells.values())
    return Markup(
        '<div class="key">{}<table><caption class="sr">{}</caption><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(
        label(table.measure),
        f"{capital(table.measure)} by time point and arm",
        _heads(table, arms, drawn=drawn),
        Markup("").join(_row(row, arms, drawn=drawn) for row in table.rows),
    )


def _heads(table: Table, arms: list[str], *, drawn: bool) -> Markup:
    patients = table.patients
    named = Markup("").join(
        Markup('<th scope="col"><span class="arm a{}">{}</span>{}</th>').format(
            place,
            _name(arm, table.study),
            Markup('<span class="meta">n = {}</span>').format(patients[arm])
            if arm in patients
            else "",
        )
        for place, arm in enumerate(arms)
    )
    axis = Markup('<td class="plot" aria-hidden="true">{}</td>').format(_axis()) if drawn else ""
    return Markup('<th scope="col"><span class="meta">Time point</span></th>{}{}').format(
        named, axis
    )


def _name(arm: str, study: Study) -> str:
    """An arm as a heading; controls from outside the trial are called that."""
    outside = arm == "control arm" and compared_with(study) == HISTORICAL
    return HISTORICAL if outside else capital(arm)


def _row(row: Row, arms: list[str], *, drawn: bool) -> Markup:
    cells = Markup("").join(_cell(row.cells.get(arm)) for arm in arms)
    plot = Markup('<td class="plot" aria-hidden="true">{}</td>').format(_plot(row, arms))
    return Markup('<tr><th scope="row">{}<span class="meta">{}</span></th>{}{}</tr>').format(
        typeset(row.label), row.source, cells, plot if drawn else ""
    )


def _cell(cell: Cell | None) -> Markup:
    if cell is None:
        return Markup('<td><span class="meta">not given</span></td>')
    return Markup('<td><strong class="nb">{}</strong>{}<span class="meta">{}</span></td>').format(
        cell.figure.value, cite(cell.card), typeset(_under(cell.figure))
    )


def _under(figure: KeyedFigure) -> str:
    """What is printed with a figure: its share, its interval, or that there is none."""
    if is_spread(figure):
        return "\N{PLUS-MINUS SIGN} as printed"
    return ", ".join(part for part in (figure.share, figure.interval) if part) or "no CI given"


def _axis() -> Markup:
    ticks = Markup("").join(
        Markup('<text x="{0}%" y="12" text-anchor="{1}">{0}{2}</text>').format(at, anchor, unit)
        for at, anchor, unit in ((0, "start", ""), (50, "middle", ""), (100, "end", "%"))
    )
    return Markup('<svg height="16">{}</svg>').format(ticks)


def _plot(row: Row, arms: list[str]) -> Markup:
    """A mark for each arm where its value stands, a line where its interval is printed."""
    marks = Markup("").join(_mark(row.cells.get(arm), place) for place, arm in enumerate(arms))
    grid = Markup("").join(
        Markup('<line class="grid" x1="{0}%" x2="{0}%" y1="0" y2="100%"/>').format(at)
        for at in (0, 25, 50, 75, 100)
    )
    return Markup('<svg height="{}">{}{}</svg>').format(len(arms) * LINE, grid, marks)


def _mark(cell: Cell | None, place: int) -> Markup:
    known = bounds(cell.figure) if cell else ()
    if cell is None or not known:
        return Markup("")
    y = place * LINE + LINE / 2
    dotted = " spread" if is_spread(cell.figure) else ""
    return Markup('<g class="a{}{}">{}{}</g>').format(
        place, dotted, Markup("").join(_interval(known[1:], y)), _shape(known[0], y, place)
    )


def _interval(ends: Sequence[float], y: float) -> Iterator[Markup]:
    if not ends:
        return
    low, high = ends
    line = Markup('<line x1="{}%" x2="{}%" y1="{}" y2="{}"/>')
    yield line.format(low, high, y, y)
    yield from (line.format(at, at, y - 4, y + 4) for at in (low, high))


def _shape(at: float, y: float, place: int) -> Markup:
    """A filled circle for the first arm, hollow squares for the others."""
    if place == 0:
        return Markup('<circle cx="{}%" cy="{}" r="5"/>').format(at, y)
    square = Markup('<rect x="-4.5" y="-4.5" width="9" height="9"/>')
    return Markup('<svg x="{}%" y="{}" overflow="visible">{}</svg>').format(at, y, square)

"""Which figures of an answer share a measure: time points by arms, each with its citation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from assistant.answer import Answer, Evidence
from assistant.web.numbering import Numbered
from assistant.web.study_words import ON_PATIENTS
from index.documents import Study
from index.figures import KeyedFigure, keyed_figures

MOST_ROWS: Final = 6
MONTHS: Final = {"year": 12.0, "month": 1.0, "week": 0.23, "day": 0.033}
NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")
ENDS: Final = re.compile(r"(\d+(?:\.\d+)?)%?(?: ?[-\u2013] ?| to )(\d+(?:\.\d+)?)%?$")
SPREAD: Final = re.compile(r"^\+/- ?(\d+(?:\.\d+)?)")
TIME: Final = re.compile(r"^(?P<number>\d+(?:\.\d+)?) (?P<unit>year|month|week|day)s?$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as printed, under the number of its evidence."""

    figure: KeyedFigure
    card: Numbered


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one time point of one report, by arm."""

    label: str
    source: str
    cells: Mapping[str, Cell]


@dataclass
class Table:
    """Figures of one measure in one trial: rows are time points, columns arms."""

    measure: str
    study: Study
    """That of the bottom line."""
    arms: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def patients(self) -> dict[str, str]:
        """The number of patients of each arm; none unless one is printed for every arm.

        Where only one arm has a number, it may be that of all arms together.
        """
        cells = ((arm, cell) for row in self.rows for arm, cell in row.cells.items())
        known = {arm: cell.figure.n for arm, cell in reversed(list(cells)) if cell.figure.n}
        return known if set(known) == set(self.arms) else {}


def key_figures(answer: Answer, numbers: Mapping[str, Numbered]) -> Table | None:
    """The table of the bottom line's measure; None where fewer than two figures share it."""
    lead = _lead(answer)
    measure = next((f.measure for f in _figures(lead) if f.measure), None) if lead else None
    if lead is None or measure is None:
        return None
    table = Table(measure, lead.study)
    for piece in answer.evidence:
        if piece.key in numbers and _same_patients(piece, lead):
            _add(table, piece, lead, numbers[piece.key])
    table.rows = sorted(table.rows, key=lambda row: _months(row.label))[:MOST_ROWS]
    return table if sum(len(row.cells) for row in table.rows) > 1 else None


def _lead(answer: Answer) -> Evidence | None:
    """The evidence of the bottom line, where it is a study of patients."""
    keys = [citation.key for claim in answer.claims[:1] for citation in claim.citations]
    pieces = [piece for piece in answer.evidence if piece.key in keys]
    return next((piece for piece in pieces if piece.study.kind in ON_PATIENTS), None)


def _figures(piece: Evidence) -> tuple[KeyedFigure, ...]:
    return keyed_figures(piece.quote, trial=piece.study.trial)


def _same_patients(piece: Evidence, lead: Evidence) -> bool:
    one, other = piece.study, lead.study
    return one.doc_id == other.doc_id or (one.trial is not None and one.trial == other.trial)


def _add(table: Table, piece: Evidence, lead: Evidence, card: Numbered) -> None:
    """Add the rows of one sentence, unless it has two figures under one key, or a subgroup's."""
    found = [
        f for f in _figures(piece) if f.measure == table.measure and f.arm and _label(f, piece)
    ]
    keys = [(_label(f, piece), f.arm) for f in found]
    if len(set(keys)) < len(keys) or _narrower(found, lead):
        return
    for label, group in groupby(found, key=lambda f: _label(f, piece) or ""):
        cells = {_column(table, f.arm or "", keys): Cell(f, card) for f in group}
        table.arms += [arm for arm in cells if arm not in table.arms]
        _add_row(table, Row(label, piece.study.short, cells))


def _label(figure: KeyedFigure, piece: Evidence) -> str | None:
    """The time point; for a duration that it is a median."""
    if figure.time is None and figure.unit in ("months", "years"):
        return "Median" if "median" in piece.quote.lower() else None
    return figure.time


def _narrower(found: Iterable[KeyedFigure], lead: Evidence) -> bool:
    """Whether figures are of a part of the patients whom the bottom line speaks of."""
    whole = {name for figure in _figures(lead) for name in figure.population}
    whole |= set(lead.study.age_group) | {"infant", "child", "adult"}
    return any(set(figure.population) - whole for figure in found)


def _column(table: Table, arm: str, keys: list[tuple[str | None, str | None]]) -> str:
    """The column of an arm: one that names the same drug first, unless the sentence has both."""
    if arm in table.arms:
        return arm
    others = {other for _, other in keys}
    first = arm.split(" + ", maxsplit=1)[0]
    alike = (known for known in table.arms if known.split(" + ")[0] == first)
    return next((known for known in alike if known not in others), arm)


def _add_row(table: Table, new: Row) -> None:
    """Merge with a row that says the same; figures that differ get a row of their own.

    Of two rows the one with intervals is kept, filled up from the other.
    """
    for place, row in enumerate(table.rows):
        if row.label == new.label and _agree(row, new):
            fuller, other = (new, row) if _intervals(new) > _intervals(row) else (row, new)
            table.rows[place] = replace(fuller, cells={**other.cells, **fuller.cells})
            return
    table.rows.append(new)


def _intervals(row: Row) -> int:
    return sum(cell.figure.interval is not None for cell in row.cells.values())


def _agree(row: Row, new: Row) -> bool:
    shared = row.cells.keys() & new.cells.keys()
    return all(row.cells[arm].figure.value == new.cells[arm].figure.value for arm in shared)


def _months(label: str) -> float:
    """Sorts time points; what is no number of years, months, weeks or days comes last."""
    found = TIME.match(label)
    return float(found["number"]) * MONTHS[found["unit"]] if found else float("inf")


def bounds(figure: KeyedFigure) -> tuple[float, ...]:
    """A percentage, with the ends of its interval where one is printed; nothing for the rest."""
    number = NUMBER.search(figure.value)
    if figure.unit != "%" or not number:
        return ()
    value = float(number[0])
    if spread := is_spread(figure):
        return (value, max(0.0, value - spread), min(100.0, value + spread))
    ends = ENDS.search(figure.interval or "")
    return (value, float(ends[1]), float(ends[2])) if ends else (value,)


def is_spread(figure: KeyedFigure) -> float:
    """What is printed behind +/-; 0 where nothing is."""
    found = SPREAD.search(figure.interval or "")
    return float(found[1]) if found else 0.0

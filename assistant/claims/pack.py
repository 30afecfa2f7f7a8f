"""Checked sentences as true-or-false items for teaching: CSV, and TSV that Anki reads."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import StringIO

from assistant.answer import Verdict
from assistant.claims.records import Checked, CheckedText
from assistant.references import reference

COLUMNS = ("statement", "answer", "why", "quote", "source", "doi")
ANSWERS = {Verdict.SUPPORTED: "true", Verdict.CONTRADICTED: "false"}


@dataclass(frozen=True, slots=True)
class Item:
    """A statement that the sources settle, with the words that settle it."""

    statement: str
    answer: str
    why: str
    quote: str
    source: str
    doi: str


def items_of(checked: CheckedText) -> list[Item]:
    """One item a supported or contradicted sentence; what the sources leave open is none."""
    return [item for one in checked.sentences for item in _item(one)]


def _item(one: Checked) -> Iterator[Item]:
    leading = one.leading
    if one.verdict in ANSWERS and leading is not None:
        study = leading.evidence.study
        yield Item(
            statement=one.read_as or one.text,
            answer=ANSWERS[one.verdict],
            why=one.why,
            quote=leading.evidence.quote,
            source=reference(study),
            doi=study.doi or "",
        )


def as_csv(checked: CheckedText) -> str:
    """One row an item, under a row of names."""
    stored = StringIO()
    writer = csv.writer(stored, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        [_harmless(getattr(item, name)) for name in COLUMNS] for item in items_of(checked)
    )
    return stored.getvalue()


def as_anki(checked: CheckedText) -> str:
    """Two fields an item, front and back, in HTML; tagged ``blincite``. Import it as it is."""
    lines = ["#separator:tab", "#html:true", "#columns:Front\tBack", "#tags:blincite"]
    for item in items_of(checked):
        front = f"True or false? {escape(item.statement)}"
        back = (
            f"<b>{item.answer.capitalize()}.</b> {escape(item.why)}"
            f"<blockquote>{escape(item.quote)}</blockquote><small>{escape(item.source)}</small>"
        )
        lines.append("\t".join(" ".join(field.split()) for field in (front, back)))
    return "\n".join(lines) + "\n"


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell

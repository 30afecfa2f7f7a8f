"""A checked text as a Word file, and as HTML that prints well."""

from io import BytesIO
from typing import Any

from markupsafe import Markup

from assistant.claims.records import Checked, CheckedText, Part, Weighed
from assistant.claims.report import NOTICE, SHAPES, TITLE, compared, notes, quoted, shown
from assistant.references import reference


def as_word(checked: CheckedText) -> bytes:
    """The report as a Word file."""
    from docx import Document

    document = Document()
    document.add_heading(TITLE, level=0)
    document.add_paragraph(checked.headline)
    for number, one in enumerate(checked.sentences, start=1):
        document.add_heading(f"{number}. {SHAPES[one.word]} {one.word.capitalize()}", level=2)
        document.add_paragraph(one.text)
        for line in notes(one):
            document.add_paragraph(line)
        for side, weighed in shown(one):
            paragraph = document.add_paragraph()
            paragraph.add_run(f"{side}: ").bold = True
            paragraph.add_run(quoted(weighed))
            _word_table(document, weighed.parts)
            document.add_paragraph(reference(weighed.evidence.study))
    document.add_paragraph(NOTICE)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def _word_table(document: Any, parts: tuple[Part, ...]) -> None:
    if not parts:
        return
    table = document.add_table(rows=1, cols=4)
    for cell, head in zip(
        table.rows[0].cells, ("part", "the claim", "the source", ""), strict=True
    ):
        cell.text = head
    for part in parts:
        texts = (part.name, part.claim, part.source, compared(part))
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text


def as_html(checked: CheckedText) -> str:
    """The report as one page that loads nothing and prints without a sentence cut in two."""
    sections = Markup("").join(
        _section(number, one) for number, one in enumerate(checked.sentences, start=1)
    )
    return str(
        Markup(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>{}</title>'
            "<style>{}</style><h1>{}</h1><p>{}</p>{}<p><small>{}</small></p></html>\n"
        ).format(TITLE, Markup(PAGE), TITLE, checked.headline, sections, NOTICE)
    )


PAGE = """
body { font: 11pt/1.5 Charter, Cambria, "Noto Serif", serif; max-width: 42rem; margin: 2rem auto; }
h1 { font-size: 20pt; } h2 { font-size: 12pt; margin-bottom: 0; } blockquote { margin: .4rem 1rem; }
table { border-collapse: collapse; font-size: 9.5pt; } td, th { border-bottom: 1px solid #ccc;
text-align: left; padding: .1rem .7rem .1rem 0; } section { break-inside: avoid; }
@page { size: A4; margin: 20mm; } @media print { body { margin: 0; max-width: none; } }
"""


def _section(number: int, one: Checked) -> Markup:
    lines = Markup("").join(Markup("<p>{}</p>").format(line) for line in notes(one))
    quotes = Markup("").join(_quote_block(side, weighed) for side, weighed in shown(one))
    head = Markup("<h2>{}. {} {}</h2><p>{}</p>")
    return Markup("<section>{}{}{}</section>\n").format(
        head.format(number, SHAPES[one.word], one.word.capitalize(), one.text), lines, quotes
    )


def _quote_block(side: str, weighed: Weighed) -> Markup:
    rows = Markup("").join(
        Markup("<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            part.name, part.claim, part.source, compared(part)
        )
        for part in weighed.parts
    )
    head = Markup("<tr><th>part</th><th>the claim</th><th>the source</th><th></th></tr>")
    table = Markup("<table>{}{}</table>").format(head, rows) if rows else Markup("")
    return Markup("<blockquote><b>{}:</b> {}{}<p><small>{}</small></p></blockquote>").format(
        side, quoted(weighed), table, reference(weighed.evidence.study)
    )

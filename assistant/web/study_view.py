"""One document on a page of its own, with a sentence marked where the address asks for it."""

from collections.abc import Iterator

from markupsafe import Markup

from assistant.web import study_words
from assistant.web.evidence_view import byline, fact_rows, outside, study_address
from assistant.web.figures_view import figures_table, sentence_id
from assistant.web.icons import icon
from assistant.web.markup import label, typeset
from assistant.web.reports_view import reports
from assistant.web.shapes import Library
from index.documents import Document, Section
from index.figures import figures_of

Span = tuple[int, int]
FIGURES = "figures"


def study_page(document: Document, library: Library, span: Span | None = None) -> Markup:
    """The full text with its outline, beside the facts and the reports of the same trial."""
    study = document.study
    return Markup(
        '<div class="studypage" id="shelf" tabindex="-1" data-title="{}"><p class="back">'
        '<a href="/library">Library</a></p><h1 class="question">{}</h1><p class="meta by">{}</p>'
        '<div class="sheet"><article class="fulltext">{}</article><aside class="about" '
        'aria-label="About this study">{}<section><dl class="facts">{}</dl></section>{}'
        '<section class="links">{}{}</section></aside></div></div>'
    ).format(
        study.short,
        typeset(study.title),
        byline(study),
        _text(document, span),
        _outline(document),
        fact_rows(study_words.facts(study)),
        reports(study, library),
        outside(study),
        _share(document, span),
    )


def _share(document: Document, span: Span | None) -> Markup:
    address = study_address(document.doc_id, *(span or ()))
    what = "sentence" if span else "page"
    return Markup(
        '<button type="button" class="quiet" data-copy-address="{}">{}'
        '<span class="word">Copy link to this {}</span></button>'
    ).format(address, icon("link"), what)


def _text(document: Document, span: Span | None) -> Markup:
    """The bottom line, the table of figures, then the other sections."""
    first, *others = (_section(document, section, span) for section in document.sections)
    return first + _figures(document) + Markup("").join(others)


def _figures(document: Document) -> Markup:
    table = figures_table(document)
    if not table:
        return table
    return Markup(
        '<section class="tabled"><h2 id="{}" tabindex="-1">Figures</h2>{}</section>'
    ).format(FIGURES, table)


def _outline(document: Document) -> Markup:
    first, *others = ((_anchor(section), section.heading) for section in document.sections)
    figures = [(FIGURES, "Figures")] if figures_of(document) else []
    items = Markup("").join(
        Markup('<li><a href="{}#{}" data-jump>{}</a></li>').format(
            study_address(document.doc_id), anchor, heading
        )
        for anchor, heading in (first, *figures, *others)
    )
    return Markup(
        '<section class="outline"><nav aria-label="Sections">{}<ol>{}</ol></nav></section>'
    ).format(label("Sections"), items)


def _anchor(section: Section) -> str:
    return f"s{section.start}"


def _section(document: Document, section: Section, span: Span | None) -> Markup:
    paragraphs = Markup("").join(
        Markup('<p class="read">{}</p>').format(_paragraph(document, start, end, span))
        for start, end in _paragraphs(document.text, section)
    )
    return Markup('<section><h2 id="{}" tabindex="-1">{}</h2>{}</section>').format(
        _anchor(section), section.heading, paragraphs
    )


def _paragraphs(text: str, section: Section) -> Iterator[Span]:
    """Offsets of the paragraphs of a section, empty lines left out."""
    start = section.start
    for part in text[section.start : section.end].split("\n\n"):
        if part.strip():
            yield start, start + len(part)
        start += len(part) + 2


def _paragraph(document: Document, start: int, end: int, span: Span | None) -> Markup:
    """A paragraph in which each sentence that holds a figure can be gone to."""
    parts: list[Markup] = []
    for figure in figures_of(document):
        if start <= figure.start and figure.end <= end:
            parts.append(_marked(document.text, start, figure.start, span))
            sentence = _marked(document.text, figure.start, figure.end, span)
            named = Markup('<span id="{}" tabindex="-1">{}</span>')
            parts.append(named.format(sentence_id(figure.start), sentence))
            start = figure.end
    return Markup("").join(parts) + _marked(document.text, start, end, span)


def _marked(text: str, start: int, end: int, span: Span | None) -> Markup:
    """``text[start:end]``, with the part that lies inside ``span`` marked."""
    first, last = (max(start, span[0]), min(end, span[1])) if span else (end, end)
    if first >= last:
        return typeset(text[start:end])
    return Markup("{}<mark>{}</mark>{}").format(
        typeset(text[start:first]), typeset(text[first:last]), typeset(text[last:end])
    )


def missing(doc_id: str) -> Markup:
    """What stands there for a study that the corpus does not have."""
    return Markup(
        '<div class="missing" id="shelf" tabindex="-1"><h1 class="question">Not in the library</h1>'
        '<p class="read">There is no document “{}” in this corpus. It may have been renamed or '
        'taken out. <a href="/library">See all documents</a>.</p></div>'
    ).format(doc_id)

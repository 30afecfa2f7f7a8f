"""The figures of a study as a table, each row a link to its sentence."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from assistant.web.evidence_view import study_address
from assistant.web.markup import plural, typeset
from assistant.web.study_words import capital
from index.documents import Document
from index.figures import Figure, figures_of
from index.terms import terms_in

COLUMNS: Final = ("Outcome", "Time point", "Figures as printed", "Section")
FOLDED: Final = 12
"""The most rows that stand open; more are folded away."""
LONGEST: Final = 160
"""Characters of a sentence after its first figure; a longer rest is cut off after the last one."""
UNNAMED: Final = "Other finding"
SUBJECT: Final = re.compile(
    r"^(?:(?:In|Among|Of|At|By|After|With|Within|On|For|Before) [^,]*, )?"
    r"(?P<subject>[^,;:()%]{2,60}?) (?:in|at|on|among|for|during|by|with|was|were|is|are|had|has"
    r"|occurred|affected|went|lay|differed|numbered)\b"
)
NO_OUTCOME: Final = frozenset({"drug", "arm", "population"})
"""Kinds of term that say who was treated with what, so that alone they name no outcome."""
NO_SUBJECT: Final = re.compile(
    r"^(?:In|Of|At|By|After|Among|Only|About|All)\b|\b(?:colleagues|figures?|reviews?|reports?|paper)\b"
)
LEAD_IN: Final = re.compile(
    r"\b(?:with|on|in|after|for|of|by) (?:(?!\b(?:with|on|in|after|for|of|by) )[^,;:()]){1,40}\($"
)


def distinct(document: Document) -> tuple[Figure, ...]:
    """The figures of a document; one that the bottom line repeats is kept where it is reported."""
    kept: list[Figure] = []
    for figure in figures_of(document):
        others = [*kept, *_beyond_bottom_line(document)] if _sums_up(figure) else kept
        if not _is_told(figure, others):
            kept.append(figure)
    return tuple(kept)


def _beyond_bottom_line(document: Document) -> list[Figure]:
    return [figure for figure in figures_of(document) if not _sums_up(figure)]


def _sums_up(figure: Figure) -> bool:
    return figure.section == "Bottom line"


def _is_told(figure: Figure, others: Sequence[Figure]) -> bool:
    """Whether every value stands under the same measure and time point in other figures."""
    alike = [other for other in others if _of_one_measure(figure, other)]
    told = {value for other in alike for value in _printed(other)}
    return set(_printed(figure)) <= told


def _printed(figure: Figure) -> tuple[str, ...]:
    return tuple(value.figure for value in figure.values) or figure.p


def _of_one_measure(one: Figure, other: Figure) -> bool:
    same_measure = set(one.measures) & set(other.measures) or not (one.measures or other.measures)
    apart = one.times and other.times and not set(one.times) & set(other.times)
    return bool(same_measure) and not apart


def figures_table(document: Document) -> Markup:
    """The table, folded away where it is long; nothing where the document holds no figure."""
    figures = distinct(document)
    if not figures:
        return Markup("")
    table = Markup(
        '<table class="figures"><caption class="sr">Figures of {}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(
        document.study.short,
        Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in COLUMNS),
        Markup("").join(_row(document, figure) for figure in figures),
    )
    return table if len(figures) <= FOLDED else _folded(table, len(figures))


def _folded(table: Markup, count: int) -> Markup:
    return Markup('<details class="more"><summary>Table of {}</summary>{}</details>').format(
        plural(count, "row"), table
    )


def _row(document: Document, figure: Figure) -> Markup:
    cells = (
        (COLUMNS[1], Markup("<br>").join(figure.times)),
        (COLUMNS[2], as_printed(document, figure)),
        (COLUMNS[3], figure.section),
    )
    return Markup('<tr><th scope="row"><a href="{}" data-sentence="{}">{}</a></th>{}</tr>').format(
        study_address(figure.doc_id, figure.start, figure.end),
        sentence_id(figure.start),
        outcome(document, figure),
        Markup("").join(
            Markup('<td data-label="{}"><div>{}</div></td>').format(name, shown)
            for name, shown in cells
        ),
    )


def sentence_id(start: int) -> str:
    """The id of the sentence that starts at ``start`` on the page of its document."""
    return f"f{start}"


def outcome(document: Document, figure: Figure) -> str:
    """What was measured: terms of the field, else the subject of the sentence."""
    if figure.measures:
        return capital(", ".join(figure.measures))
    found = SUBJECT.match(document.text[figure.start : figure.end])
    return capital(found["subject"]) if found and _names_outcome(found["subject"]) else UNNAMED


def _names_outcome(subject: str) -> bool:
    """Whether the subject of a sentence says what was found, not who found it or in whom."""
    treated = any(term.kind in NO_OUTCOME for term in terms_in(subject))
    return not (treated or subject[0].isdigit() or NO_SUBJECT.search(subject))


def as_printed(document: Document, figure: Figure) -> Markup:
    """The sentence from its first figure on, word for word, with the figures strong.

    The words after a figure say which arm it belongs to, so they are not cut out.
    """
    if not figure.values:
        return Markup(", ").join(figure.p)
    text = document.text[figure.start : figure.end]
    return Markup("").join(_pieces(text, figure, _first(text, figure), _last(text, figure)))


def _first(text: str, figure: Figure) -> int:
    """Where the words of a row start: with its first figure, or with what its bracket explains."""
    first = figure.values[0].start
    bracket = text.rfind("(", 0, first)
    if bracket <= text.rfind(")", 0, first):
        return first
    lead = LEAD_IN.search(text[: bracket + 1])
    return lead.start() if lead else bracket


def _last(text: str, figure: Figure) -> int:
    """Where the words of a row end: with the sentence, unless they would be too many."""
    first, end = figure.values[0].start, figure.values[-1].end
    whole = len(text.rstrip("."))
    return whole if whole - first <= LONGEST else end


def _pieces(text: str, figure: Figure, done: int, last: int) -> Iterator[Markup]:
    for value in figure.values:
        yield typeset(text[done : value.start])
        strong = value.start + len(value.figure)
        yield Markup("<strong>{}</strong>").format(typeset(value.figure))
        yield typeset(text[strong : value.end])
        done = value.end
    yield typeset(text[done:last])
    if last < len(text.rstrip(".")):
        yield Markup(" …")

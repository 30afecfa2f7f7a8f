"""The card of a checked sentence: the verdict, part by part, and the words for and against."""

from collections.abc import Sequence

from markupsafe import Markup

from assistant.answer import Verdict
from assistant.claims.records import Checked, Part, Weighed
from assistant.web import study_words
from assistant.web.check_proof import in_place, pieces_of
from assistant.web.check_words import compared, part_name, verdict
from assistant.web.checks_view import check_items
from assistant.web.evidence_view import (
    byline,
    fact_rows,
    marked,
    outside,
    step_button,
    study_address,
)
from assistant.web.icons import icon
from assistant.web.markup import internal, label, plural, typeset
from assistant.web.shapes import Library

UNHELPFUL = frozenset({"wording"})
"""Checks that tell a reader nothing: they speak of stems of words."""


def panel(cards: Sequence[Markup], *, first: int) -> Markup:
    """Cards of a check, from the sentence ``first``; the page shows one of all at a time."""
    if not any(cards):
        return Markup("")
    return Markup(
        '<aside class="evidence" aria-label="Evidence for sentences {} to {}">'
        '<h2 class="sr">Evidence</h2>{}</aside>'
    ).format(first, first + len(cards) - 1, Markup("").join(cards))


def card(one: Checked, library: Library, *, number: int, of: int) -> Markup:
    """One sentence; hidden until its row is followed. Nothing for what is not checkable."""
    if not one.checkable:
        return Markup("")
    return Markup('<div class="card" id="s{}" data-card="{}" hidden>{}</div>').format(
        number,
        number,
        Markup("").join(
            (
                _header(number, of),
                _verdict(one),
                *_sides(one, library),
                _weighed(one),
            )
        ),
    )


def _header(number: int, of: int) -> Markup:
    return Markup('<header><span class="label num">Sentence {} of {}</span>{}{}{}</header>').format(
        number,
        of,
        step_button("data-step", "-1", "Previous sentence", "previous"),
        step_button("data-step", "1", "Next sentence", "next"),
        step_button("data-close", "", "Close evidence", "close"),
    )


def _verdict(one: Checked) -> Markup:
    """The verdict, why, and how the sentence was read and overstated, if it was."""
    notes = [("Read as: ", one.read_as)] if one.read_as else []
    said = Markup("").join(
        Markup('<p class="meta">{}{}</p>').format(name, typeset(text)) for name, text in notes
    )
    over = (
        Markup('<p class="over">{}<span>Overstated. {}</span></p>').format(
            icon("half"), typeset(one.overstated)
        )
        if one.overstated
        else Markup("")
    )
    return Markup('<section class="verdict">{}<h3 tabindex="-1">{}</h3>{}{}</section>').format(
        verdict(one.word), typeset(one.why), over, said
    )


def _sides(one: Checked, library: Library) -> tuple[Markup, ...]:
    """The words for and the words against, those that the verdict rests on first."""
    if one.verdict is Verdict.NOT_ENOUGH:
        nothing = _none("For and against", library)
        return (nothing, _side("Nearest", one.nearest, library)) if one.nearest else (nothing,)
    sides = [("For", one.best_for), ("Against", one.best_against)]
    if one.leading is one.best_against:
        sides.reverse()
    return tuple(
        _side(name, weighed, library, leading=weighed is one.leading)
        if weighed
        else _none(name, library)
        for name, weighed in sides
    )


def _none(name: str, library: Library) -> Markup:
    return Markup(
        '<section><div class="pmeta">{}<span class="meta">none found in {}</span></div></section>'
    ).format(label(name), plural(library.count(), "document"))


def _side(name: str, weighed: Weighed, library: Library, *, leading: bool = False) -> Markup:
    """The words of one side with their study; what decides is compared before it is read."""
    evidence, parts = weighed.evidence, _comparison(weighed.parts)
    return Markup(
        '<section class="side">{}<div class="pmeta">{}<span class="meta">{}</span></div>{}{}'
        '<h4>{}</h4><p class="meta">{}</p><dl class="facts">{}</dl><ul class="checks">{}</ul>'
        '<p class="links">{}{}</p></section>'
    ).format(
        parts if leading else "",
        label(name),
        _where(weighed),
        _quotes(weighed),
        "" if leading else parts,
        typeset(evidence.study.title),
        byline(evidence.study),
        fact_rows(study_words.strip(evidence.study)),
        in_place(weighed, library),
        internal(
            study_address(evidence.doc_id, evidence.start, evidence.end), "Study page", beside=True
        ),
        outside(evidence.study),
    )


def _where(weighed: Weighed) -> str:
    """``Results, sentence 3 of 9``."""
    first = weighed.evidence
    if weighed.also is None or weighed.also.section != first.section:
        return f"{first.section}, sentence {first.position} of {first.of}"
    two = sorted((first.position, weighed.also.position))
    return f"{first.section}, sentences {two[0]} and {two[1]} of {first.of}"


def _quotes(weighed: Weighed) -> Markup:
    """The passage with its sentence marked; two where the claim is held by two together."""
    return Markup("").join(
        Markup('<blockquote class="passage">{}</blockquote>').format(marked(piece))
        for piece in pieces_of(weighed)
    )


def _comparison(parts: tuple[Part, ...]) -> Markup:
    """The text against the source, part by part."""
    if not parts:
        return Markup("")
    rows = Markup("").join(
        Markup("<tr{}><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>").format(
            Markup("" if part.same else ' class="bad"'),
            part_name(part.name),
            typeset(part.claim),
            typeset(part.source),
            compared(same=part.same),
        )
        for part in parts
    )
    return Markup(
        '<table class="cmp"><caption class="sr">The text against the source, part by part</caption>'
        '<thead><tr><th scope="col"><span class="sr">Part</span></th><th scope="col">The text</th>'
        '<th scope="col">The source</th><th scope="col"><span class="sr">Result</span></th></tr>'
        "</thead><tbody>{}</tbody></table>"
    ).format(rows)


def _weighed(one: Checked) -> Markup:
    """How the verdict came about: the nearest sentence, how near, and what it says by itself."""
    if one.nearest is None or one.leading is None:
        return Markup("")
    lines = [("Nearest sentence", one.nearest)]
    if one.leading is not one.nearest:
        lines = [("Decisive sentence", one.leading), *lines]
    told = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, _told(weighed)) for name, weighed in lines
    )
    return Markup('<section class="how">{}<dl class="facts">{}</dl>{}</section>').format(
        label("How it was weighed"), told, _checks(one.leading)
    )


def _told(weighed: Weighed) -> str:
    study = weighed.evidence.study.short
    return (
        f"{study}: similarity {weighed.relevance:.1f}; by itself it supports the text with "
        f"probability {weighed.supported:.2f}, contradicts it with {weighed.contradicted:.2f}, "
        f"leaves it open with {weighed.not_enough:.2f}"
    )


def _checks(weighed: Weighed) -> Markup:
    """The checks that failed, in words; the others as a number."""
    known = [check for check in weighed.checks if check.name not in UNHELPFUL]
    failed = [check for check in known if not check.passed]
    if not known:
        return Markup("")
    passed = f"{len(known) - len(failed)} of {plural(len(known), 'check')} passed"
    return Markup('<p class="meta">{}</p><ul class="checks">{}</ul>').format(
        passed, check_items(failed)
    )

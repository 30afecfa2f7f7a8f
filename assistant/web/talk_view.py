"""The conversation as the page shows it, and as a screen reader is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from assistant.answer import Answer
from assistant.web.answer_view import answer_body, read_as
from assistant.web.card_view import acts_on, kept_line
from assistant.web.markup import plural, typeset
from assistant.web.next_questions import next_row
from assistant.web.numbering import Numbered, Numbering
from assistant.web.starters import welcome
from assistant.web.turns import Problem, Turn


@dataclass(frozen=True, slots=True)
class About:
    """What stands around every turn."""

    documents: int
    corpus_date: str
    """In words."""
    lasting: bool = False
    """Whether answers have permanent links."""


def talk(
    turns: Sequence[Turn],
    numbering: Numbering,
    about: About,
    offers: Sequence[Sequence[str]] = (),
) -> Markup:
    """Every turn, oldest first; the welcome where there is none.

    ``offers`` holds the next questions of each turn.
    """
    title = Markup('<h1 class="sr">Ask the trial literature</h1>')
    if not turns:
        return title + welcome(about.documents)
    return title + Markup("").join(
        _article(place, turn, numbering, about, offers[place - 1] if offers else ())
        for place, turn in enumerate(turns, start=1)
    )


def address(conversation: str) -> Markup:
    """Tells the page which address its conversation has; nothing before the first answer."""
    if not conversation:
        return Markup("")
    return Markup('<span hidden data-conversation="{}"></span>').format(conversation)


def _article(
    place: int, turn: Turn, numbering: Numbering, about: About, offered: Sequence[str]
) -> Markup:
    answer, numbers = turn.answer, numbering.turns[place - 1]
    return Markup(
        '<article class="turn" aria-labelledby="q{place}" aria-busy="{busy}">'
        '<h2 class="question" id="q{place}">{question}</h2>'
        "{understood}{kept}{body}{end}{offered}</article>"
    ).format(
        place=place,
        busy="true" if turn.busy else "false",
        question=typeset(turn.question),
        understood=read_as(answer) if answer else "",
        kept=kept_line(turn, numbers),
        body=_body(answer, turn, numbers, about) if answer else "",
        end=_end(turn, about.documents),
        offered=next_row(offered),
    )


def _body(answer: Answer, turn: Turn, numbers: Mapping[str, Numbered], about: About) -> Markup:
    export = acts_on(turn.card, lasting=about.lasting)
    return answer_body(answer, numbers, about.corpus_date, export)


def _end(turn: Turn, documents: int) -> Markup:
    if turn.problem:
        return _problem(turn.problem, turn.question)
    if turn.stopped:
        return Markup('<p class="progress still">{}</p>').format(_stopped(turn))
    return _progress(turn, documents) if turn.busy else Markup("")


def _problem(problem: Problem, question: str) -> Markup:
    return Markup(
        '<div class="refusal problem" data-keep-question="{}"><p class="label">No answer</p>'
        '<p>{}</p><p class="read">{}</p></div>'
    ).format(question, with_commands(problem.cause), with_commands(problem.cure))


def with_commands(text: str) -> Markup:
    """What stands between backquotes as code."""
    parts = text.split("`")
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part)
        for place, part in enumerate(parts)
    )


def _stopped(turn: Turn) -> str:
    shown = len(turn.answer.claims) if turn.answer else 0
    if not shown:
        return "Stopped before the first sentence."
    return f"Stopped after {plural(shown, 'sentence')}; the answer is not complete."


def _progress(turn: Turn, documents: int) -> Markup:
    doing = (
        "Checking further sentences against their quotes"
        if turn.answer and turn.answer.claims
        else f"Searching {plural(documents, 'document')}"
    )
    return Markup(
        '<p class="progress"><span class="tick" aria-hidden="true"></span>{}'
        '<button type="button" class="textlink" data-stop>Stop</button></p>'
    ).format(doing)


def spoken(turns: Sequence[Turn], documents: int) -> Markup:
    """The one line that a screen reader hears; it changes four times an answer at most."""
    return Markup('<p class="sr" role="status">{}</p>').format(
        _said(turns[-1], documents) if turns else ""
    )


def _said(turn: Turn, documents: int) -> str:
    answer = turn.answer
    if turn.problem:
        return f"No answer. {turn.problem.cause}"
    if turn.stopped:
        return "Stopped"
    if turn.busy:
        ready = answer is not None and answer.claims
        return "Bottom line ready" if ready else f"Searching {plural(documents, 'document')}"
    if answer is None or answer.abstained:
        return "Not in the corpus"
    if answer.reply is not None:
        return "Reply ready"
    sentences = plural(len(answer.claims), "sentence")
    citations = sum(len(claim.citations) for claim in answer.claims)
    return f"Answer complete, {sentences}, {plural(citations, 'citation')}"

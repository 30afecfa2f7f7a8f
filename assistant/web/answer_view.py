"""A question and its answer as an article."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup

from assistant.answer import Answer, Claim, Evidence, Opening, Verdict
from assistant.render import AGAINST, NONE_FOUND, shown_above
from assistant.web import study_words
from assistant.web.checks_view import withheld
from assistant.web.citation_view import cites
from assistant.web.conflict_view import conflicts
from assistant.web.copy_text import plain
from assistant.web.filters import in_words
from assistant.web.icons import icon
from assistant.web.key_figures import key_figures
from assistant.web.key_table import key_table
from assistant.web.markup import label, plural, typeset
from assistant.web.numbering import Numbered
from assistant.web.proof import prove
from assistant.web.refusal_view import refusal
from assistant.web.starters import starters
from index.documents import Study

Numbers = Mapping[str, Numbered]

MARKS: Final = {
    Verdict.CONTRADICTED: ("no", "cross", "Contradicted"),
    Verdict.MIXED: ("mixed", "half", "Mixed"),
    Verdict.NOT_ENOUGH: ("none", "dashed", "Not enough information"),
}


WARNING: Final = "Status"
ONE_ROW: Final = 4
NOTHING: Final = Markup("")


def answer_body(
    answer: Answer, numbers: Numbers, corpus_date: str, export: Markup = NOTHING
) -> Markup:
    """Everything under the question: an answer, a refusal or a short reply.

    ``export`` is what else can be done with an answer that is kept.
    """
    if answer.reply is not None:
        return _reply(answer.reply)
    if answer.abstained:
        return refusal(answer, numbers) + (_row_of_acts(export) if export else "")
    if not answer.claims:
        return Markup("")
    first, *others = answer.claims
    further = _further(others, numbers, lead=_study(first, numbers))
    table = key_table(key_figures(answer, numbers))
    parts = (_bottom_line(first, numbers, answer.opening), _strip(first, numbers), table, further)
    return Markup("").join(parts) + _ending(answer, numbers, corpus_date, export)


def read_as(answer: Answer) -> Markup:
    """How the question was understood, where the conversation completed it."""
    if answer.query == answer.question:
        return Markup("")
    return Markup(
        '<p class="understood">Read as: {} '
        '<button type="button" class="textlink" data-edit="{}">Change'
        '<span class="sr"> how the question was read</span></button></p>'
    ).format(typeset(answer.query), answer.query)


def _reply(text: str) -> Markup:
    return Markup('<div class="lead"><p class="read">{}</p></div>{}').format(
        typeset(text), starters(under="h3")
    )


def _bottom_line(claim: Claim, numbers: Numbers, opening: Opening | None) -> Markup:
    word = Markup("<strong>{}.</strong> ").format(opening.word) if opening else Markup("")
    return Markup('<div class="lead">{}<p>{}{}</p></div>').format(
        label("Bottom line"), word, _sentence(claim, numbers, bold=True)
    )


def _sentence(claim: Claim, numbers: Numbers, *, bold: bool = False) -> Markup:
    cards = [numbers[cited.key] for cited in claim.citations if cited.key in numbers]
    return typeset(claim.text, bold=bold) + cites(cards) + verdict_mark(claim.verdict)


def verdict_mark(verdict: Verdict) -> Markup:
    """Icon, word and colour where a sentence is not plainly supported; nothing where it is."""
    if verdict not in MARKS:
        return Markup("")
    colour, drawing, word = MARKS[verdict]
    return Markup(' <span class="v {}">{}{}</span>').format(colour, icon(drawing), word)


def _strip(claim: Claim, numbers: Numbers) -> Markup:
    study = _study(claim, numbers)
    if study is None:
        return Markup("")
    facts = study_words.strip(study)
    cells = Markup("").join(
        Markup("<div{}><dt>{}</dt><dd>{}</dd></div>").format(
            Markup(' class="warn"') if name == WARNING else "", name, typeset(value)
        )
        for name, value in facts
    )
    return Markup(
        '<dl class="strip" style="--columns:{}" aria-label="What this rests on">{}</dl>'
    ).format(_columns(sum(name != WARNING for name, _ in facts)), cells)


def _columns(cells: int) -> int:
    """All in one row, or rows of three, where a row of all would be too wide."""
    return cells if cells <= ONE_ROW else 3


def _further(claims: Sequence[Claim], numbers: Numbers, *, lead: Study | None) -> Markup:
    """The other sentences, under the name of each study where there are several."""
    runs = [(study, list(run)) for study, run in _runs(claims, numbers)]
    named = len({study.doc_id for study in (lead, *(study for study, _ in runs)) if study}) > 1
    return Markup("").join(
        Markup('<div class="points">{}<ul class="read">{}</ul></div>').format(
            _study_name(study, lead) if named and study else label("Further findings"),
            _items(run, numbers),
        )
        for study, run in runs
    )


def _runs(
    claims: Sequence[Claim], numbers: Numbers
) -> Iterable[tuple[Study | None, Iterable[Claim]]]:
    # Neighbours only: a sentence that arrives later is never set above one already shown.
    return groupby(claims, key=lambda claim: _study(claim, numbers))


def _study(claim: Claim, numbers: Numbers) -> Study | None:
    cards = (numbers.get(cited.key) for cited in claim.citations)
    return next((card.evidence.study for card in cards if card), None)


def _study_name(study: Study, lead: Study | None) -> Markup:
    other_report = lead and lead.doc_id != study.doc_id and lead.trial == study.trial
    note = "another report of the same trial" if other_report and study.trial else ""
    return Markup('<h3 class="from">{} <span>{}</span></h3>').format(
        study.short, ", ".join(part for part in (study_words.level(study), note) if part)
    )


def _items(claims: Iterable[Claim], numbers: Numbers) -> Markup:
    return Markup("").join(
        Markup("<li>{}</li>").format(_sentence(claim, numbers)) for claim in claims
    )


def _ending(answer: Answer, numbers: Numbers, corpus_date: str, export: Markup) -> Markup:
    """What comes once the answer is whole; a growing answer has none of it."""
    if not answer.complete:
        return Markup("")
    parts = (
        _caveats(answer),
        conflicts(answer, numbers),
        _against(answer, numbers),
        _more(answer, numbers),
        withheld(answer.withheld, first=_first(numbers)),
        _filtered(answer),
        _row_of_acts(_proof(answer), _copy(answer, numbers, corpus_date), export),
    )
    return Markup("").join(parts)


def _caveats(answer: Answer) -> Markup:
    if not answer.caveats:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(typeset(text)) for text in answer.caveats)
    return Markup('<div class="points">{}<ul class="read">{}</ul></div>').format(
        label("Keep in mind"), items
    )


def _against(answer: Answer, numbers: Numbers) -> Markup:
    """Sentences that speak against the bottom line, or that none was found; nothing unsought."""
    if answer.against is None:
        return Markup("")
    if not answer.against:
        return Markup('<p class="meta against">{}</p>').format(NONE_FOUND)
    items = Markup("").join(
        Markup("<li>{}{}</li>").format(
            _said_against(piece, answer),
            cites([numbers[piece.key]] if piece.key in numbers else []),
        )
        for piece in answer.against
    )
    return Markup('<div class="points against">{}<ul class="read">{}</ul></div>').format(
        label(AGAINST), items
    )


def _said_against(piece: Evidence, answer: Answer) -> Markup:
    if not answer.shows(piece):
        return typeset(piece.quote)
    said = shown_above(piece)
    return typeset(f"{said[:1].upper()}{said[1:]}.")


def _first(numbers: Numbers) -> int:
    """The lowest number of a turn: a name for what can be unfolded in it."""
    return min((card.number for card in numbers.values()), default=0)


def _more(answer: Answer, numbers: Numbers) -> Markup:
    if not answer.more:
        return Markup("")
    return Markup(
        '<details class="more" data-keep="more-{}"><summary>More evidence'
        '<span class="meta">{}</span></summary><ul class="read">{}</ul></details>'
    ).format(
        _first(numbers),
        plural(len(answer.more), "sentence"),
        _items(answer.more, numbers),
    )


def _filtered(answer: Answer) -> Markup:
    if not answer.filters:
        return Markup("")
    return Markup('<p class="meta filtered">Searched only: {}</p>').format(
        ", ".join(in_words(answer.filters))
    )


def _row_of_acts(*parts: Markup) -> Markup:
    return Markup('<div class="acts">{}</div>').format(Markup("").join(parts))


def _proof(answer: Answer) -> Markup:
    proof = prove(answer)
    return Markup('<span class="proof{}">{}{}</span>').format(
        "" if proof.whole else " part",
        icon("tick" if proof.whole else "half"),
        proof.in_words(),
    )


def _copy(answer: Answer, numbers: Numbers, corpus_date: str) -> Markup:
    return Markup(
        '<button type="button" class="quiet" data-copy="{}">{}<span class="word">Copy</span>'
        '<span class="sr"> with references</span></button>'
    ).format(plain(answer, numbers, corpus_date), icon("copy"))

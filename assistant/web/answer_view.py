"""A question and its answer as an article."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup

from assistant.answer import Answer, Claim, Verdict
from assistant.web import study_words
from assistant.web.citation_view import cites
from assistant.web.copy_text import plain
from assistant.web.filters import in_words
from assistant.web.icons import icon
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


def answer_body(answer: Answer, numbers: Numbers, corpus_date: str) -> Markup:
    """Everything under the question: an answer, a refusal or a short reply."""
    if answer.reply is not None:
        return _reply(answer.reply)
    if answer.abstained:
        return refusal(answer, numbers)
    if not answer.claims:
        return Markup("")
    first, *others = answer.claims
    further = _further(others, numbers, lead=_study(first, numbers))
    parts = (_bottom_line(first, numbers), _strip(first, numbers), further)
    return Markup("").join(parts) + (_ending(answer, numbers, corpus_date))


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


def _bottom_line(claim: Claim, numbers: Numbers) -> Markup:
    return Markup('<div class="lead">{}<p>{}</p></div>').format(
        label("Bottom line"), _sentence(claim, numbers, bold=True)
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
    cells = Markup("").join(
        Markup("<div{}><dt>{}</dt><dd>{}</dd></div>").format(
            Markup(' class="warn"') if name == "Status" else "", name, typeset(value)
        )
        for name, value in study_words.strip(study)
    )
    return Markup('<dl class="strip" aria-label="What this rests on">{}</dl>').format(cells)


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


def _ending(answer: Answer, numbers: Numbers, corpus_date: str) -> Markup:
    """What comes once the answer is whole; a growing answer has none of it."""
    if not answer.complete:
        return Markup("")
    parts = (_caveats(answer), _more(answer, numbers), _filtered(answer))
    return Markup("").join(parts) + _acts(answer, numbers, corpus_date)


def _caveats(answer: Answer) -> Markup:
    if not answer.caveats:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(typeset(text)) for text in answer.caveats)
    return Markup('<div class="points">{}<ul class="read">{}</ul></div>').format(
        label("Keep in mind"), items
    )


def _more(answer: Answer, numbers: Numbers) -> Markup:
    if not answer.more:
        return Markup("")
    return Markup(
        '<details class="more" data-keep="more-{}"><summary>More evidence'
        '<span class="meta">{}</span></summary><ul class="read">{}</ul></details>'
    ).format(
        min((card.number for card in numbers.values()), default=0),
        plural(len(answer.more), "sentence"),
        _items(answer.more, numbers),
    )


def _filtered(answer: Answer) -> Markup:
    if not answer.filters:
        return Markup("")
    return Markup('<p class="meta filtered">Searched only: {}</p>').format(
        ", ".join(in_words(answer.filters))
    )


def _acts(answer: Answer, numbers: Numbers, corpus_date: str) -> Markup:
    proof = prove(answer)
    return Markup(
        '<div class="acts"><span class="proof{}">{}{}</span>'
        '<button type="button" class="quiet" data-copy="{}">{}<span class="word">Copy</span>'
        '<span class="sr"> with references</span></button></div>'
    ).format(
        "" if proof.whole else " part",
        icon("tick" if proof.whole else "half"),
        proof.in_words(),
        plain(answer, numbers, corpus_date),
        icon("copy"),
    )

"""What to ask next: other measures of which the cited studies hold a figure."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Final

from markupsafe import Markup

from assistant.answer import Answer
from assistant.question import short_name
from assistant.web.markup import typeset
from assistant.web.shapes import Library
from assistant.web.study_words import ON_PATIENTS, capital
from index.documents import Document, Study
from index.figures import figures_of
from index.terms import terms, terms_in
from index.trials import Trial

MOST: Final = 3
KINDS: Final = ("endpoint", "response", "safety")
ON_THE_COHORT: Final = ("interim", "primary", "follow-up", "registry")
"""Roles of reports that may be asked for by the name of their trial."""
LONG: Final = 24
"""The most characters of a trial's name; where it is longer, the study is named instead."""
SPOKEN: Final = {
    "adverse event": "Adverse events",
    "death": "Deaths",
    "infection": "Infections",
    "infusion reaction": "Infusion reactions",
    "minimal residual disease": "MRD",
    "second cancer": "Second cancers",
    "seizure": "Seizures",
    "serious adverse event": "Serious adverse events",
}
TOO_WIDE: Final = frozenset({"objective response", "cost-effectiveness", "price"})


def next_questions(
    answer: Answer | None, library: Library, asked: Collection[str] = ()
) -> tuple[str, ...]:
    """Up to three short questions that the cited studies answer, the first of them first.

    None for an answer that is growing or has no claims, and none that was ``asked`` before.
    """
    if answer is None or not (answer.complete and answer.claims):
        return ()
    known = {term.name for term in terms_in(_said(answer))}
    found = (
        question
        for doc_id in _one_a_trial(answer.cited, library)
        for question in _of_study(library, doc_id, known)
        if question not in asked
    )
    return tuple(dict.fromkeys(found))[:MOST]


def _one_a_trial(cited: Sequence[str], library: Library) -> list[str]:
    """The first document that is cited of each trial: its reports tell of the same patients."""
    first: dict[str, str] = {}
    for doc_id in cited:
        first.setdefault(library.study(doc_id).trial or doc_id, doc_id)
    return list(first.values())


def _said(answer: Answer) -> str:
    return " ".join((answer.query, *(claim.text for claim in answer.claims)))


def _of_study(library: Library, doc_id: str, known: Collection[str]) -> list[str]:
    study = library.study(doc_id)
    trial = library.trial(study.trial) if study.trial else None
    if study.kind not in ON_PATIENTS or (trial and _is_open(trial)):
        return []
    name = name_in_question(study, trial)
    measures = _measures(library.document(doc_id), known)
    return [f"{SPOKEN.get(measure, capital(measure))} in {name}?" for measure in measures]


def _is_open(trial: Trial) -> bool:
    return "no results" in trial.status


def _measures(document: Document, known: Collection[str]) -> list[str]:
    """Measures with a value, an end point, a response and a harm by turns."""
    by_kind = [list(_of_kind(document, kind, known)) for kind in KINDS]
    in_turn = (name for row in zip_longest(*by_kind) for name in row if name)
    return list(dict.fromkeys(in_turn))


def _of_kind(document: Document, kind: str, known: Collection[str]) -> Iterator[str]:
    """Only where a sentence has this one outcome is its figure sure to be of it."""
    wanted = _names(kind) - TOO_WIDE - set(known)
    outcomes = _names(*KINDS)
    for figure in figures_of(document):
        measured = [name for name in figure.measures if name in outcomes]
        if figure.values and len(measured) == 1 and measured[0] in wanted:
            yield measured[0]


@cache
def _names(*kinds: str) -> frozenset[str]:
    return frozenset(term.name for term in terms() if term.kind in kinds)


def name_in_question(study: Study, trial: Trial | None) -> str:
    """``AALL1731`` of ``COG AALL1731``; the study itself where it reports on a part of a trial."""
    roles = (
        [report.role for report in trial.reports if report.doc_id == study.doc_id] if trial else []
    )
    if trial is None or not set(roles) & set(ON_THE_COHORT):
        return study.short
    name = short_name(trial)
    *group, last = name.split()
    if len(group) == 1 and last in trial.aliases and not last.isdecimal():
        return last
    return name if len(name) <= LONG else study.short


def next_row(questions: Sequence[str]) -> Markup:
    """The questions as links in a row, each of which asks itself."""
    if not questions:
        return Markup("")
    items = Markup("").join(
        Markup('<li><button type="button" class="textlink" data-ask="{}">{}</button></li>').format(
            question, typeset(question)
        )
        for question in questions
    )
    return Markup('<ul class="next" aria-label="Ask next">{}</ul>').format(items)

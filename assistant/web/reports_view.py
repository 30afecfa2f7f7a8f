"""The reports of one trial, counted once."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from assistant.web.markup import internal, label, typeset
from assistant.web.shapes import Library
from index.documents import Study
from index.trials import Report, Trial

OF_THE_COHORT: Final = ("interim", "primary", "secondary", "follow-up")


def reports(study: Study, library: Library, *, beside: bool = False) -> Markup:
    """The trial's reports in time order, with the one shown here and the newest said.

    ``beside`` opens them in a new tab, so that a conversation is not left.
    """
    trial = library.trial(study.trial) if study.trial else None
    if trial is None or len(trial.reports) < 2:
        return Markup("")
    years = {report.doc_id: _year(report, library) for report in trial.reports}
    ordered = sorted(trial.reports, key=lambda report: years[report.doc_id] or 9999)
    newest = _newest(ordered)
    items = Markup("").join(
        Markup("<li{}>{} · {}: {} {}</li>").format(
            Markup(' class="here"') if report.doc_id == study.doc_id else "",
            years[report.doc_id] or "no year",
            report.role,
            _what(report, study, link=bool(years[report.doc_id]), beside=beside),
            _pills(report, study, newest),
        )
        for report in ordered
    )
    return Markup(
        '<section>{}<p class="meta">{}</p><ul class="reports">{}</ul>{}</section>'
    ).format(
        label("Reports of this trial, counted once"),
        typeset(f"{trial.name}: {trial.cohort}"),
        items,
        _note(trial),
    )


def _year(report: Report, library: Library) -> int:
    """The year of the report; 0 where its document is not in the corpus or has none."""
    try:
        return library.study(report.doc_id).year or 0
    except KeyError:
        return 0


def _newest(ordered: Sequence[Report]) -> str | None:
    own = [report.doc_id for report in ordered if report.role in OF_THE_COHORT]
    return own[-1] if len(own) > 1 else None


def _what(report: Report, shown: Study, *, link: bool, beside: bool) -> Markup:
    if report.doc_id == shown.doc_id or not link:
        return typeset(report.what)
    return internal(f"/library?study={report.doc_id}", typeset(report.what), beside=beside)


def _pills(report: Report, shown: Study, newest: str | None) -> Markup:
    words = (("shown here", report.doc_id == shown.doc_id), ("newest", report.doc_id == newest))
    return Markup(" ").join(
        Markup('<span class="pill">{}</span>').format(word) for word, true in words if true
    )


def _note(trial: Trial) -> Markup:
    if trial.note is None:
        return Markup("")
    return Markup('<p class="meta note">{}</p>').format(typeset(trial.note))

"""Reports of one trial are one trial: its cohort is counted once, its newest report named."""

from collections.abc import Iterable, Sequence

from index.documents import Study
from index.trials import Report, Trial

ON_THE_COHORT = frozenset({"interim", "primary", "follow-up"})
"""Roles of reports on the whole cohort; the others read a part of it, or the register."""


class Cohorts:
    """Which reports are of the same patients."""

    def __init__(self, trials: Iterable[Trial], studies: Iterable[Study]) -> None:
        self._trials = {trial.key: trial for trial in trials}
        self._studies = {study.doc_id: study for study in studies}

    def trial_of(self, doc_id: str) -> Trial | None:
        key = self._studies[doc_id].trial
        return self._trials.get(key) if key else None

    def later_reports(self, doc_id: str) -> tuple[str, ...]:
        """The reports on the whole cohort that came after this one, newest first."""
        trial = self.trial_of(doc_id)
        reports = [r.doc_id for r in trial.reports if r.role in ON_THE_COHORT] if trial else []
        if doc_id not in reports:
            return ()
        return tuple(reversed(reports[reports.index(doc_id) + 1 :]))

    def notes(self, cited: Sequence[str]) -> tuple[str, ...]:
        """One line for each trial of which several reports are cited."""
        by_trial: dict[str, list[str]] = {}
        for doc_id in cited:
            trial = self.trial_of(doc_id)
            if trial:
                by_trial.setdefault(trial.key, []).append(doc_id)
        return tuple(
            self._note(self._trials[key], docs) for key, docs in by_trial.items() if len(docs) > 1
        )

    def without_results(self, names: Iterable[frozenset[str]]) -> bool:
        """Whether each of these sets of documents belongs to a trial without results so far."""
        trials = [self._trial_of_reports(docs) for docs in names]
        return bool(trials) and all(trial and "no results" in trial.status for trial in trials)

    def _trial_of_reports(self, docs: frozenset[str]) -> Trial | None:
        found = (t for t in self._trials.values() if docs and docs <= _doc_ids(t.reports))
        return next(found, None)

    def _note(self, trial: Trial, docs: Sequence[str]) -> str:
        *first, last = (self._studies[doc_id].short for doc_id in docs)
        return f"{', '.join(first)} and {last} report on one trial; its patients are counted once."


def _doc_ids(reports: Iterable[Report]) -> frozenset[str]:
    return frozenset(report.doc_id for report in reports)

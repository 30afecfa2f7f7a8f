"""Reports of one trial are one trial: its cohort is counted once, its newest report named."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

from index.documents import Study
from index.figures import KeyedFigure, keyed_figures
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

    def notes(self, shown: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """One line for each trial of which several reports are shown.

        ``shown`` holds the sentences of an answer, each behind the id of its document.
        """
        by_trial: dict[str, list[tuple[str, str]]] = {}
        for doc_id, sentence in shown:
            trial = self.trial_of(doc_id)
            if trial:
                by_trial.setdefault(trial.key, []).append((doc_id, sentence))
        return tuple(
            self._note(self._trials[key], told)
            for key, told in by_trial.items()
            if len({doc_id for doc_id, _ in told}) > 1
        )

    def without_results(self, names: Iterable[frozenset[str]]) -> bool:
        """Whether each of these sets of documents belongs to a trial without results so far."""
        trials = [self._trial_of_reports(docs) for docs in names]
        return bool(trials) and all(trial and "no results" in trial.status for trial in trials)

    def _trial_of_reports(self, docs: frozenset[str]) -> Trial | None:
        found = (t for t in self._trials.values() if docs and docs <= _doc_ids(t.reports))
        return next(found, None)

    def _note(self, trial: Trial, told: Sequence[tuple[str, str]]) -> str:
        """The figure of a report beside that of a later one; else that they are of one trial."""
        order = [report.doc_id for report in trial.reports if report.role in ON_THE_COHORT]
        on_all = sorted(
            (one for one in told if one[0] in order), key=lambda one: order.index(one[0])
        )
        for (first, earlier), (second, later) in combinations(on_all, 2):
            followed = _followed(earlier, later) if first != second else None
            if followed:
                return (
                    f"{self._short(first)}: {_at(followed[0])}. {self._short(second)}, a later "
                    f"report on the same patients: {_at(followed[1])}."
                )
        *others, last = dict.fromkeys(self._short(doc_id) for doc_id, _ in told)
        return f"{', '.join(others)} and {last} report on one trial; its patients are counted once."

    def _short(self, doc_id: str) -> str:
        return self._studies[doc_id].short


def _followed(earlier: str, later: str) -> tuple[KeyedFigure, KeyedFigure] | None:
    """Two figures of one measure and one arm at different time points."""
    for one, other in product(keyed_figures(earlier), keyed_figures(later)):
        same = one.measure == other.measure and one.arm == other.arm and one.unit == other.unit
        if same and one.measure and one.time and other.time and one.time != other.time:
            return one, other
    return None


def _at(figure: KeyedFigure) -> str:
    return f"{figure.measure} {figure.value} at {figure.time}"


def _doc_ids(reports: Iterable[Report]) -> frozenset[str]:
    return frozenset(report.doc_id for report in reports)

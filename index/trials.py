"""The reports of one trial."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from index.errors import UnreadableDocument


@dataclass(frozen=True, slots=True)
class Report:
    """One report on a trial.

    ``role`` is interim, primary, secondary, follow-up, regulatory, registry or context.
    """

    doc_id: str
    role: str
    what: str


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial, its cohort and its reports in time order; one cohort is never counted twice."""

    key: str
    name: str
    cohort: str
    status: str
    aliases: tuple[str, ...]
    numbers: tuple[str, ...]
    reports: tuple[Report, ...]
    note: str | None


def trials_from(path: Path, known: Iterable[str]) -> tuple[Trial, ...]:
    """Read trials.yaml; reports whose document is not among ``known`` are left out."""
    if not path.is_file():
        return ()
    present = set(known)
    trials: dict[str, Trial] = {}
    for number, entry in enumerate(_entries(path), start=1):
        try:
            trial = _trial(entry, present)
        except (KeyError, TypeError, AttributeError) as error:
            raise UnreadableDocument(
                f"{path.name}: entry {number} cannot be read: {error}. "
                "An entry has the fields key, name and reports; a report has document and role."
            ) from error
        if trial.key in trials:
            raise UnreadableDocument(
                f"{path.name}: two entries have the key {trial.key!r}. Join them."
            )
        trials[trial.key] = trial
    return tuple(trials.values())


def _entries(path: Path) -> list[Any]:
    try:
        return list(yaml.safe_load(path.read_text(encoding="utf-8")) or ())
    except (yaml.YAMLError, ValueError, TypeError) as error:
        where = " ".join(str(error).split())
        raise UnreadableDocument(f"{path.name}: not a list of trials: {where}. Mend it.") from error


def _trial(entry: Mapping[str, Any], present: set[str]) -> Trial:
    reports = (
        Report(report["document"], report["role"], report.get("what", ""))
        for report in entry["reports"]
        if report["document"] in present
    )
    numbers = [*entry.get("nct", []), *entry.get("eudract", []), *entry.get("other_ids", [])]
    return Trial(
        key=entry["key"],
        name=entry["name"],
        cohort=entry.get("cohort", ""),
        status=entry.get("status", ""),
        aliases=tuple(entry.get("aliases", [])),
        numbers=tuple(str(number) for number in numbers),
        reports=tuple(reports),
        note=entry.get("note"),
    )

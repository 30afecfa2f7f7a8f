"""The evidence dossiers: which of their figures and fields were verified."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from index.errors import UnreadableDocument
from index.quantities import ALONE, Quantity, quantities

CONFLICTS = "notes-2026-source-conflicts"
"""Not a dossier of its own: its entries belong to the dossiers that they name."""
TRIALS = "trials"
BIBLIOGRAPHY = ("doi", "pmid", "pmcid", "nct", "eudract", "other_ids", "volume", "pages")
FRAME = (
    "title",
    "year",
    "published_in",
    "use",
    "population",
    "intervention",
    "comparator",
    "design",
    "endpoints",
    "conclusions",
    "limitations",
    "conflicts",
    "notes",
)
Fields = Mapping[str, Any]
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One verified finding: its name, and the figures that the document must hold."""

    name: str
    figures: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one dossier says, by how far it was verified."""

    dossier_id: str
    findings: tuple[Finding, ...]
    verified: tuple[Quantity, ...]
    """Figures that the document may hold."""
    refused: tuple[Quantity, ...]
    """Figures that stand there from memory or as unverified."""
    fields: Fields
    """The bibliography that was verified."""
    unread: Fields
    """Fields of the bibliography that were not verified, with what was not read in them."""
    words: str
    """Everything verified, to look up register numbers in."""


def read_dossiers(folder: Path, names: Iterable[str]) -> dict[str, Dossier]:
    """All dossiers of a folder by id; digits inside ``names`` are no figures."""
    if not folder.is_dir():
        raise UnreadableDocument(f"{folder}: no such folder. Name the folder of the dossiers.")
    known = tuple(names)
    raw = {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}
    conflicts = raw.pop(CONFLICTS, {"findings": []})["findings"]
    raw.pop(TRIALS, None)
    return {
        name: _dossier(name, fields, [c for c in conflicts if name in c["dossiers"]], known)
        for name, fields in raw.items()
    }


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise UnreadableDocument(f"{path.name}: not YAML in UTF-8: {where}. Mend it.") from error


def _dossier(name: str, fields: Fields, conflicts: list[Fields], names: Names) -> Dossier:
    unread = fields.get("unverified", {})
    read = [finding for finding in fields["findings"] if not _is_from_memory(finding)]
    frame = [text for field in FRAME if field not in unread for text in _texts(fields, field)]
    numbers = [text for f in BIBLIOGRAPHY if f not in unread for text in _texts(fields, f)]
    sources = [text for finding in read for text in _sources(finding)]
    return Dossier(
        dossier_id=name,
        findings=tuple(_finding(finding, names) for finding in read),
        verified=(
            *_figures(frame, names),
            *(figure for finding in read for figure in _figures_of(finding, names)),
            *(figure for conflict in conflicts for figure in _figures_of(conflict, names)),
        ),
        refused=(
            *_figures([text for field in unread for text in _texts(fields, field)], names),
            *(figure for f in fields["findings"] for figure in _refused_figures(f, names)),
        ),
        fields={field: value for field, value in fields.items() if field not in unread},
        unread=unread,
        words=" ".join([*frame, *numbers, *sources, *map(str, read), *map(str, conflicts)]),
    )


def _is_from_memory(finding: Fields) -> bool:
    return finding["source"] == "memory" or "all" in finding.get("unverified", {})


def _finding(finding: Fields, names: Names) -> Finding:
    name = finding.get("measure") or finding["fact"]
    named = quantities(name, names)
    figures = _required(finding, names)
    return Finding(name, tuple(_labelled(_as_in(named, figure)) for figure in figures))


def _required(finding: Fields, names: Names) -> list[Quantity]:
    """The figures of a finding that must stand in the document."""
    parts = {field: str(finding[field]) for field in ("n", "interval") if field in finding}
    if "ci95" in finding:
        parts["ci95"] = f"95% CI {finding['ci95']}"
    if "p" in finding:
        parts["p"] = f"P {'' if finding['p'][0] in '<>=' else '= '}{finding['p']}"
    unread = finding.get("unverified", {})
    read = [text for field, text in parts.items() if field not in unread]
    # An unverified value is only one more digit of the value that stands in the finding.
    value = quantities(str(finding.get("value", "")), names, about=finding.get("measure", ""))
    return [*value, *_figures(read, names)]


def _as_in(named: list[Quantity], figure: Quantity) -> Quantity:
    """The value of a fact repeats the figures of its sentence, sometimes without the unit."""
    units = [other.units for other in named if other.value == figure.value]
    return replace(figure, units=figure.units.union(*units))


def _labelled(figure: Quantity) -> Quantity:
    """A confidence bound or a P value must be called so in the document as well."""
    return replace(figure, units=figure.units & ALONE or figure.units)


def _figures_of(finding: Fields, names: Names) -> list[Quantity]:
    """All verified figures of a finding."""
    unread = finding.get("unverified", {})
    texts = ("measure", "fact", "group", "note")
    words = [finding[field] for field in texts if field in finding and field not in unread]
    if not finding["source"].startswith("http"):
        words.append(finding["source"])
    return [*_required(finding, names), *_figures(words, names)]


def _refused_figures(finding: Fields, names: Names) -> list[Quantity]:
    if _is_from_memory(finding):
        return _figures_of({**finding, "unverified": {}}, names)
    return _figures(map(str, finding.get("unverified", {}).values()), names)


def _sources(finding: Fields) -> Iterator[str]:
    yield finding["source"]
    yield from finding.get("corroborated_by", [])


def _texts(fields: Fields, field: str) -> Iterator[str]:
    """The texts of a field, which may be a text, a number, a list or a mapping of these."""
    value = fields.get(field)
    if isinstance(value, Mapping):
        for inner in value:
            yield from _texts(value, inner)
    elif isinstance(value, list):
        yield from map(str, value)
    elif value is not None:
        yield str(value)


def _figures(texts: Iterable[str], names: Names) -> list[Quantity]:
    return [figure for text in texts for figure in quantities(text, names)]

"""The evidence dossiers: which of their figures and fields were verified."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from index.errors import UnreadableDocument
from index.evidence.quantities import Quantity, quantities

CONFLICTS = "notes-2026-source-conflicts"
"""Not a dossier of its own: its entries belong to the dossiers that they name."""
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's own parser takes seconds for all dossiers; libyaml, where it is built in, a tenth."""
NOT_DOSSIERS = (CONFLICTS, "trials")
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
    groups: tuple[frozenset[str], ...]
    """The values that belong together: those of each finding, and of each conflict."""
    fields: Fields
    """The dossier as it was written."""
    words: str
    """Everything verified, to look up register numbers in."""

    @property
    def count(self) -> int:
        """How many verified findings hold a figure."""
        return sum(bool(finding.figures) for finding in self.findings)

    @property
    def unread(self) -> Mapping[str, str]:
        """Fields that were not verified, with what was not read in each."""
        return self.fields.get("unverified") or {}


def read_dossiers(folder: Path, names: Iterable[str]) -> dict[str, Dossier]:
    """All dossiers of a folder by id; digits inside ``names`` are no figures."""
    if not folder.is_dir():
        raise UnreadableDocument(f"{folder}: no such folder. Name the folder of the dossiers.")
    paths = [path for path in sorted(folder.glob("*.yaml")) if path.stem not in NOT_DOSSIERS]
    conflicts = _conflicts(folder / f"{CONFLICTS}.yaml")
    return {path.stem: _dossier(path.stem, _read(path), conflicts, tuple(names)) for path in paths}


def _conflicts(path: Path) -> list[Fields]:
    return _read(path)["findings"] if path.is_file() else []


def _read(path: Path) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=LOADER)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = " ".join(str(error).split())
        raise UnreadableDocument(f"{path.name}: not YAML in UTF-8: {where}. Mend it.") from error
    if not isinstance(fields, dict) or not isinstance(fields.get("findings"), list):
        raise UnreadableDocument(f"{path.name}: no list of findings. Add it, empty if need be.")
    return fields


def _dossier(name: str, fields: Fields, conflicts: list[Fields], names: Names) -> Dossier:
    unread = fields.get("unverified") or {}
    read = [finding for finding in fields["findings"] if not _is_from_memory(finding)]
    frame = [text for field in FRAME if field not in unread for text in _texts(fields, field)]
    numbers = [text for f in BIBLIOGRAPHY if f not in unread for text in _texts(fields, f)]
    told = [conflict for conflict in conflicts if name in conflict["dossiers"]]
    groups = [_figures_of(finding, names) for finding in [*read, *told]]
    refused = [text for field in unread for text in _texts(fields, field)]
    return Dossier(
        dossier_id=name,
        findings=tuple(_finding(finding, names) for finding in read),
        verified=(*_figures(frame, names), *chain.from_iterable(groups)),
        refused=(
            *_figures(refused, names),
            *(figure for f in fields["findings"] for figure in _refused_figures(f, names)),
        ),
        groups=tuple(frozenset(figure.value for figure in group) for group in groups),
        fields=fields,
        words=" ".join([*frame, *numbers, *map(str, read), *map(str, told)]),
    )


def _is_from_memory(finding: Fields) -> bool:
    return finding["source"] == "memory" or "all" in finding.get("unverified", {})


def _finding(finding: Fields, names: Names) -> Finding:
    name = finding.get("measure") or finding["fact"]
    named = quantities(name, names)
    figures = _required(finding, names)
    return Finding(name, tuple(_as_in(named, figure) for figure in figures))


def _required(finding: Fields, names: Names) -> list[Quantity]:
    """The figures of a finding that must stand in the document."""
    parts = {field: str(finding[field]) for field in ("n", "interval") if field in finding}
    if "ci95" in finding:
        parts["ci95"] = f"95% CI {finding['ci95']}"
    if "p" in finding:
        p_value = str(finding["p"])
        parts["p"] = f"P {p_value}" if p_value.startswith(("<", ">", "=")) else f"P = {p_value}"
    unread = finding.get("unverified", {})
    read = [text for field, text in parts.items() if field not in unread]
    # An unverified value is only one more digit of the value that stands in the finding.
    value = quantities(str(finding.get("value", "")), names, about=finding.get("measure", ""))
    return [*value, *_figures(read, names)]


def _as_in(named: list[Quantity], figure: Quantity) -> Quantity:
    """The value of a fact repeats the figures of its sentence, sometimes without the unit."""
    units = [other.units for other in named if other.value == figure.value]
    return replace(figure, units=figure.units.union(*units))


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

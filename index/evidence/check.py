"""The two-way proof between the corpus and the evidence dossiers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from index.errors import UnreadableDocument
from index.evidence.bibliography import bibliography_problems
from index.evidence.dossiers import Dossier, read_dossiers
from index.evidence.proof import Missing, Proof
from index.evidence.quantities import quantities
from index.evidence.statements import names_of, statements_of
from index.readers import Corpus


@dataclass(frozen=True, slots=True)
class Share:
    """``good`` of ``total``."""

    good: int
    total: int

    def __str__(self) -> str:
        return f"{self.good} of {self.total}"


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """What the check found. Each problem is one line: document, section, figure and the cure."""

    dossiers: Share
    """Dossiers that a document covers."""
    verified_figures: Share
    """Verified findings with figures whose document holds every one of them."""
    document_figures: Share
    """Figures of the documents that stand in the verified part of their dossier."""
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A verified figure that is not in its document on purpose; one entry of exceptions.yaml."""

    dossier: str
    figure: str
    reason: str


def check_evidence(corpus: Corpus, evidence: Path, exceptions: Path) -> EvidenceReport:
    """Prove in both directions that documents and dossiers hold the same figures.

    ``evidence`` is the folder of the dossiers; ``exceptions`` names figures left out on purpose.
    """
    names = names_of(corpus)
    dossiers = read_dossiers(evidence, names)
    covered = [document for document in corpus.documents if document.doc_id in dossiers]
    proofs = [
        Proof(statements_of(document, names), dossiers[document.doc_id], dossiers, names)
        for document in covered
    ]
    unproven = [figure for proof in proofs for figure in proof.unproven()]
    missing = [finding for proof in proofs for finding in proof.missing()]
    problems = (
        *_coverage_problems(corpus, dossiers),
        *(line for d in covered for line in bibliography_problems(d.study, dossiers[d.doc_id])),
        *(line for proof in proofs for line in proof.strange_names()),
        *map(str, unproven),
        *_missing_problems(missing, read_left_out(exceptions)),
    )
    checked = sum(proof.count for proof in proofs)
    return EvidenceReport(
        dossiers=Share(len(covered), len(dossiers)),
        verified_figures=_share_present(proofs, dossiers, missing),
        document_figures=Share(checked - len(unproven), checked),
        problems=problems,
    )


def read_left_out(path: Path) -> tuple[LeftOut, ...]:
    """The entries of exceptions.yaml; none where there is no such file."""
    if not path.is_file():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        return TypeAdapter(tuple[LeftOut, ...]).validate_python(entries or ())
    except (yaml.YAMLError, ValidationError) as error:
        raise UnreadableDocument(
            f"{path.name}: not a list of entries with dossier, figure and reason. Mend it."
        ) from error


def _share_present(
    proofs: Sequence[Proof], dossiers: Mapping[str, Dossier], missing: Sequence[Missing]
) -> Share:
    held = sum(proof.dossier.count for proof in proofs)
    return Share(held - len(missing), sum(dossier.count for dossier in dossiers.values()))


def _coverage_problems(corpus: Corpus, dossiers: Mapping[str, Dossier]) -> Iterator[str]:
    documents = {document.doc_id for document in corpus.documents}
    for doc_id in sorted(dossiers.keys() - documents):
        yield f"{doc_id}.md: no such document, but a dossier. Write it, or mend what keeps it out."
    for doc_id in sorted(documents - dossiers.keys()):
        yield f"{doc_id}.md: there is no dossier of this id. Rename the document, or take it out."


def _missing_problems(missing: Sequence[Missing], left_out: Sequence[LeftOut]) -> Iterator[str]:
    for finding in missing:
        entries = [entry for entry in left_out if entry.dossier == finding.doc_id]
        rest = tuple(
            figure
            for figure in finding.figures
            if not any(figure.stands_in(quantities(entry.figure)) for entry in entries)
        )
        if rest:
            yield str(replace(finding, figures=rest))
    for entry in left_out:
        yield from _entry_problems(entry, missing)


def _entry_problems(entry: LeftOut, missing: Sequence[Missing]) -> Iterator[str]:
    """An exception needs a reason, and goes when it excuses nothing any more."""
    name = f"exceptions.yaml: {entry.figure} of {entry.dossier}"
    figures = [f for finding in missing if finding.doc_id == entry.dossier for f in finding.figures]
    if not any(excused.stands_in(figures) for excused in quantities(entry.figure)):
        yield f"{name} is not missing from the document. Take the entry out."
    if not entry.reason.strip():
        yield f"{name} has no reason. Say why the document leaves it out."

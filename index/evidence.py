"""The two-way proof between the corpus and the evidence dossiers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from index.bibliography import bibliography_problems, register_number_problems
from index.dossiers import Dossier, Finding, read_dossiers
from index.errors import UnreadableDocument
from index.quantities import Quantity, quantities
from index.readers import Corpus
from index.statements import RELATED, Names, Statement, names_of, named_in, statements_of

Dossiers = Mapping[str, Dossier]


@dataclass(frozen=True, slots=True)
class Share:
    """``good`` of ``total``."""

    good: int
    total: int


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
class Unproven:
    """A figure of a document that its dossier does not hold."""

    doc_id: str
    statement: Statement
    figure: Quantity


@dataclass(frozen=True, slots=True)
class Missing:
    """Figures of a verified finding that the document does not hold."""

    doc_id: str
    finding: Finding
    figures: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A verified figure that is not in its document on purpose."""

    dossier: str
    figure: str
    reason: str


def check_evidence(corpus: Corpus, evidence: Path, exceptions: Path) -> EvidenceReport:
    """Prove in both directions that documents and dossiers hold the same figures.

    ``evidence`` is the folder of the dossiers; ``exceptions`` lists the figures left out on purpose.
    """
    names = names_of(corpus)
    dossiers = read_dossiers(evidence, tuple(names))
    covered = [document for document in corpus.documents if document.doc_id in dossiers]
    told = {document.doc_id: statements_of(document, names) for document in covered}
    unproven = [u for doc_id in told for u in _unproven(doc_id, told[doc_id], dossiers, names)]
    missing = [m for doc_id in told for m in _missing(dossiers[doc_id], told[doc_id])]
    left_out = read_left_out(exceptions)
    problems = [
        *_coverage_problems(corpus, dossiers),
        *(line for d in covered for line in bibliography_problems(d.study, dossiers[d.doc_id])),
        *map(_unproven_line, unproven ...),
    ]

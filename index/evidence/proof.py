"""One document beside its dossier: what stands on one side only."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.evidence.dossiers import Dossier, Finding
from index.evidence.quantities import Quantity
from index.evidence.statements import RELATED, Names, Statement, documents_named
from index.evidence.units import names_in


@dataclass(frozen=True, slots=True)
class Unproven:
    """A figure of a document that does not stand in its dossier, or not beside this result."""

    doc_id: str
    statement: Statement
    figure: Quantity
    fault: str

    def __str__(self) -> str:
        place = f"{self.doc_id}.md, {self.statement.where}"
        return f"{place}: {self.figure} {self.fault} In: {self.statement.beginning}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A verified finding whose figures are not all in the document."""

    doc_id: str
    finding: Finding
    figures: tuple[Quantity, ...]

    def __str__(self) -> str:
        figures = ", ".join(map(str, self.figures))
        return (
            f"{self.doc_id}.md: {figures} of the verified finding {self.finding.name!r} is missing."
            " Write it into the document, or name it with a reason in exceptions.yaml."
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """A document and its dossier; ``dossiers`` are all of them, for the reports that it names."""

    statements: Sequence[Statement]
    dossier: Dossier
    dossiers: Mapping[str, Dossier]
    names: Names

    @property
    def count(self) -> int:
        """How many figures of the document are checked."""
        return sum(not figure.loose for said in self.statements for figure in said.figures)

    def unproven(self) -> Iterator[Unproven]:
        """The figures of the document that the dossier does not hold, sentence by sentence."""
        for statement in self.statements:
            sources = self._sources(statement)
            verified = [figure for source in sources for figure in source.verified]
            for position, figure in enumerate(statement.figures):
                fault = None
                if not (figure.loose or _is_proven(figure, verified)):
                    fault = self._fault(figure, verified)
                elif figure.is_bound or figure.is_p:
                    fault = _misplaced(statement.figures, position, sources)
                if fault:
                    yield Unproven(self.dossier.dossier_id, statement, figure, fault)

    def missing(self) -> Iterator[Missing]:
        """The verified findings of which a figure is in no sentence of the document."""
        told = [figure for said in self.statements if said.in_body for figure in said.figures]
        written = {figure.value for figure in told}
        for finding in self.dossier.findings:
            # Where the dossier prints a bare number, the document may say what it counts.
            figures = tuple(
                figure
                for figure in finding.figures
                if not (figure.is_bare and figure.value in written) and not figure.stands_in(told)
            )
            if figures:
                yield Missing(self.dossier.dossier_id, finding, figures)

    def strange_names(self) -> Iterator[str]:
        """One line for each register number, trial or locus that the dossier does not name."""
        known = {_bare_name(name) for name in self.names}
        for statement in self.statements:
            words = _bare_name(" ".join(source.words for source in self._sources(statement)))
            for name in names_in(statement.text):
                if _bare_name(name) not in words and _bare_name(name) not in known:
                    yield (
                        f"{self.dossier.dossier_id}.md, {statement.where}: {name} is not in the "
                        f"dossier. Correct it, or take it out. In: {statement.beginning}"
                    )

    def _sources(self, statement: Statement) -> list[Dossier]:
        """The dossiers of a sentence: a related report is described with its own figures."""
        if statement.where != RELATED:
            return [self.dossier]
        named = documents_named(statement.text, self.names) & self.dossiers.keys()
        return [self.dossier, *(self.dossiers[doc_id] for doc_id in sorted(named))]

    def _fault(self, figure: Quantity, verified: Sequence[Quantity]) -> str:
        if figure.stands_in(self.dossier.refused):
            return "stands in the dossier from memory or as unverified. Take it out."
        others = sorted({str(other) for other in verified if other.value == figure.value})
        if others:
            return f"stands in the dossier as {' and '.join(others)}. Correct the unit."
        return "is not in the dossier. Correct it after the dossier, or take it out."


def _bare_name(text: str) -> str:
    """CCG-1953 is CCG 1953, and PMID 1 is 1."""
    return re.sub(r"pmid|[ :()-]", "", text.lower())


def _is_proven(figure: Quantity, verified: Sequence[Quantity]) -> bool:
    """A bound or a P value that the dossier prints without calling it so is proven as well."""
    if figure.stands_in(verified):
        return True
    called = figure.is_bound or figure.is_p
    return called and any(other.is_bare and other.value == figure.value for other in verified)


def _misplaced(
    figures: Sequence[Quantity], position: int, sources: Sequence[Dossier]
) -> str | None:
    """What is wrong with a bound or a P value that stands beside the result of another finding."""
    beside = _results_beside(figures, position)
    groups = [group for source in sources for group in source.groups]
    if not beside or any(figures[position].value in group and beside & group for group in groups):
        return None
    return f"belongs to another result of the dossier than {' or '.join(sorted(beside))}. Mend it."


def _results_beside(figures: Sequence[Quantity], position: int) -> set[str]:
    """A confidence bound belongs to the result before it, a P value to any of its sentence."""
    if figures[position].is_bound:
        before = [other.value for other in figures[:position] if other.is_result]
        return set(before[-1:])
    return {other.value for other in figures if other.is_result}

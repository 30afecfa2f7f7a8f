"""Whether the patients of a cited study are those that a question is about."""

from collections.abc import Iterable, Iterator

from assistant.fit import POPULATIONS
from assistant.question import Reading
from index.documents import Study
from index.terms import terms_in

GROUPS = {
    "infant": "infants",
    "newborn": "newborns",
    "child": "children",
    "adolescent": "adolescents",
    "young adult": "young adults",
    "adult": "adults",
    "older adult": "older adults",
}
LINES = {
    "first line": {"newly diagnosed"},
    "relapsed or refractory": {"relapsed or refractory", "first relapse"},
    "first relapse": {"first relapse", "relapsed or refractory"},
}
"""The lines of therapy of a study that a setting of the question may mean."""
OPPOSITES = (
    ("Philadelphia chromosome-positive", "Philadelphia chromosome-negative"),
    ("KMT2A-rearranged", "KMT2A-germline"),
)


def mismatch(reading: Reading, study: Study) -> str | None:
    """One line on whom the question is about and whom the study took; None where they may agree.

    Compared are age, line of therapy and genetics, each only where both name it.
    """
    found = [*_by_age(reading, study), *_by_line(reading, study), *_by_genetics(reading, study)]
    if not found:
        return None
    asked = ", ".join(pair[0] for pair in found)
    taken = ", ".join(pair[1] for pair in found)
    return f"The question is about {asked}; {study.short} is about {taken}."


def _by_age(reading: Reading, study: Study) -> Iterator[tuple[str, str]]:
    asked = [name for name in reading.of_kind("population") if name in POPULATIONS]
    wanted: set[str] = set().union(*(POPULATIONS[name] for name in asked))
    if wanted and study.age_group and not wanted & set(study.age_group):
        yield _groups(asked), _groups(study.age_group)


def _groups(names: Iterable[str]) -> str:
    return _listed(GROUPS[name] for name in names)


def _by_line(reading: Reading, study: Study) -> Iterator[tuple[str, str]]:
    asked = [name for name in reading.of_kind("setting") if name in LINES]
    wanted: set[str] = set().union(*(LINES[name] for name in asked))
    lines = set(study.line)
    if wanted and lines and "any" not in lines and not wanted & lines:
        yield _diseases(wanted), _diseases(lines)


def _diseases(lines: Iterable[str]) -> str:
    return f"{_listed(sorted(lines))} disease"


def _by_genetics(reading: Reading, study: Study) -> Iterator[tuple[str, str]]:
    asked = set(reading.of_kind("genetics"))
    taken = {term.name for term in terms_in(study.population)}
    for pair in OPPOSITES:
        for one, other in (pair, pair[::-1]):
            if one in asked and other not in asked and other in taken and one not in taken:
                yield f"{one} ALL", f"{other} ALL"


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last

"""The front matter of a document against its dossier: all that was verified, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

from index.documents import Study
from index.evidence.dossiers import Dossier

FIELDS = ("year", "volume", "pages", "doi", "pmid", "pmcid", "nct", "eudract", "other_ids")
NEEDED = ("doi", "pmid", "pmcid", "nct", "eudract")
REMARK = re.compile(r" \(title (?:not verified|shortened)\)$")


def bibliography_problems(study: Study, dossier: Dossier) -> Iterator[str]:
    """One line for each field that is not that of the dossier, or was not verified there."""
    yield from _strange_values(study, dossier)
    for field in NEEDED:
        for value in sorted(_verified(field, dossier) - _values(getattr(study, field))):
            yield _line(study, field, f"{value} of the dossier is missing. Add it.")
    if study.journal and "published_in" in dossier.unread:
        yield _line(study, "journal", f"{study.journal} {_fault('published_in', dossier)}")
    if study.verified != dossier.fields["confidence"]:
        yield _line(study, "verified", f"the dossier says {dossier.fields['confidence']}. Copy it.")
    yield from _title_problems(study, dossier)
    yield from _author_problems(study, dossier)


def _strange_values(study: Study, dossier: Dossier) -> Iterator[str]:
    for field in FIELDS:
        for value in sorted(_values(getattr(study, field)) - _verified(field, dossier)):
            # A number of an agency may stand in a finding instead of a field of its own.
            if field != "other_ids" or value not in dossier.words:
                yield _line(study, field, f"{value} {_fault(field, dossier)}")


def _values(value: Any) -> set[str]:
    if value is None:
        return set()
    return {str(part) for part in value} if isinstance(value, (list, tuple)) else {str(value)}


def _verified(field: str, dossier: Dossier) -> set[str]:
    if dossier.unread.get(field, "").startswith("last page"):
        return {re.split(r"\D", pages)[0] for pages in _values(dossier.fields[field])}
    return set() if field in dossier.unread else _values(dossier.fields.get(field))


def _fault(field: str, dossier: Dossier) -> str:
    if field in dossier.unread:
        return f"was not verified ({dossier.unread[field]}). Write null or []."
    return "is not that of the dossier. Copy it from there."


def _title_problems(study: Study, dossier: Dossier) -> Iterator[str]:
    if "title" in dossier.unread and not study.title.endswith("(title not verified)"):
        yield _line(study, "title", "was not verified. End it in (title not verified).")
    if not dossier.fields["title"].startswith(REMARK.sub("", study.title)):
        yield _line(study, "title", "is not that of the dossier. Copy it from there.")


def _author_problems(study: Study, dossier: Dossier) -> Iterator[str]:
    """Where only the first authors were read, the others are left out."""
    said = dossier.unread.get("authors")
    if said is None:
        return
    read = 2 if "first two" in said else int(said.startswith(("after the first", "later authors")))
    named = [author for author in study.authors if author != "et al."]
    if named[read:]:
        yield _line(study, "authors", f"{', '.join(named[read:])} {_fault('authors', dossier)}")


def _line(study: Study, field: str, fault: str) -> str:
    return f"{study.doc_id}.md, field {field}: {fault}"

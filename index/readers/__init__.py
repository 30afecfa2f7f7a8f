"""One file a format; ``read_corpus`` picks the reader by the ending of a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from index.documents import Document
from index.errors import UnreadableDocument
from index.readers.markdown import read_markdown
from index.trials import Trial, trials_from

READERS: dict[str, Callable[[Path], Document]] = {".md": read_markdown}
Reading = Document | str
"""What a file gave: a document, or why there is none."""
NOT_DOCUMENTS = {"README.md"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a corpus folder holds. ``problems`` has one line for each file that was left out."""

    documents: tuple[Document, ...]
    trials: tuple[Trial, ...]
    date: str | None
    problems: tuple[str, ...]


def read_corpus(folder: Path) -> Corpus:
    """Read every document of a folder, sorted by id; an unreadable file is named and left out."""
    files = corpus_files(folder)
    return corpus_of(folder, files, [read_file(path) for path in files])


def read_file(path: Path) -> Reading:
    """The document of a file, or one line that says why it cannot be read."""
    try:
        return READERS[path.suffix](path)
    except UnreadableDocument as error:
        return str(error)


def corpus_of(folder: Path, files: Sequence[Path], readings: Sequence[Reading]) -> Corpus:
    """The corpus of a folder whose files were read, here or elsewhere."""
    documents: dict[str, Document] = {}
    problems: list[str] = []
    for path, reading in zip(files, readings, strict=True):
        if isinstance(reading, str):
            problems.append(reading)
        elif reading.doc_id.lower() in documents:
            problems.append(f"{path.name}: the id stands twice in the corpus. Rename one file.")
        else:
            documents[reading.doc_id.lower()] = reading
    problems += _repeated_names(documents)
    trials = trials_from(folder / "trials.yaml", known=[d.doc_id for d in documents.values()])
    in_order = tuple(documents[doc_id] for doc_id in sorted(documents))
    return Corpus(in_order, trials, corpus_date(folder), tuple(problems))


def corpus_files(folder: Path) -> list[Path]:
    """The files that are documents, sorted by name."""
    if not folder.is_dir():
        raise UnreadableDocument(
            f"{folder}: no such folder. Run in the folder of the project, or set BLINCITE_CORPUS."
        )
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in READERS and path.name not in NOT_DOCUMENTS and path.is_file()
    )


def corpus_date(folder: Path) -> str | None:
    """The date of corpus.yaml as YYYY-MM-DD, or None where there is no such file."""
    path = folder / "corpus.yaml"
    if not path.is_file():
        return None
    try:
        return str(yaml.safe_load(path.read_text(encoding="utf-8"))["date"])
    except (yaml.YAMLError, ValueError, TypeError, KeyError) as error:
        raise UnreadableDocument(
            f"{path.name}: no date can be read. Write a line such as date: 2026-11-22"
        ) from error


def _repeated_names(documents: dict[str, Document]) -> list[str]:
    """A short name stands for one document only: it is what a citation shows."""
    first: dict[str, str] = {}
    problems = []
    for document in documents.values():
        other = first.setdefault(document.study.short, document.doc_id)
        if other != document.doc_id:
            problems.append(
                f"{document.doc_id}.md: field short is {document.study.short!r}, as in {other}.md. "
                "Make the two differ."
            )
    return problems

"""What can go wrong while building or reading an index."""

from pathlib import Path


class IndexProblem(Exception):
    """Base of all errors of this package: one line that says what, where and the cure."""


class UnreadableDocument(IndexProblem):
    """A file of the corpus that cannot be read as a document."""


class NoIndex(IndexProblem):
    """There is no index to read, or it was built by another version or other models."""


def damaged(part: Path) -> NoIndex:
    """The error for a part of an index that is missing or cannot be read."""
    return NoIndex(f"{part}: damaged. Remove {part.parent} and build again: blincite index build")


class IndexBusy(IndexProblem):
    """Another process is building this index."""


class NoServer(IndexProblem):
    """The Chroma server that the settings name does not answer."""


class MissingWeights(IndexProblem):
    """The bundled weights are not installed, or are not the files this version was tested with."""

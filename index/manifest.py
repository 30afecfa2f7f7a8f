"""What built an index; written last, so an index without it is not an index."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from index.documents import Document
from index.errors import NoIndex, damaged
from index.trials import Trial

FORMAT = 5
"""Raised when what is stored changes; an index of another format is built anew."""
FILE = "manifest.json"
UNFINISHED = "unfinished.json"
"""The manifest of a generation that is being filled."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Models with their SHA-256, sizes and the hash of the corpus."""

    format: int
    corpus_sha256: str
    corpus_date: str | None
    embedder: str
    embedder_sha256: str | None
    terms_sha256: str
    """Of terms.yaml, whose tokens stand in the word index."""
    passage_size: int
    documents: int
    passages: int
    tokens_sha256: str | None
    """SHA-256 of what made the token vectors; None where there are none."""
    built: str
    """UTC, to the second."""
    collection: str | None = None
    """On a Chroma server; None where the vectors are in the folder of the generation."""

    def write(self, folder: Path, file: str = FILE) -> None:
        (folder / file).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    def same_content(self, other: "Manifest") -> bool:
        """Whether two describe the same index, whenever built, wherever its vectors are."""
        here = replace(self, built="", collection=None)
        return here == replace(other, built="", collection=None)

    @classmethod
    def read_unfinished(cls, folder: Path) -> "Manifest | None":
        """That of a generation which a build has begun to fill; None where there is none."""
        try:
            return cls.read(folder, UNFINISHED)
        except NoIndex:
            return None

    @classmethod
    def collection_of(cls, folder: Path) -> str | None:
        """The collection of a generation, finished or not."""
        for file in (FILE, UNFINISHED):
            try:
                return cls.read(folder, file).collection
            except NoIndex:
                continue
        return None

    @classmethod
    def read(cls, folder: Path, file: str = FILE) -> "Manifest":
        """NoIndex where there is none, or one of another format."""
        try:
            fields = json.loads((folder / file).read_text(encoding="utf-8"))
        except FileNotFoundError as missing:
            raise NoIndex(f"{folder}: no index. Build it: blincite index build") from missing
        except ValueError as broken:
            raise damaged(folder / file) from broken
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise NoIndex(
                f"{folder}: the index was built by another version of Blincite. "
                "Build it again: blincite index build"
            )
        try:
            return cls(**fields)
        except TypeError as broken:
            raise damaged(folder / file) from broken


def corpus_sha256(documents: Iterable[Document], trials: Iterable[Trial]) -> str:
    """One hash for all that is read of a corpus, whatever the order of its files."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.doc_id):
        digest.update(repr((document.study, document.text, document.sections)).encode())
    for trial in sorted(trials, key=lambda trial: trial.key):
        digest.update(repr(trial).encode())
    return digest.hexdigest()

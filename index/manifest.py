"""What built an index; written last, so an index without it is not an index."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from index.documents import Document
from index.errors import NoIndex, damaged
from index.trials import Trial

FORMAT = 2
"""Raised when what is stored changes; an index of another format is built anew."""
FILE = "manifest.json"


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
    built: str
    """UTC, to the second."""

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """NoIndex where there is none, or one of another format."""
        try:
            fields = json.loads((folder / FILE).read_text(encoding="utf-8"))
        except FileNotFoundError as missing:
            raise NoIndex(f"{folder}: no index. Build it: blincite index build") from missing
        except ValueError as broken:
            raise damaged(folder / FILE) from broken
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise NoIndex(
                f"{folder}: the index was built by another version of Blincite. "
                "Build it again: blincite index build"
            )
        try:
            return cls(**fields)
        except TypeError as broken:
            raise damaged(folder / FILE) from broken


def corpus_sha256(documents: Iterable[Document], trials: Iterable[Trial]) -> str:
    """One hash for all that is read of a corpus, whatever the order of its files."""
    digest = hashlib.sha256()
    for document in sorted(documents, key=lambda document: document.doc_id):
        digest.update(repr((document.study, document.text, document.sections)).encode())
    for trial in sorted(trials, key=lambda trial: trial.key):
        digest.update(repr(trial).encode())
    return digest.hexdigest()

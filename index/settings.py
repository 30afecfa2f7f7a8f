"""What a person may set about the index, as values that are passed down."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import IndexProblem


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """Where the corpus and the index are, and which embedder reads them."""

    corpus: Path = Path("docs_corpus")
    """Folder of documents; BLINCITE_CORPUS."""
    folder: Path = Path(".blincite/index")
    """Folder of the index; BLINCITE_INDEX."""
    embedder: str | None = None
    """Any sentence-transformers model by name or path; BLINCITE_EMBEDDER. None: the bundled one."""
    chroma: str | None = None
    """Address of a Chroma server, http://host:port; BLINCITE_CHROMA. None: within the folder."""
    passage_size: int = 700
    """Characters of a passage, exceeded only by a single longer sentence."""

    token_vectors: bool = True
    """Whether late interaction gets the vectors it needs; BLINCITE_TOKEN_VECTORS, on or off."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "IndexSettings":
        """The defaults, but for what the environment names."""
        given: dict[str, Any] = {
            "corpus": _path(environment.get("BLINCITE_CORPUS")),
            "folder": _path(environment.get("BLINCITE_INDEX")),
            "embedder": environment.get("BLINCITE_EMBEDDER") or None,
            "chroma": _address(environment.get("BLINCITE_CHROMA")),
        }
        if tokens := environment.get("BLINCITE_TOKEN_VECTORS"):
            given["token_vectors"] = _on_or_off("BLINCITE_TOKEN_VECTORS", tokens)
        return replace(cls(), **{name: value for name, value in given.items() if value is not None})


def _on_or_off(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise IndexProblem(f"{name} is {text!r}. It must be on or off.")
    return text == "on"


def _address(value: str | None) -> str | None:
    """A server as http://host:port; a mistyped one would be looked for in vain."""
    if not value:
        return None
    if not re.fullmatch(r"https?://[^/\s:]+(:\d{1,5})?/?", value):
        raise IndexProblem(
            f"BLINCITE_CHROMA is {value!r}. It must be an address such as http://127.0.0.1:8000."
        )
    return value.rstrip("/")


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser() if value else None

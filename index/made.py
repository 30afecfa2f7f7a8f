"""Vectors of a build that has not ended: a build that is killed does not make them again."""

import hashlib
import shutil
import zipfile
from pathlib import Path

import numpy as np

from index.embedder import Embedder
from index.shards import Vectors


class MadeVectors:
    """A folder with one file a finished shard, named after what the shard holds.

    Each embedder has a folder of its own: its vectors are no other's.
    """

    def __init__(self, folder: Path, embedder: Embedder) -> None:
        self._root = folder
        model = f"{embedder.name} {embedder.sha256}"
        self._folder = folder / hashlib.sha256(model.encode()).hexdigest()[:16]

    def save(self, made: Vectors) -> None:
        """Keep the vectors of one shard; saving it twice leaves one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        contents = sorted(made)
        name = hashlib.sha256("".join(contents).encode()).hexdigest()
        fresh = self._folder / f"{name}.new"
        with fresh.open("wb") as file:
            np.savez(file, contents=contents, vectors=np.stack([made[c] for c in contents]))
        fresh.replace(self._folder / f"{name}.npz")

    def read(self) -> Vectors:
        """All that were saved. A file that a power cut has damaged is left out: made anew."""
        made: Vectors = {}
        for path in sorted(self._folder.glob("*.npz")):
            try:
                with np.load(path) as shard:
                    contents, vectors = shard["contents"].tolist(), shard["vectors"]
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                continue
            made |= zip(contents, vectors, strict=True)
        return made

    def clear(self) -> None:
        """Remove all: the index holds them now."""
        shutil.rmtree(self._root, ignore_errors=True)

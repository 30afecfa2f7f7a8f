"""What a build that has not ended has made: a build that is killed does not make it again."""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Made:
    """A folder with one file a finished shard, named after what the shard holds.

    Each maker, a model or what else makes arrays of texts, has a folder of its own.
    """

    def __init__(self, folder: Path, maker: str) -> None:
        self._root = folder
        self._folder = folder / hashlib.sha256(maker.encode()).hexdigest()[:16]

    def save(self, made: Mapping[str, Array]) -> None:
        """Keep the arrays of one shard, which differ in length only; twice leaves one."""
        self._folder.mkdir(parents=True, exist_ok=True)
        keys = sorted(made)
        name = hashlib.sha256("".join(keys).encode()).hexdigest()
        fresh = self._folder / f"{name}.new"
        arrays = [made[key] for key in keys]
        with fresh.open("wb") as file:
            np.savez(file, keys=keys, lengths=[*map(len, arrays)], rows=np.concatenate(arrays))
        fresh.replace(self._folder / f"{name}.npz")

    def __iter__(self) -> Iterator[tuple[str, Array]]:
        """All that was saved, one file after the other.

        A file that a power cut has damaged is left out: made anew.
        """
        for path in sorted(self._folder.glob("*.npz")):
            try:
                with np.load(path) as shard:
                    keys, lengths, rows = shard["keys"].tolist(), shard["lengths"], shard["rows"]
            except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
                continue
            yield from zip(keys, np.split(rows, np.cumsum(lengths)[:-1]), strict=True)

    def clear(self) -> None:
        """Remove all, of every maker: the index holds it now."""
        shutil.rmtree(self._root, ignore_errors=True)

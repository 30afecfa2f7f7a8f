"""The vectors of all passages by their number, in one file that is mapped from disk."""

from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import damaged

FILE = "vectors.npy"
SAMPLE = 2_000
"""Rows that stand for all where all are too many."""

Rows = NDArray[np.float32]


class PassageVectors:
    """One row a passage, as half floats: they are for comparing, the exact ones are elsewhere."""

    def __init__(self, rows: NDArray[np.float16]) -> None:
        self._rows = rows

    @classmethod
    def load(cls, folder: Path) -> "PassageVectors":
        try:
            return cls(np.load(folder / FILE, mmap_mode="r"))
        except (OSError, ValueError, EOFError) as broken:
            raise damaged(folder / FILE) from broken

    def __len__(self) -> int:
        return len(self._rows)

    @cached_property
    def all(self) -> Rows:
        """Every row; stays in memory."""
        return self._rows.astype(np.float32)

    @cached_property
    def sample(self) -> Rows:
        """The same rows at even distances each time; all where there are few."""
        step = -(-len(self) // SAMPLE)
        return self._rows[:: max(1, step)].astype(np.float32)

    def at(self, numbers: NDArray[np.int64]) -> Rows:
        return self._rows[numbers].astype(np.float32)


def write(folder: Path, vectors: Iterable[NDArray[np.float32]], count: int) -> None:
    """Store one vector a passage, in the order of their numbers; at least one."""
    vectors = iter(vectors)
    first = next(vectors)
    rows = np.lib.format.open_memmap(
        folder / FILE, mode="w+", dtype=np.float16, shape=(count, len(first))
    )
    for number, vector in enumerate(chain([first], vectors)):
        rows[number] = vector
    rows.flush()

"""The token vectors of all passages, in one file that is mapped from disk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import damaged
from index.token_rows import Rows
from index.unit_vectors import unit_rows

FOLDER = "tokens"
ROWS, STARTS, KEYS, HOLDERS = "rows.npy", "starts.npy", "keys.npy", "holders.npy"

Keyed = Iterable[tuple[str, Rows]]
"""The rows of texts by the key of each; can be gone through more than once."""


class TokenVectors:
    """Rows by the number of the passage: some 80 of 129 bytes for 700 characters."""

    def __init__(
        self,
        rows: Rows,
        starts: NDArray[np.int64],
        keys: NDArray[np.uint8],
        holders: NDArray[np.int32],
    ) -> None:
        self._rows = rows
        self._starts = starts
        self._keys = keys
        self.holders = holders
        """By the id of a token, how many passages hold it."""

    @classmethod
    def load(cls, generation: Path) -> "TokenVectors":
        """NoIndex where they are damaged, or the index has none."""
        folder = generation / FOLDER
        try:
            rows, starts, keys, holders = (
                np.load(folder / name, mmap_mode="r") for name in (ROWS, STARTS, KEYS, HOLDERS)
            )
        except (OSError, ValueError, EOFError) as broken:
            raise damaged(folder) from broken
        if len(starts) != len(keys) + 1 or starts[-1] != len(rows):
            raise damaged(folder)
        return cls(rows, starts, keys, holders)

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self._keys)

    def __iter__(self) -> Iterator[tuple[str, Rows]]:
        """The key of each passage with its rows."""
        for number, key in enumerate(self._keys):
            yield key.tobytes().hex(), self._of(number)

    def known(self) -> frozenset[str]:
        return frozenset(key.tobytes().hex() for key in self._keys)

    def at(
        self, numbers: Iterable[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.int8], NDArray[np.int64]]:
        """Unit vectors of these passages one below the other, the part of each, and the counts."""
        found = [self._of(number) for number in numbers]
        rows = np.concatenate(found)
        counts = np.array([len(one) for one in found], dtype=np.int64)
        return unit_rows(rows[:, 1:].astype(np.float32)), rows[:, 0], counts

    def _of(self, number: int) -> Rows:
        return self._rows[self._starts[number] : self._starts[number + 1]]


def write(
    generation: Path, keys: Sequence[str], holders: NDArray[np.int32], sources: Sequence[Keyed]
) -> None:
    """Store the rows of each passage in order, from wherever they are; little is held in memory.

    ``keys`` has one for each passage.
    """
    folder = generation / FOLDER
    folder.mkdir()
    counts = {key: len(rows) for source in sources for key, rows in source}
    starts = np.cumsum([0, *(counts[key] for key in keys)], dtype=np.int64)
    np.save(folder / STARTS, starts)
    np.save(folder / KEYS, np.array([list(bytes.fromhex(key)) for key in keys], dtype=np.uint8))
    np.save(folder / HOLDERS, holders)
    _copy(folder / ROWS, keys, starts, sources)


def _copy(
    file: Path, keys: Sequence[str], starts: NDArray[np.int64], sources: Sequence[Keyed]
) -> None:
    numbers = defaultdict(list)
    for number, key in enumerate(keys):
        numbers[key].append(number)
    width = next(rows.shape[1] for source in sources for _, rows in source)
    kept = np.lib.format.open_memmap(file, "w+", dtype=np.int8, shape=(int(starts[-1]), width))
    for source in sources:
        for key, rows in source:
            for number in numbers.pop(key, ()):
                kept[starts[number] : starts[number + 1]] = rows
    kept.flush()

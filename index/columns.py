"""What filters ask of each document, as arrays."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Row = Sequence[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """What filters ask: one entry a document, and for each passage which document it is of."""

    kinds: NDArray[np.str_]
    years: NDArray[np.float64]
    """NaN where a study has none, …"""
    randomised: NDArray[np.float64]
    """… or does not say: NaN equals nothing."""
    age_groups: tuple[frozenset[str], ...]
    document_of: NDArray[np.int32]
    """By the number of the passage, the position of its document in the other columns."""

    @classmethod
    def of(cls, answers: Sequence[Row], spans: Iterable[Row]) -> "Columns":
        """From rows of documents, sorted by id, and of where the passages of each stand.

        ``answers``: id, kind, year, whether randomised, age groups as JSON.
        ``spans``: id, number of the first passage, how many there are.
        """
        return cls(
            kinds=np.array([kind for _, kind, _, _, _ in answers], dtype=np.str_),
            years=np.array([year for _, _, year, _, _ in answers], dtype=np.float64),
            randomised=np.array([said for _, _, _, said, _ in answers], dtype=np.float64),
            age_groups=_age_groups(groups for _, _, _, _, groups in answers),
            document_of=_document_of(spans, [doc_id for doc_id, _, _, _, _ in answers]),
        )


def _age_groups(listed: Iterable[str]) -> tuple[frozenset[str], ...]:
    """There are few different ones: each is held once."""
    read: dict[str, frozenset[str]] = {}
    return tuple(read.setdefault(one, frozenset(json.loads(one))) for one in listed)


def _document_of(spans: Iterable[Row], doc_ids: Sequence[str]) -> NDArray[np.int32]:
    """By number of passage; passages are numbered document by document."""
    positions = {doc_id: position for position, doc_id in enumerate(doc_ids)}
    in_order = sorted((first, count, positions[doc_id]) for doc_id, first, count in spans)
    documents = np.array([position for _, _, position in in_order], dtype=np.int32)
    counts = np.array([count for _, count, _ in in_order], dtype=np.int64)
    return np.repeat(documents, counts)

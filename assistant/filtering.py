"""Which passages a search may find."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Filters
from index.catalogue import Catalogue
from index.columns import Columns

Numbers = NDArray[np.int64]
REMEMBERED = 16
"""Filters whose passages are kept: a filter is set once and asked under several times."""


class PassageFilter:
    """Numbers of the passages that filters let through; those of the last filters are kept."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.numbers = lru_cache(REMEMBERED)(self._numbers)

    def _numbers(self, filters: Filters | None, within: frozenset[str] | None) -> Numbers | None:
        """Ascending; None where every passage may be found. ``within`` names documents."""
        inside = None if within is None else self._catalogue.numbers_in(within)
        if not filters:
            return inside
        columns = self._catalogue.columns()
        passing = let_through(columns, filters)[columns.document_of]
        return np.flatnonzero(passing) if inside is None else inside[passing[inside]]


def let_through(columns: Columns, filters: Filters) -> NDArray[np.bool_]:
    """Whether each document passes. A study without a year passes no limit of years."""
    passing = np.ones(len(columns.kinds), dtype=np.bool_)
    if filters.designs:
        passing &= np.isin(columns.kinds, filters.designs)
    if filters.populations:
        asked = frozenset(filters.populations)
        passing &= np.array([not asked.isdisjoint(groups) for groups in columns.age_groups])
    if filters.year_from is not None:
        passing &= columns.years >= filters.year_from
    if filters.year_to is not None:
        passing &= columns.years <= filters.year_to
    if filters.randomised is not None:
        passing &= columns.randomised == filters.randomised
    return passing

"""The key of each value of a sentence: the measure, the time point and the arm that it is of."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.keys.arms import arms_of
from index.keys.measures import measures_of
from index.keys.mentions import measures_in
from index.keys.parts import Part
from index.keys.reading import Reading
from index.keys.timepoints import time_points_in
from index.keys.times import times_of_values


@dataclass(frozen=True, slots=True)
class Key:
    measure: str | None
    time: str | None
    arm: str | None


def keys_of(even: str, parts: Sequence[Part]) -> tuple[Key, ...]:
    """One key for each part; ``even`` is the sentence with plain dashes and spaces."""
    reading = Reading(even, parts, measures_in(even), list(time_points_in(even)))
    keys = zip(measures_of(reading), times_of_values(reading), arms_of(reading), strict=True)
    return tuple(Key(*key) for key in keys)

"""Repeated timings: the median with the lowest and the highest."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True, slots=True)
class Spread:
    """What several rounds gave."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(median(values), min(values), max(values))

    def __format__(self, spec: str) -> str:
        """``12.3 (11.9–13.0)``; ``spec`` is that of each number."""
        return f"{self.median:{spec}} ({self.low:{spec}}–{self.high:{spec}})"


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """p50 and p95; of a single value, the value twice."""
    if len(values) < 2:
        return values[0], values[0]
    cuts = quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]

"""The weight of a patient, and the weights that a sentence is for: doses go by bands of weight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

_KG = r"(\d+(?:\.\d+)?) ?-?(?:kg|kilos?|kilograms?)\b"
_UP_TO = r"(?:below|under|less than|lighter than|up to|at most|no more than|<=?|≤)"
_FROM = r"(?:at least|from|above|over|more than|heavier than|not less than|no less than|>=?|≥)"
_BAND = re.compile(
    rf"(?P<up_to>{_UP_TO})\s*(?:a weight of )?{_KG}"
    rf"|(?P<from>{_FROM})\s*(?:a weight of )?{_KG}"
    rf"|{_KG}\s+(?:(?P<more>(?:or|and) (?:more|over|above|heavier))"
    r"|(?P<less>(?:or|and) (?:less|under|below|lighter)))",
    re.IGNORECASE,
)
_WEIGHT = re.compile(rf"(?<![\d.-]){_KG}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Band:
    """Weights from ``least`` to ``most`` kg; a limit belongs to both of its sides."""

    least: float
    most: float

    def holds(self, weight: float) -> bool:
        return self.least <= weight <= self.most


def patient_weights(question: str) -> frozenset[float]:
    """The weights in kg of the patients that a question tells of; limits are none."""
    without_bands = _BAND.sub(" ", question)
    return frozenset(float(match[1]) for match in _WEIGHT.finditer(without_bands))


def is_for_weight(sentence: str, weights: frozenset[float]) -> bool:
    """False where a sentence names bands of weight and none of them holds one of ``weights``."""
    bands = list(_bands_in(sentence))
    if not bands or not weights:
        return True
    return any(band.holds(weight) for band in bands for weight in weights)


def _bands_in(text: str) -> Iterator[Band]:
    for match in _BAND.finditer(text):
        limit = float(next(figure for figure in match.groups() if _is_number(figure)))
        upward = match["from"] or match["more"]
        yield Band(limit, inf) if upward else Band(0.0, limit)


def _is_number(text: str | None) -> bool:
    return bool(text) and text[0].isdigit()  # type: ignore[index]

"""The weight of a patient, and the weights that a sentence is for: doses go by bands of weight."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

_UNIT = r" ?-?(?:kg|kilos?|kilograms?)\b"
_NUMBER = r"\d+(?:\.\d+)?"
_UP_TO = r"(?:below|under|less than|lighter than|up to|at most|no more than|<=?|≤)"
_FROM = r"(?:at least|from|above|over|more than|heavier than|not less than|no less than|>=?|≥)"
_BAND = re.compile(
    rf"{_UP_TO}\s*(?:a weight of )?(?P<below>{_NUMBER}){_UNIT}"
    rf"|{_FROM}\s*(?:a weight of )?(?P<above>{_NUMBER}){_UNIT}"
    rf"|(?P<or_more>{_NUMBER}){_UNIT}\s+(?:or|and) (?:more|over|above|heavier)"
    rf"|(?P<or_less>{_NUMBER}){_UNIT}\s+(?:or|and) (?:less|under|below|lighter)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(rf"(?<![\d.-])({_NUMBER}){_UNIT}", re.IGNORECASE)


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
    if not weights:
        return True
    bands = list(_bands_in(sentence))
    return not bands or any(band.holds(weight) for band in bands for weight in weights)


def _bands_in(text: str) -> Iterator[Band]:
    for match in _BAND.finditer(text):
        least, most = match["above"] or match["or_more"], match["below"] or match["or_less"]
        yield Band(float(least), inf) if least else Band(0.0, float(most))

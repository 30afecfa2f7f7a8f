"""Numbers that are written in words, from zero to ninety-nine."""

import re

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {word: n for n, word in enumerate(("zero", *_UNITS, *_TEENS))}
_ROUND = {word: 10 * n for n, word in enumerate(_TENS, start=2)}
WORDS = tuple(sorted((*_SMALL, *_ROUND), key=len, reverse=True))
"""Each single word, longer ones first, as a pattern needs them."""
PATTERN = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS)}))?|(?:{'|'.join(_SMALL)}))"
"""To be put between word boundaries, and matched whatever the case."""
_SPELLED = re.compile(rf"\b{PATTERN}\b", re.IGNORECASE)


def digits(word: str) -> str:
    """``93`` for "ninety-three"; what is no number in words stays as it is."""
    if not _SPELLED.fullmatch(word):
        return word
    parts = re.split("[- ]", word.lower())
    return str(sum(_ROUND.get(part, 0) + _SMALL.get(part, 0) for part in parts))

"""The sides of a comparison, each as a question of its own."""

import re

from assistant.question import QuestionReader, Reading

_BETWEEN = re.compile(
    r"\s*(?:,|;)?\s*\b(?:vs\.?|versus|v|against|compared (?:with|to)|and how about)\s+",
    re.IGNORECASE,
)


def sides(reading: Reading, reader: QuestionReader) -> list[Reading]:
    """One reading for each thing compared; none where nothing is.

    Where two or more trials are named, each side is the question with that trial alone. Otherwise
    the question is cut at its "versus", and each half keeps the measures and time points of the
    whole.
    """
    if len(reading.names) > 1:
        return [reader.read(_with_only(reading, number)) for number in range(len(reading.names))]
    halves = _BETWEEN.split(reading.expanded)
    if not reading.compares or len(halves) != 2 or reading.of_kind("arm"):
        return []
    read = [reader.read(half) for half in halves]
    return [reader.read(f"{half.text} {_shared(reading, half)}") for half in read]


def _with_only(reading: Reading, kept: int) -> str:
    text = reading.expanded
    for number, name in enumerate(reading.names):
        if number != kept:
            text = text.replace(name.typed, " ")
    return " ".join(_BETWEEN.sub(" ", text).split())


def _shared(reading: Reading, half: Reading) -> str:
    """What the whole question asks and a half says nothing of: its time, measure, patients …"""
    wanted = [] if half.times else sorted(reading.times)
    for kind in dict.fromkeys(term.kind for term in reading.terms):
        wanted += [] if half.of_kind(kind) else reading.of_kind(kind)
    return " ".join(wanted)

"""A sentence of a text, worded as a source would word it."""

import re
from collections.abc import Sequence
from functools import cache, partial
from typing import Protocol

from assistant.claims.text import cues, pattern_of
from assistant.question import Reading
from index.figures import has_figure
from index.terms import terms_in

ANTIBODY = "mab"
"""The stem by which the name of a monoclonal antibody is known."""
_OF_IT = re.compile(r" (?:group|arm|side|cohort|infusion|cycles?|courses?|recipients|patients)\b")


class Reader(Protocol):
    def read(self, question: str) -> Reading: ...


def as_a_source_would(text: str, drugs: Sequence[str], reader: Reader) -> tuple[str, str]:
    """The sentence in plain terms, and what was left out as telling only where it comes from.

    ``drugs`` are those that the text has named before, the last one last.
    """
    return _without_frames(_with_drug(_in_plain_terms(text, reader), drugs), reader)


def _in_plain_terms(text: str, reader: Reader) -> str:
    """A sentence as a source would put it: a median for "half were alive after", a bare name."""
    for spoken, printed in cues()["told_plainly"]:
        text = re.sub(spoken, printed, text, flags=re.IGNORECASE)
    passing = re.search(cues()["passing"], text, re.IGNORECASE)
    if passing and reader.read(passing[1]).names:
        text = text[: passing.start()] + passing[1] + text[passing.end() :]
    return text


def _without_frames(text: str, reader: Reader) -> tuple[str, str]:
    """A sentence without what says where it comes from or stands; and what was left out.

    ``According to X, …`` and ``Results: …``; a frame that holds a figure is part of what is said.
    """
    left = []
    for frame in _frames():
        found = frame.search(text)
        if found and not has_figure(found[0]) and _tells_who(found[0], reader):
            left.append(found[0])
            text = text[: found.start()] + text[found.end() :]
    return text[:1].upper() + text[1:], " ".join(left)


def _tells_who(frame: str, reader: Reader) -> bool:
    return bool(pattern_of("speakers").search(frame) or reader.read(frame).names)


@cache
def _frames() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(frame, re.IGNORECASE) for frame in cues()["frames"])


def _with_drug(text: str, drugs: Sequence[str]) -> str:
    """The sentence with ``the antibody`` or ``the drug`` called by the name used before."""
    here = drugs_of(text)
    for kind, own, named in (
        ("antibody", _antibodies(here), _antibodies(drugs)),
        ("drug", here, drugs),
    ):
        if named and not own:
            text = pattern_of(kind).sub(partial(_named, drug=named[-1]), text, count=1)
    return text[:1].upper() + text[1:]


def _antibodies(drugs: Sequence[str]) -> list[str]:
    return [drug for drug in drugs if drug.split()[0].endswith(ANTIBODY)]


def _named(match: re.Match[str], drug: str) -> str:
    """``the antibody`` by name, ``the antibody group`` as ``the blinatumomab group``."""
    return f"the {drug}" if _OF_IT.match(match.string, match.end()) else drug


def drugs_of(text: str) -> list[str]:
    """The drugs that a text names, in order."""
    return [term.name for term in terms_in(text) if term.kind == "drug"]

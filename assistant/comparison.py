"""The sides of a comparison, each as a question of its own."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from assistant.question import MEASURES, QuestionReader, Reading
from index.terms import mentions_in, terms_in

_AGAINST = r"(?:vs\b\.?|(?:versus|v|against|compared (?:with|to))\b)"
_VERSUS = re.compile(rf"\b{_AGAINST}", re.IGNORECASE)
_JOINT = re.compile(
    rf"\s*(?:[,;:](?: (?:and|or|but)\b)?|\b(?:(?:and|or|but|while)\b|{_AGAINST}))\s+",
    re.IGNORECASE,
)
"""Where one clause of a comparison ends and the next begins."""
CONTRASTED = ("drug", "population", "genetics", "setting", "place")
"""Kinds of term of which two make a comparison where the question says "versus"."""
OWN = MEASURES | {"drug", "arm", "setting", "genetics", "population", "place"}
"""Kinds of term of a shared clause that give way to those of a side's own clause."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause cut at what it compares: ``thing`` is empty where it is on all sides."""

    before: str
    thing: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before} {self.thing} {self.after}"


def sides(reading: Reading, reader: QuestionReader) -> list[Reading]:
    """One reading for each thing compared; none where nothing is.

    Where two or more trials are named, these are the sides; otherwise, where the question
    compares, terms of one kind in different clauses. Each side is the question without the
    clauses on the others.
    """
    clauses = _clauses(reading.expanded)
    if len(reading.names) > 1:
        typed = sorted((name.typed for name in reading.names), key=len, reverse=True)
        return _read(reader, [_cut_at_name(clause, typed) for clause in clauses])
    if not reading.compares or reading.of_kind("arm"):
        return []
    for kind in CONTRASTED:
        cut = _cut_at_terms(clauses, kind)
        if sum(bool(clause.thing) for clause in cut) > 1:
            return _read(reader, cut)
    # "against" a trial that is named is a part of the question, not a side.
    return [] if reading.names else _read(reader, _cut_at_versus(reading.expanded))


def possible_sides(reading: Reading, reader: QuestionReader) -> Iterator[list[Reading]]:
    """Ways to part a question that may compare things it describes; which, the evidence tells.

    Things are clauses next to each other that each say whom they are on; what stands around them
    is on all of them.
    """
    clauses = [reader.read(clause) for clause in _clauses(reading.expanded)]
    for first, last in _runs([_says_whom(clause) for clause in clauses]):
        before = [clause.text for clause in clauses[:first]]
        after = [clause.text for clause in clauses[last:]]
        topics = [] if before or after else _topics(clauses)
        things = (_with_topic(clause, topics) for clause in clauses[first:last])
        texts = [" ".join([*before, thing, *after]) for thing in things]
        yield [_for_figures(reader.read(text)) for text in texts]


def _runs(whom: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where runs of things begin and end: the longest first, then each pair within it."""
    start = 0
    for says, group in groupby(whom):
        length = len(list(group))
        if says and length > 1:
            yield start, start + length
            if length > 2:
                yield from ((at, at + 2) for at in range(start, start + length - 1))
        start += length


def _says_whom(reading: Reading) -> bool:
    return bool(reading.names or reading.numbers or reading.of_kind(*CONTRASTED))


def _topics(readings: Sequence[Reading]) -> list[str]:
    """What is asked of the first thing that says what is asked: its measures and time points."""
    topics = ([*one.measures, *sorted(one.times)] for one in readings if one.measures)
    return next(topics, [])


def _with_topic(thing: Reading, topics: Sequence[str]) -> str:
    return thing.text if not topics or thing.measures else f"{', '.join(topics)} {thing.text}"


def _clauses(text: str) -> list[str]:
    cuts = [0, *(match.end() for match in _JOINT.finditer(text)), len(text)]
    pieces = [_JOINT.sub(" ", f"{text[start:end]} ").strip() for start, end in pairwise(cuts)]
    return [piece for piece in pieces if piece]


def _cut_at_name(clause: str, typed: Sequence[str]) -> _Clause:
    """``typed`` come longest first, so that a name inside a longer one does not count."""
    for name in typed:
        if name in clause:
            before, _, after = clause.partition(name)
            return _Clause(before, name, after)
    return _Clause(clause, "", "")


def _cut_at_terms(clauses: Sequence[str], kind: str) -> list[_Clause]:
    """Each clause cut at its first term of this kind that no other clause names."""
    named = Counter(term.name for clause in clauses for term in terms_in(clause))
    return [_cut_at_term(clause, kind, named) for clause in clauses]


def _cut_at_term(clause: str, kind: str, named: Counter[str]) -> _Clause:
    for mention in mentions_in(clause):
        if mention.term.kind == kind and named[mention.term.name] == 1:
            start, end = mention.start, mention.end
            return _Clause(clause[:start], clause[start:end], clause[end:])
    return _Clause(clause, "", "")


def _cut_at_versus(text: str) -> list[_Clause]:
    """The clauses next to a "versus" are the things, where there is one; otherwise nothing is."""
    halves = _VERSUS.split(text)
    if len(halves) != 2:
        return []
    before, after = (_clauses(half) for half in halves)
    things = {before[-1], after[0]} if before and after else set()
    return [
        _Clause("", clause, "") if clause in things else _Clause(clause, "", "")
        for clause in (*before, *after)
    ]


def _read(reader: QuestionReader, clauses: Sequence[_Clause]) -> list[Reading]:
    things = dict.fromkeys(clause.thing for clause in clauses if clause.thing)
    return [_for_figures(reader.read(_side(clauses, thing))) for thing in things]


def _for_figures(side: Reading) -> Reading:
    """Results are compared by their figures, whether or not the question says "rate"."""
    wants = side.wants_figure or bool(side.of_kind("response", "safety"))
    return replace(side, wants_figure=wants)


def _side(clauses: Sequence[_Clause], thing: str) -> str:
    """The clauses on one thing and on none, with what the outer ones say of all.

    What stands before the first thing and after the last one of a pair belongs to every side.
    """
    naming = [number for number, clause in enumerate(clauses) if clause.thing]
    own = " ".join(clause.text for clause in clauses if clause.thing == thing)
    kept = []
    for number, clause in enumerate(clauses):
        if clause.thing in (thing, ""):
            kept.append(clause.text)
        elif number == naming[0]:
            kept.append(_shared(clause.before, own))
        elif number == naming[-1] and len(naming) == 2:
            kept.append(_shared(clause.after, own))
    return " ".join(" ".join(kept).split())


def _shared(text: str, own: str) -> str:
    """The text without terms of a kind that a side names itself, and without a place."""
    kinds = OWN & {"place", *(term.kind for term in terms_in(own))}
    for mention in reversed(list(mentions_in(text))):
        if mention.term.kind in kinds:
            text = text[: mention.start] + text[mention.end :]
    return text

"""One number per quote, stable over the turns of a conversation."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answer import Answer, Evidence

Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A piece of evidence under the number that the reader sees."""

    number: int
    evidence: Evidence

    @property
    def name(self) -> str:
        return f"Evidence {self.number}, {self.evidence.study.short}"


@dataclass(frozen=True, slots=True)
class Numbering:
    """The numbers of a conversation: by key for each turn, and all of them in order."""

    turns: tuple[Mapping[str, Numbered], ...]
    cards: tuple[Numbered, ...]


def number(answers: Iterable[Answer | None]) -> Numbering:
    """Number the evidence of ``answers``, oldest first.

    A number is the digits of the evidence key, counted on from the turns before; a quote that was
    shown before keeps the number it had.
    """
    known: dict[Place, Numbered] = {}
    turns: list[Mapping[str, Numbered]] = []
    for answer in answers:
        highest = max((card.number for card in known.values()), default=0)
        shown = {} if answer is None else _number_turn(answer, known, after=highest)
        turns.append(shown)
    cards = sorted(known.values(), key=lambda card: card.number)
    return Numbering(tuple(turns), tuple(cards))


def _number_turn(
    answer: Answer, known: dict[Place, Numbered], *, after: int
) -> Mapping[str, Numbered]:
    shown: dict[str, Numbered] = {}
    taken = {card.number for card in known.values()}
    for piece in _pieces(answer):
        place = (piece.doc_id, piece.start, piece.end)
        if place not in known:
            wanted = after + _digits(piece.key)
            free = wanted if wanted > after and wanted not in taken else max(taken, default=0) + 1
            known[place] = Numbered(free, piece)
            taken.add(free)
        shown[piece.key] = known[place]
    return shown


def _pieces(answer: Answer) -> tuple[Evidence, ...]:
    nearest = () if answer.nearest is None else (answer.nearest,)
    return (*answer.evidence, *nearest, *(answer.against or ()))


def _digits(key: str) -> int:
    found = re.search(r"\d+", key)
    return int(found.group()) if found else 0

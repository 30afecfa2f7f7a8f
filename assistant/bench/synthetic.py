"""Invented corpora of any size, made from the words and the structure of a real one.

Each document is a varied copy of a real one: the same sections and sentences, but of its ordinary
words every third is another word of the corpus, drawn as often as the corpus uses it, its figures
are others, and its name and number are its own. What filters ask of it is as in the real one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, count

import numpy as np
from numpy.typing import NDArray

from index.documents import Document, Section, Study
from index.passages import Passage, passages_of
from index.token_rows import Rows, as_rows
from index.unit_vectors import unit_rows

Vectors = NDArray[np.float32]
_PIECE = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_ORDINARY = re.compile(r"[a-z]{4,}")
CHANGED = 1 / 3
"""Share of the ordinary words that are replaced."""
COSINE = 0.85
"""Of a sampled vector to the real one it was sampled around: as near as neighbours are."""


@dataclass(frozen=True, slots=True)
class Synthetic:
    """An invented document with its passages, and the real document that it is made from."""

    document: Document
    passages: tuple[Passage, ...]
    original: int


class Inventor:
    """Makes documents from those of a corpus; document ``number`` is always the same."""

    def __init__(self, documents: Sequence[Document], passage_size: int, seed: int = 0) -> None:
        self._originals = [_Original.of(document) for document in documents]
        self._passage_size = passage_size
        self._seed = seed
        words = Counter(word for one in self._originals for word in one.ordinary_words())
        self._words = np.array(sorted(words), dtype=np.object_)
        often = np.array([words[word] for word in self._words], dtype=np.float64)
        self._up_to = np.cumsum(often) / often.sum()

    def documents(self, passages: int) -> Iterator[Synthetic]:
        """Whole documents until they have so many passages, or a few more."""
        found = 0
        for number in count():
            if found >= passages:
                return
            made = self._document(number)
            found += len(made.passages)
            yield made

    def _document(self, number: int) -> Synthetic:
        original = number % len(self._originals)
        chance = np.random.default_rng([self._seed, number])
        document = self._varied(self._originals[original], number, chance)
        return Synthetic(document, tuple(passages_of(document, self._passage_size)), original)

    def _varied(self, original: "_Original", number: int, chance: np.random.Generator) -> Document:
        pieces = list(original.pieces)
        words = original.ordinary[chance.random(len(original.ordinary)) < CHANGED]
        drawn = np.searchsorted(self._up_to, chance.random(len(words)), side="right")
        for place, word in zip(words, self._words[drawn], strict=True):
            pieces[place] = word
        for place, share in zip(
            original.figures, chance.random(len(original.figures)), strict=True
        ):
            pieces[place] = _other_number(pieces[place], share)
        return original.with_pieces(pieces, number)


@dataclass(frozen=True, slots=True, eq=False)
class _Original:
    """A real document, cut into words, numbers and what is between them."""

    document: Document
    pieces: tuple[str, ...]
    bounds: tuple[tuple[int, int], ...]
    """The first piece of each section, and the one after its last."""
    ordinary: NDArray[np.int64]
    figures: tuple[int, ...]

    @classmethod
    def of(cls, document: Document) -> "_Original":
        pieces: list[str] = []
        bounds: list[tuple[int, int]] = []
        end = 0
        for section in document.sections:
            pieces += _PIECE.findall(document.text[end : section.start])
            first = len(pieces)
            pieces += _PIECE.findall(document.text[section.start : section.end])
            bounds.append((first, len(pieces)))
            end = section.end
        pieces += _PIECE.findall(document.text[end:])
        inside = [place for first, last in bounds for place in range(first, last)]
        ordinary = [place for place in inside if _ORDINARY.fullmatch(pieces[place])]
        figures = tuple(place for place in inside if pieces[place].isdecimal())
        return cls(
            document, tuple(pieces), tuple(bounds), np.array(ordinary, dtype=np.int64), figures
        )

    def ordinary_words(self) -> Iterator[str]:
        return (self.pieces[place] for place in self.ordinary)

    def with_pieces(self, pieces: Sequence[str], number: int) -> Document:
        starts = [0, *accumulate(map(len, pieces))]
        sections = tuple(
            Section(section.heading, starts[first], starts[last])
            for section, (first, last) in zip(self.document.sections, self.bounds, strict=True)
        )
        return Document(_renamed(self.document.study, number), "".join(pieces), sections)


def _renamed(study: Study, number: int) -> Study:
    """A study of its own: what it is called and numbered is of no other."""
    register = f"NCT9{number:07}"
    return replace(
        study,
        doc_id=f"synthetic-{number:07}",
        short=f"{study.short} {register}",
        nct=(register,),
        doi=None,
        pmid=None,
        pmcid=None,
        trial=None,
        links=(),
    )


def _other_number(digits: str, chance: float) -> str:
    """Another number with as many digits; ``chance`` is from 0 to 1."""
    lowest = 10 ** (len(digits) - 1)
    return str(int(lowest + chance * 9 * lowest))


def around(vectors: Vectors, seed: int) -> Vectors:
    """For each of these unit vectors another one, at ``COSINE`` to it, in a direction by chance."""
    noise = np.random.default_rng(seed).standard_normal(vectors.shape, dtype=np.float32)
    noise -= (noise * vectors).sum(axis=1, keepdims=True) * vectors
    noise /= np.linalg.norm(noise, axis=1, keepdims=True)
    sampled: Vectors = np.float32(COSINE) * vectors + np.float32((1 - COSINE**2) ** 0.5) * noise
    return sampled


def rows_around(rows: Rows, seed: int) -> Rows:
    """The same for token rows: those of the same parts."""
    vectors = unit_rows(rows[:, 1:].astype(np.float32))
    return as_rows(rows[:, 0].astype(np.int_), around(vectors, seed))

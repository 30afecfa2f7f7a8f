"""The words of the corpus: which words of a question does no document hold?"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.terms import terms
from index.vocabulary import WORD, words

_SHORTEST = 5
"""Shorter words in small letters are passed over: they are function words or chat shorthand."""
_MISSPELT = 7
"""Letters from which a word at one typing error from an everyday one is taken for that."""


class Vocabulary:
    """Tells words that belong to another field from typing errors and from plain English.

    A word is foreign when no document and no term holds it, nothing spelled almost like it does,
    and a tokenizer for English has to cut it in pieces: specialised words and names, not everyday
    ones. ``english`` are words that the tokenizer knows whole.
    """

    def __init__(
        self,
        texts: Iterable[str],
        pieces: Callable[[str], Sequence[str]],
        english: Iterable[str] = (),
    ) -> None:
        forms = (form for term in terms() for form in (term.name, *term.forms))
        spelled = {word.lower() for text in [*texts, *forms] for word in words(text)}
        self._stems = {stem(word) for word in spelled}
        self._spelled = sorted(spelled)
        self._pieces = pieces
        self._english = sorted(english)

    def foreign(self, question: str) -> list[str]:
        """The foreign words of a question, in order."""
        unknown = [word for word in dict.fromkeys(words(question)) if self._is_unknown(word)]
        return [word for word in unknown if not self._near(word) and not self._misspelt(word)]

    def corrected(self, question: str) -> str:
        """The question with words that are almost words of the corpus spelled like them."""

        def right(match: re.Match[str]) -> str:
            return (self._near(match[0]) if self._is_unknown(match[0]) else None) or match[0]

        return WORD.sub(right, question)

    def _is_unknown(self, word: str) -> bool:
        """Whether neither the corpus nor everyday English has a word or its parts."""
        parts = [part for part in re.split(r"[-']", word) if len(part) > 1]
        acronym = word.isupper() and len(word) > 1
        if not acronym and len(word) < _SHORTEST:
            return False
        made_of_known = len(parts) > 1 and not any(
            len(part) >= _SHORTEST and self._is_strange(part) for part in parts
        )
        return self._is_strange(word) and not made_of_known

    def _is_strange(self, word: str) -> bool:
        return stem(word) not in self._stems and len(self._pieces(word.lower())) > 1

    def _near(self, word: str) -> str | None:
        """The word of the corpus at one typing error for each five letters, or None."""
        small = word.lower()
        return None if len(small) < _SHORTEST else _like(small, self._spelled, len(small) // 5)

    def _misspelt(self, word: str) -> bool:
        """Whether it is an everyday word but for one typing error."""
        small = word.lower()
        return len(small) >= _MISSPELT and _like(small, self._english, 1) is not None


def _like(word: str, known: Sequence[str], errors: int) -> str | None:
    """The known word with the same first letter at no more typing errors, the nearest."""
    found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=errors)
    return found[0] if found and found[0][0] == word[0] else None


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word, British and American spelling as one."""
    small = word.lower().strip("'-").removesuffix("'s")
    for british, american in (
        ("ae", "e"),
        ("oe", "e"),
        ("our", "or"),
        ("isa", "iza"),
        ("ise", "ize"),
    ):
        small = small.replace(british, american)
    stemmed: str = _STEMMER.stemWord(small)
    return stemmed


_STEMMER = Stemmer.Stemmer("english")

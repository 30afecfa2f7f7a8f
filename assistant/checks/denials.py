"""What a text denies, and whether another affirms it."""

import re
from collections import Counter
from functools import lru_cache

from assistant.answer import Check
from assistant.checks.terms import pattern
from index.terms import mentions_in, plain

PREFIX = 6
"""Letters by which words are compared where one is denied."""
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def negation_check(claim: str, quotes: str) -> Check:
    """Whether a word that the one denies is affirmed by the other."""
    ours, theirs = denied_in(claim), denied_in(quotes)
    mine, its = _content(claim), _content(quotes)
    only_ours, only_theirs = ours - theirs - affirmed_in(claim), theirs - ours - affirmed_in(quotes)
    turned = sorted((only_ours & its) | (only_theirs & mine))
    if turned and bool(ours) != bool(theirs):
        says = "denies" if ours else "affirms"
        return Check("negation", False, f"The claim {says} “{turned[0]}”; the quote does not.")
    return Check("negation", True, "Nothing is denied that the quote affirms, or affirmed.")


def denied_in(text: str) -> frozenset[str]:
    """The words within four words after a negation."""
    found = (word for words in _denied(_without_brackets(text)) for word in words)
    return frozenset(word[:PREFIX] for word in found if len(word) > 3 and word.islower())


def affirmed_in(text: str) -> frozenset[str]:
    """The words that stand elsewhere than within four words after a negation."""
    even = _without_brackets(text)
    words = Counter(word.lower()[:PREFIX] for word in _WORD.findall(even) if len(word) > 3)
    denied = (word for words in _denied(even) for word in words)
    return frozenset(words - Counter(word.lower()[:PREFIX] for word in denied))


@lru_cache(maxsize=20_000)
def _without_brackets(text: str) -> str:
    """The text without brackets and without terms that hold a negation: "alive without disease"."""
    even = plain(text)
    for mention in reversed(tuple(mentions_in(even))):
        if pattern("negations").search(even, mention.start, mention.end):
            even = even[: mention.start] + even[mention.end :]
    return re.sub(r" ?\(([^()]*)\)", _beside_brackets, even)


def _denied(even: str) -> list[list[str]]:
    """The four words after each negation, within its clause."""
    negations = pattern("negations").finditer(even)
    clauses = (re.split(r"[,;:.()]", even[match.end() :])[0] for match in negations)
    return [_WORD.findall(clause)[:4] for clause in clauses]


def _beside_brackets(bracket: re.Match[str]) -> str:
    """A short bracket is left out; a longer one ends what is denied."""
    return "" if len(bracket[1].split()) == 1 else " ;"


def _content(text: str) -> frozenset[str]:
    return frozenset(word.lower()[:PREFIX] for word in _WORD.findall(plain(text)) if len(word) > 3)

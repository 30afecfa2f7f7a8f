"""Whether a reworded sentence adds anything to the quotes that it cites."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from assistant.answer import Check
from index import number_words
from index.data_files import read_yaml
from index.lexical import words_of
from index.terms import plain, spelled_out, terms_in

FEWEST = 4
"""Words of a sentence that says something."""
_NUMBER_WORD = re.compile(rf"\b(?:{number_words.PATTERN}|hundred|thousand)\b", re.IGNORECASE)
_MULTIPLES = {"hundred": "100", "thousand": "1000"}
_NUMBER = re.compile(
    # A digit in a name is no number: the 2 of KMT2A is not two patients.
    r"[A-Za-z]+-?\d+[A-Za-z]?(?:-\d+)*"
    r"|[<>≤≥]?\d+(?:\.\d+)*(?:%|[- ](?:year|month|week|day|hour|mg|mcg|kg|mL)(?![a-rt-z]))?"
)
_WORD = re.compile(r"[A-Za-z]+(?:'t)?")
_TO_THE_READER = re.compile(
    r"\b(?:you|your|yours|ignore|disregard|pretend|prompts?|chat ?bots?|language models?|AI model"
    r"|assistant|(?:these|this|previous|above|following|new|my|system|all) (?:instruction|rule)s?"
    r"|system (?:message|note)|override|CANNOT_ANSWER)\b|</?[a-z]+>|\[E\d+",
    re.IGNORECASE,
)


def grounding(text: str, quotes: Sequence[str]) -> tuple[Check, ...]:
    """That every number stands in the quotes, and every word that could add something.

    What the words say of one another (arm, end point, direction, yes or no) is verified elsewhere.
    """
    if text in quotes:
        return (Check("own words", True, "It is the quote itself."),)
    rests_on = " ".join(quotes)
    return (_numbers(text, rests_on), _own_words(text, rests_on))


def speaks_to_the_reader(quote: str) -> bool:
    """Whether a sentence addresses whoever reads it, as no report of a study does."""
    return bool(_TO_THE_READER.search(_even(quote)))


def _numbers(text: str, quotes: str) -> Check:
    new = sorted(_numbers_in(text) - _numbers_in(quotes))
    return _check("numbers", new, "Every number stands in the quote.")


def _numbers_in(text: str) -> frozenset[str]:
    """Every number there is, with its per cent sign, in names and dates too; words as digits."""
    even = _digits_for_words(_even(text))
    even = re.sub(r" ?(?:%|per ?cent\b)", "%", even, flags=re.IGNORECASE)
    even = re.sub(r"(?<=\d),(?=\d{3}\b)", "", even)
    even = re.sub(r"(?<=[<>≤≥]) (?=\d)", "", even)
    return frozenset(number.lower().replace("-", " ") for number in _NUMBER.findall(even))


def _digits_for_words(text: str) -> str:
    """``ninety-three`` as 93."""
    return _NUMBER_WORD.sub(lambda found: _in_digits(found[0].lower()), text)


def _in_digits(word: str) -> str:
    return _MULTIPLES.get(word) or number_words.digits(word)


def _own_words(text: str, quotes: str) -> Check:
    own = _content(text) - _neutral()
    if len(text.split()) < FEWEST or not (own or _numbers_in(text)):
        return Check("own words", False, "It says nothing that a quote could carry.")
    new = sorted(own - _content(quotes) - _other_words_for(quotes))
    return _check("own words", [*_strong(text, quotes), *new], "Its words are those of the quote.")


def _strong(text: str, quotes: str) -> Iterator[str]:
    """Words of how much, or of what to do, that no word of the quotes stands for."""
    said, there = _plain_words(text), _plain_words(quotes)
    for row in _lists()["strong"]:
        if there.isdisjoint(row):
            yield from (word for word in row if word in said)


def _content(text: str) -> set[str]:
    """Stems of words; numbers and terms are checked by themselves."""
    words = words_of(spelled_out(_even(text)))
    return {word for word in words if word.isalpha() and not word.startswith("term")}


def _other_words_for(quotes: str) -> set[str]:
    """The words of every form of the terms that the quotes name."""
    forms = (form.rstrip("*") for term in terms_in(quotes) for form in term.forms)
    return _content(" . ".join(forms))


@cache
def _neutral() -> frozenset[str]:
    """Words that add nothing, with those that another check looks at."""
    negations = " ".join(_lists()["negations"])
    numbers = " ".join((*number_words.WORDS, *_MULTIPLES))
    return frozenset(_content(f"{_lists()['neutral']} {negations} {numbers}"))


def _check(name: str, new: Sequence[str], passed: str) -> Check:
    return Check(name, not new, f"Not in the quote: {', '.join(new)}." if new else passed)


def _plain_words(text: str) -> set[str]:
    """Words in small letters; ALL, the disease, is no quantity."""
    return set(_words(_even(text)))


def _words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.replace("’", "'")):
        if word != "ALL":
            yield word.lower()


def _even(text: str) -> str:
    """One form of each sign: a raised or a wide digit is a digit."""
    return plain(unicodedata.normalize("NFKC", text))


@cache
def _lists() -> dict[str, Any]:
    lists: dict[str, Any] = read_yaml("assistant", "grounding.yaml")
    return lists

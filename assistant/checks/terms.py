"""The lists of words.yaml, and of files like it, as patterns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from index.data_files import read_yaml
from index.terms import plain


@cache
def lists(file: str = "words.yaml", package: str = "assistant.checks") -> Mapping[str, Any]:
    """The lists of a file by their names."""
    return dict(read_yaml(package, file))


@cache
def pattern_in(file: str, name: str) -> re.Pattern[str]:
    """Any word of one list of a file of ``assistant``."""
    return any_of(lists(file, "assistant")[name])


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words in any case; a star lets letters follow."""
    forms = sorted(map(_form, words), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w])", re.IGNORECASE)


def _form(word: str) -> str:
    return re.escape(plain(word).rstrip("*")) + (r"[\w-]*" if word.endswith("*") else "")


@cache
def pattern(name: str) -> re.Pattern[str]:
    return any_of(lists()[name])


@cache
def scales() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    """Name, one end and the other end of each scale."""
    named: Mapping[str, Sequence[Sequence[str]]] = lists()["scales"]
    return tuple((name, any_of(up), any_of(down)) for name, (up, down) in named.items())


@cache
def order() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for before, and for after."""
    before, after = lists()["order"]
    return any_of(before), any_of(after)


@cache
def certain() -> tuple[re.Pattern[str], ...]:
    return tuple(any_of(row) for row in lists()["certain"])


@cache
def neutral() -> frozenset[str]:
    return frozenset(map(str, lists()["neutral"]))

"""The terms of the field and their other forms, from terms.yaml."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain

from index.data_files import read_yaml

DASHES = re.compile(r"[\u2010-\u2015\u2212]")
SPACES = re.compile(r"[\u00a0\u2009\u202f]")
_STARTS = re.compile(r"\w+|(?<!\w)[^\w\s]")
"""Where a form may begin: a word, or a sign such as ``<`` that follows none."""
_Form = tuple[str, str]
"""The name of its group in a pattern, and the form."""


@dataclass(frozen=True, slots=True)
class Term:
    """``name`` stands for all ``forms``: ``event-free survival`` for ``EFS``."""

    name: str
    kind: str
    forms: tuple[str, ...]

    @property
    def token(self) -> str:
        """One word that no text holds by itself, for word search."""
        return "term" + re.sub(r"[^a-z0-9]", "", self.name.lower())


@dataclass(frozen=True, slots=True)
class Mention:
    """One form of a term: ``text[start:end]``."""

    term: Term
    start: int
    end: int


@cache
def terms() -> tuple[Term, ...]:
    entries = read_yaml("index", "terms.yaml")
    return tuple(Term(e["name"], e["kind"], tuple(map(str, e["forms"]))) for e in entries)


def terms_in(text: str) -> list[Term]:
    """The terms that a text names, in the order of first mention.

    Capitals count where a form is an abbreviation that is also an English word: ``ALL``, ``OS``.
    """
    return list({mention.term.name: mention.term for mention in mentions_in(text)}.values())


def mentions_in(text: str) -> Iterator[Mention]:
    """Every form of every term, from left to right, none inside another."""
    return iter(_mentions(plain(text)))


@lru_cache(maxsize=1024)
def _mentions(text: str) -> tuple[Mention, ...]:
    # The readers of figures look at the same few words of a sentence again and again.
    named = ((_by_form()[_key(match)], match) for match in _matches(text))
    return tuple(
        Mention(term, match.start(), match.end())
        for term, match in named
        if not _is_plain_word(match[0], term)
    )


def plain(text: str) -> str:
    """One kind of dash and of space."""
    return SPACES.sub(" ", DASHES.sub("-", text))


def with_term_tokens(text: str) -> str:
    """The text followed by a token for each term: ``EFS`` meets ``event-free survival``."""
    return " ".join([text, *(term.token for term in terms_in(text))])


def spelled_out(text: str) -> str:
    """The text with abbreviations and short names of the field written in full.

    A model trained on web text reads "event-free survival", not "EFS".
    """

    text = plain(text)
    pieces, end = [], 0
    for match in _matches(text):
        pieces += [text[end : match.start()], _in_full(match)]
        end = match.end()
    return "".join([*pieces, text[end:]])


def _in_full(match: re.Match[str]) -> str:
    term, form = _by_form()[_key(match)], _form_text()[_key(match)]
    short = sum(map(str.isupper, form)) >= 2 or term.name.startswith(form.lower())
    return term.name if short and not _is_plain_word(match[0], term) else match[0]


PLAIN_WORDS = frozenset(
    "all sos mas us hr ir mr lr sr ds se car cart nut fish alt".split(" ")  # noqa: SIM905
)
"""Abbreviations that mean something else, or nothing, unless every letter is a capital."""


def _is_plain_word(word: str, term: Term) -> bool:
    return word.lower() in PLAIN_WORDS and not word.isupper() and term.name.lower() != word


def _key(match: re.Match[str]) -> str:
    assert match.lastgroup is not None
    return match.lastgroup


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The forms in a text, from left to right, the longest first; none inside another."""
    end = 0
    for start in _STARTS.finditer(text):
        pattern = _pattern_at(start[0].lower()) if start.start() >= end else None
        match = pattern.match(text, start.start()) if pattern else None
        if match:
            end = match.end()
            yield match


@lru_cache(maxsize=100_000)
def _pattern_at(word: str) -> re.Pattern[str] | None:
    """The forms that may begin with a word: for most words none, for others a few of thousands."""
    stems = (_by_stem().get(word[:length], ()) for length in range(1, len(word) + 1))
    forms = {*_by_first_word().get(word, ()), *chain.from_iterable(stems)}
    return _any_of(tuple(sorted(forms, key=_order().__getitem__))) if forms else None


@cache
def _any_of(forms: tuple[_Form, ...]) -> re.Pattern[str]:
    alternatives = (f"(?P<{group}>{_form_pattern(form)})" for group, form in forms)
    return re.compile("|".join(alternatives), re.IGNORECASE)


@cache
def _order() -> dict[_Form, int]:
    """The longest forms first."""
    return {form: place for place, form in enumerate(sorted(_forms(), key=lambda f: -len(f[1])))}


@cache
def _by_first_word() -> dict[str, list[_Form]]:
    by_word: dict[str, list[_Form]] = {}
    for group, form in _forms():
        first = next(_STARTS.finditer(plain(form)))[0]
        by_word.setdefault(first.lower(), []).append((group, form))
    return by_word


@cache
def _by_stem() -> dict[str, list[_Form]]:
    """The forms of one word that let letters follow."""
    by_word = _by_first_word().items()
    stems = {
        word: [one for one in forms if one[1].lower() == f"{word}*"] for word, forms in by_word
    }
    return {word: forms for word, forms in stems.items() if forms}


def _form_pattern(form: str) -> str:
    stem = form.endswith("*")
    body = re.escape(plain(form.rstrip("*"))).replace(r"\ ", r"[ -]")
    return body + (r"\w*" if stem else r"(?![\w]|-\d)")


@cache
def _by_form() -> dict[str, Term]:
    return {group: terms()[int(group[1:].split("_")[0])] for group, _ in _forms()}


@cache
def _form_text() -> dict[str, str]:
    return dict(_forms())


def _forms() -> Iterator[_Form]:
    for number, term in enumerate(terms()):
        for position, form in enumerate((term.name, *term.forms)):
            yield f"t{number}_{position}", form


def terms_sha256() -> str:
    """The hash of terms.yaml: the words of an index depend on it."""
    return hashlib.sha256((files("index") / "terms.yaml").read_bytes()).hexdigest()

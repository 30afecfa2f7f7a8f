"""A text to the sentences that can be checked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sentencex

from assistant.errors import AssistantProblem
from index.data_files import read_yaml
from index.figures import has_figure
from index.terms import terms_in

MOST_WORDS = 10_000
FEWEST_WORDS = 3
HEADING_WORDS = 14
HEADING = "a heading"
LANGUAGE_WORDS = 12
"""A text of fewer words is too short to tell its language."""
LEAST_ENGLISH = 0.12
"""Share of common English words in an English text: some 0.3 in prose, 0.15 on a slide."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(r"^\s*(?:[-*•–▪◦·]|\d{1,2}[.)])\s+")
_HASH = re.compile(r"^\s*#{1,6}\s+")


class BadText(AssistantProblem):
    """A text or a file that cannot be checked: empty, too long, not English, not readable."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a text: ``text`` is ``whole[start:end]``; ``skip`` says why it is unchecked."""

    text: str
    start: int
    end: int
    skip: str | None = None


def pieces_of(text: str) -> list[Piece]:
    """Every sentence in order, those that cannot be checked with the reason.

    BadText where the text is empty, too long, or not English.
    """
    _refuse(text)
    spans = list(_spans(text))
    return [
        Piece(text[a:b], a, b, _skip(text[a:b], alone, lone=len(spans) == 1))
        for a, b, alone in spans
    ]


def _refuse(text: str) -> None:
    words = _WORD.findall(text)
    if not words:
        raise BadText("There is no text to check. Paste a claim, a slide or an article.")
    if len(text.split()) > MOST_WORDS:
        raise BadText(
            f"This text has {len(text.split()):,} words; {MOST_WORDS:,} is the most. "
            "Check it in parts."
        )
    if not _is_english(words):
        raise BadText("This text does not look English, and the corpus is. Paste an English text.")


def _is_english(words: list[str]) -> bool:
    """Whether enough words are common English ones, or terms of the field, as on a slide."""
    if len(words) < LANGUAGE_WORDS:
        latin = sum(word.isascii() for word in words)
        return latin >= len(words) / 2
    common = cues()["english"]
    return sum(word.lower() in common for word in words) >= LEAST_ENGLISH * len(words)


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Sentences by offsets; the flag marks one that fills its paragraph."""
    for line in re.finditer(r"[^\n]+", text):
        lead = _BULLET.match(line[0]) or _HASH.match(line[0])
        offset = line.start() + (lead.end() if lead else 0)
        body = text[offset : line.end()]
        found = _boundaries(body)
        for one in found:
            words = body[one["start_index"] : one["end_index"]]
            start = offset + one["start_index"] + len(words) - len(words.lstrip())
            if words.strip():
                plain = len(found) == 1 and not _BULLET.match(line[0])
                yield start, start + len(words.strip()), plain


def _boundaries(line: str) -> list[dict[str, Any]]:
    """The sentences of a line; an entry of a reference list is one, whatever its full stops."""
    if _any("entry", line):
        return [{"start_index": 0, "end_index": len(line)}]
    return list(sentencex.get_sentence_boundaries("en", line))


def _skip(sentence: str, alone: bool, lone: bool) -> str | None:
    """Why a sentence cannot be checked; ``lone`` is one that is the whole text."""
    words = _WORD.findall(sentence)
    if sentence.rstrip("\"'”’)]").endswith("?"):
        return "a question"
    if _any("reference", sentence) or _any("entry", sentence):
        return "a reference"
    if _any("disclaimer", sentence):
        return "a disclaimer"
    if len(words) < FEWEST_WORDS and not (has_figure(sentence) and terms_in(sentence)):
        return "too short to be a claim"
    if alone and not lone and _is_heading(sentence, words):
        return HEADING
    return "an opinion, a wish or an appeal" if _any("opinion", sentence) else None


def _is_heading(sentence: str, words: list[str]) -> bool:
    return len(words) <= HEADING_WORDS and not _ENDS.search(sentence) and not has_figure(sentence)


@cache
def cues() -> dict[str, Any]:
    """The words of cues.yaml."""
    loaded: dict[str, Any] = read_yaml("assistant.claims", "cues.yaml")
    return loaded


@cache
def pattern_of(kind: str) -> re.Pattern[str]:
    """Any of the expressions of one list of cues.yaml, as whole words."""
    return re.compile("|".join(rf"(?<!\w)(?:{cue})(?!\w)" for cue in cues()[kind]), re.IGNORECASE)


def _any(kind: str, sentence: str) -> bool:
    return bool(pattern_of(kind).search(sentence))

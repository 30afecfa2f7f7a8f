"""A draft to sentences with the evidence that their keys name, while it is still arriving."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import sentencex

from assistant.answer import Evidence

_KEYS = r"\[E\d+(?: ?[,;] ?E\d+)*\]"
_KEY = re.compile(r"E\d+")
_CITED = re.compile(rf"\s*{_KEYS}")
_KEYS_BEHIND_THE_STOP = re.compile(rf"([.!?])\s*((?:{_KEYS}\s*)+)")
_WHOLE = re.compile(r"[.!?\])\"”*_]\s*$|\n$")
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|^#+\s+")
_MARKUP = re.compile(r"://|\bwww\.|\]\(|[<>]\s*/?[A-Za-z!]|[`{}|\\\[\]]")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """One sentence of a draft, without the keys that it cites."""

    text: str
    keys: tuple[str, ...]

    @property
    def is_plain(self) -> bool:
        """Whether it holds no link, tag, code or bracket that might be more than words."""
        return not _MARKUP.search(self.text)


def sentences_of(pieces: Iterable[str]) -> Iterator[DraftSentence]:
    """The sentences of a draft, each as soon as it is whole; a line's end ends one as well.

    A last one that was cut off names no keys, as if it cited nothing.
    """
    rest = ""
    for piece in pieces:
        rest += piece
        whole, rest = _split(rest)
        yield from _read(whole)
    for last in _read(_spans(rest)):
        yield last if _WHOLE.search(rest) else DraftSentence(last.text, ())


def cited_by(sentence: DraftSentence, evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence that a sentence cites; empty where it cites none, or a key that is unknown."""
    by_key = {piece.key: piece for piece in evidence}
    if not all(key in by_key for key in sentence.keys):
        return ()
    return tuple(by_key[key] for key in sentence.keys)


def _split(text: str) -> tuple[list[str], str]:
    """The whole sentences of a text that still grows, and what is left."""
    spans = _spans(text)
    tail = [spans.pop()] if spans and not spans[-1].endswith("\n") else []
    # A bracket behind a full stop may be the beginning of a key of the sentence before.
    while spans and tail and (not tail[0].strip() or tail[0].lstrip().startswith("[")):
        tail.insert(0, spans.pop())
    return spans, "".join(tail)


def _spans(text: str) -> list[str]:
    """The sentences of a text in order; joined, they are the text with keys before full stops."""
    text = _KEYS_BEHIND_THE_STOP.sub(lambda found: f" {found[2].strip()}{found[1]} ", text)
    return [span for line in text.splitlines(keepends=True) for span in _sentences(line)]


def _sentences(line: str) -> Iterator[str]:
    bullet = _BULLET.match(line)
    start, end = bullet.end() if bullet else 0, 0
    for found in sentencex.get_sentence_boundaries("en", line[start:]):
        yield line[end : start + found["end_index"]]
        end = start + found["end_index"]
    if end < len(line):
        yield line[end:]


def _read(spans: Iterable[str]) -> Iterator[DraftSentence]:
    for span in spans:
        keys = [key for cited in _CITED.findall(span) for key in _KEY.findall(cited)]
        text = _on_one_line(_CITED.sub("", _EMPHASIS.sub("", _BULLET.sub("", span))))
        if keys or re.search(r"\w", text):
            yield DraftSentence(text, tuple(dict.fromkeys(keys)))


def _on_one_line(text: str) -> str:
    """Without signs that are not seen: a mark of direction could show 6.18 as 81.6."""
    seen = (sign for sign in text if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return re.sub(r" ([.,;!?])(?=\s|$)", r"\1", " ".join("".join(seen).split()))

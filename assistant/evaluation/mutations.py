"""Sentences of the corpus reworded, and with one error planted: a measure of the checks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

from assistant.answer import Evidence
from index.data_files import read_yaml
from index.documents import Document
from index.figures import keyed_figures
from index.keys.timepoints import time_points_in
from index.keys.trial_names import trial_names_in
from index.passages import sentences_of
from index.terms import plain

SECTIONS = ("Bottom line", "Results", "Safety")
HELD = 3
"""One sentence in so many is kept for the end."""
_BRACKETS = re.compile(r" \((?!n ?=)[^()%]*\)")
_ABBREVIATED = re.compile(r" \([A-Z][A-Za-z]{1,5}\)")
_FRONT = re.compile(
    r"^(?P<front>(?:At|In|Among|After|For|By|On) [^,;:]{3,60}), (?P<rest>[^;:]+)\.$"
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Planted:
    """A claim made of one sentence. ``error`` is None where it says the same as the sentence."""

    claim: str
    evidence: Evidence
    error: str | None
    held: bool


Change = Callable[[str, Random], str | None]


def planted(documents: Sequence[Document], *, each: int, seed: int) -> list[Planted]:
    """Up to ``each`` claims of every kind of error, and as many true ones as there are false."""
    random = Random(seed)
    sentences = list(_sentences(documents))
    random.shuffle(sentences)
    false = [one for error in CHANGES for one in _of_kind(error, sentences, each, random)]
    random.shuffle(sentences)
    true = _made(sentences, None, lambda text, _: text, random)
    return [*false, *(one for one, _ in zip(true, false, strict=False))]


def _of_kind(
    error: str, sentences: Sequence[Evidence], each: int, random: Random
) -> Iterator[Planted]:
    made = _made(sentences, error, CHANGES[error], random)
    yield from (one for one, _ in zip(made, range(each), strict=False))


def _made(
    sentences: Sequence[Evidence], error: str | None, change: Change, random: Random
) -> Iterator[Planted]:
    """A claim of every sentence in which the change can be made, reworded after it."""
    for number, evidence in enumerate(sentences):
        plainly = _ABBREVIATED.sub("", plain(evidence.quote))
        changed = change(plainly, random)
        claim = reworded(changed, random) if changed and (not error or changed != plainly) else None
        lost = error == "digit" and claim and not _numbers(claim) - _numbers(plainly)
        if claim and claim != evidence.quote and not lost:
            yield Planted(claim, evidence, error, held=number % HELD == 0)


def _sentences(documents: Sequence[Document]) -> Iterator[Evidence]:
    """The sentences that report figures."""
    for document in documents:
        for section in document.sections:
            if section.heading in SECTIONS:
                for sentence in sentences_of(document, section):
                    quote = document.text[sentence.start : sentence.end]
                    place = (quote, sentence.start, sentence.end)
                    if keyed_figures(quote):
                        yield Evidence("E1", document.study, section.heading, *place, *place, 0.0)


def reworded(text: str, random: Random) -> str:
    """The same in other words: one to three of brackets dropped, order, the field's synonyms."""
    changes = [_without_brackets, _front_last, _synonym, _synonym]
    for change in random.sample(changes, k=random.randint(1, 3)):
        text = change(text, random)
    return text


def _without_brackets(text: str, _: Random) -> str:
    return _BRACKETS.sub("", text)


def _front_last(text: str, _: Random) -> str:
    """ "At 2 years, EFS was 80%." becomes "EFS was 80% at 2 years."""
    match = _FRONT.match(text)
    if not match or len(keyed_figures(text)) != 1:
        return text
    rest = match["rest"][0].upper() + match["rest"][1:]
    return f"{rest} {match['front'][0].lower()}{match['front'][1:]}."


def _synonym(text: str, random: Random) -> str:
    pairs = [pair for pair in words()["same"] if _holds(text, pair[0])]
    if not pairs:
        return text
    said, other = random.choice(pairs)
    changed = _whole(said).sub(other, text)
    return changed[0].upper() + changed[1:]


def wrong_arm(text: str, random: Random) -> str | None:
    """The values of two arms exchanged, else another drug than the one that was given."""
    figures = [figure for figure in keyed_figures(text) if figure.arm]
    for one, other in pairwise(figures):
        apart = one.arm != other.arm and one.value != other.value
        if apart and (one.measure, one.unit, one.time) == (other.measure, other.unit, other.time):
            between = text[one.end : other.start]
            return text[: one.start] + other.value + between + one.value + text[other.end :]
    return _instead(text, words()["arms"], random) if figures else None


def wrong_time(text: str, random: Random) -> str | None:
    """Another number of years, months, weeks, or another cycle."""
    figures = keyed_figures(text)
    times = [time for time in time_points_in(text) if any(f.time == time.name for f in figures)]
    if not times:
        return None
    time = random.choice(times)
    said = text[time.start : time.end]
    number = re.search(r"\d+", said)
    if number is None:
        return None
    wrong = random.choice([n for n in ("1", "2", "3", "4", "5", "6") if n != number[0]])
    changed = said[: number.start()] + wrong + said[number.end() :]
    return text[: time.start] + changed + text[time.end :]


def wrong_digit(text: str, random: Random) -> str | None:
    """One digit of one value is another."""
    figure = random.choice(keyed_figures(text))
    places = [figure.start + match.start() for match in _DIGIT.finditer(figure.value)]
    if not places:
        return None
    place = random.choice(places)
    digit = random.choice([n for n in "123456789" if n != text[place]])
    changed = text[:place] + digit + text[place + 1 :]
    return changed if _numbers(changed) - _numbers(text) else None


def wrong_direction(text: str, random: Random) -> str | None:
    pairs = [(a, b) for one in words()["opposite"] for a, b in (one, one[::-1]) if _holds(text, a)]
    if not pairs:
        return None
    said, other = random.choice(pairs)
    return _whole(said).sub(other, text, count=1)


def wrong_trial(text: str, random: Random) -> str | None:
    names = trial_names_in(text)
    others = [name for name in words()["trials"] if name not in text]
    return text.replace(names[0], random.choice(others)) if names else None


def wrong_end_point(text: str, random: Random) -> str | None:
    rows = [(row, one) for row in words()["end_points"] for one in row if _holds(text, one)]
    if not rows or not any(figure.measure for figure in keyed_figures(text)):
        return None
    row, said = random.choice(rows)
    others = [one for one in row if not _holds(text, one)]
    if not others:
        return None
    changed = _whole(said).sub(random.choice(others), text)
    return changed[0].upper() + changed[1:]


CHANGES: Mapping[str, Change] = {
    "arm": wrong_arm,
    "time": wrong_time,
    "digit": wrong_digit,
    "direction": wrong_direction,
    "trial": wrong_trial,
    "end point": wrong_end_point,
}


def _instead(text: str, names: Sequence[str], random: Random) -> str | None:
    here = [name for name in names if _holds(text, name)]
    others = [name for name in names if name not in here]
    return _whole(random.choice(here)).sub(random.choice(others), text) if here else None


def _numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def _holds(text: str, words_: str) -> bool:
    return bool(_whole(words_).search(text))


def _whole(words_: str) -> re.Pattern[str]:
    """The words as they stand, with either size of first letter."""
    if words_ == "%":
        return re.compile("%")
    first = words_[0]
    either = f"[{first.lower()}{first.upper()}]" if first.isalpha() else re.escape(first)
    return re.compile(rf"(?<![\w-]){either}{re.escape(words_[1:])}(?![\w-])")


@cache
def words() -> Mapping[str, Any]:
    return dict(read_yaml("assistant.evaluation", "planted_words.yaml"))

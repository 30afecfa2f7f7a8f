"""Evidence to a draft, without a model: whole sentences, word for word."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.fit import Fit, bare
from assistant.question import Reading
from index.figures import figures_in

SENTENCES = 4
WORDS = 120
"""At most so many sentences and words before "more evidence": a phone screen."""
MORE = 6
"""Sentences behind "more evidence"."""
BEHIND = 8.0
"""A sentence that scores so far behind the first is left out."""
BEHIND_FOR_A_PART = 10.0
"""The same for a sentence that holds a part of the question that no better one holds."""
ALIKE = 0.8
"""Two sentences that share this much of their words say the same, unless a figure differs."""
CLOSE = 1.5
"""A report of the study named may stand for its side so far behind what only mentions it …"""
ALMOST = 1.0
"""… and a sentence on all patients so far behind one on some."""
_WORD = re.compile(r"[a-z0-9.]+")
_RESULT = re.compile(r"[.%]")


@dataclass(frozen=True, slots=True)
class Draft:
    """The sentences to show, the bottom line first, and those shown on demand."""

    shown: tuple[Fit, ...]
    more: tuple[Fit, ...]


def compose(
    reading: Reading,
    fits: Sequence[Fit],
    compared: Sequence[Sequence[Fit]] = (),
    later_reports: Callable[[str], Sequence[str]] = lambda _: (),
    words: int = WORDS,
) -> Draft:
    """Pick the sentences of an answer from ``fits``, which come best first and are not empty.

    ``compared`` holds the fits of each side of a comparison; the best of each side is shown.
    ``later_reports`` names the documents that follow up the patients of a document.
    """
    firsts = _firsts([side for side in compared if side and _to_the_point(side[0])])
    shown: list[Fit] = firsts[:1] or [fits[0]]
    for first in firsts[1:]:
        _add(first, shown, words)
    for part in _parts(reading, fits, later_reports(fits[0].doc_id)):
        if part.score >= fits[0].score - BEHIND_FOR_A_PART:
            _add(part, shown, words)
    for fit in fits:
        if fit.score >= fits[0].score - BEHIND:
            _add(fit, shown, words)
    # What is compared comes first: where room is short, no side is lost to more of another.
    sides = [fit for fit in shown if fit in firsts]
    further = _grouped_by_study([fit for fit in shown if fit not in sides])
    return Draft((*sides, *further), tuple(_rest(fits, shown)))


def within_limits(shown: Sequence[Fit], notes: Sequence[str]) -> list[Fit]:
    """The first sentences for which there is room beside the notes, at least one."""
    kept: list[Fit] = []
    room = WORDS - sum(len(note.split()) for note in notes)
    for fit in shown[: max(1, SENTENCES + 1 - len(notes))]:
        room -= len(fit.text.split())
        if kept and room < 0:
            break
        kept.append(fit)
    return kept


def _parts(reading: Reading, fits: Sequence[Fit], later: Sequence[str]) -> Iterator[Fit]:
    """For each part of the question the best sentence that holds it, unless one before held it.

    Parts are the trials that are named, each measure and time point, the arms and subgroups; and a
    later report on the patients of the bottom line.
    """
    for name in reading.names:
        yield from _first(f for f in fits if f.doc_id in name.doc_ids and _to_the_point(f))
    held = set(fits[0].parts)
    for part in _asked(reading):
        if part not in held:
            for fit in _first(f for f in fits if part in f.parts and f.named is not False):
                held |= fit.parts
                yield fit
    for doc_id in later:
        yield from _first(
            f for f in fits if f.doc_id == doc_id and f.measure and figures_in(f.text)
        )


def _firsts(compared: Sequence[Sequence[Fit]]) -> list[Fit]:
    """The best sentence of each side; one that stands for a side already gives way to the next."""
    firsts: list[Fit] = []
    for side in compared:
        said = {fit.text for fit in firsts}
        unsaid = [fit for fit in side if fit.text not in said and _to_the_point(fit)]
        firsts += [_first_of_side(unsaid)] if unsaid else []
    return firsts


def _first_of_side(fits: Sequence[Fit]) -> Fit:
    """The best of the sentences on one side, rather on all its patients than on some.

    The sides of a comparison are set against each other as wholes: a subgroup that the question
    does not name gives way to a sentence that is almost as good. So does what a document says of
    another study to a report of the study that is named.
    """
    close = [fit for fit in fits if fit.score >= fits[0].score - CLOSE]
    reports = [fit for fit in close if fit.reported] or close
    almost = [fit for fit in reports if fit.score >= reports[0].score - ALMOST]
    return min(almost, key=lambda fit: fit.unasked)


def _to_the_point(fit: Fit) -> bool:
    """Whether a sentence lacks neither the measure nor the time point that was asked."""
    return fit.measure is not False and fit.time is not False


def _asked(reading: Reading) -> list[str]:
    details = ("setting", "genetics", "arm", "drug", "population", "registry", "place", "design")
    return [
        *reading.measures,
        *sorted(reading.times),
        *sorted(bare(reading.numbers)),
        *reading.of_kind(*details),
    ]


def _first(fits: Iterator[Fit]) -> Iterator[Fit]:
    found = next(fits, None)
    if found:
        yield found


def _add(fit: Fit, shown: list[Fit], words: int) -> None:
    """Append a sentence that says something new and for which there is room."""
    length = sum(len(one.text.split()) for one in [*shown, fit])
    if len(shown) < SENTENCES and length <= words and _is_new(fit, shown):
        shown.append(fit)


def _is_new(fit: Fit, shown: Sequence[Fit]) -> bool:
    """Whether a sentence has a result that those shown have not; without results, other words.

    The same words with another figure, as the dose of another weight, are new.
    """
    results = _results(fit)
    if results:
        return not any(results <= _results(one) for one in shown)
    figures = figures_in(fit.text)
    return all(
        _overlap(fit.text, one.text) < ALIKE or not figures <= figures_in(one.text) for one in shown
    )


def _results(fit: Fit) -> frozenset[str]:
    """Percentages and decimals: the figures by which two sentences report the same."""
    return frozenset(figure for figure in figures_in(fit.text) if _RESULT.search(figure))


def _overlap(one: str, other: str) -> float:
    """Jaccard similarity of the words of two sentences, 0 to 1."""
    a, b = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(a & b) / max(1, len(a | b))


def _rest(fits: Sequence[Fit], shown: Sequence[Fit]) -> list[Fit]:
    more: list[Fit] = []
    for fit in fits:
        if len(more) == MORE or fit.score < fits[0].score - 2 * BEHIND:
            break
        if fit not in shown and _is_new(fit, [*shown, *more]):
            more.append(fit)
    return more


def _grouped_by_study(shown: Sequence[Fit]) -> list[Fit]:
    """The sentences of one study together, studies in the order of their first sentence."""
    order = list(dict.fromkeys(fit.doc_id for fit in shown))
    return sorted(shown, key=lambda fit: order.index(fit.doc_id))

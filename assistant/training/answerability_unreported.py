"""Questions beside the sentence that says of what they ask that it is not reported.

``answered/unreported.jsonl`` was written for this project: to each such sentence of
``docs_corpus/`` questions on what it says is missing, and questions near it on which it is silent.
To a question on what is missing, such a sentence is the answer; what search ranks first is near.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from assistant.training.answerability_pairs import ANSWERS, FOUND, NEAR, Place, Search
from assistant.training.verifier_pairs import Pair, kept_back, rows_of
from assistant.unreported import says_unreported

DATA = Path(__file__).parent / "answered" / "unreported.jsonl"
TIMES = 2
"""How often each pair is learned: there are far fewer of them than of others."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A sentence that says that something is not reported."""

    place: Place
    asks: tuple[str, ...]
    """Questions on what it says is missing."""
    other: tuple[str, ...]
    """Questions near it on which it says nothing."""


def missing(path: Path = DATA) -> list[Missing]:
    return [
        Missing((row["doc_id"], row["sentence"]), tuple(row["asks"]), tuple(row["other"]))
        for row in rows_of(path)
    ]


def unreported_pairs(
    rows: Iterable[Missing], shown: Mapping[Place, str], search: Search
) -> list[Pair]:
    """``shown`` holds each sentence as the models read it; documents kept back are passed over."""
    pairs: list[Pair] = []
    for row in rows:
        doc_id = row.place[0]
        if row.place not in shown or kept_back(doc_id):
            continue
        for question in row.asks:
            found = (place for place in islice(search(question), FOUND))
            near = [place for place in found if not says_unreported(place[1])]
            pairs.append(Pair(question, shown[row.place], ANSWERS, "unreported", doc_id))
            pairs += [Pair(question, shown[one], NEAR, "unreported", doc_id) for one in near]
        pairs += [Pair(one, shown[row.place], NEAR, "unreported", doc_id) for one in row.other]
    return pairs * TIMES


def without_silence(pairs: Iterable[Pair], shown: Mapping[Place, str]) -> list[Pair]:
    """The pairs without those that hold a sentence on what is missing for a chance near miss."""
    silent = {text for place, text in shown.items() if says_unreported(place[1])}
    chance = ("made", "found")
    return [pair for pair in pairs if not (pair.kind in chance and pair.quote in silent)]

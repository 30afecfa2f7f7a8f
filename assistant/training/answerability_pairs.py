"""Questions beside sentences of the corpus, as pairs: the sentence answers, or is only near.

``answered/facts.jsonl`` was written for this project from ``docs_corpus/``: facts, each with the
sentences that state it, questions that these answer, and near misses that they do not. To each
answered question come pairs with other sentences that share its words and do not answer it, to
each question that nothing answers the sentences that search ranks first for it.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.fit import stems
from assistant.rerank import framed
from assistant.training.verifier_pairs import Pair, Split, kept_back, rows_of
from index.documents import Document
from index.figures import figures_in
from index.passages import sentences_of
from index.readers import Corpus

DATA = Path(__file__).parent / "answered" / "facts.jsonl"
NEAR, ANSWERS = range(2)
"""What ``label`` of a pair means."""
REPEATS = 2
"""Sentences that state a fact and are learned from; a document rarely says it more often."""
HARDEST = 6
"""So many sentences that share most words with a question are drawn from."""
FOUND = 2
"""Sentences that search ranks first for a question that none answers; these would be shown."""
Place = tuple[str, str]
"""A document and one of its sentences."""
Search = Callable[[str], Sequence[Place]]
"""The sentences of the corpus for a question, best first."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or more sentences of a document state, each by itself, the best first."""

    doc_id: str
    sentences: tuple[str, ...]
    yes: tuple[str, ...]
    """Questions that each of the sentences answers."""
    near: tuple[str, ...]
    """Questions that none of the sentences answers, though another may."""
    nowhere: tuple[str, ...]
    """Questions that no sentence of the corpus answers."""


def facts(path: Path = DATA) -> list[Fact]:
    """The facts as they were written, by document."""
    return [
        Fact(
            row["doc_id"],
            tuple(row["sentences"]),
            tuple(row["yes"]),
            tuple(row["near"]),
            tuple(row["nowhere"]),
        )
        for row in rows_of(path)
    ]


def not_learned(rows: Iterable[Fact]) -> Iterator[Fact]:
    """The facts of the documents that are kept back: the model does not learn from them."""
    return (row for row in rows if kept_back(row.doc_id))


def answer_pairs(rows: Sequence[Fact], corpus: Corpus, search: Search, seed: int) -> Split:
    """Pairs to learn, and those of a tenth of the documents, as written, to choose by.

    A fact of which a sentence no longer stands in the corpus is left out.
    """
    shown = shown_sentences(corpus.documents)
    placed = [row for row in rows if all((row.doc_id, one) in shown for one in row.sentences)]
    written = list(_written(placed, shown))
    learned = [row for row in placed if not kept_back(row.doc_id)]
    made = _made(learned, _Sentences(shown), random.Random(seed)) if learned else ()
    found = _found(learned, shown, search)
    return Split(
        (*(pair for pair in written if not kept_back(pair.group)), *made, *found),
        tuple(pair for pair in written if kept_back(pair.group)),
    )


def shown_sentences(documents: Iterable[Document]) -> dict[Place, str]:
    """By document and text: each sentence as the models read it, behind its study and section."""
    return {
        (document.doc_id, text): framed(document.study.short, sentence.section, text)
        for document in documents
        for section in document.sections
        for sentence in sentences_of(document, section)
        if (text := document.text[sentence.start : sentence.end])
    }


def _written(rows: Iterable[Fact], shown: dict[Place, str]) -> Iterator[Pair]:
    for row in rows:
        answering = [shown[row.doc_id, one] for one in row.sentences[:REPEATS]]
        for question in row.yes:
            for sentence in answering:
                yield Pair(question, sentence, ANSWERS, "written", row.doc_id)
        for question in (*row.near, *row.nowhere):
            yield Pair(question, answering[0], NEAR, "written", row.doc_id)


class _Sentences:
    """Every sentence of the corpus, to be found by the words that it shares with a question."""

    def __init__(self, shown: dict[Place, str]) -> None:
        self.shown = shown
        self.places = list(shown)
        holders: dict[str, list[int]] = {}
        for number, text in enumerate(shown.values()):
            for word in stems(text):
                holders.setdefault(word, []).append(number)
        # The numbers of the sentences that hold a word.
        self.holders = {word: np.array(numbers) for word, numbers in holders.items()}

    def nearest(self, question: str) -> Iterator[Place]:
        """Documents and sentences, that which shares most rare words with a question first."""
        shared = np.zeros(len(self.places))
        for word in sorted(stems(question) & self.holders.keys()):
            holding = self.holders[word]
            shared[holding] += np.log(len(self.places) / len(holding))
        for number in np.argsort(-shared, kind="stable"):
            yield self.places[int(number)]


def _made(rows: Sequence[Fact], corpus: _Sentences, rng: random.Random) -> Iterator[Pair]:
    """Each answered question beside one near sentence of its document and one of another.

    A sentence with a figure of the fact is passed over: it may state the same.
    """
    for row in rows:
        for question in row.yes:
            for rivals in _rivals(row, corpus.nearest(question)):
                if rivals:
                    place = rng.choice(rivals)
                    yield Pair(question, corpus.shown[place], NEAR, "made", row.doc_id)


def _found(rows: Iterable[Fact], shown: dict[Place, str], search: Search) -> Iterator[Pair]:
    """Each question that nothing answers beside the sentences that search ranks first for it.

    The sentence of its own fact is beside it already.
    """
    for row in rows:
        for question in row.nowhere:
            others = [
                place for place in search(question) if place != (row.doc_id, row.sentences[0])
            ]
            for place in others[:FOUND]:
                yield Pair(question, shown[place], NEAR, "found", row.doc_id)


def _rivals(row: Fact, nearest: Iterator[Place]) -> tuple[list[Place], list[Place]]:
    """The nearest sentences that do not state a fact: of its document, and of others."""
    told = frozenset[str]().union(*map(figures_in, row.sentences))
    inside: list[Place] = []
    outside: list[Place] = []
    for place in nearest:
        if place[1] in row.sentences or told & figures_in(place[1]):
            continue
        (inside if place[0] == row.doc_id else outside).append(place)
        if len(inside) >= HARDEST and len(outside) >= HARDEST:
            break
    return inside[:HARDEST], outside[:HARDEST]

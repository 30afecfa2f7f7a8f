"""Questions beside sentences of the corpus, as pairs: the sentence answers, or is only near.

``answered/sentences.jsonl`` was written for this project from ``docs_corpus/``: sentences, each
with questions that it answers and near misses that it does not. To each answered question comes a
pair with another labelled sentence of the same document, which does not answer it.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.rerank import framed
from assistant.training.verifier_pairs import Pair, Split, kept_back, rows_of
from index.documents import Document
from index.passages import sentences_of
from index.readers import Corpus

DATA = Path(__file__).parent / "answered" / "sentences.jsonl"
NEAR, ANSWERS = range(2)
"""What ``label`` of a pair means."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the corpus with questions that it answers, and some that it does not."""

    doc_id: str
    sentence: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


def labelled_rows(path: Path = DATA) -> list[Row]:
    """The rows as they were written, by document."""
    return [
        Row(row["doc_id"], row["sentence"], tuple(row["yes"]), tuple(row["no"]))
        for row in rows_of(path)
    ]


def answer_pairs(rows: Sequence[Row], corpus: Corpus, seed: int) -> Split:
    """Pairs to learn, and those of a tenth of the documents, as written, to choose by.

    A sentence that no longer stands in the corpus is left out.
    """
    shown = shown_sentences(corpus.documents)
    placed = [row for row in rows if (row.doc_id, row.sentence) in shown]
    written = list(_written(placed, shown))
    made = _same_document(placed, shown, seed)
    return Split(
        tuple(pair for pair in (*written, *made) if not kept_back(pair.group)),
        tuple(pair for pair in written if kept_back(pair.group)),
    )


def shown_sentences(documents: Iterable[Document]) -> dict[tuple[str, str], str]:
    """By document and text: each sentence as the models read it, behind its study and section."""
    return {
        (document.doc_id, text): framed(document.study.short, sentence.section, text)
        for document in documents
        for section in document.sections
        for sentence in sentences_of(document, section)
        if (text := document.text[sentence.start : sentence.end])
    }


def _written(rows: Iterable[Row], shown: dict[tuple[str, str], str]) -> Iterator[Pair]:
    for row in rows:
        sentence = shown[row.doc_id, row.sentence]
        for label, questions in ((ANSWERS, row.yes), (NEAR, row.no)):
            for question in questions:
                yield Pair(question, sentence, label, "written", row.doc_id)


def _same_document(
    rows: Sequence[Row], shown: dict[tuple[str, str], str], seed: int
) -> Iterator[Pair]:
    """Each answered question beside another labelled sentence of the same document."""
    rng = random.Random(seed)
    for row in rows:
        others = [one for one in rows if one.doc_id == row.doc_id and one is not row]
        for question in row.yes if others else ():
            other = shown[row.doc_id, rng.choice(others).sentence]
            yield Pair(question, other, NEAR, "made", row.doc_id)

"""What the verifier learns from our own corpus: restated facts, and wrong parts put into them."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="pip install 'blincite[training]'")

from assistant_stand_ins import FIRST, LATER

from assistant.training.verifier_corpus import trials_of
from assistant.training.verifier_pairs import CONTRADICTED, NOT_ENOUGH, SUPPORTED, Pair, rows_of
from assistant.training.verifier_restated import CLAIMED, claimed_pairs, corpus_pairs
from assistant.training.verifier_swaps import Swaps
from index.documents import Document, Section, Study
from index.readers import read_corpus

DOCS = Path(__file__).parent.parent / "docs_corpus"
FULL = "Event-free survival at 2 years was 71.5% in the 30 infants on blinatumomab."
SHORT = "In the 30 infants on blinatumomab event-free survival was 71.5% at 2 years."
ELSE = "Fever of any grade was seen in the infants on blinatumomab at the start."
SWAPS = Swaps.of(["Overall survival and event-free survival on Interfant-06 and on MLL-10."])


def document(of: Study, *sentences: str) -> Document:
    text = f"Results\n\n{' '.join(sentences)}"
    return Document(of, text, (Section("Results", 9, len(text)),))


CORPUS = (document(FIRST, FULL, ELSE), document(LATER, SHORT))
ONE_TRIAL = {FIRST.doc_id: "trial", LATER.doc_id: "trial"}


def near(pairs: Sequence[tuple[str, str]]) -> list[float]:
    return [9.0 for _ in pairs]


def far(pairs: Sequence[tuple[str, str]]) -> list[float]:
    return [0.0 for _ in pairs]


def between(pairs: Sequence[Pair], quote: str, doc_id: str) -> list[int]:
    """The labels of the claims made of a document's sentences beside a quote of another."""
    return [pair.label for pair in pairs if pair.quote == quote and pair.group == doc_id]


def test_a_restated_fact_is_supported_by_the_other_report_and_contradicted_once_edited() -> None:
    pairs = corpus_pairs(CORPUS, ONE_TRIAL, near, seed=0)

    labels = between(pairs, FULL, LATER.doc_id)
    assert set(labels) == {SUPPORTED, CONTRADICTED}


def test_sentences_that_the_cross_encoder_finds_far_apart_do_not_restate_each_other() -> None:
    pairs = corpus_pairs(CORPUS, ONE_TRIAL, far, seed=0)

    assert between(pairs, FULL, LATER.doc_id) == []


def test_documents_on_other_trials_do_not_restate_each_other() -> None:
    pairs = corpus_pairs(CORPUS, {}, near, seed=0)

    assert between(pairs, FULL, LATER.doc_id) == []


def test_a_sentence_with_other_figures_says_too_little() -> None:
    twenty = [document(FIRST, FULL, ELSE.replace("Fever", f"Rash {n}")) for n in "abcdefghijklmnop"]

    pairs = corpus_pairs(twenty, {}, near, seed=0)

    assert NOT_ENOUGH in {pair.label for pair in pairs}


def test_the_same_seed_makes_the_same_pairs() -> None:
    first = corpus_pairs(CORPUS, ONE_TRIAL, near, seed=3)

    assert corpus_pairs(CORPUS, ONE_TRIAL, near, seed=3) == first


@pytest.mark.parametrize("seed", range(20))
def test_a_false_claim_is_not_the_claim(seed: int) -> None:
    false = SWAPS.false(FULL, f"{FULL} Overall survival was 90.1%.", random.Random(seed))

    assert false is not None
    assert false != FULL


def test_a_false_claim_takes_its_wrong_part_from_the_quote_where_it_can() -> None:
    quote = "Overall survival was 93.3%."
    made = {
        SWAPS.false("Event-free survival was 81.6%.", quote, random.Random(n)) for n in range(60)
    }

    assert "Event-free survival was 93.3%." in made
    assert "Overall survival was 81.6%." in made


def test_another_trial_takes_the_place_of_the_one_that_is_named() -> None:
    made = {
        SWAPS.false("This was seen on MLL-10.", "Nothing.", random.Random(n)) for n in range(60)
    }

    assert "This was seen on Interfant-06." in made


def test_nothing_to_edit_makes_nothing() -> None:
    assert SWAPS.false("So there.", "So there.", random.Random(0)) is None


def test_almost_all_that_was_written_still_stands_beside_a_sentence_of_the_corpus() -> None:
    labels = ("supported", "contradicted", "not_enough")
    written = sum(len(row[label]) for row in rows_of(CLAIMED) for label in labels)

    pairs = claimed_pairs(read_corpus(DOCS).documents)

    assert len(pairs) > 0.9 * written
    assert {pair.label for pair in pairs} == {SUPPORTED, CONTRADICTED, NOT_ENOUGH}


def test_reports_of_one_trial_share_its_first_report() -> None:
    documents = read_corpus(DOCS).documents

    trials = trials_of(DOCS, documents)

    both = ("vandersluis-2023-blinatumomab-infant", "vandersluis-2026-blinatumomab-infant-longterm")
    assert len({trials[doc_id] for doc_id in both}) == 1

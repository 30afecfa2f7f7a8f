"""Candidates to scored sentences, with the bundled cross-encoder."""

from dataclasses import replace

import pytest
from assistant_stand_ins import FIRST, OTHER, candidate, scored

from assistant.rerank import SentenceReranker, in_context, sentences_in

SURVIVAL = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
STORAGE = "The vial is kept in a refrigerator at 2 to 8 °C for at most 10 days."
RASH = "Purple rash was seen in 6 of 60 infants who received quibrimab."
ENTRY = "Infants under 1 year with newly diagnosed blue fever could enter the trial."
SENTENCES = [scored(text) for text in (STORAGE, RASH, ENTRY, SURVIVAL)]


@pytest.fixture(scope="module")
def reranker() -> SentenceReranker:
    return SentenceReranker()


@pytest.mark.parametrize(
    ("question", "answering"),
    [
        ("What was event-free survival at 2 years?", SURVIVAL),
        ("How is the drug stored?", STORAGE),
        ("How many infants had a rash?", RASH),
        ("Which patients were eligible?", ENTRY),
    ],
)
def test_the_sentence_that_answers_comes_first(
    reranker: SentenceReranker, question: str, answering: str
) -> None:
    ranked = reranker.rerank(question, SENTENCES)

    assert ranked[0].text == answering
    assert len(ranked) == len(SENTENCES)
    assert [one.relevance for one in ranked] == sorted((r.relevance for r in ranked), reverse=True)


def test_a_sentence_has_the_same_relevance_in_any_company(reranker: SentenceReranker) -> None:
    (alone,) = reranker.rerank("How is the drug stored?", SENTENCES[:1])

    together = reranker.rerank("How is the drug stored?", SENTENCES[::-1])

    assert alone in together


def test_the_order_of_the_sentences_does_not_matter(reranker: SentenceReranker) -> None:
    forwards = reranker.rerank("How is the drug stored?", SENTENCES)

    assert reranker.rerank("How is the drug stored?", SENTENCES[::-1]) == forwards


def test_equally_relevant_sentences_are_sorted_by_document(reranker: SentenceReranker) -> None:
    # The same words under one short name, so that only the document differs.
    other = candidate(RASH, of=OTHER)
    (twin,) = sentences_in([candidate(RASH, of=FIRST)])
    (other_twin,) = sentences_in([type(other)(other.passage, other.text, FIRST, other.score)])

    ranked = reranker.rerank("rash?", [other_twin, twin])

    assert [one.sentence.doc_id for one in ranked] == [FIRST.doc_id, OTHER.doc_id]


def test_no_sentences_stay_none(reranker: SentenceReranker) -> None:
    assert reranker.rerank("rash?", []) == []


def test_every_sentence_of_a_candidate_is_cut_out_word_for_word() -> None:
    found = sentences_in([candidate(f"{SURVIVAL} {RASH}"), candidate(STORAGE, of=OTHER)])

    assert [one.text for one in found] == [SURVIVAL, RASH, STORAGE]
    assert [one.sentence.start for one in found] == [9, 9 + len(SURVIVAL) + 1, 9]


def test_a_sentence_knows_how_near_late_interaction_found_it() -> None:
    near = replace(candidate(f"{SURVIVAL} {RASH}"), nearness=(0.7, 0.4))

    found = sentences_in([near, candidate(STORAGE, of=OTHER)])

    assert [one.nearness for one in found] == [0.7, 0.4, 0.0]


def test_a_sentence_is_read_behind_the_names_of_its_study_and_section() -> None:
    assert in_context(scored(STORAGE, section="Storage")) == f"Aldermann 2091. Storage: {STORAGE}"

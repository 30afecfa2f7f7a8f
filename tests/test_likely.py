"""The sentences that are worth the time of the cross-encoder."""

from dataclasses import replace

import pytest
from assistant_stand_ins import FIRST, OTHER, read, scored

from assistant.likely import likely_sentences, rare_words_shared
from assistant.rerank import ScoredSentence

QUESTION = "How many infants had a rash with quibrimab?"
FEVER = scored("Fever was seen in some infants.")
RASH = scored("Rash was seen in some infants.")
PLAN = scored("The plan of the trial was changed.")


def likely(*sentences: ScoredSentence, count: int) -> list[str]:
    return [one.text for one in likely_sentences(read(QUESTION), sentences, count)]


def test_no_more_than_are_asked_for_come_back_the_best_first() -> None:
    assert likely(PLAN, FEVER, RASH, count=2) == [RASH.text, FEVER.text]


def test_a_sentence_that_late_interaction_found_near_comes_first() -> None:
    near = replace(PLAN, nearness=0.9)

    assert likely(FEVER, near, count=1) == [near.text]


def test_of_equal_sentences_the_earlier_comes_first() -> None:
    twin = scored(RASH.text, of=OTHER)

    found = likely_sentences(read("purple?"), [twin, RASH], 2)

    assert [one.sentence.doc_id for one in found] == sorted([FIRST.doc_id, OTHER.doc_id])


def test_a_word_that_few_texts_hold_counts_for_more() -> None:
    texts = [frozenset({"infant"}), frozenset({"rash"}), frozenset({"infant"})]

    common, rare, _ = rare_words_shared("rash in infants", texts)

    assert 0 < common < rare < 1


@pytest.mark.parametrize("question", ["", "of the and"])
def test_a_question_without_words_shares_none(question: str) -> None:
    assert rare_words_shared(question, [frozenset({"rash"})]) == [0.0]


def test_no_sentences_stay_none() -> None:
    assert likely(count=5) == []

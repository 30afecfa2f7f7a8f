"""What the answerability model and the gate learn from."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="pip install 'blincite[training]'")

import torch
from assistant_stand_ins import FIRST, LATER

from assistant.evaluation.gold import Expected, read_gold
from assistant.gate import Learned
from assistant.training.answerability import auc, one_output
from assistant.training.answerability_gate import (
    MOST_REFUSED,
    OWN,
    Example,
    cross_validated,
    curve,
    learn,
    learned_from,
    on_facts,
    refused,
)
from assistant.training.answerability_pairs import (
    ANSWERS,
    NEAR,
    Fact,
    answer_pairs,
    facts,
    shown_sentences,
)
from assistant.training.verifier_pairs import Pair, kept_back
from index.documents import Document, Section, Study
from index.readers import Corpus, read_corpus
from index.weights import RERANKER, OnnxEncoder

DOCS = Path(__file__).parent.parent / "docs_corpus"
EFS = "Event-free survival was 71.5% at 2 years."
FEVER = "Fever was seen in 10% of infants."


def document(of: Study) -> Document:
    text = f"Results\n\n{EFS} {FEVER}"
    return Document(of, text, (Section("Results", 9, len(text)),))


CORPUS = Corpus((document(FIRST), document(LATER)), (), None, ())


def fact(*sentences: str, of: Study = FIRST) -> Fact:
    return Fact(of.doc_id, sentences, ("Is it said?",), ("Is it not?",), ("Why is it fever?",))


def found(question: str) -> list[tuple[str, str]]:
    """What search ranks first: the sentence of the fact, then one of another document."""
    return [(FIRST.doc_id, EFS), (LATER.doc_id, FEVER)]


def example(number: int, answerable: bool, **features: float) -> Example:
    expected = Expected(
        f"q{number}", f"Question {number}?", "numeric", answerable, (), (), (f"doc-{number}",), ()
    )
    return Example(expected, features or None)


def examples(times: int) -> list[Example]:
    """Answerable questions with high features, others with low ones, and some refused by rule."""
    return [
        one
        for n in range(times)
        for one in (
            example(3 * n, True, answers=0.8 + n / 100, words=0.9),
            example(3 * n + 1, False, answers=0.2 + n / 100, words=0.7),
            example(3 * n + 2, False),
        )
    ]


def test_questions_are_paired_with_their_sentence_as_the_models_read_it() -> None:
    pairs = answer_pairs([fact(EFS)], CORPUS, found, seed=0)

    written = [pair for pair in (*pairs.train, *pairs.choose) if pair.kind == "written"]
    assert [(pair.claim, pair.label) for pair in written] == [
        ("Is it said?", ANSWERS),
        ("Is it not?", NEAR),
        ("Why is it fever?", NEAR),
    ]
    assert {pair.quote for pair in written} == {f"Aldermann 2091. Results: {EFS}"}


def test_a_question_is_answered_by_each_sentence_that_states_the_fact() -> None:
    pairs = answer_pairs([fact(EFS, FEVER)], CORPUS, found, seed=0)

    answering = [p.quote for p in (*pairs.train, *pairs.choose) if p.label == ANSWERS]
    assert answering == [f"Aldermann 2091. Results: {text}" for text in (EFS, FEVER)]


def test_a_question_is_near_the_other_sentences_that_share_its_words() -> None:
    pairs = answer_pairs([fact(EFS)], CORPUS, found, seed=0)

    made = {(pair.claim, pair.quote, pair.label) for pair in pairs.train if pair.kind == "made"}
    inside, outside = (f"{of.short}. Results: {FEVER}" for of in (FIRST, LATER))
    assert made == {("Is it said?", inside, NEAR), ("Is it said?", outside, NEAR)}


def test_a_question_that_nothing_answers_is_near_what_search_ranks_first_for_it() -> None:
    pairs = answer_pairs([fact(EFS)], CORPUS, found, seed=0)

    assert [pair for pair in pairs.train if pair.kind == "found"] == [
        Pair("Why is it fever?", f"{LATER.short}. Results: {FEVER}", NEAR, "found", FIRST.doc_id)
    ]


def test_a_sentence_that_has_left_the_corpus_is_left_out() -> None:
    pairs = answer_pairs([fact("It was never said.")], CORPUS, found, seed=0)

    assert (pairs.train, pairs.choose) == ((), ())


def test_a_document_is_either_learned_from_or_kept_back() -> None:
    pairs = answer_pairs(facts(), read_corpus(DOCS), lambda _: [], seed=0)

    assert not any(kept_back(pair.group) for pair in pairs.train)
    assert all(kept_back(pair.group) for pair in pairs.choose)
    assert len(pairs.train) > 8 * len(pairs.choose)


def test_every_labelled_sentence_stands_in_the_corpus() -> None:
    shown = shown_sentences(read_corpus(DOCS).documents)

    rows = facts()

    lost = [(r.doc_id, one) for r in rows for one in r.sentences if (r.doc_id, one) not in shown]
    assert lost == []
    assert [one for one in rows if set(one.yes) & {*one.near, *one.nowhere}] == []


def test_the_gate_learns_from_facts_that_the_model_has_not_learned_from() -> None:
    rows = list(on_facts(facts()))

    assert rows
    assert all(kept_back(one.cite_any[0]) for one in rows)
    assert {one.answerable for one in rows} == {True, False}


def test_every_own_question_is_near_a_document_of_the_corpus() -> None:
    questions = read_gold(OWN).questions

    assert [q.row_id for q in questions if not (DOCS / f"{q.cite_any[0]}.md").is_file()] == []
    assert len({q.question for q in questions}) == len(questions)
    assert sum(q.answerable for q in questions) >= 80
    assert sum(not q.answerable for q in questions) >= 80


def test_training_starts_from_the_head_of_the_reranker() -> None:
    pair = ("What was EFS?", EFS)
    model = one_output().eval()
    reranker = OnnxEncoder(RERANKER)
    (read,) = reranker.tokenize([pair])

    with torch.no_grad():
        logit = model(
            input_ids=torch.tensor([read.ids]), token_type_ids=torch.tensor([read.type_ids])
        ).logits.item()

    int8 = reranker.read([pair], keep=lambda output: output)
    assert logit == pytest.approx(float(int8[0, 0]), abs=0.5)


@pytest.mark.parametrize(
    ("scores", "expected"), [((0.9, 0.8, 0.1), 1.0), ((0.1, 0.2, 0.9), 0.0), ((0.5, 0.5, 0.5), 0.5)]
)
def test_auc_is_how_often_a_right_one_is_above(scores: Sequence[float], expected: float) -> None:
    assert auc([True, True, False], scores) == expected


def test_questions_that_can_be_told_apart_are() -> None:
    rows = examples(8)

    chances = cross_validated(rows)

    assert refused(rows, chances, at=0.5) == {"unanswerable": 1.0, "answerable": 0.0}


def test_what_a_rule_refuses_has_no_chance() -> None:
    assert cross_validated(examples(8))[2] == 0.0


def test_the_same_questions_give_the_same_weights() -> None:
    assert learn(examples(5)) == learn(examples(5))


def test_a_row_teaches_by_its_weight() -> None:
    rows = examples(5)
    turned = [
        replace(row, expected=replace(row.expected, answerable=not row.expected.answerable))
        for row in rows
    ]

    def answers(weight: float) -> float:
        """The weight of the feature where rows that say the opposite weigh so much."""
        learned = learn([*rows, *(replace(row, weight=weight) for row in turned)])
        return learned.weights["answers"]

    assert answers(0.2) > answers(0.8) > answers(1.0) == pytest.approx(0.0, abs=1e-3)


def test_a_higher_threshold_refuses_no_fewer_questions() -> None:
    rows = examples(6)

    steps = curve(rows, cross_validated(rows))

    for share in ("unanswerable", "answerable"):
        assert [step[share] for step in steps] == sorted(step[share] for step in steps)


def test_the_threshold_keeps_to_the_share_that_may_be_refused() -> None:
    rows = examples(8)

    learned = learned_from(rows)

    found = Learned(learned["weights"], learned["constant"], learned["threshold"])
    assert refused(rows, cross_validated(rows), found.threshold)["answerable"] <= MOST_REFUSED


def test_questions_near_one_document_are_judged_together() -> None:
    assert example(1, True).group == example(1, False).group

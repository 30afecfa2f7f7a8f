"""Comparisons, what is not reported and exchanged parts, as the answerability model learns them."""

import random
from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="pip install 'blincite[training]'")

from assistant_stand_ins import FIRST, LATER

from assistant.training.answerability_compared import (
    Comparison,
    Side,
    compared_pairs,
    comparisons,
)
from assistant.training.answerability_pairs import ANSWERS, NEAR, facts, shown_sentences
from assistant.training.answerability_swaps import Elsewhere, swapped_pairs
from assistant.training.answerability_unreported import (
    Missing,
    missing,
    unreported_pairs,
    without_silence,
)
from assistant.training.verifier_pairs import Pair, kept_back
from assistant.training.verifier_swaps import Swaps
from assistant.unreported import says_unreported
from index.readers import read_corpus

DOCS = Path(__file__).parent.parent / "docs_corpus"
ONE = (FIRST.doc_id, "Event-free survival was 71.5% at 2 years.")
OTHER = (LATER.doc_id, "Event-free survival was 64.0% at 4 years.")
ASIDE = (LATER.doc_id, "Fever was seen in 10% of infants.")
SILENT = (FIRST.doc_id, "Outcomes by sex were not reported.")
SHOWN = {place: f"{place[0]}. Results: {place[1]}" for place in (ONE, OTHER, ASIDE, SILENT)}
COMPARED = Comparison(
    "EFS: A vs B?", (Side((ONE,), ("71.5",)), Side((OTHER,), ("64",))), None, None
)


def found(_: str) -> list[tuple[str, str]]:
    """What search ranks first for any question."""
    return [ONE, OTHER, ASIDE, SILENT]


def nothing(_: str) -> list[tuple[str, str]]:
    return []


def unsplit(_: str) -> list[str]:
    return []


def halves(question: str) -> list[str]:
    return [f"EFS {side}" for side in question.removeprefix("EFS: ").split(" vs ")]


def places(pairs: list[Pair], question: str, label: int) -> set[str]:
    return {pair.quote for pair in pairs if (pair.claim, pair.label) == (question, label)}


def test_a_sentence_that_answers_one_side_answers_a_comparison() -> None:
    pairs = compared_pairs([COMPARED], SHOWN, found, unsplit)

    assert places(pairs, COMPARED.question, ANSWERS) == {SHOWN[ONE], SHOWN[OTHER]}
    assert places(pairs, COMPARED.question, NEAR) == {SHOWN[ASIDE], SHOWN[SILENT]}


def test_what_answers_the_other_side_is_near_a_side() -> None:
    pairs = compared_pairs([COMPARED], SHOWN, found, halves)

    assert places(pairs, "EFS A", ANSWERS) == {SHOWN[ONE]}
    assert SHOWN[OTHER] in places(pairs, "EFS A", NEAR)
    assert SHOWN[ONE] not in places(pairs, "EFS A", NEAR)


def test_nothing_answers_a_side_that_is_missing() -> None:
    row = Comparison(COMPARED.question, COMPARED.sides, "EFS: C vs D", 1)

    pairs = compared_pairs([row], SHOWN, found, halves)

    assert places(pairs, "EFS D", NEAR) == {SHOWN[ONE], SHOWN[OTHER], SHOWN[ASIDE]}
    assert places(pairs, "EFS C", NEAR) == set()


def test_a_sentence_that_says_what_is_missing_answers_questions_on_it() -> None:
    row = Missing(SILENT, ("EFS of girls?",), ("EFS at 2 years?",))

    pairs = unreported_pairs([row], SHOWN, found)

    assert not kept_back(FIRST.doc_id)
    assert places(pairs, "EFS of girls?", ANSWERS) == {SHOWN[SILENT]}
    assert places(pairs, "EFS of girls?", NEAR) == {SHOWN[ONE], SHOWN[OTHER]}
    assert places(pairs, "EFS at 2 years?", NEAR) == {SHOWN[SILENT]}


def test_a_sentence_on_what_is_missing_is_no_chance_near_miss() -> None:
    kept = Pair("q", SHOWN[SILENT], NEAR, "written", "")
    lost = Pair("q", SHOWN[SILENT], NEAR, "found", "")

    assert without_silence([kept, lost], SHOWN) == [kept]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("EFS in infants?", "Event-free survival was 71.5% in infants."),
        ("DFS at 2 years", "At 2 years, disease-free survival was 50%."),
        ("Relapse in AALL0631?", "Relapse was seen in 10% of AALL0631."),
    ],
)
def test_an_exchanged_part_is_not_in_the_sentence(question: str, sentence: str) -> None:
    words = Swaps.of(["EFS and OS of infants and adults in AALL0631, TOWER and Interfant-99"])

    changed = list(Elsewhere(words).questions(question, sentence, random.Random(0)))

    assert changed
    assert question not in changed


def test_no_part_is_exchanged_for_one_that_the_sentence_holds() -> None:
    both = "In infants and adults, EFS and OS were 50% in AALL0631 and TOWER."
    words = Swaps.of(["EFS and OS of infants and adults in AALL0631 and TOWER"])

    changed = Elsewhere(words).questions("EFS of infants in AALL0631", both, random.Random(0))

    assert list(changed) == []


def test_documents_that_are_kept_back_teach_nothing() -> None:
    rows = facts()
    shown = shown_sentences(read_corpus(DOCS).documents)

    pairs = [*swapped_pairs(rows, shown, seed=0), *unreported_pairs(missing(), shown, nothing)]

    assert {pair.kind for pair in pairs} == {"swapped", "unreported"}
    assert not any(kept_back(pair.group) for pair in pairs)


def test_every_labelled_sentence_stands_in_the_corpus() -> None:
    shown = shown_sentences(read_corpus(DOCS).documents)

    answering = {place for row in comparisons() for side in row.sides for place in side.places}

    assert answering <= shown.keys()
    assert {row.place for row in missing()} <= shown.keys()
    asked = [row.place[1] for row in missing() if row.asks]
    assert sum(map(says_unreported, asked)) > 0.85 * len(asked)


def test_each_side_of_a_comparison_is_told_by_its_sentences() -> None:
    sides = [side for row in comparisons() for side in row.sides]

    assert all(side.is_answered_by(place) for side in sides for place in side.places)

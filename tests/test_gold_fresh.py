"""The questions written after the first set, checked against the documents they cite."""

import re
from pathlib import Path

import pytest

from assistant.evaluation.gold import Expected, read_gold
from assistant.evaluation.matching import stands_in

HERE = Path(__file__).parent
CORPUS = HERE.parent / "docs_corpus"
FRESH = read_gold(HERE / "gold_fresh")
SETS = (FRESH, *(read_gold(HERE / name) for name in ("gold_later", "gold_fourth", "gold_compared")))
QUESTIONS = tuple(row for one in SETS for row in one.questions)
TURNS = tuple(turn for one in SETS for talk in one.dialogues for turn in talk)
ROWS = QUESTIONS + TURNS


def cited_texts(row: Expected) -> list[str]:
    cited = dict.fromkeys(row.cite_any + row.cite_all)
    return [(CORPUS / f"{name}.md").read_text(encoding="utf-8") for name in cited]


def wording(question: str) -> str:
    return " ".join(re.findall(r"\w+", question.lower()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.row_id)
def test_what_an_answer_must_hold_stands_in_a_cited_document(row: Expected) -> None:
    texts = cited_texts(row)

    missing = [
        group
        for group in row.must
        if not any(stands_in(wanted, text) for wanted in group for text in texts)
    ]

    assert missing == []


def test_a_row_has_something_to_hold_if_and_only_if_it_is_answerable() -> None:
    wrong = [row.row_id for row in ROWS if row.answerable is not bool(row.must)]

    assert wrong == []


def test_ids_are_unique() -> None:
    ids = [row.row_id for row in ROWS]

    assert len(set(ids)) == len(ids)


def test_every_type_is_split_into_two_halves() -> None:
    kinds = {row.kind for row in FRESH.questions}

    halves = [[row.split for row in FRESH.questions if row.kind == kind] for kind in sorted(kinds)]

    assert all(abs(half.count("a") - half.count("b")) <= 1 for half in halves)


def test_no_fresh_question_stands_in_the_older_set() -> None:
    older = {wording(row.question) for row in read_gold(HERE / "gold").questions}

    repeated = [row.row_id for row in QUESTIONS if wording(row.question) in older]

    assert repeated == []

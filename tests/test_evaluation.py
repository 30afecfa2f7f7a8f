"""Answers scored against a folder of gold data."""

import json
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from assistant_stand_ins import FIRST, OTHER, answer, evidence
from rich.console import Console

from assistant.answer import Answer
from assistant.errors import BadGold, BadQuestion
from assistant.evaluation.gold import Expected, Gold, read_gold
from assistant.evaluation.matching import cites_right, holds_answer, normalised, stands_in
from assistant.evaluation.report import NAMES, table_of
from assistant.evaluation.run import Scored, evaluate, share, summary

SURVIVAL = evidence("At 2 years, survival was 71.5%.", FIRST)
FEVER = evidence("Fever was seen in 10%.", OTHER, "E2")


def expected(**fields: Any) -> Expected:
    plain: dict[str, Any] = {
        "row_id": "q1",
        "question": "What was survival?",
        "kind": "numeric",
        "answerable": True,
        "must": (),
        "must_not": (),
        "cite_any": (),
        "cite_all": (),
    }
    return Expected(**(plain | fields))


def scored(given: Answer, *, turn: bool = False, **fields: Any) -> Scored:
    return Scored(expected(**fields), given, 12.5, turn)


def refused(reason: str = "no sentence reports it") -> Answer:
    return Answer("What?", "What?", abstained_because=reason, nearest=SURVIVAL)


# Matching.


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("81.6", "DFS was 81.6 % (n=30)"),
        ("93%", "93 per cent"),
        ("93%", "93 percent"),
        ("93%", "93\u00a0%"),
        ("1-30", "aged 1\u201330 years"),
        ("1000", "1,000 blasts"),
        ("15 mcg/m2*", "15 \u00b5g/m\u00b2/day"),
        ("15 mcg", "15 micrograms"),
        ("respon*", "good responders"),
        ("2.2*", "2.20 h"),
        ("<=3", "grade \u22643"),
        ("5x10", "5\u00d710"),
        ("3.9", "3\u00b79"),
        ("patient's", "the patient\u2019s"),
        ("NO", "no infant"),
        ("0.52", "HR 0.52."),
    ],
)
def test_an_alternative_stands_in_a_text(alternative: str, text: str) -> None:
    assert stands_in(alternative, text)


@pytest.mark.parametrize(
    ("alternative", "text"),
    [
        ("3", "in 33 of them"),
        ("4", "4.0 months"),
        ("10%", "0.10%"),
        ("no", "not known"),
        ("2.2*", "12.2 h"),
        ("500", "1,500"),
        ("44", "44.0"),
        ("81.6", "81.65"),
        ("81.6", ""),
    ],
)
def test_only_whole_words_and_whole_numbers_count(alternative: str, text: str) -> None:
    assert not stands_in(alternative, text)


def test_a_text_is_compared_in_small_letters_with_one_kind_of_space() -> None:
    assert normalised(" 5 \u00b5g \n per  Day ") == "5 mcg per day"


def test_every_group_needs_one_of_its_alternatives() -> None:
    row = expected(must=(("81.6", "82"), ("49.4",)))

    assert holds_answer("81.6% against 49.4%", row)
    assert holds_answer("82% against 49.4%", row)
    assert not holds_answer("81.6%", row)


def test_what_must_not_be_said_spoils_an_answer() -> None:
    row = expected(must=(("81.6",),), must_not=("cured",))

    assert not holds_answer("81.6% were cured", row)


@pytest.mark.parametrize(
    ("cited", "right"),
    [(["a"], False), (["b", "c"], True), (["a", "b", "c"], True), (["c"], False), ([], False)],
)
def test_one_of_any_and_all_of_all_must_be_cited(cited: list[str], right: bool) -> None:
    row = expected(cite_any=("a", "b"), cite_all=("c", "b"))

    assert cites_right(cited, row) is right


def test_where_no_study_is_asked_for_any_citation_will_do() -> None:
    assert cites_right([], expected())


# Scoring.


def test_the_right_figure_of_the_right_study_is_right() -> None:
    given = answer("What?", SURVIVAL)

    assert scored(given, must=(("71.5",),), cite_any=(FIRST.doc_id,)).right
    assert not scored(given, must=(("71.5",),), cite_any=("another",)).right
    assert not scored(given, must=(("90.3",),), cite_any=(FIRST.doc_id,)).right


def test_a_refusal_is_right_where_nothing_answers() -> None:
    assert scored(refused(), answerable=False).right
    assert not scored(answer("What?", SURVIVAL), answerable=False).right
    assert not scored(refused(), must=(("71.5",),)).right


def test_a_refusal_need_not_hold_an_answer_but_nothing_forbidden() -> None:
    assert scored(refused(), answerable=False, must=(("71.5",),)).right
    assert not scored(refused("it is 99%"), answerable=False, must_not=("99%",)).right


def test_a_figure_on_demand_or_in_the_nearest_sentence_does_not_count() -> None:
    assert not scored(refused(), must=(("71.5",),)).answer_hit


def test_the_summary_counts_what_it_says() -> None:
    right = answer("What?", SURVIVAL)
    wrong = answer("What?", FEVER)
    survival: dict[str, Any] = {"must": (("71.5",),), "cite_any": (FIRST.doc_id,)}

    measures = summary(
        [
            scored(right, **survival),
            scored(wrong, **survival),
            scored(refused(), **survival),
            scored(right, kind="comparison", cite_all=(FIRST.doc_id,)),
            scored(refused(), kind="unanswerable", answerable=False),
            scored(right, kind="unanswerable", answerable=False),
            scored(refused(), kind="out_of_domain", answerable=False),
            scored(right, turn=True, **survival),
            scored(wrong, turn=True, **survival),
        ]
    )

    assert measures["answer_hit"] == 0.5
    assert measures["citation_hit"] == 0.5
    assert measures["all_studies_cited"] == 1
    assert measures["refused_unanswerable"] == 0.5
    assert measures["refused_out_of_domain"] == 1
    assert measures["falsely_refused"] == 0.25
    assert measures["dialogue_turns_right"] == 0.5
    assert measures["latency_ms"] == {"p50": 12.5, "p95": 12.5}
    assert measures["by_type"]["numeric"] == {"rows": 3, "right": pytest.approx(1 / 3)}
    assert measures["by_type"]["unanswerable"] == {"rows": 2, "right": 0.5}


def test_the_summary_has_the_same_keys_and_nulls_for_what_the_folder_does_not_hold() -> None:
    measures = summary([])

    assert set(measures) == {
        *NAMES,
        "latency_ms",
        "length",
        "by_type",
        "checks_ms_p50",
        "claim_confusion",
    }
    assert [measures[name] for name in NAMES] == [None] * len(NAMES)
    assert measures["by_type"] == {}
    assert json.loads(json.dumps(measures)) == measures


def test_the_longest_answer_counts_what_is_shown() -> None:
    measures = summary([scored(answer("What?", SURVIVAL, FEVER)), scored(refused("a " * 99))])

    assert measures["length"] == {"most_sentences": 2, "most_words": 11}


def test_a_share_of_nothing_is_none() -> None:
    assert share([]) is None
    assert share([True, False]) == 0.5


def test_a_prediction_is_what_was_answered() -> None:
    assert scored(answer("What?", SURVIVAL)).prediction() == {
        "id": "q1",
        "answer": "At 2 years, survival was 71.5%.",
        "cited": [FIRST.doc_id],
        "abstained": False,
    }


class Parrot:
    """An assistant that gives one answer, and notes what it was asked after what."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def ask(self, question: str, turns: Sequence[Answer] = ()) -> Answer:
        self.asked.append((question, [turn.question for turn in turns]))
        if not question:
            raise BadQuestion("Write a question first.")
        return answer(question, SURVIVAL)


def test_the_turns_of_a_dialogue_follow_each_other_and_no_other() -> None:
    parrot = Parrot()
    turns = tuple(expected(question=text) for text in ("one", "two", "three"))

    found = evaluate(parrot, Gold((expected(question="alone"),), (turns, turns[:1])))

    assert parrot.asked[1:] == [
        ("alone", []),
        ("one", []),
        ("two", ["one"]),
        ("three", ["one", "two"]),
        ("one", []),
    ]
    assert [one.turn for one in found] == [False, True, True, True, True]


def test_progress_is_told() -> None:
    told: list[tuple[int, int]] = []

    evaluate(Parrot(), Gold((expected(), expected()), ()), lambda *now: told.append(now))

    assert told == [(1, 2), (2, 2)]


def test_a_question_that_is_not_taken_counts_as_refused() -> None:
    (found,) = evaluate(Parrot(), Gold((expected(question="", answerable=False),), ()))

    assert found.right
    assert found.prediction()["answer"] == "Write a question first."


def test_the_table_names_what_was_measured_and_no_more() -> None:
    measures = summary([scored(answer("What?", SURVIVAL), must=(("71.5",),))])
    console = Console(width=100, record=True, file=StringIO())

    console.print(table_of(measures))

    text = console.export_text()
    assert "answers with every figure asked for" in text
    assert "100.0%" in text
    assert "numeric (1)" in text
    assert "claims, accuracy" not in text


# Gold folders.


def write(folder: Path, name: str, *rows: object) -> None:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_questions_and_dialogues_are_read(tmp_path: Path) -> None:
    row = {"id": "q1", "question": "OS?", "type": "numeric", "must": [["90.3", "90"], ["85.1"]]}
    write(tmp_path, "questions.jsonl", row, "", {"id": "q2", "question": "Dose?"})
    write(
        tmp_path, "dialogues.jsonl", {"id": "d1", "turns": [{"question": "a"}, {"question": "b"}]}
    )

    gold = read_gold(tmp_path)

    assert [one.row_id for one in gold.questions] == ["q1", "q2"]
    assert gold.questions[0].must == (("90.3", "90"), ("85.1",))
    assert [one.row_id for one in gold.dialogues[0]] == ["d1-t1", "d1-t2"]


def test_unknown_types_and_further_fields_are_fine(tmp_path: Path) -> None:
    row = {"id": 7, "question": "OS?", "type": "never heard of", "split": "held", "must": None}
    write(tmp_path, "questions.jsonl", row)

    (read,) = read_gold(tmp_path).questions

    assert (read.kind, read.must, read.answerable) == ("never heard of", (), True)
    assert summary([Scored(read, refused(), 1, turn=False)])["by_type"] == {
        "never heard of": {"rows": 1, "right": 0.0}
    }


def test_the_split_of_a_row_is_read(tmp_path: Path) -> None:
    rows = ({"id": "q1", "question": "OS?", "split": "held"}, {"id": "q2", "question": "EFS?"})
    write(tmp_path, "questions.jsonl", *rows)

    assert [row.split for row in read_gold(tmp_path).questions] == ["held", None]


def test_a_line_separator_inside_a_question_does_not_cut_it(tmp_path: Path) -> None:
    row = json.dumps({"id": "q1", "question": "OS\u2028?"}, ensure_ascii=False)
    write(tmp_path, "questions.jsonl", row)

    assert read_gold(tmp_path).questions[0].question == "OS\u2028?"


@pytest.mark.parametrize("missing", ["questions.jsonl", "dialogues.jsonl"])
def test_either_file_will_do(tmp_path: Path, missing: str) -> None:
    write(tmp_path, "questions.jsonl", {"id": "q1", "question": "OS?"})
    write(tmp_path, "dialogues.jsonl", {"id": "d1", "turns": [{"question": "OS?"}]})
    (tmp_path / missing).unlink()

    gold = read_gold(tmp_path)

    assert len(gold.questions) + len(gold.dialogues) == 1


def test_a_folder_without_gold_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(BadGold, match=r"neither questions\.jsonl nor dialogues\.jsonl\. Name a"):
        read_gold(tmp_path)


@pytest.mark.parametrize(
    ("file", "row", "problem"),
    [
        ("questions.jsonl", "{", "questions.jsonl, line 2: not JSON"),
        ("questions.jsonl", "[]", "questions.jsonl, line 2: no object with an id"),
        ("questions.jsonl", {"question": "OS?"}, "questions.jsonl, line 2: no object with an id"),
        ("questions.jsonl", {"id": "q9"}, "q9: no field 'question'"),
        ("dialogues.jsonl", {"id": "d9"}, "d9: no field 'turns'"),
        ("dialogues.jsonl", {"id": "d9", "turns": [{}]}, "d9-t1: no field 'question'"),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    tmp_path: Path, file: str, row: object, problem: str
) -> None:
    write(tmp_path, "questions.jsonl", {"id": "q1", "question": "OS?"})
    good = {"id": "x", "question": "OS?", "turns": [{"question": "OS?"}]}
    write(tmp_path, file, good, row)

    with pytest.raises(BadGold) as caught:
        read_gold(tmp_path)

    assert str(caught.value).startswith(problem)
    assert str(caught.value).endswith(".")

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.cards import Fate, Origin
from assistant.history import History
from assistant.web.card_view import kept_line
from assistant.web.keeping import Keeper
from assistant.web.numbering import number
from assistant.web.start import is_this_machine
from assistant.web.turns import Problem, Turn
from assistant.web.unkept import LATEST, Unkept

from .hand_made import SURVIVAL, Shelf, abstention, answer, evidence
from .test_markup import text_of

WHOLE = Turn("What was survival?", answer(evidence("E1", SURVIVAL)))
DECLINED = replace(abstention(), documents_searched=0)


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    return Keeper(History(tmp_path / "history.sqlite"), Origin("c0ffee"), Shelf())


def test_a_whole_answer_is_kept_under_a_new_conversation(keeper: Keeper) -> None:
    kept = keeper.keep("ann", "", (WHOLE,))

    assert len(kept.conversation) == 32
    assert kept.turns[0].card is not None
    again = keeper.conversation("ann", kept.conversation)
    assert [turn.question for turn in again.turns] == ["What was survival?"]


def test_a_second_answer_is_kept_in_the_same_conversation(keeper: Keeper) -> None:
    first = keeper.keep("", "", (WHOLE,))

    second = keeper.keep("", first.conversation, (*first.turns, WHOLE))

    assert second.conversation == first.conversation
    assert len(keeper.conversation("", first.conversation).turns) == 2


@pytest.mark.parametrize(
    "turn",
    [
        Turn("What was survival?"),
        replace(WHOLE, answer=replace(answer(evidence("E1", SURVIVAL)), complete=False)),
        replace(WHOLE, stopped=True),
        replace(WHOLE, problem=Problem("It broke.", "Ask again.")),
        Turn("My patient Jane Doe, 3 months", DECLINED),
    ],
)
def test_what_is_growing_stopped_broken_or_declined_is_not_kept(keeper: Keeper, turn: Turn) -> None:
    kept = keeper.keep("", "", (turn,))

    assert kept.turns == (turn,)
    assert keeper.records.conversations("") == ()


def test_a_refusal_that_was_searched_is_kept(keeper: Keeper) -> None:
    keeper.keep("", "", (Turn("And at 10 years?", abstention()),))

    assert len(keeper.records.conversations("")) == 1


def test_an_answer_that_cannot_be_kept_is_shown_and_the_reason_said(tmp_path: Path) -> None:
    folder = tmp_path / "history.sqlite"
    folder.mkdir()
    keeper = Keeper(History(folder), Origin(), Shelf())

    kept = keeper.keep("", "", (WHOLE,))

    assert kept.turns == (WHOLE,)
    assert kept.problem is not None
    assert "BLINCITE_HISTORY_FILE" in kept.problem


def test_on_the_same_corpus_an_earlier_answer_says_nothing_of_changes(keeper: Keeper) -> None:
    kept = keeper.keep("", "", (WHOLE,))

    (turn,) = keeper.conversation("", kept.conversation).turns

    assert turn.changes is None
    assert kept_line(turn, {}) == ""


def test_on_another_corpus_an_earlier_answer_says_what_became_of_its_quotes(
    keeper: Keeper,
) -> None:
    kept = keeper.keep("", "", (WHOLE,))
    rebuilt = Keeper(keeper.records, Origin("decaf"), Shelf())

    (turn,) = rebuilt.conversation("", kept.conversation).turns

    assert turn.changes is not None
    assert [change.fate for change in turn.changes] == [Fate.UNCHANGED]
    assert "Its quote stands unchanged" in text_of(kept_line(turn, number([turn.answer]).turns[0]))


def test_an_answer_that_quotes_nothing_says_so(keeper: Keeper) -> None:
    reply = Answer("hello", "hello", reply="Ask about a trial.")
    (turn,) = keeper.keep("", "", (Turn("hello", reply),)).turns

    assert "It quotes nothing." in text_of(kept_line(replace(turn, changes=()), {}))


def test_with_the_history_off_only_the_latest_answers_can_be_exported() -> None:
    keeper = Keeper(Unkept(), Origin(), Shelf())
    cards = [
        turn.card
        for place in range(LATEST + 1)
        for turn in keeper.keep("", "", (Turn(*asked(f"Question {place}?")),)).turns
    ]

    first, last = cards[0], cards[-1]
    assert first is not None
    assert last is not None
    assert keeper.records.card("", first.card_id) is None
    assert keeper.records.card("", last.card_id) == last


def asked(question: str) -> tuple[str, Answer]:
    return question, answer(evidence("E1", SURVIVAL), question=question)


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("ward", False)],
)
def test_only_an_address_of_this_machine_is_private(host: str, own: bool) -> None:
    assert is_this_machine(host) is own

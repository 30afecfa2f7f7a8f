from dataclasses import replace

from assistant.answer import Check
from assistant.web.checks_view import checks_by_card
from assistant.web.evidence_view import panel
from assistant.web.numbering import number

from .hand_made import HOSTILE, SURVIVAL, Shelf, answer, doubted, evidence
from .test_markup import text_of


def test_a_card_lists_the_checks_of_the_sentences_that_cite_it() -> None:
    given = [answer(evidence("E1", SURVIVAL)), doubted()]

    checks = checks_by_card(given, number(given))

    assert [check.why for check in checks[1]] == ["81.6%: disease-free survival, 2 years."]


def test_the_checks_of_a_withheld_sentence_are_not_those_of_the_card() -> None:
    checks = checks_by_card([doubted()], number([doubted()]))

    assert all(check.passed for check in checks[1])


def test_an_open_card_says_its_checks_in_words() -> None:
    numbering = number([doubted()])

    shown = text_of(panel(numbering.cards, Shelf(), checks_by_card([doubted()], numbering)))

    assert "Found word for word in the stored text81.6%: disease-free survival, 2 years." in shown


def test_where_the_quote_stands_is_checked_today_and_said_once() -> None:
    then = Check("place", True, "It stood in place.")
    given = replace(doubted(), claims=(replace(doubted().claims[0], checks=(then,)),))
    numbering = number([given])

    shown = text_of(panel(numbering.cards, Shelf(), checks_by_card([given], numbering)))

    assert "It stood in place." not in shown
    assert "Found word for word in the stored text" in shown


def test_a_question_that_failed_has_no_checks() -> None:
    assert checks_by_card([None], number([None])) == {}


def test_a_reason_is_shown_as_text_whatever_it_holds() -> None:
    hostile = replace(doubted().claims[0].checks[0], why=HOSTILE)
    given = replace(doubted(), claims=(replace(doubted().claims[0], checks=(hostile,)),))
    numbering = number([given])

    shown = panel(numbering.cards, Shelf(), checks_by_card([given], numbering))

    assert "<img" not in shown

from dataclasses import replace

from assistant.web.numbering import number

from .hand_made import DOSE, RESIDUAL, SURVIVAL, abstention, answer, evidence


def numbers(*answers: object) -> list[dict[str, int]]:
    numbering = number(answers)  # type: ignore[arg-type]
    return [{key: card.number for key, card in turn.items()} for turn in numbering.turns]


def test_the_first_turn_is_numbered_by_its_keys() -> None:
    first = answer(evidence("E1", SURVIVAL), evidence("E3", RESIDUAL))

    assert numbers(first) == [{"E1": 1, "E3": 3}]


def test_a_later_turn_counts_on_from_the_highest_number() -> None:
    first = answer(evidence("E1", SURVIVAL), evidence("E2", RESIDUAL))
    second = answer(evidence("E1", DOSE))

    assert numbers(first, second) == [{"E1": 1, "E2": 2}, {"E1": 3}]


def test_a_quote_shown_before_keeps_its_number() -> None:
    first = answer(evidence("E1", SURVIVAL))

    assert numbers(first, abstention()) == [{"E1": 1}, {"E1": 1}]


def test_numbers_stay_while_an_answer_grows() -> None:
    first = answer(evidence("E1", SURVIVAL))
    half = replace(answer(evidence("E1", RESIDUAL)), complete=False)
    whole = answer(evidence("E1", RESIDUAL), evidence("E2", DOSE))

    before, after = numbers(first, half)[1], numbers(first, whole)[1]

    assert before == {"E1": 2}
    assert after == {"E1": 2, "E2": 3}


def test_each_card_has_a_number_of_its_own() -> None:
    first = answer(evidence("E2", SURVIVAL))
    second = answer(evidence("E1", RESIDUAL), evidence("nearest", DOSE))

    cards = number([first, None, second]).cards

    assert [card.number for card in cards] == [2, 3, 4]


def test_a_turn_without_an_answer_has_no_numbers() -> None:
    assert numbers(None) == [{}]

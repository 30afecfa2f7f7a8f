"""ColBERT MaxSim with the bundled weights."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.late_interaction import LateInteraction

TEXTS = [
    "In infants, 2-year event-free survival was 71.5% with quibrimab.",
    "The vial is kept in a refrigerator at 2 to 8 °C.",
    "Fever and purple rash were the most frequent side effects in adults.",
    "Infants under 1 year with blue fever could enter the trial.",
]


@pytest.fixture(scope="module")
def late() -> LateInteraction:
    return LateInteraction()


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_nearest_to_itself(late: LateInteraction, text: str) -> None:
    scores = late.score(text, TEXTS)

    assert TEXTS[int(scores.argmax())] == text
    assert scores.max() <= 1.001


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("survival of infants without an event", 0),
        ("storage temperature", 1),
        ("adverse events", 2),
        ("age of trial participants", 3),
    ],
)
def test_the_text_that_answers_is_nearest(late: LateInteraction, query: str, nearest: int) -> None:
    assert int(late.score(query, TEXTS).argmax()) == nearest


def test_a_score_is_the_same_whatever_else_is_scored_and_how_often(late: LateInteraction) -> None:
    alone = [float(LateInteraction().score("storage", [text])[0]) for text in TEXTS[:2]]

    first, second = late.score("storage", TEXTS), late.score("storage", TEXTS[::-1])

    assert first[:2].tolist() == alone
    assert second[::-1].tolist() == first.tolist()


def test_a_text_that_stands_twice_is_scored_twice_alike(late: LateInteraction) -> None:
    one, other = late.score("storage", [TEXTS[1], TEXTS[1]])

    assert one == other


def test_no_texts_have_no_scores(late: LateInteraction) -> None:
    assert late.score("storage", []).tolist() == []


def test_a_query_and_a_text_of_any_length_are_scored(late: LateInteraction) -> None:
    assert late.score("survival of infants " * 200, ["rash " * 2000, ""]).shape == (2,)


def test_what_one_search_forgets_another_still_has() -> None:
    late = LateInteraction(remembered=1)
    expected = late.score("storage", TEXTS).tolist()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: late.score("storage", TEXTS).tolist(), range(12)))

    assert found == [expected] * 12

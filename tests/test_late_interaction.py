"""MaxSim with the bundled embedder, on stored token vectors."""

from pathlib import Path

import numpy as np
import pytest

from assistant.late_interaction import LateInteraction, NoLateInteraction
from index import token_vectors
from index.embedder import Embedder
from index.token_rows import QueryTokens
from index.token_vectors import TokenVectors

TEXTS = [
    "In infants, 2-year event-free survival was 71.5% with quibrimab.",
    "The vial is kept in a refrigerator at 2 to 8 °C.",
    "Fever and purple rash were the most frequent side effects in adults.",
    "Infants under 1 year with blue fever could enter the trial.",
]
ALL = [0, 1, 2, 3]


def late_over(folder: Path, texts: list[str], ends: list[tuple[int, ...]]) -> LateInteraction:
    """Late interaction over texts as passages; every token is in one of them."""
    embedder = Embedder()
    keys = [f"{number:064x}" for number in range(len(texts))]
    _, rows = embedder.embed_with_tokens(texts, ends)
    holders = np.ones(embedder.tokens, dtype=np.int32)
    token_vectors.write(folder, keys, holders, [list(zip(keys, rows, strict=True))])
    return LateInteraction(TokenVectors.load(folder), embedder)


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> LateInteraction:
    ends: list[tuple[int, ...]] = [(0, len(text)) for text in TEXTS]
    return late_over(tmp_path_factory.mktemp("late"), TEXTS, ends)


def best(late: LateInteraction, query: str) -> int:
    return int(late.compare(late.read(query), ALL).scores.argmax())


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_nearest_to_itself(late: LateInteraction, text: str) -> None:
    scores = late.compare(late.read(text), ALL).scores

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
    assert best(late, query) == nearest


def test_a_score_is_the_same_whatever_else_is_compared(late: LateInteraction) -> None:
    query = late.read("storage")

    alone, beside = late.compare(query, [1]), late.compare(query, [3, 1])

    assert alone.scores[0] == beside.scores[1]
    assert alone.parts[0] == beside.parts[1]


def test_each_sentence_has_a_score_of_its_own(tmp_path: Path) -> None:
    heading, *sentences = "Quibrimab. ", TEXTS[0] + " ", TEXTS[1]
    ends = tuple(np.cumsum([len(heading), *map(len, sentences)]).tolist())
    late = late_over(tmp_path, [heading + "".join(sentences)], [ends])

    [parts] = late.compare(late.read("storage temperature"), [0]).parts

    assert sorted(parts) == [0, 1, 2]
    assert parts[2] > max(parts[0], parts[1])


def test_a_rare_token_counts_for_more(tmp_path: Path) -> None:
    rows = [np.array([[1, 127, 0]], np.int8), np.array([[1, 0, 127]], np.int8)]
    keyed = list(zip(["0a" * 32, "0b" * 32], rows, strict=True))
    token_vectors.write(tmp_path, [key for key, _ in keyed], np.array([2, 1], np.int32), [keyed])
    late = LateInteraction(TokenVectors.load(tmp_path), Embedder())
    common_and_rare = QueryTokens(np.array([0, 1]), np.eye(2, dtype=np.float32))

    scores = late.compare(common_and_rare, [0, 1]).scores

    assert scores[1] > scores[0] > 0


def test_a_query_without_tokens_finds_no_passage_nearer(late: LateInteraction) -> None:
    assert late.compare(late.read(""), ALL).scores.tolist() == [0, 0, 0, 0]


def test_without_token_vectors_every_passage_scores_alike() -> None:
    none = NoLateInteraction()

    compared = none.compare(none.read("storage"), [5, 6])

    assert (compared.scores.tolist(), compared.parts) == ([0, 0], ({}, {}))

"""Query to candidate passages: filtered in both legs, best first, the same every time."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from assistant_stand_ins import FIRST
from numpy.typing import NDArray

from assistant.answer import Filters
from assistant.assembly import Assembled
from assistant.retrieval import (
    Candidate,
    HybridSearch,
    StudyRetriever,
    minmax,
    passes,
    ranked,
    where,
)
from index.build import current_generation
from index.catalogue import Catalogue
from index.embedder import Embedder
from index.lexical import WordIndex
from index.settings import IndexSettings
from index.store import VectorStore

Scores = NDArray[np.float32]
QUERY = "event-free survival with quibrimab"
ALDERMANN, BRANDVIK = "aldermann-2091-lighthouse-1", "brandvik-2093-lighthouse-1-followup"
LABEL, RECORD = "label-2092-quibrimab", "registry-2094-nct90000002-lighthouse-2"
FILTERED = [
    (Filters(year_from=2093), {BRANDVIK, RECORD}),
    (Filters(year_to=2091), {ALDERMANN}),
    (Filters(year_from=2092, year_to=2093), {LABEL, BRANDVIK}),
    (Filters(designs=("label",)), {LABEL}),
    (Filters(designs=("label", "registry record")), {LABEL, RECORD}),
    (Filters(populations=("adult",)), {LABEL, RECORD}),
    (Filters(populations=("older adult", "infant")), {ALDERMANN, BRANDVIK, LABEL, RECORD}),
    (Filters(randomised=True), {ALDERMANN, BRANDVIK}),
    (Filters(randomised=False), {RECORD}),
    (Filters(designs=("trial report",), year_from=2092, randomised=True), {BRANDVIK}),
]


class Shared:
    """Late interaction that counts the words of the query in a text."""

    def score(self, query: str, texts: Sequence[str]) -> Scores:
        words = query.lower().split()
        return np.array(
            [sum(word in text.lower() for word in words) for text in texts], dtype=np.float32
        )


class Noted:
    """A vector store that notes what it is asked."""

    def __init__(self, store: VectorStore) -> None:
        self.store = store
        self.asked: list[tuple[Scores, dict[str, Any] | None]] = []

    def nearest(
        self, vector: Scores, k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        self.asked.append((vector, where))
        return self.store.nearest(vector, k, where)


@pytest.fixture
def store(built: IndexSettings) -> Iterator[Noted]:
    store = VectorStore(current_generation(built.folder) / "chroma")
    yield Noted(store)
    store.close()


@pytest.fixture
def search(built: IndexSettings, store: Noted) -> HybridSearch:
    """The search over the tiny corpus."""
    generation = current_generation(built.folder)
    catalogue = Catalogue(generation / "catalogue.sqlite")
    words = WordIndex.load(generation / "words")
    return HybridSearch(catalogue, Embedder(built.embedder), store, words, Shared())


def documents(found: Sequence[Candidate]) -> set[str]:
    return {candidate.study.doc_id for candidate in found}


def test_candidates_come_best_first_with_scores_from_0_to_1(search: HybridSearch) -> None:
    scores = [candidate.score for candidate in search.retrieve(QUERY, k=10)]

    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= 1
    assert scores[-1] >= 0


def test_no_more_than_k_come_back(search: HybridSearch) -> None:
    assert len(search.retrieve(QUERY, k=3)) == 3


def test_the_same_query_gives_the_same_candidates(search: HybridSearch) -> None:
    runs = [search.retrieve(QUERY, k=19) for _ in range(5)]

    assert runs == [runs[0]] * 5


def test_a_candidate_is_a_place_in_a_stored_document(
    search: HybridSearch, built: IndexSettings
) -> None:
    catalogue = Catalogue(current_generation(built.folder) / "catalogue.sqlite")

    for found in search.retrieve(QUERY, k=19):
        text = catalogue.document(found.study.doc_id).text
        assert found.text == text[found.passage.start : found.passage.end]


def test_a_name_is_found_by_its_letters(search: HybridSearch) -> None:
    assert search.retrieve("NCT90000002", k=1)[0].study.doc_id == RECORD


@pytest.mark.parametrize("query", ["zzzz qqqq", "", "((", "x" * 20_000])
def test_a_query_without_a_known_word_does_no_harm(search: HybridSearch, query: str) -> None:
    assert len(search.retrieve(query, k=4)) <= 4


@pytest.mark.parametrize(("filters", "allowed"), FILTERED)
def test_only_studies_that_the_filters_let_through_are_found(
    search: HybridSearch, filters: Filters, allowed: set[str]
) -> None:
    assert documents(search.retrieve(QUERY, k=19, filters=filters)) == allowed


@pytest.mark.parametrize(("filters", "allowed"), FILTERED)
def test_filters_are_pushed_down_to_the_vector_store(
    search: HybridSearch, store: Noted, filters: Filters, allowed: set[str]
) -> None:
    search.retrieve(QUERY, k=19, filters=filters)

    ((vector, clause),) = store.asked
    passages = (passage_id for passage_id, _ in store.store.nearest(vector, 19, clause))
    assert {passage.split("/")[0] for passage in passages} == allowed


def test_filters_that_no_study_passes_find_nothing(search: HybridSearch, store: Noted) -> None:
    assert search.retrieve(QUERY, k=5, filters=Filters(year_from=2200)) == []
    assert store.asked == []


def test_a_search_within_documents_stays_within_them(search: HybridSearch) -> None:
    found = search.retrieve(QUERY, k=19, within=frozenset({BRANDVIK}))

    assert documents(found) == {BRANDVIK}


def test_a_search_within_no_document_finds_nothing(search: HybridSearch) -> None:
    assert search.retrieve(QUERY, k=19, within=frozenset()) == []


def test_filters_hold_within_documents_as_well(search: HybridSearch) -> None:
    both = frozenset({BRANDVIK, LABEL})

    found = search.retrieve(QUERY, k=19, filters=Filters(year_to=2092), within=both)

    assert documents(found) == {LABEL}


@pytest.mark.parametrize("filters", [Filters(year_from=1900), Filters(year_to=2200)])
def test_a_study_without_a_year_passes_no_limit_of_years(filters: Filters) -> None:
    undated = replace(FIRST, year=None)

    assert not passes(undated, filters)
    assert passes(undated, Filters(randomised=True))


def test_a_study_that_says_not_whether_it_was_randomised_is_neither() -> None:
    silent = replace(FIRST, randomised=None)

    assert not passes(silent, Filters(randomised=True))
    assert not passes(silent, Filters(randomised=False))


def test_no_filter_is_no_clause() -> None:
    assert where(None) is None
    assert where(Filters()) is None


@pytest.mark.parametrize(
    "filters",
    [
        Filters(year_from=2024),
        Filters(year_to=2010),
        Filters(designs=("label", "registry record")),
        Filters(populations=("infant",)),
        Filters(populations=("adult", "older adult"), randomised=True),
        Filters(randomised=False, year_from=2020, year_to=2023),
    ],
)
def test_chroma_and_the_word_search_let_the_same_passages_of_the_corpus_through(
    real: Assembled, real_index: IndexSettings, filters: Filters
) -> None:
    passing = {
        passage.passage_id
        for passage in real.catalogue.passages()
        if passes(real.catalogue.study(passage.doc_id), filters)
    }

    store = VectorStore(current_generation(real_index.folder) / "chroma")
    anywhere = np.full(384, 384**-0.5, dtype=np.float32)
    found = store.nearest(anywhere, k=len(passing) + 10, where=where(filters))

    assert len(passing) > 10
    assert {passage_id for passage_id, _ in found} == passing


def test_the_search_is_a_langchain_retriever(search: HybridSearch) -> None:
    retriever = StudyRetriever(search=search, k=2, filters=Filters(designs=("label",)))

    first, second = retriever.invoke("the label gives which dose of quibrimab to infants")

    assert "15 mcg/m²/day to infants" in first.page_content
    assert first.metadata["doc_id"] == LABEL
    assert first.metadata["end"] - first.metadata["start"] == len(first.page_content)
    assert first.metadata["score"] >= second.metadata["score"]
    assert first.id == f"{LABEL}/bottom-line/{first.metadata['start']}"


def test_a_langchain_retriever_works_in_a_chain(search: HybridSearch) -> None:
    chain = StudyRetriever(search=search, k=1) | (lambda found: found[0].metadata["title"])

    assert chain.invoke("NCT90000002 quibrimab in adults") == "Lighthouse-2: Quibrimab in Adults"


def test_scores_are_stretched_from_0_to_1() -> None:
    stretched = minmax(np.array([3, 1, 2], dtype=np.float32))

    assert stretched.tolist() == [1, 0, 0.5]


@pytest.mark.parametrize("scores", [[], [2.0], [2.0, 2.0]])
def test_scores_that_do_not_differ_say_nothing(scores: list[float]) -> None:
    assert minmax(np.array(scores, dtype=np.float32)).tolist() == [0.0] * len(scores)


def test_of_equal_scores_the_earlier_stays_before() -> None:
    assert ranked(np.array([1, 2, 2, 0], dtype=np.float32)) == [1, 2, 0, 3]

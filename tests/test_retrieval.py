"""Query to candidate passages: filtered in both legs, best first, the same every time."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from assistant_stand_ins import FIRST
from numpy.typing import NDArray

from assistant.answer import Filters
from assistant.assembly import Assembled
from assistant.dense import DenseSearch, Found
from assistant.filtering import PassageFilter, let_through
from assistant.retrieval import (
    Candidate,
    HybridSearch,
    StudyRetriever,
    fused,
    highest,
    minmax,
    ranked,
)
from index.build import current_generation
from index.catalogue import Catalogue, content_id
from index.columns import Columns
from index.documents import Document, Section, Study
from index.embedder import Embedder
from index.lexical import WordIndex
from index.passages import passages_of, search_text
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
    """A vector store that notes how many of the nearest it is asked for."""

    def __init__(self, store: VectorStore) -> None:
        self.store = store
        self.asked: list[int] = []

    def nearest(self, vector: Scores, k: int) -> list[tuple[str, float]]:
        self.asked.append(k)
        return self.store.nearest(vector, k)


@pytest.fixture
def catalogue(built: IndexSettings) -> Catalogue:
    return Catalogue(current_generation(built.folder) / "catalogue.sqlite")


@pytest.fixture
def store(built: IndexSettings) -> Iterator[Noted]:
    store = VectorStore(current_generation(built.folder) / "chroma")
    yield Noted(store)
    store.close()


@pytest.fixture
def search(built: IndexSettings, catalogue: Catalogue, store: Noted) -> HybridSearch:
    """The search over the tiny corpus."""
    words = WordIndex.load(current_generation(built.folder) / "words")
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
    search: HybridSearch, catalogue: Catalogue
) -> None:
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


class Along:
    """An embedder for which every query points along the first axis."""

    def embed_query(self, text: str) -> Scores:
        return np.array([1, 0], dtype=np.float32)


class InOrder:
    """A vector store to which passages are the nearer the smaller their number is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids = [passage.passage_id for passage in catalogue.passages()]
        self.asked: list[int] = []

    def nearest(self, vector: Scores, k: int) -> list[tuple[str, float]]:
        self.asked.append(k)
        return [(one, 1 - number / 1000) for number, one in enumerate(self._ids[:k])]


def catalogue_of(folder: Path, studies: Sequence[Study]) -> Catalogue:
    """One passage a study, each farther from the first axis than the one before."""
    documents = [Document(one, one.doc_id, (Section("", 0, len(one.doc_id)),)) for one in studies]
    passages = [passage for one in documents for passage in passages_of(one, 700)]
    angles = np.linspace(0, 1, len(passages))
    vectors = {
        content_id(search_text(document, passage)): np.array(
            [np.cos(angle), np.sin(angle)], dtype=np.float32
        )
        for document, passage, angle in zip(documents, passages, angles, strict=True)
    }
    catalogue = Catalogue(folder / "catalogue.sqlite")
    catalogue.write(documents, passages, (), vectors)
    return catalogue


def every_tenth_in_2092(count: int) -> list[Study]:
    return [
        replace(FIRST, doc_id=f"study-{number:03}", year=2092 if number % 10 == 9 else 2091)
        for number in range(count)
    ]


def test_the_only_passage_left_is_found_though_it_shares_no_word(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(10))
    words = WordIndex.build([one.passage_id for one in catalogue.passages()], ["word"] * 10)
    search = HybridSearch(catalogue, Along(), InOrder(catalogue), words, Shared())

    found = search.retrieve("zzzz", k=5, filters=Filters(year_from=2092))

    assert [candidate.study.doc_id for candidate in found] == ["study-009"]


def test_few_passages_are_compared_one_by_one_nearest_first(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(40))
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, PassageFilter(catalogue))

    found = search.search("fever", Filters(year_from=2092), None)

    assert found.numbers.tolist() == [9, 19, 29, 39]
    assert found.scores[0] == pytest.approx(np.cos(9 / 39))
    assert store.asked == []


def test_of_many_the_store_is_asked_for_more_than_is_needed(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(600))
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, PassageFilter(catalogue), few=0)

    found = search.search("fever", Filters(year_from=2092), None)

    assert store.asked == [500]
    assert found.numbers.tolist() == list(range(9, 500, 10))


def test_where_all_that_pass_are_far_away_the_store_is_asked_once_more(tmp_path: Path) -> None:
    far = [replace(FIRST, doc_id=f"study-{n:03}", year=2091 + (n >= 540)) for n in range(600)]
    catalogue = catalogue_of(tmp_path, far)
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, PassageFilter(catalogue), few=0)

    found = search.search("fever", Filters(year_from=2092), None)

    assert store.asked == [500, 600]
    assert found.numbers.tolist() == list(range(540, 600))


def test_what_one_leg_found_is_scored_by_the_other_as_well() -> None:
    dense = Found(np.array([3, 1]), np.array([0.9, 0.5], dtype=np.float32))
    words = np.array([0, 2, 4, 1], dtype=np.float32)

    best = fused(dense, words, None, k=1)

    assert (best.numbers.tolist(), best.scores.tolist()) == ([3], [(1 + 0.25) / 2])


def test_words_of_a_passage_that_is_not_allowed_count_for_nothing() -> None:
    dense = Found(np.array([1]), np.array([0.5], dtype=np.float32))
    words = np.array([9, 1, 2], dtype=np.float32)

    best = fused(dense, words, np.array([1, 2]), k=5)

    assert (best.numbers.tolist(), best.scores.tolist()) == ([2, 1], [0.5, 0.25])


@pytest.mark.parametrize(
    ("k", "places"), [(1, [2]), (2, [1, 2, 4]), (3, [1, 2, 4]), (9, [0, 1, 2, 4])]
)
def test_the_highest_scores_are_above_0_and_a_tie_is_not_cut(k: int, places: list[int]) -> None:
    scores = np.array([1, 2, 3, 0, 2], dtype=np.float32)

    assert highest(scores, k).tolist() == places


def test_a_filter_is_worked_out_once(tmp_path: Path) -> None:
    allowed = PassageFilter(catalogue_of(tmp_path, every_tenth_in_2092(20)))

    first = allowed.numbers(Filters(year_to=2091), None)
    again = allowed.numbers(Filters(year_to=2091), None)

    assert first is again


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


def columns_of(*studies: Study) -> Columns:
    answers = [
        (one.doc_id, one.kind, one.year, one.randomised, json.dumps(one.age_group))
        for one in studies
    ]
    return Columns.of(answers, [(one.doc_id, n, 1) for n, one in enumerate(studies)])


@pytest.mark.parametrize("filters", [Filters(year_from=1900), Filters(year_to=2200)])
def test_a_study_without_a_year_passes_no_limit_of_years(filters: Filters) -> None:
    undated = columns_of(replace(FIRST, year=None))

    assert let_through(undated, filters).tolist() == [False]
    assert let_through(undated, Filters(randomised=True)).tolist() == [True]


def test_a_study_that_says_not_whether_it_was_randomised_is_neither() -> None:
    silent = columns_of(replace(FIRST, randomised=None))

    assert let_through(silent, Filters(randomised=True)).tolist() == [False]
    assert let_through(silent, Filters(randomised=False)).tolist() == [False]


REAL_FILTERS: list[tuple[Filters, Callable[[Study], bool]]] = [
    (Filters(year_from=2024), lambda study: (study.year or 0) >= 2024),
    (Filters(year_to=2010), lambda study: (study.year or 9999) <= 2010),
    (
        Filters(designs=("label", "registry record")),
        lambda study: study.kind in ("label", "registry record"),
    ),
    (Filters(populations=("infant",)), lambda study: "infant" in study.age_group),
    (
        Filters(populations=("adult", "older adult"), randomised=True),
        lambda study: (
            study.randomised is True and bool({"adult", "older adult"} & {*study.age_group})
        ),
    ),
    (
        Filters(randomised=False, year_from=2020, year_to=2023),
        lambda study: study.randomised is False and study.year in range(2020, 2024),
    ),
]


@pytest.mark.parametrize(("filters", "passes"), REAL_FILTERS)
def test_the_passages_of_the_corpus_that_pass_are_those_of_the_studies_that_pass(
    real: Assembled, filters: Filters, passes: Callable[[Study], bool]
) -> None:
    passing = [
        number
        for number, passage in enumerate(real.catalogue.passages())
        if passes(real.catalogue.study(passage.doc_id))
    ]

    numbers = PassageFilter(real.catalogue).numbers(filters, None)

    assert len(passing) > 10
    assert numbers is not None
    assert numbers.tolist() == passing


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

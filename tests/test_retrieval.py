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
from assistant.dense import DenseSearch, standard
from assistant.filtering import PassageFilter, let_through
from assistant.late_interaction import Compared
from assistant.retrieval import (
    Candidate,
    HybridSearch,
    Pool,
    StudyRetriever,
    highest,
    minmax,
    ordered,
    ranked,
)
from index import passage_vectors
from index.catalogue import Catalogue
from index.columns import Columns
from index.documents import Document, Section, Study
from index.embedder import Embedder
from index.generations import current_generation
from index.lexical import WordIndex
from index.passage_vectors import PassageVectors
from index.passages import Passage, passages_of
from index.settings import IndexSettings
from index.store import VectorStore
from index.token_rows import QueryTokens

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
    """Late interaction that counts the words of the query in a passage, and in each sentence."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._passages = catalogue.passages()
        self._documents = {one.doc_id: one for one in catalogue.documents()}
        self._words: list[str] = []

    def read(self, query: str) -> QueryTokens:
        self._words = query.lower().split()
        return QueryTokens(np.zeros(0, dtype=np.int64), np.zeros((0, 0), dtype=np.float32))

    def compare(self, query: QueryTokens, numbers: Sequence[int]) -> Compared:
        parts = [self._parts(self._passages[number]) for number in numbers]
        scores = np.array([sum(one.values()) for one in parts], dtype=np.float32)
        return Compared(scores, tuple(parts))

    def _parts(self, passage: Passage) -> dict[int, float]:
        text = self._documents[passage.doc_id].text.lower()
        return {
            number: float(sum(word in text[one.start : one.end] for word in self._words))
            for number, one in enumerate(passage.sentences, start=1)
        }


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
    generation = current_generation(built.folder)
    vectors = PassageVectors.load(generation)
    dense = DenseSearch(catalogue, Embedder(built.embedder), store, vectors)
    words = WordIndex.load(generation / "words")
    return HybridSearch(catalogue, dense, words, Shared(catalogue))


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

    def embed_passages(self, texts: list[str]) -> Scores:
        return np.array([[1, 0]] * len(texts), dtype=np.float32)


class InOrder:
    """A vector store to which passages are the nearer the smaller their number is."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids = [passage.passage_id for passage in catalogue.passages()]
        self.asked: list[int] = []

    def nearest(self, vector: Scores, k: int) -> list[tuple[str, float]]:
        self.asked.append(k)
        return [(one, 1 - number / 1000) for number, one in enumerate(self._ids[:k])]


def catalogue_of(folder: Path, studies: Sequence[Study]) -> Catalogue:
    """One passage a study."""
    documents = [Document(one, one.doc_id, (Section("", 0, len(one.doc_id)),)) for one in studies]
    passages = [passage for one in documents for passage in passages_of(one, 700)]
    catalogue = Catalogue(folder / "catalogue.sqlite")
    catalogue.write(documents, passages, (), {})
    return catalogue


def fan(folder: Path, count: int) -> PassageVectors:
    """Each vector farther from the first axis than the one before."""
    angles = np.linspace(0, 1, count, dtype=np.float32)
    passage_vectors.write(folder, np.column_stack([np.cos(angles), np.sin(angles)]), count)
    return PassageVectors.load(folder)


def every_tenth_in_2092(count: int) -> list[Study]:
    return [
        replace(FIRST, doc_id=f"study-{number:03}", year=2092 if number % 10 == 9 else 2091)
        for number in range(count)
    ]


FIRST_AXIS = np.array([1, 0], dtype=np.float32)
NONE = np.array([], dtype=np.int64)


def test_the_only_passage_left_is_found_though_it_shares_no_word(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(10))
    dense = DenseSearch(catalogue, Along(), InOrder(catalogue), fan(tmp_path, 10))
    words = WordIndex.build([one.passage_id for one in catalogue.passages()], ["word"] * 10)
    search = HybridSearch(catalogue, dense, words, Shared(catalogue))

    found = search.retrieve("zzzz", k=5, filters=Filters(year_from=2092))

    assert [candidate.study.doc_id for candidate in found] == ["study-009"]


def test_few_passages_are_compared_one_by_one(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(40))
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, fan(tmp_path, 40))

    found = search.search(FIRST_AXIS, np.array([9, 19, 29, 39]), NONE)

    assert found.numbers.tolist() == [9, 19, 29, 39]
    assert found.scores[0] == pytest.approx(np.cos(9 / 39), abs=1e-3)
    assert found.standard.mean() == pytest.approx(0, abs=1e-6)
    assert store.asked == []


def test_of_many_the_store_is_asked_for_more_than_is_needed(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(600))
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, fan(tmp_path, 600), exact=0)

    found = search.search(FIRST_AXIS, np.arange(9, 600, 10), NONE)

    assert store.asked == [500]
    assert found.numbers.tolist() == list(range(9, 500, 10))


def test_where_all_that_pass_are_far_away_the_store_is_asked_once_more(tmp_path: Path) -> None:
    far = [replace(FIRST, doc_id=f"study-{n:03}", year=2091 + (n >= 540)) for n in range(600)]
    catalogue = catalogue_of(tmp_path, far)
    store = InOrder(catalogue)
    search = DenseSearch(catalogue, Along(), store, fan(tmp_path, 600), exact=0)

    found = search.search(FIRST_AXIS, np.arange(540, 600), NONE)

    assert store.asked == [500, 600]
    assert found.numbers.tolist() == list(range(540, 600))


def test_what_the_words_found_among_many_gets_its_cosine_as_well(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(600))
    search = DenseSearch(catalogue, Along(), InOrder(catalogue), fan(tmp_path, 600), exact=0)

    found = search.search(FIRST_AXIS, None, np.array([3, 599]))

    assert found.numbers.tolist() == [*range(100), 599]
    assert found.scores[-1] == pytest.approx(np.cos(1), abs=1e-3)


def test_scores_among_many_are_about_as_standard_as_among_all(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, every_tenth_in_2092(600))
    vectors = fan(tmp_path, 600)
    of_all = DenseSearch(catalogue, Along(), InOrder(catalogue), vectors)
    of_some = DenseSearch(catalogue, Along(), InOrder(catalogue), vectors, exact=0)

    exact = of_all.search(FIRST_AXIS, None, NONE)
    near = of_some.search(FIRST_AXIS, None, NONE)

    assert near.standard == pytest.approx(exact.standard[:100], abs=1e-3)


def pool(words: Sequence[float], cosines: Sequence[float]) -> Pool:
    numbers = np.arange(len(words))
    return Pool(numbers, np.array(cosines, dtype=np.float32), np.array(words, dtype=np.float32))


APART = np.eye(3, dtype=np.float32)


def test_each_leg_moves_a_passage_up() -> None:
    nothing = np.zeros(3, dtype=np.float32)

    by_words = ordered(pool([0, 0, 1], [0, 0, 0]), nothing, APART)
    by_vector = ordered(pool([0, 0, 0], [0, 1, 0]), nothing, APART)
    by_tokens = ordered(pool([0, 0, 0], [0, 0, 0]), np.array([1, 0, 0], dtype=np.float32), APART)

    assert [int(one.argmax()) for one in (by_words, by_vector, by_tokens)] == [2, 1, 0]


def test_a_passage_that_is_near_the_best_one_moves_up() -> None:
    vectors = np.array([[1, 0], [0, 1], [0.9, 0.43]], dtype=np.float32)
    late = np.array([1, 0, 0], dtype=np.float32)

    scores = ordered(pool([0, 0, 0], [0, 0, 0]), late, vectors)

    assert ranked(scores) == [0, 2, 1]


def test_a_candidate_tells_how_near_each_of_its_sentences_is(search: HybridSearch) -> None:
    for found in search.retrieve(QUERY, k=5):
        assert len(found.nearness) == len(found.passage.sentences)
    assert max(search.retrieve(QUERY, k=1)[0].nearness) >= 2


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


@pytest.mark.parametrize("scores", [[], [2.0], [2.0, 2.0]])
def test_scores_that_do_not_differ_are_all_at_the_mean(scores: list[float]) -> None:
    assert standard(np.array(scores, dtype=np.float32)).tolist() == [0.0] * len(scores)

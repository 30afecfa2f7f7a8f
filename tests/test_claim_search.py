"""The sentences that bear on a claim."""

from claim_stand_ins import CANDIDATES, COHORTS, READER, Shelf, WordReranker, shelf_search

from assistant.claims.search import EvidenceSearch, negated, variants, without_figures


def test_a_claim_without_its_figures_finds_other_figures() -> None:
    claim = "Overall survival was 93.3% (28 of 30) at 2 years"

    assert without_figures(claim) == "Overall survival was of at years"


def test_a_claim_is_turned_round() -> None:
    assert negated("Drug A improved survival") == "Drug A did not improve survival"
    assert negated("It did not improve survival") == "It improved survival"
    assert negated("Events were more frequent") == "Events were not more frequent"


def test_variants_are_only_those_that_differ() -> None:
    assert variants("Fever occurred in 12% of infants") == ["Fever occurred in of infants"]
    assert variants("Fever occurred") == []


def test_claim_and_variants_are_searched_and_each_sentence_comes_once() -> None:
    shelf = Shelf(*CANDIDATES)
    search = EvidenceSearch(READER, shelf, WordReranker(), COHORTS)

    found = search.find(READER.read("Event-free survival improved to 81.6%."), k=14)

    assert len(set(shelf.queries)) >= 3
    assert len({one.text for one in found}) == len(found) == len(CANDIDATES) + 1


def test_the_nearest_sentence_comes_first() -> None:
    claim = READER.read("At 4 years event-free survival in Lighthouse-1 was 90%.")

    nearest, *_ = shelf_search().find(claim, k=3)

    assert nearest.text.startswith("At 4 years, event-free survival in Lighthouse-1")


def test_the_other_reports_of_the_nearest_trial_are_read_too() -> None:
    shelf = Shelf(*CANDIDATES)
    search = EvidenceSearch(READER, shelf, WordReranker(), COHORTS)

    search.find(READER.read("Fever occurred in 12% of the infants given quibrimab."), k=5)

    assert {"aldermann-2091", "brandvik-2093"} in shelf.within


def test_a_claim_on_how_a_trial_was_set_up_asks_its_reports_for_that() -> None:
    shelf = Shelf(*CANDIDATES)
    search = EvidenceSearch(READER, shelf, WordReranker(), COHORTS)

    search.find(READER.read("Lighthouse-1 was not randomised."), k=3)

    assert any("single-arm or randomised" in query for query in shelf.queries)

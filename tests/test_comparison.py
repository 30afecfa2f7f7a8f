"""The sides of a comparison."""

import pytest
from assistant_stand_ins import READER, read

from assistant.comparison import possible_sides, sides
from assistant.question import Reading


def compared(question: str) -> list[Reading]:
    return sides(read(question), READER)


def test_each_named_trial_is_a_side() -> None:
    one, other = compared("2-year EFS, Lighthouse-1 versus D-HARB")

    assert [name.label for name in one.names] == ["Lighthouse-1"]
    assert [name.label for name in other.names] == ["D-HARB"]


def test_each_side_asks_for_the_measure_and_the_time_of_the_whole() -> None:
    for side in compared("2-year EFS, Lighthouse-1 versus D-HARB"):
        assert side.measures == ["event-free survival"]
        assert side.times == {"2 year"}


def test_three_trials_have_three_sides() -> None:
    sides_of_three = compared("EFS in Lighthouse-1, Lighthouse-2 and D-HARB")

    assert [[name.label for name in side.names] for side in sides_of_three] == [
        ["Lighthouse-1"],
        ["Lighthouse-2"],
        ["D-HARB"],
    ]


@pytest.mark.parametrize("between", ["vs", "vs.", "versus", "v", "against", "compared with"])
def test_what_is_compared_without_a_name_is_cut_at_its_versus(between: str) -> None:
    one, other = compared(f"2-year EFS of infants {between} adults")

    assert one.of_kind("population") == ["infant"]
    assert other.of_kind("population")[:1] == ["adult"]
    assert other.measures == ["event-free survival"]
    assert other.times == {"2 year"}


@pytest.mark.parametrize(
    "question",
    [
        "2-year EFS in Lighthouse-1",
        "EFS with quibrimab",
        "EFS against placebo versus nothing against all",
        "",
    ],
)
def test_where_nothing_is_compared_there_are_no_sides(question: str) -> None:
    assert compared(question) == []


def test_the_arms_of_one_trial_are_no_sides() -> None:
    # Documents put both arms in one sentence, so each would be found twice.
    assert compared("EFS with quibrimab versus the control arm") == []


def test_a_side_keeps_what_stands_before_the_first_and_after_the_last() -> None:
    one, other = compared("MRD in Lighthouse-1 vs D-HARB infants")

    assert [side.measures for side in (one, other)] == [["minimal residual disease"]] * 2
    assert [side.of_kind("population") for side in (one, other)] == [["infant"]] * 2


def test_a_side_with_a_measure_of_its_own_keeps_it() -> None:
    one, other = compared("Adults: 3-year RFS in Lighthouse-1, 2-year DFS in D-HARB")

    assert one.measures == ["relapse-free survival"]
    assert other.measures == ["disease-free survival"]
    assert other.of_kind("population") == ["adult"]


def test_terms_of_one_kind_are_sides_where_no_trial_is_named() -> None:
    one, other = compared("US vs EU licence for babies")

    assert one.of_kind("place") == ["United States"]
    assert other.of_kind("place") == ["European Union"]
    assert one.of_kind("population") == ["infant"]


def test_where_no_kind_is_shared_the_clauses_at_the_versus_are_the_sides() -> None:
    one, other = compared("EFS: transplant in first remission vs watchful waiting")

    assert one.of_kind("procedure") == ["transplant"]
    assert other.of_kind("procedure") == []
    assert other.measures == ["event-free survival"]


def test_a_single_trial_that_something_is_set_against_is_no_side() -> None:
    assert compared("2-year DFS of infants given quibrimab, against Lighthouse-1?") == []


def test_a_comparison_of_results_is_one_of_figures() -> None:
    assert [side.wants_figure for side in compared("CR in Lighthouse-1 vs Lighthouse-2")] == [
        True,
        True,
    ]


def parted(question: str) -> list[list[str]]:
    return [[side.text for side in one] for one in possible_sides(read(question), READER)]


def test_things_that_are_described_may_be_sides_with_what_stands_around_them() -> None:
    (only,) = parted("EFS by protocol: the 24 German infants, the adults of Sweden")

    assert only == [
        "event-free survival by protocol the 24 German infants",
        "event-free survival by protocol the adults of Sweden",
    ]


def test_a_thing_without_a_topic_takes_that_of_the_other() -> None:
    (only,) = possible_sides(read("2-year EFS of German infants, and in adults"), READER)

    assert [side.measures for side in only] == [["event-free survival"]] * 2
    assert [side.times for side in only] == [{"2 year"}] * 2


def test_three_things_are_tried_together_before_two() -> None:
    ways = parted("EFS in German infants, in adults and in newborns")

    assert [len(way) for way in ways] == [3, 2, 2]


@pytest.mark.parametrize(
    "question", ["EFS and OS of infants", "EFS of infants", "OS: at 2 years", ""]
)
def test_a_clause_that_does_not_say_whom_it_is_on_is_no_side(question: str) -> None:
    assert parted(question) == []

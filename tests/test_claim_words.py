"""Words that say the same as those of a source, or the opposite."""

import pytest

from assistant.claims.words import agreeing, opposed, other_terms


@pytest.mark.parametrize(
    ("claim", "source", "axis"),
    [
        ("Drug A improved survival.", "Drug A did not improve survival.", "worth"),
        ("Events were more frequent.", "Events were less frequent.", "amount"),
        ("The infants were assigned at random.", "The trial had a single arm.", "allocation"),
        ("It is open to adults.", "Adults are excluded.", "entry"),
        ("Female sex was adverse.", "Male sex was adverse.", "sex"),
        ("It is licensed.", "It is not licensed.", "licence"),
    ],
)
def test_opposite_words_are_found(claim: str, source: str, axis: str) -> None:
    assert axis in [one.axis for one in opposed(claim, source)]


def test_the_words_of_both_sides_are_shown_with_their_negation() -> None:
    (found,) = opposed("It is licensed.", "It is not licensed.")

    assert (found.claim, found.source) == ("licensed", "not licensed")


def test_the_same_end_agrees_although_one_side_is_negated() -> None:
    assert agreeing("It brought no benefit.", "Outcome was worse.") == ("worth",)
    assert opposed("It brought no benefit.", "Outcome was worse.") == ()


def test_a_sentence_with_both_ends_counts_for_neither() -> None:
    assert opposed("Survival was better.", "It was better in boys and worse in girls.") == ()


def test_another_age_group_is_another_population() -> None:
    other = other_terms("Infants were treated.", "Adults were treated.")

    assert other["population"] == (frozenset({"infant"}), frozenset({"adult"}))

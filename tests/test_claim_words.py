"""Words that say the same as those of a source, or the opposite."""

import pytest

from assistant.claims.words import numbered, opposed, other_terms


@pytest.mark.parametrize(
    ("claim", "source", "axis"),
    [
        ("Drug A improved survival.", "Drug A did not improve survival.", "worth"),
        ("Events were more frequent.", "Events were less frequent.", "amount"),
        ("The infants were assigned at random.", "The trial had a single arm.", "allocation"),
        ("It is open to adults.", "Adults are excluded.", "entry"),
        ("Female sex was adverse.", "Male sex was adverse.", "sex"),
        ("It is licensed.", "It is not licensed.", "licence"),
        ("Neither doctors nor patients knew which drug it was.", "It was open label.", "blinding"),
        ("It was randomised.", "It is a non-randomised trial.", "allocation"),
        ("The trial draws lots.", "It is a single-arm trial.", "allocation"),
        ("Levels were lower in infants than in adults.", "They were similar.", "sameness"),
    ],
)
def test_opposite_words_are_found(claim: str, source: str, axis: str) -> None:
    assert axis in [one.axis for one in opposed(claim, source)]


def test_the_words_of_both_sides_are_shown_with_their_negation() -> None:
    (found,) = opposed("It is licensed.", "It is not licensed.")

    assert (found.claim, found.source) == ("licensed", "not licensed")


def test_the_same_end_agrees_although_one_side_is_negated() -> None:
    assert opposed("It brought a benefit.", "Outcome was worse.") != ()
    assert opposed("It brought no benefit.", "Outcome was worse.") == ()


def test_a_sentence_with_both_ends_counts_for_neither() -> None:
    assert opposed("Survival was better.", "It was better in boys and worse in girls.") == ()


def test_another_age_group_is_another_population() -> None:
    other = other_terms("Infants were treated.", "Adults were treated.")

    assert other["population"] == (frozenset({"infant"}), frozenset({"adult"}))


def test_nobody_denies_the_whole_clause() -> None:
    assert opposed("None of the infants died early.", "No early death occurred.") == ()
    assert opposed("None of the infants died early.", "Early death occurred.") != ()


def test_the_disease_is_no_word_for_everybody() -> None:
    assert opposed("It was given to infants only.", "Infants with ALL received it.") == ()


def test_what_was_asked_is_not_said() -> None:
    assert opposed("It brought no gain.", "The question was whether it improves survival.") == ()


def test_fewer_relapses_and_a_higher_survival_are_no_contradiction() -> None:
    assert opposed("Relapses were fewer.", "Disease-free survival was higher.") == ()


def test_grades_are_told_apart_by_their_numbers() -> None:
    assert numbered("Grade 3 or higher, in cycle 1") == {
        "grade": {"grade 3", "grade 4", "grade 5"},
        "cycle": {"cycle 1"},
    }
    assert "grade" in other_terms(
        "After grade 4 fever it ends.", "After grade 3 fever it restarts."
    )
    assert "grade" not in other_terms("Grade 4 was rare.", "Grade 3 or higher was rare.")


def test_a_gene_by_itself_names_no_other_patients_than_its_rearrangement() -> None:
    assert other_terms("The gene KMT2A is rearranged.", "Infants with KMT2A-r ALL.") == {}

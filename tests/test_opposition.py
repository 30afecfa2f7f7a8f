"""Whether two sentences answer one question in opposite ways."""

import pytest
from assistant_stand_ins import FIRST, study

from assistant.effect_figures import Effect
from assistant.effects import Finding, findings_in
from assistant.opposition import Said, asked, comparable, opposes, suits
from assistant.question import QuestionReader
from assistant.vocabulary import Vocabulary

HSCT = frozenset({"transplant"})
HELPS = "Infants who received HSCT did better than those who did not."
NO_GAIN = "HSCT brought no benefit over chemotherapy in event-free survival of infants."
WORSE = "The authors reported worse results after HSCT in infants."
READER = QuestionReader((), (), Vocabulary((), lambda word: [word]))


def finding(sentence: str) -> Finding:
    return findings_in(sentence)[0]


def test_a_benefit_is_opposed_by_none_and_by_harm() -> None:
    assert opposes(finding(HELPS), finding(NO_GAIN))
    assert opposes(finding(NO_GAIN), finding(HELPS))
    assert opposes(finding(HELPS), finding(WORSE))


def test_no_benefit_and_harm_do_not_oppose_each_other() -> None:
    assert not opposes(finding(NO_GAIN), finding(WORSE))


@pytest.mark.parametrize(
    "other",
    [
        "Lestaurtinib brought no benefit over chemotherapy in infants.",
        "HSCT did not improve quality of life of infants.",
        "HSCT did not reduce the risk of relapse in infants.",
    ],
)
def test_another_treatment_or_outcome_opposes_nothing(other: str) -> None:
    assert findings_in(other)
    assert not any(opposes(finding(HELPS), one) for one in findings_in(other))


def test_bare_figures_do_not_oppose_a_difference_that_was_not_significant() -> None:
    bare = finding("DFS was 54.4% with blinatumomab and 39.0% with chemotherapy.")
    tested = finding("Blinatumomab did not significantly improve DFS.")

    assert opposes(bare, tested)
    assert not opposes(tested, bare)


def test_to_equal_what_it_replaces_is_no_failure() -> None:
    added = Finding(frozenset({"blinatumomab"}), "survival", Effect.BETTER)
    instead = Finding(frozenset({"blinatumomab"}), "survival", Effect.SAME, instead=True)

    assert not opposes(added, instead)


def test_a_comparison_told_the_other_way_round_is_the_same() -> None:
    one = "Overall survival was longer with inotuzumab than with blinatumomab."
    same = "Overall survival was shorter with blinatumomab than with inotuzumab."
    turned = "Overall survival was longer with blinatumomab than with inotuzumab."

    assert not opposes(finding(one), finding(same))
    assert opposes(finding(one), finding(turned))


INFANTS = study("infants", "Infants 2091", age_group=("infant",), line=("newly diagnosed",))
CHILDREN = study(
    "children", "Children 2091", age_group=("child", "adolescent"), line=("newly diagnosed",)
)
MIXED = study("mixed", "Mixed 2091", age_group=("infant", "child"), line=("newly diagnosed",))
RELAPSED = study("relapsed", "Relapsed 2091", age_group=("infant",), line=("first relapse",))
WITH_OTHER = study("other", "Other 2091", title="Inotuzumab in Infants", age_group=("infant",))


@pytest.mark.parametrize(
    ("other", "alike"),
    [(INFANTS, True), (CHILDREN, False), (RELAPSED, False), (WITH_OTHER, False)],
)
def test_patients_compare_by_age_line_and_what_else_they_were_given(
    other: object, alike: bool
) -> None:
    assert isinstance(other, type(INFANTS))
    assert comparable(Said("HSCT helped.", INFANTS), Said("HSCT helped.", other), HSCT) is alike


def test_a_sentence_on_infants_of_a_wider_study_is_on_infants() -> None:
    of_infants = Said("HSCT did not help infants.", MIXED)
    of_all = Said("HSCT did not help.", MIXED)

    assert comparable(Said("HSCT helped.", INFANTS), of_infants, HSCT)
    assert not comparable(Said("HSCT helped.", INFANTS), of_all, HSCT)
    assert comparable(Said("HSCT helped.", CHILDREN), of_all, HSCT)


def test_other_risk_groups_do_not_compare() -> None:
    low = Said("Low-risk infants benefited from HSCT.", INFANTS)
    high = Said("High-risk infants had no benefit from HSCT.", INFANTS)
    both = Said("High- and low-risk infants had no benefit from HSCT.", INFANTS)
    at_risk = Said("HSCT went with a lower risk of relapse.", INFANTS)

    assert not comparable(low, high, HSCT)
    assert comparable(low, both, HSCT)
    assert comparable(at_risk, high, HSCT)


def test_patients_with_down_syndrome_compare_with_their_like_only() -> None:
    special = Said("Infants with Down syndrome had no benefit from HSCT.", INFANTS)

    assert not comparable(Said("HSCT helped.", INFANTS), special, HSCT)
    assert comparable(special, special, HSCT)


def test_a_finding_is_asked_about_by_treatment_and_outcome() -> None:
    found = finding(NO_GAIN)

    assert asked(READER.read("Does HSCT improve EFS?"), found)
    assert asked(READER.read("Is HSCT of benefit in infants?"), found)
    assert not asked(READER.read("Does HSCT improve quality of life?"), found)
    assert not asked(READER.read("Does lestaurtinib improve EFS?"), found)


def test_a_sentence_suits_a_question_on_its_patients() -> None:
    assert suits(READER.read("Does HSCT help infants?"), Said(NO_GAIN, FIRST))
    assert not suits(READER.read("Does HSCT help adults?"), Said(NO_GAIN, FIRST))


def test_the_whole_does_not_suit_a_question_on_a_part() -> None:
    young = READER.read("Does HSCT help infants under 6 months?")

    assert suits(young, Said("HSCT did not help infants younger than 6 months.", FIRST))
    assert not suits(young, Said("HSCT did not help infants.", FIRST))


def test_what_holds_in_first_remission_does_not_suit_a_question_on_relapse() -> None:
    early = Said("HSCT in first remission did not help infants.", FIRST)

    assert suits(READER.read("Does HSCT help infants?"), early)
    assert not suits(READER.read("Does HSCT after an early relapse help infants?"), early)

"""Another value that the sources give under the key of a claim's figure."""

from dataclasses import replace

from assistant_stand_ins import LATER, OTHER, scored

from assistant.claims.rivals import rival_of
from assistant.rerank import ScoredSentence

CLAIM = "Overall survival at 3 years in Lighthouse-1 was 24.9%."
ONE = scored("Overall survival at 3 years in Lighthouse-1 was 24.9%.", relevance=8.0)


def other(text: str, relevance: float = 7.0) -> ScoredSentence:
    return scored(text, of=LATER, relevance=relevance)


def test_another_value_under_the_same_key_in_the_same_trial_is_a_rival() -> None:
    rival = other("At 3 years, overall survival in Lighthouse-1 was 20.9%.")

    assert rival_of(CLAIM, [ONE, rival]) is rival


def test_a_sentence_that_prints_both_values_is_its_own_rival() -> None:
    both = other("Overall survival at 3 years was 24.9% in one source and 20.9% in another.")

    assert rival_of(CLAIM, [both]) is both


def test_another_time_or_measure_or_trial_is_none() -> None:
    later = other("At 5 years, overall survival in Lighthouse-1 was 20.9%.")
    events = other("At 3 years, event-free survival in Lighthouse-1 was 20.9%.")
    elsewhere = scored("Overall survival at 3 years was 20.9%.", of=OTHER, relevance=7.0)

    assert rival_of(CLAIM, [ONE, later, events, elsewhere]) is None


def test_a_sentence_that_is_far_from_the_claim_is_none() -> None:
    far = other("At 3 years, overall survival in Lighthouse-1 was 20.9%.", relevance=1.0)

    assert rival_of(CLAIM, [ONE, far]) is None


def test_a_claim_with_a_second_number_says_which_value_it_means() -> None:
    rival = other("At 3 years, overall survival in Lighthouse-1 was 20.9%.")

    assert rival_of(f"In 159 infants, {CLAIM}", [ONE, rival]) is None


def test_a_value_that_no_sentence_holds_has_no_rival() -> None:
    assert rival_of("Overall survival at 3 years was 30%.", [replace(ONE)]) is None


def test_a_sentence_on_two_trials_is_no_rival() -> None:
    both = other("For 3-year OS, it quotes 20.9% in MLL-10 and 24.9% in CCG 1953.")

    assert rival_of(CLAIM, [ONE, both]) is None

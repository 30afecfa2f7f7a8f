"""What speaks for and against a claim in a sentence."""

from assistant_stand_ins import FIRST, read, scored

from assistant.claims.features import (
    Pool,
    about_features,
    closeness,
    judge,
    stance_features,
)

CLAIM = "Event-free survival at 2 years was 81.6% with quibrimab."
TRUE = "At 2 years, event-free survival was 81.6% with quibrimab."
FALSE = "At 2 years, event-free survival was 70.1% with quibrimab."


def stance(claim: str, source: str) -> dict[str, float]:
    reading, sentence = read(claim), scored(source)
    pool = Pool.of(claim, [sentence])
    return stance_features(pool, judge(reading, (sentence, None), (), None), reading)


def test_the_same_figures_under_the_same_key_are_all_here() -> None:
    features = stance(CLAIM, TRUE)

    assert features["all_here"] == 1.0
    assert features["missing"] == 0.0
    assert features["conflicting"] == 0.0


def test_another_value_under_the_same_key_conflicts() -> None:
    features = stance(CLAIM, FALSE)

    assert features["all_here"] == 0.0
    assert features["missing"] == 1.0
    assert features["conflicting"] == 1.0


def test_a_claim_without_figures_is_known() -> None:
    assert stance(CLAIM, TRUE)["figureless"] == 0.0
    assert stance("Quibrimab improved survival.", "Quibrimab improved it.")["figureless"] == 1.0


def test_entailment_counts_as_log_odds_and_not_at_all_without_a_verifier() -> None:
    reading, sentence = read(CLAIM), scored(TRUE)
    pool = Pool.of(CLAIM, [sentence])
    sure = judge(reading, (sentence, None), (), (0.98, 0.01, 0.01))

    assert stance_features(pool, sure, reading)["entailed"] > 0.5
    assert stance_features(pool, sure, reading)["refuted"] < -0.5
    assert about_features(pool, sure, reading)["silent"] < -0.5
    assert stance(CLAIM, TRUE)["entailed"] == 0.0


def test_a_rare_word_of_the_claim_weighs_more_than_one_that_every_sentence_holds() -> None:
    found = [scored("Survival was good."), scored("Survival was poor."), scored("Violins helped.")]

    pool = Pool.of("Violins improved survival", found)

    assert pool.weights["violin"] > pool.weights["surviv"]
    assert 0 < pool.unseen < 1


def test_a_sentence_with_the_claims_figures_comes_closer() -> None:
    reading = read(CLAIM)
    true, false = scored(TRUE, relevance=3.0), scored(FALSE, relevance=3.0)
    pool = Pool.of(CLAIM, [true, false])

    assert closeness(pool, reading, true) > closeness(pool, reading, false)


def test_the_named_trial_makes_a_sentence_be_about_the_claim() -> None:
    reading = read("Event-free survival in Lighthouse-1 was 81.6%.")
    sentence = scored(TRUE, of=FIRST)
    judged = judge(reading, (sentence, None), (), None)

    assert about_features(Pool.of(reading.text, [sentence]), judged, reading)["named"] == 1.0

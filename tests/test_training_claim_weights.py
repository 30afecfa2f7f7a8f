"""The weights of a claim's verdict, learned from claims."""

from collections.abc import Mapping

from assistant.answer import Verdict
from assistant.claims.features import about_features, claim_features, judge, stance_features
from assistant.claims.verdict import Measured, learned
from assistant.evaluation.claims import GoldClaim
from assistant.training.claim_weights import Example, cross_validated, judged, learn, with_mixed

TELLING = frozenset({"here", "agrees"})


def measured(*sentences: tuple[float, float]) -> Measured:
    return Measured(
        about=tuple({"here": 1.0, "relevance": near} for near, _ in sentences),
        stance=tuple({"here": 1.0, "agrees": agrees} for _, agrees in sentences),
        claim={"alone": 1.0},
    )


def example(number: int, verdict: Verdict, *sentences: tuple[float, float]) -> Example:
    return Example(GoldClaim(f"k{number}", f"Claim {number}.", verdict, None), measured(*sentences))


def rows(times: int) -> list[Example]:
    """Claims whose near sentences agree, disagree, or are not there."""
    kinds = [
        (Verdict.SUPPORTED, (2.0, 1.0)),
        (Verdict.CONTRADICTED, (2.0, -1.0)),
        (Verdict.NOT_ENOUGH, (-2.0, 0.5)),
    ]
    return [
        example(3 * turn + at, verdict, (near + turn / 50, agrees), (-3.0, -agrees))
        for turn in range(times)
        for at, (verdict, (near, agrees)) in enumerate(kinds)
    ]


def test_claims_that_can_be_told_apart_are() -> None:
    weights = learn(rows(4), TELLING)

    assert all(one.right for one in judged(weights, rows(4)))
    assert weights["stance"]["agrees"] > 0
    assert weights["about"]["relevance"] > 0


def test_the_same_claims_give_the_same_weights() -> None:
    assert learn(rows(3), TELLING) == learn(rows(3), TELLING)


def test_features_that_may_not_tell_get_no_weight() -> None:
    weights = learn(rows(4), frozenset({"here"}))

    assert weights["stance"]["agrees"] == 0.0
    assert not all(one.right for one in judged(weights, rows(4)))


def test_the_threshold_of_mixed_is_learned_from_mixed_claims() -> None:
    both = [example(90 + n, Verdict.MIXED, (2.0, 1.0), (2.0 + n / 50, -1.0)) for n in range(3)]
    taught = [*rows(4), *both]

    weights = with_mixed(learn(taught, TELLING), taught)

    assert weights["mixed"] < 1
    assert all(one.right for one in judged(weights, taught))


def test_every_claim_is_judged_by_weights_that_were_not_learned_from_it() -> None:
    assert cross_validated(rows(5), TELLING)["claim_accuracy"] == 1.0


def test_the_file_has_a_weight_for_every_feature() -> None:
    from claim_stand_ins import CANDIDATES, READER

    from assistant.claims.features import Pool
    from assistant.rerank import sentences_in

    reading = READER.read("Event-free survival was 81.6%.")
    (first, *_) = sentences_in(CANDIDATES)
    pool = Pool.of(reading.text, [first])
    one = judge(reading, (first, None), (), (0.8, 0.1, 0.1))
    weights: Mapping[str, Mapping[str, float]] = learned()

    assert set(about_features(pool, one, reading)) == set(weights["about"])
    assert set(stance_features(pool, one, reading)) == set(weights["stance"])
    assert set(claim_features(pool, [one])) == set(weights["not_enough"])

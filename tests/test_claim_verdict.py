"""What was measured, to a verdict."""

from assistant.answer import Verdict
from assistant.claims.verdict import Measured, opinion

WEIGHTS = {
    "about": {"here": 0.0, "relevance": 2.0},
    "stance": {"agrees": 3.0},
    "not_enough": {"alone": 1.0},
    "mixed": 0.8,
}


def measured(*sentences: tuple[float, float]) -> Measured:
    """Sentences by their relevance and whether they agree, 1 to -1."""
    return Measured(
        about=tuple({"here": 1.0, "relevance": relevance} for relevance, _ in sentences),
        stance=tuple({"agrees": agrees} for _, agrees in sentences),
        claim={"alone": 1.0},
    )


def test_a_near_sentence_that_agrees_supports() -> None:
    view = opinion(measured((1.0, 1.0), (0.0, 0.0)), WEIGHTS)

    assert view.verdict(mixed=0.8) is Verdict.SUPPORTED


def test_a_near_sentence_that_disagrees_contradicts() -> None:
    view = opinion(measured((1.0, -1.0), (0.0, 0.0)), WEIGHTS)

    assert view.verdict(mixed=0.8) is Verdict.CONTRADICTED


def test_far_sentences_settle_nothing() -> None:
    view = opinion(measured((-2.0, 0.1), (-2.0, -0.1)), WEIGHTS)

    assert view.verdict(mixed=0.8) is Verdict.NOT_ENOUGH


def test_no_sentence_settles_nothing() -> None:
    assert opinion(measured(), WEIGHTS).verdict(mixed=0.8) is Verdict.NOT_ENOUGH


def test_two_sure_sentences_that_differ_are_mixed() -> None:
    view = opinion(measured((1.0, 1.0), (1.0, -1.0)), WEIGHTS)

    assert view.verdict(mixed=0.8) is Verdict.MIXED
    assert view.verdict(mixed=1.1) is not Verdict.MIXED


def test_one_clear_sentence_outweighs_several_vague_ones() -> None:
    vague = [(0.0, -0.1)] * 7

    view = opinion(measured((1.5, 1.0), *vague), WEIGHTS)

    assert view.verdict(mixed=1.1) is Verdict.SUPPORTED


def test_the_probabilities_of_each_sentence_add_up_to_one() -> None:
    view = opinion(measured((1.0, 1.0), (0.0, -1.0)), WEIGHTS)

    assert view.sentences.sum(axis=1).round(9).tolist() == [1.0, 1.0]
    assert round(float(view.claim.sum()), 9) == 1.0


def test_what_is_likelier_to_be_settled_is_settled_by_less() -> None:
    vague = measured((0.0, 0.1))

    assert opinion(vague, WEIGHTS).verdict(mixed=1.0) is Verdict.NOT_ENOUGH
    assert opinion(vague, WEIGHTS, settled=2.0).verdict(mixed=1.0) is Verdict.SUPPORTED

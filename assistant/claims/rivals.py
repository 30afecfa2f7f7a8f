"""Another value that the sources give under the key of a claim's only figure."""

from collections.abc import Iterator, Sequence

from assistant.claims.figures import keyed, numbers_of, values_of
from assistant.rerank import ScoredSentence
from index.figures import KeyedFigure
from index.keys.trial_names import trial_names_in

NEAR = 4.0
"""Logit of the cross-encoder from which a sentence is surely of the claim's subject."""
BEHIND = 2.0
"""How far the sentence with the other value may lie behind the one with the claim's."""


def rival_of(claim: str, sentences: Sequence[ScoredSentence]) -> ScoredSentence | None:
    """A sentence of the same trial with another value of the same measure, time, arm and patients.

    Only where the claim holds one figure and no other number: a second number, such as how many
    patients there were, tells which of two values is meant.
    """
    ours = keyed(claim)
    if len(ours) != 1 or numbers_of(claim) != values_of(ours[0]) or ours[0].measure is None:
        return None
    same = list(_of_measure(ours[0], sentences))
    holding = [pair for pair in same if values_of(pair[1]) == values_of(ours[0])]
    others = [pair for pair in same if not values_of(pair[1]) & values_of(ours[0])]
    return next((other[0] for mine in holding for other in others if _rivals(mine, other)), None)


Placed = tuple[ScoredSentence, KeyedFigure]


def _of_measure(ours: KeyedFigure, sentences: Sequence[ScoredSentence]) -> Iterator[Placed]:
    """The figures of the claim's measure, but for those of another time point."""
    for one in sentences:
        for figure in keyed(one.text):
            other_time = ours.time and figure.time and ours.time != figure.time
            if figure.measure == ours.measure and not other_time:
                yield one, figure


def _rivals(mine: Placed, other: Placed) -> bool:
    (ours, figure), (theirs, second) = mine, other
    trial, its = ours.candidate.study.trial, theirs.candidate.study.trial
    same_trial = trial == its if trial else ours.sentence.doc_id == theirs.sentence.doc_id
    if len(trial_names_in(theirs.text)) > 1:
        return False
    near = theirs.relevance > max(NEAR, ours.relevance - BEHIND)
    return same_trial and near and _key(figure) == _key(second)


def _key(figure: KeyedFigure) -> tuple[object, ...]:
    return figure.measure, figure.time, figure.arm, figure.population, figure.unit

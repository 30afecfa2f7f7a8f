"""Two sentences of one document that hold a claim together."""

from collections.abc import Sequence, Set

from assistant.claims.features import Pool, held_by
from assistant.claims.figures import align, counted_in, years_of
from assistant.claims.rounded import as_in, lacking
from assistant.claims.words import opposed
from assistant.rerank import ScoredSentence
from assistant.telling import tells

GAIN = 0.08
"""Share of a claim that a second sentence must add to be read with the first."""
SMALL_COUNT = 20
"""Up to this, a bare number says little by itself: what it counts must be the same."""
ABOUT_SOURCES = frozenset({"Related reports", "Sources and limits"})
"""Sections that tell of reports, not of patients."""
Counted = tuple[str, str]


def complementing(
    pool: Pool, found: Sequence[ScoredSentence]
) -> tuple[ScoredSentence, ScoredSentence] | None:
    """Two sentences of one document that hold clearly more of a claim than any one does."""
    alone = max((pool.covered(held_by(one)) for one in found), default=1.0)
    pairs = [
        (one, other)
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        if one.sentence.doc_id == other.sentence.doc_id
    ]
    best = max(pairs, key=lambda pair: pool.covered(held_by(*pair)), default=None)
    return best if best and pool.covered(held_by(*best)) > alone + GAIN else None


def completing(
    pool: Pool, claim: str, one: ScoredSentence, found: Sequence[ScoredSentence]
) -> ScoredSentence | None:
    """The sentence of the same document that holds the figures of a claim that this one lacks.

    None where this one gives other values, says the opposite, or adds next to nothing.
    """
    missing = lacking(claim, one.text)
    counts = {pair for pair in counted_in(claim) if pair[0] in missing}
    if not missing or _speaks_against(claim, one) or _counts_otherwise(counts, one):
        return None
    least = GAIN if missing == lacking(claim, "") else 0.0
    same = (o for o in found if o.sentence.doc_id == one.sentence.doc_id and o is not one)
    fitting = [
        other
        for other in same
        if not lacking(claim, f"{one.text} {other.text}")
        and _small(counts) <= counted_in(other.text)
        and not _speaks_against(claim, other)
        and pool.covered(held_by(one, other)) >= pool.covered(held_by(other)) + least
    ]
    return max(fitting, key=lambda other: pool.covered(held_by(one, other)), default=None)


def _counts_otherwise(counts: Set[Counted], one: ScoredSentence) -> bool:
    """Whether a sentence has another number of what the claim counts."""
    return bool({unit for _, unit in counts} & {unit for _, unit in counted_in(one.text)})


def _small(counts: Set[Counted]) -> set[Counted]:
    return {pair for pair in counts if float(pair[0]) <= SMALL_COUNT}


def _speaks_against(claim: str, one: ScoredSentence) -> bool:
    """Whether a sentence gives another value, key or year, or tells of reports."""
    source, years = one.text, years_of(one.text)
    if one.sentence.section in ABOUT_SOURCES or tells(source) or opposed(claim, source):
        return True
    other_year = bool(years) and bool(years_of(claim) - years)
    return other_year or any(pair.conflicts for pair in align(as_in(claim, source), source))

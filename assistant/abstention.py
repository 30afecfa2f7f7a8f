"""What is said where the evidence does not answer."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Evidence
from assistant.fit import Fit
from assistant.question import Reading
from assistant.rerank import evidence_of
from assistant.sufficiency import Gap


def abstention(blank: Answer, reading: Reading, missing: Gap, fits: Sequence[Fit]) -> Answer:
    """An answer that says what is missing, what was searched for and what comes nearest."""
    nearest = _nearest(missing, fits)
    return replace(
        blank,
        abstained_because=missing.reason,
        searched_for=reading.expanded,
        nearest=nearest,
        evidence=(nearest,) if nearest else (),
        would_answer=missing.would_answer,
    )


def unanswered(gap: Gap) -> str:
    """The note on one of several questions that the rest of the answer leaves open."""
    return f"One part is not answered: {gap.reason}."


def _nearest(missing: Gap, fits: Sequence[Fit]) -> Evidence | None:
    """What says that the answer is missing, or else the best sentence found."""
    if missing.told:
        return evidence_of(missing.told, 1, missing.told.answers)
    return evidence_of(fits[0].scored, 1, fits[0].score) if fits else None

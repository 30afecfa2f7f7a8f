"""An answer card as Markdown, for export and for the terminal."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from assistant.answer import Answer, Claim, Evidence
from assistant.cards import Card, Change, Fate
from assistant.references import reference
from assistant.render import (
    AGAINST,
    DIFFER,
    NONE_FOUND,
    abstention,
    conflict_in_words,
    shown_above,
    why_withheld,
)

END: Final = "A reading aid for professionals, not medical advice."
FATES: Final = {
    Fate.UNCHANGED: "unchanged",
    Fate.MOVED: "moved within its document",
    Fate.GONE: "no longer in the corpus",
}


def as_markdown(card: Card, changes: Sequence[Change] = ()) -> str:
    """The answer, its quotes with their places, references, and what made it.

    With ``changes`` each quote says what became of it since.
    """
    answer = card.answer
    blocks = (
        f"# {answer.question}",
        f"Read as: {answer.query}" if answer.query != answer.question else "",
        "\n".join(_answer(answer)),
        "\n".join(f"- Keep in mind: {caveat}" for caveat in answer.caveats),
        "\n".join(
            f"- {DIFFER}: {conflict_in_words(conflict, answer)}" for conflict in answer.conflicts
        ),
        "\n".join(_against(answer)),
        "\n".join(f"- Withheld: {why_withheld(claim)}" for claim in answer.withheld),
        "\n\n".join(_evidence(answer, changes)),
        "\n".join(_made(card)),
    )
    return "\n\n".join(block for block in blocks if block) + "\n"


def _answer(answer: Answer) -> Iterator[str]:
    if answer.reply is not None:
        yield answer.reply
    if answer.abstained:
        yield abstention(answer)
        if answer.would_answer:
            yield f"\nWhat would answer it: {answer.would_answer}"
    if answer.opening is not None:
        yield f"**{answer.opening.word}.**\n"
    for place, claim in enumerate(answer.claims):
        yield f"**{_sentence(claim)}**\n" if place == 0 else f"- {_sentence(claim)}"


def _sentence(claim: Claim) -> str:
    keys = "".join(f" [{citation.key}]" for citation in claim.citations)
    return f"{claim.text}{keys}"


def _against(answer: Answer) -> Iterator[str]:
    if answer.against == ():
        yield NONE_FOUND
    for piece in answer.against or ():
        if answer.shows(piece):
            yield f"- {AGAINST}: {shown_above(piece)} [{piece.key}]"
        else:
            yield f"- {AGAINST}: “{piece.quote}” {_place(piece)}"


def _evidence(answer: Answer, changes: Sequence[Change]) -> Iterator[str]:
    fates = {one.evidence.key: f" Today: {FATES[one.fate]}." for one in changes}
    if answer.evidence:
        yield "## Evidence"
    for piece in answer.evidence:
        yield (
            f"[{piece.key}] “{piece.quote}”\n"
            f"{_place(piece)}{fates.get(piece.key, '')}\n{reference(piece.study)}"
        )


def _place(piece: Evidence) -> str:
    where = f"{piece.section}, sentence {piece.position} of {piece.of}"
    return f"{piece.study.short}, {where}, characters {piece.start} to {piece.end}."


def _made(card: Card) -> Iterator[str]:
    corpus = f" of {in_words(card.corpus_date)}" if card.corpus_date else ""
    yield "---"
    yield f"Answer {card.card_id}, given {time_in_words(card.made)}.  "
    yield f"Corpus{corpus}, sha256 {card.corpus_sha256}.  "
    yield from (f"{role.capitalize()}: {model}.  " for role, model in card.models.items())
    yield f"Blincite. {END}"


def in_words(iso: str) -> str:
    """``22 November 2026`` of ``2026-11-22`` or of a time on that day."""
    day = datetime.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def time_in_words(iso: str) -> str:
    """``22 November 2026, 14:03 UTC``."""
    return f"{in_words(iso)}, {datetime.fromisoformat(iso):%H:%M} UTC"

"""An answer as plain text, references included, for the clipboard."""

from collections.abc import Mapping

from assistant.answer import Answer, Claim
from assistant.references import reference
from assistant.render import DIFFER, against_in_words, conflict_in_words
from assistant.web.numbering import Numbered

Numbers = Mapping[str, Numbered]


def plain(answer: Answer, numbers: Numbers, corpus_date: str) -> str:
    """Question, sentences with their numbers, what to keep in mind, references."""
    claims = [_sentence(claim, numbers) for claim in answer.claims]
    notes = [f"Keep in mind: {caveat}" for caveat in answer.caveats]
    notes += [f"{DIFFER}: {conflict_in_words(one, answer)}" for one in answer.conflicts]
    notes += list(against_in_words(answer))
    blocks = (answer.query, "\n".join(claims), "\n".join(notes), _references(answer, numbers))
    end = f"Blincite, corpus of {corpus_date}. A reading aid for professionals, not medical advice."
    return "\n\n".join(block for block in (*blocks, end) if block)


def _sentence(claim: Claim, numbers: Numbers) -> str:
    return claim.text + "".join(f" [{card.number}]" for card in _cards(claim, numbers))


def _references(answer: Answer, numbers: Numbers) -> str:
    cards = {card: None for claim in answer.claims for card in _cards(claim, numbers)}
    return "\n".join(f"[{card.number}] {reference(card.evidence.study)}" for card in cards)


def _cards(claim: Claim, numbers: Numbers) -> list[Numbered]:
    return [numbers[cited.key] for cited in claim.citations if cited.key in numbers]

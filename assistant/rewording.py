"""What becomes of a chat model's sentences: shown, replaced by their quotes, or left out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.answer import Answer, Check, Citation, Claim, Evidence, Verdict
from assistant.citations import DraftSentence, cited_by
from assistant.composer import SENTENCES, WORDS
from assistant.grounding import grounding, speaks_to_the_reader
from assistant.verification import verdict_of


class Checker(Protocol):
    """The checks of a claim; ``assistant.verification.check_claim`` is one."""

    def __call__(self, claim: str, evidence: Sequence[Evidence], /) -> tuple[Check, ...]: ...


@dataclass(slots=True)
class Rewording:
    """An answer on its way from quotes to a model's words, sentence by sentence."""

    answer: Answer
    check: Checker
    shown: list[Claim] = field(default_factory=list)
    withheld: list[Claim] = field(default_factory=list)
    left_out: int = 0

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The quotes to reword: those that are shown, but for those that speak to their reader."""
        return tuple(one for one in self._quoted() if not speaks_to_the_reader(one.quote))

    @property
    def full(self) -> bool:
        """Whether as much is shown as fits a phone screen."""
        return len(self.shown) >= SENTENCES or self._words() >= WORDS

    def take(self, sentence: DraftSentence) -> bool:
        """Whether the sentence, or its quotes in its place, is something new to show."""
        cited = cited_by(sentence, self.evidence)
        if not cited or not sentence.text or not sentence.is_plain:
            self.left_out += 1
            return False
        claim = self._checked(sentence.text, cited)
        if not claim.failed:
            return self._show([claim])
        self.withheld.append(claim)
        return self._show(map(_own_quote, cited))

    def growing(self, name: str) -> Answer:
        """What may be shown so far."""
        return replace(
            self.answer,
            claims=tuple(self.shown),
            more=(),
            caveats=(),
            generated_by=name,
            complete=False,
        )

    def finished(self, name: str) -> Answer:
        """The answer in the model's words; in those of the quotes where none of its were good."""
        withheld = (*self.answer.withheld, *self.withheld)
        answer = replace(self.answer, withheld=withheld)
        if all(claim.text in _quotes(claim) for claim in self.shown):
            return extractive(answer, *self._notes(name, "the answer is made of quotes alone"))
        return replace(
            answer,
            claims=tuple(self.shown),
            more=(*self._not_shown(), *answer.more),
            caveats=(*answer.caveats, *self._notes(name, "their quotes stand in their place")),
            generated_by=name,
        )

    def _notes(self, name: str, instead: str) -> Iterator[str]:
        failed, kept_back = len(self.withheld), len(self._quoted()) - len(self.evidence)
        if failed:
            yield f"{_counted(failed, 'sentence')} of {name} failed a check; {instead}."
        if self.left_out:
            yield f"{_counted(self.left_out, 'sentence')} of {name} cited no quote; left out."
        if kept_back:
            yield (
                f"{_counted(kept_back, 'quote')} not sent to {name}: "
                "such words speak to a reader, where a study reports."
            )
        if not self.shown and not failed and not self.left_out and not kept_back:
            yield f"{name} said nothing; {instead}."

    def _checked(self, text: str, cited: Sequence[Evidence]) -> Claim:
        citations = tuple(Citation(piece.key, piece.quote) for piece in cited)
        checks = grounding(text, [piece.quote for piece in cited])
        if all(check.passed for check in checks):
            checks += self.check(text, cited)
        return Claim(text, citations, verdict_of(checks), checks)

    def _show(self, claims: Iterable[Claim]) -> bool:
        """Whether any of the claims is new, and fits what may be shown."""
        before = len(self.shown)
        for claim in claims:
            known = claim.text in {one.text for one in self.shown}
            fits = self._words() + len(claim.text.split()) <= WORDS or not self.shown
            if not known and fits:
                self.shown.append(claim)
        return len(self.shown) > before

    def _words(self) -> int:
        return sum(len(claim.text.split()) for claim in self.shown)

    def _not_shown(self) -> tuple[Claim, ...]:
        """Quotes that would have been shown, and that nothing shown rests on."""
        used = {citation.key for claim in self.shown for citation in claim.citations}
        return tuple(
            claim
            for claim in self.answer.claims
            if used.isdisjoint(citation.key for citation in claim.citations)
        )

    def _quoted(self) -> tuple[Evidence, ...]:
        keys = {citation.key for claim in self.answer.claims for citation in claim.citations}
        return tuple(piece for piece in self.answer.evidence if piece.key in keys)


def extractive(answer: Answer, *notes: str) -> Answer:
    """The answer in the words of its quotes, with what is to be said of the model."""
    return replace(answer, caveats=(*answer.caveats, *notes))


def _own_quote(piece: Evidence) -> Claim:
    passed = Check("own words", True, "It is the quote itself.")
    return Claim(piece.quote, (Citation(piece.key, piece.quote),), Verdict.SUPPORTED, (passed,))


def _quotes(claim: Claim) -> tuple[str, ...]:
    return tuple(citation.quote for citation in claim.citations)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

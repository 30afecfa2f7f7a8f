"""The records of a check: Part, Weighed, Checked, CheckedText."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Check, Evidence, Verdict

WORDS_OF = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.MIXED: "mixed",
    Verdict.NOT_ENOUGH: "not in the corpus",
}
"""The verdicts as readers see them, in the order in which a summary counts them."""
NOT_CHECKABLE = "not checkable"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim beside the same part of its source."""

    name: str
    """``endpoint``, ``time point``, ``arm``, ``value``, ``population``, ``trial``, ``direction``
    or ``certainty``."""
    claim: str
    source: str
    same: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence of the corpus, and how it bears on a claim."""

    evidence: Evidence
    relevance: float
    """Logit of the cross-encoder: how near the sentence is to the claim."""
    supported: float
    """Probability, 0 to 1, that the sentence supports the claim; so the next two."""
    contradicted: float
    not_enough: float
    parts: tuple[Part, ...] = ()
    checks: tuple[Check, ...] = ()
    also: Evidence | None = None
    """A second sentence of the same document, where the claim is held by two together."""

    @property
    def another_value(self) -> bool:
        """Whether it gives another value for just what the claim gives one for."""
        return [part.name for part in self.parts if not part.same] == ["value"]

    @property
    def where(self) -> str:
        """``Smith 2023, results``; a heading that begins with an abbreviation stays as it is."""
        section = self.evidence.section
        plain = section[:1].lower() + section[1:] if section[1:2].islower() else section
        return f"{self.evidence.study.short}, {plain}"

    @property
    def differing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.same)


@dataclass(frozen=True, slots=True)
class Checked:
    """One sentence of a text with its verdict: ``text`` is ``whole[start:end]``."""

    text: str
    start: int
    end: int
    verdict: Verdict | None
    """None for what is not checkable."""
    why: str
    """One line for the reader."""
    read_as: str | None = None
    """The sentence with what the text around it says, where it cannot be read alone."""
    best_for: Weighed | None = None
    best_against: Weighed | None = None
    nearest: Weighed | None = None
    """The nearest sentence, whatever it says; None only where nothing was searched."""
    overstated: str | None = None
    """How the claim says more than its source can carry."""

    @property
    def checkable(self) -> bool:
        return self.verdict is not None

    @property
    def word(self) -> str:
        """The verdict as the reader sees it."""
        return NOT_CHECKABLE if self.verdict is None else WORDS_OF[self.verdict]

    @property
    def leading(self) -> Weighed | None:
        """The evidence that the verdict rests on."""
        if self.verdict is Verdict.CONTRADICTED:
            return self.best_against
        return self.best_for or self.best_against or self.nearest


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text, sentence by sentence, in order."""

    text: str
    sentences: tuple[Checked, ...]
    complete: bool = True
    """False where the check was stopped, or goes on."""

    @property
    def summary(self) -> str:
        """``11 checkable sentences: 8 supported, 2 contradicted, 1 not in the corpus``."""
        checkable = [one for one in self.sentences if one.checkable]
        counted = Counter(one.word for one in checkable)
        noun = "sentence" if len(checkable) == 1 else "sentences"
        listed = ", ".join(f"{counted[word]} {word}" for word in WORDS_OF.values() if counted[word])
        return f"{len(checkable)} checkable {noun}" + (f": {listed}" if listed else "")

    @property
    def headline(self) -> str:
        """The summary as a sentence; it says so where the check was stopped."""
        stopped = "" if self.complete else " The check was stopped before the end of the text."
        return f"{self.summary}.{stopped}"


def strongest(weighed: Iterable[Weighed], side: str) -> Weighed | None:
    """The sentence that most clearly takes a side, ``supported`` or ``contradicted``.

    What gives another value under the same key contradicts most plainly.
    """

    def clearness(one: Weighed) -> tuple[bool, float, float]:
        plain = side == "contradicted" and one.another_value
        return plain, getattr(one, side), one.relevance

    return max(weighed, key=clearness, default=None)

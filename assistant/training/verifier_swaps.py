"""Edits that put a wrong part into a claim, if it can be had from its quote."""

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.claims.figures import in_digits
from assistant.training.verifier_edits import (
    Edit,
    changed_figure,
    changed_time,
    negated,
    reversed_direction,
    swapped_sides,
)
from index.data_files import read_yaml
from index.keys.trial_names import trial_names_in
from index.terms import mentions_in, plain

KINDS = frozenset(
    {"population", "genetics", "drug", "arm", "endpoint", "response", "setting", "safety"}
    | {"procedure"}
)
"""Kinds of term that are put in place of each other."""
EDITS: tuple[Edit, ...] = (
    changed_figure,
    changed_time,
    negated,
    swapped_sides,
    reversed_direction,
)
Swap = Callable[[str, str, random.Random], str | None]
"""The claim with a part of the quote, or another, in place of its own; None where none fits."""
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:\.\d+)?(?![\w]|[.,]\d)")
_NO_RESULT = re.compile(r"[ -](?:years?|months?|% CI)")


@dataclass(frozen=True)
class Swaps:
    """Makes claims false. ``forms`` are the words of the corpus for the terms of each kind."""

    forms: Mapping[str, Sequence[str]]
    trials: Sequence[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Swaps":
        """With the terms and trials that the texts name."""
        forms: dict[str, set[str]] = {kind: set() for kind in KINDS}
        trials: set[str] = set()
        for text in map(plain, texts):
            trials.update(trial_names_in(in_digits(text)))
            for mention in mentions_in(text):
                if mention.term.kind in KINDS:
                    forms[mention.term.kind].add(text[mention.start : mention.end])
        return cls({kind: sorted(found) for kind, found in forms.items()}, sorted(trials))

    def false(self, claim: str, quote: str, rng: random.Random) -> str | None:
        """The claim with one edit that makes it false; None where no edit fits."""
        swaps: list[Swap] = [self._figure, self._figure, self._term, self._term, self._trial]
        swaps += [self._opposite, self._opposite, *map(_alone, EDITS)]
        rng.shuffle(swaps)
        found = (changed for swap in swaps if (changed := swap(claim, quote, rng)))
        return next((changed for changed in found if changed != claim), None)

    def _figure(self, claim: str, quote: str, rng: random.Random) -> str | None:
        """Another figure of the quote in place of one, or two of the claim exchanged."""
        ours = [one for one in _NUMBER.finditer(claim) if not _NO_RESULT.match(claim, one.end())]
        if len(ours) > 1 and rng.random() < 0.5:
            return _exchanged(claim, *sorted(rng.sample(ours, 2), key=lambda one: one.start()))
        if not ours:
            return None
        one = rng.choice(ours)
        said = set(_NUMBER.findall(claim))
        like = [
            n for n in _NUMBER.findall(quote) if n not in said and ("." in n) == ("." in one[0])
        ]
        return claim[: one.start()] + rng.choice(like) + claim[one.end() :] if like else None

    def _term(self, claim: str, quote: str, rng: random.Random) -> str | None:
        """Another term of the same kind, of the quote if it names one."""
        even, theirs = plain(claim), plain(quote)
        ours = [one for one in mentions_in(even) if one.term.kind in KINDS]
        named = {one.term.name for one in ours}
        rng.shuffle(ours)
        for one in ours:
            other = [
                theirs[m.start : m.end]
                for m in mentions_in(theirs)
                if m.term.kind == one.term.kind and m.term.name not in named
            ]
            known = other or (rng.random() < 0.5 and self.forms[one.term.kind])
            if known:
                new = rng.choice(known)
                return even[: one.start] + new + even[one.end :]
        return None

    def _trial(self, claim: str, quote: str, rng: random.Random) -> str | None:
        """Another trial, of the quote if it names one."""
        ours = [name for name in trial_names_in(in_digits(claim)) if name in claim]
        theirs = [name for name in trial_names_in(in_digits(quote)) if name not in ours]
        if not ours or not self.trials or rng.random() < 0.5:
            return None
        return claim.replace(rng.choice(ours), rng.choice(theirs or self.trials))

    def _opposite(self, claim: str, quote: str, rng: random.Random) -> str | None:
        """A word for its opposite."""
        fitting = [(a, b) for a, b in _opposites() if re.search(rf"\b{a}\b", claim)]
        if not fitting:
            return None
        one, other = rng.choice(fitting)
        return re.sub(rf"\b{one}\b", other, claim, count=1)


def _alone(edit: Edit) -> Swap:
    """An edit that needs no quote."""
    return lambda claim, _, rng: edit(claim, rng)


def _exchanged(text: str, one: re.Match[str], other: re.Match[str]) -> str | None:
    if one[0] == other[0]:
        return None
    between = text[one.end() : other.start()]
    return text[: one.start()] + other[0] + between + one[0] + text[other.end() :]


@cache
def _opposites() -> tuple[tuple[str, str], ...]:
    pairs: Sequence[tuple[str, str]] = read_yaml("assistant.training", "opposites.yaml")
    return tuple((a, b) for one, other in pairs for a, b in ((one, other), (other, one)))

"""What a sentence says that a treatment does to an outcome: better, worse or no difference."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.checks.denials import PREFIX, denied_in
from assistant.checks.terms import pattern
from assistant.checks.words import sides_of
from assistant.effect_figures import COMPARATORS, Effect, figure_effects, is_harm
from assistant.effect_words import TOLERANCE, WHOLE, judged_in, outcomes_in, words
from assistant.opening import clauses_of
from index.terms import plain

_DEATH = re.compile(r"\b(?:deaths?|die[sd]?|mortality|fatal\w*)\b", re.IGNORECASE)
_CHANGES = re.compile(
    r"\b(?:lower|lowered|lowers|higher|raised|raises|reduced|reduces|increased) "
    r"(?:the |early )?(?:risk|rate|incidence|events?|deaths?)|\b(?:cut|fell|rose|halved|doubled)\b"
    r"|\bwas (?:not )?(?:reduced|lowered|raised|increased)\b|\braised\b.*\bto\b|than without",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:outside|other|remaining)\b[^.,;]*"
    r"\b(?:infants|children|adults|patients|groups?|subgroup)\b",
    re.IGNORECASE,
)
"""Those who are left over once a group has been told apart."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one treatment, or of several together, for one outcome."""

    treatments: frozenset[str]
    outcome: str
    effect: Effect
    sides: tuple[str, ...] = ()
    """Which is compared with which, where the sentence says so."""
    bare: bool = False
    """Whether two values stand side by side, and nothing says how sure the difference is."""
    instead: bool = False
    """Whether the treatment stands in for another one."""


@lru_cache(maxsize=20_000)
def findings_in(text: str) -> tuple[Finding, ...]:
    """Each effect that a sentence asserts: by its figures, unless its words deny it."""
    found = {(one.treatments, one.outcome): one for one in _by_figures(text)}
    for one in _by_words(text):
        key = (one.treatments, one.outcome)
        if key not in found or one.effect is Effect.SAME:
            found[key] = one
    return tuple(found.values())


def may_judge(text: str) -> bool:
    """Whether a sentence may say of an effect, and not of those patients who are left over."""
    return bool(_cues().search(text)) and not _REST.search(text)


def withdraws(passage: str, sentence: str) -> bool:
    """Whether another sentence of a passage takes back what this one says: "disappeared"."""
    rest = passage.replace(sentence, " ")
    return bool(words("withdrawn").search(rest)) and not words("withdrawn").search(sentence)


@cache
def _cues() -> re.Pattern[str]:
    names = ("better", "worse", "same", "more", "less", "denied", "tolerated", "not_tolerated")
    said = "|".join(words(name).pattern for name in names)
    return re.compile(rf"{said}|hazard|%.+%|months.+months|per patient-year", re.IGNORECASE)


def _by_figures(text: str) -> Iterator[Finding]:
    even = plain(text)
    if words("unsaid").search(even) or words("factors").search(even):
        return
    same, instead = (bool(words(name).search(even)) for name in ("same", "instead"))
    for one in figure_effects(text):
        treatments = frozenset(one.arm.split(" + ")) - COMPARATORS
        if treatments:
            effect = Effect.SAME if same else one.effect
            bare = one.bare and not same
            yield Finding(treatments, one.outcome, effect, bare=bare, instead=instead)


def _by_words(text: str) -> Iterator[Finding]:
    instead = bool(words("instead").search(text))
    for clause, lead in clauses_of(text):
        if words("unsaid").search(clause) or words("of_patients").search(clause):
            continue
        treatments = judged_in(clause) or judged_in(lead)
        for outcome in _outcomes(clause, text) if treatments else ():
            effect = _effect_on(outcome, clause)
            if effect:
                yield Finding(treatments, outcome, effect, sides_of(clause), instead=instead)


def _outcomes(clause: str, around: str) -> tuple[str, ...]:
    """The outcomes of a clause; where it names none, those of its sentence."""
    own = outcomes_in(clause)
    return own if own and own != (WHOLE,) else (outcomes_in(around) or own)


def _effect_on(outcome: str, clause: str) -> Effect | None:
    """What a clause says is done to an outcome."""
    if outcome == TOLERANCE:
        return _end(*(bool(words(one).search(clause)) for one in ("tolerated", "not_tolerated")))
    if words("same").search(clause) or _denies(clause):
        return Effect.SAME
    even = words("no_scale").sub(" ", clause)
    worth = [bool(words(name).search(even)) for name in ("better", "worse")]
    if any(worth) and not is_harm(outcome):
        return _end(*worth)
    if outcome == WHOLE or not (sides_of(even) or _CHANGES.search(even)):
        return None
    more, less = (bool(words(name).search(even)) for name in ("more", "less"))
    return _end(less, more) if is_harm(outcome) or _is_death(outcome, even) else _end(more, less)


def _end(better: bool, worse: bool) -> Effect | None:
    """Which of two ends is meant; None for neither, or both."""
    if better == worse:
        return None
    return Effect.BETTER if better else Effect.WORSE


def _is_death(outcome: str, clause: str) -> bool:
    return "survival" in outcome and bool(_DEATH.search(clause))


def _denies(clause: str) -> bool:
    """Whether a word of an effect is denied."""
    if not pattern("negations").search(clause):
        return False
    said = [word for name in ("better", "worse", "denied") for word in words(name).findall(clause)]
    return bool(denied_in(clause) & {word.lower()[:PREFIX] for word in said})

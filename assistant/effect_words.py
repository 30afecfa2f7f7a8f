"""Which treatments a clause judges, and in which outcomes, by effect_words.yaml."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache, partial

from assistant.checks.terms import any_of, lists, pattern_in
from assistant.differing import kind_of
from assistant.effect_figures import EVENTS, OUTCOMES, WITHOUT_EVENTS
from index.terms import mentions_in, plain

WORDS = "effect_words.yaml"
_lists = partial(lists, WORDS, "assistant")
words = partial(pattern_in, WORDS)
"""The words of a list, as one pattern."""
WHOLE = "outcome as a whole"
TOLERANCE = "tolerance"
RESIDUAL_DISEASE = "minimal residual disease"
QUALITY = "quality of life"
TREATMENTS = frozenset({"drug", "procedure"})
"""Kinds of term that can be judged …"""
TESTS = frozenset(
    {
        "flow cytometry",
        "polymerase chain reaction",
        "sequencing",
        "ICE score",
        "Cornell Assessment of Pediatric Delirium",
        "lumbar puncture",
        "immunotherapy",
    }
)
"""… but for these."""
NEAR = 6
"""Words before a mention that tell what it stands for."""
_WORD = re.compile(r"[\w-]+")
_EXCEPTED = re.compile(r",? [\w-]+ excepted\b|\b(?:except|apart from|except for) [\w-]+", re.I)
_RELAPSE = re.compile(
    r"\b(?:(?:risk|rate|incidence) of|fewer|less|more|reduc\w*|lower\w*|prevent\w*|cut)"
    r"(?: [\w-]+){0,3} relapses?\b"
    r"|\brelapses? (?:or progression |rate|incidence|was|were|occurred|fell)",
    re.IGNORECASE,
)
"""Relapse as an outcome, not as the disease that is treated."""
_BETWEEN = (
    r"(?: (?:an?|the|one|two|course|cycles?|of|subsequent|allogeneic|routine|pre-emptive|early"
    r"|earlier|late|stem|cell|adding|\d+))*"
)


def treatments_in(text: str) -> frozenset[str]:
    """The treatments that a text names."""
    even = plain(text)
    return frozenset(name for name, _ in [*_strategies(even), *_treatments(even)])


@lru_cache(maxsize=20_000)
def judged_in(clause: str) -> frozenset[str]:
    """The treatments that a clause judges, not those that its patients had before or beside."""
    bare = without_names(_to_factor(clause))
    spots = [(name, bare[:start]) for name, start in _strategies(bare) or _treatments(bare)]
    judged = [name for name, before in spots if _ends_with("judged", before)]
    free = [(name, before) for name, before in spots if not _ends_with("never", before)]
    first = [name for name, before in free if not _ends_with("beside", before)]
    return frozenset(judged or first or [name for name, _ in free])


def without_names(text: str) -> str:
    """The text without names such as "the French blinatumomab series", which judge nothing."""
    return _names().sub(" ", plain(text))


def _to_factor(clause: str) -> str:
    """A clause up to where it begins to tell patients apart."""
    found = words("factors").search(clause)
    return clause[: found.start()] if found else clause


def _treatments(text: str) -> list[tuple[str, int]]:
    return [
        (mention.term.name, mention.start)
        for mention in mentions_in(text)
        if mention.term.kind in TREATMENTS and mention.term.name not in TESTS
    ]


def _strategies(text: str) -> list[tuple[str, int]]:
    """Treatments that are no terms; what they consist of is not judged by itself."""
    return [(name, found.start()) for name, form in _plans() for found in form.finditer(text)]


@cache
def _plans() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, any_of(forms)) for name, forms in _lists()["strategies"].items())


@lru_cache(maxsize=20_000)
def outcomes_in(clause: str) -> tuple[str, ...]:
    """The outcomes that a clause is on, not those by which its patients were chosen."""
    found = list(_measured(clause))
    if EVENTS.search(clause):
        found = [one for one in found if one not in ("relapse", "survival")] + [WITHOUT_EVENTS]
    if words("residual_disease").search(clause):
        found = [one for one in found if one != "remission"] + [RESIDUAL_DISEASE]
    if words("tolerated").search(clause) or words("not_tolerated").search(clause):
        found.append(TOLERANCE)
    if not found and words("whole").search(clause):
        found = [WHOLE]
    return (QUALITY,) if QUALITY in found else tuple(dict.fromkeys(found))


def _measured(clause: str) -> Iterator[str]:
    even = _EXCEPTED.sub(" ", clause)
    for mention in mentions_in(even):
        name = mention.term.name
        if name == RESIDUAL_DISEASE or _ends_with("patients_by", even[: mention.start]):
            continue
        if name == "relapse" and not _RELAPSE.search(even):
            continue
        if name in OUTCOMES or kind_of(name) == "safety":
            yield OUTCOMES.get(name, name)


def _ends_with(name: str, text: str) -> bool:
    """Whether the words before a mention end with one of a list, an article or adjective apart."""
    return bool(_endings(name).search(" ".join(_WORD.findall(text)[-NEAR:])))


@cache
def _endings(name: str) -> re.Pattern[str]:
    forms = "|".join(map(re.escape, _lists()[name]))
    return re.compile(rf"(?:^|[ -])(?:{forms}){_BETWEEN}$", re.IGNORECASE)


@cache
def _names() -> re.Pattern[str]:
    nouns, others = ("|".join(map(re.escape, _lists()[name])) for name in ("named", "unnamed"))
    word = rf"(?!(?:{others})\b)[\w/-]+"
    return re.compile(rf"\b(?:the|this|its) (?:{word} ){{1,6}}?(?:{nouns})\b", re.IGNORECASE)

"""The measures and arms that a sentence names, and which of them its values can be of."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from index.data_files import read_yaml
from index.terms import Mention, mentions_in

MEASURES = frozenset({"endpoint", "response", "safety", "statistic"})
"""Kinds of term that say what was measured."""
ARMS = frozenset({"drug", "arm"})
COMBINED = re.compile(
    r"(?:[ ,]*(?:plus|and|and/or|with|and then|then|followed by|combined with|added to|to|added"
    r"|\+|/|-)"
    r"(?: (?!the\b|in\b|of\b|on\b|cycles?\b|followed\b)[A-Za-z][\w-]*){0,2})+[ -]*$"
)
"""What stands between the drugs of one arm."""
WHOM = re.compile(
    r"\bMRD[- ](?:negative|positive)"
    r"(?= (?:and |or )?(?:first|adult|patient|infant|child|case|B-|group|at\b|[\w-]+ ALL\b))"
    r"|\bif MRD[- ](?:negative|positive)\b|\bMRD[- ](?:negative|positive)(?= \w+ in CR)"
    r"|\b(?:complete )?(?:MRD )?(?:non-?)?responders?\b|\brelapsed(?:/| or | and )refractory\b"
    r"|\b(?:prednisone|prednisolone|steroid) (?:good |poor )?responders?\b"
    r"|\brelapsed (?=(?-i:[A-Z\d])|infant|child|adult|patient|B-)"
    r"|\b(?:first|second|third|later|early|late|at|after|before|in|high-risk)[ -]relapse\b"
    r"|(?<!were )(?<!was )(?<!are )(?<!is )\bin (?:first |second |third )?"
    r"(?:complete |haematological |morphological )*(?:remission|CR\d?)\b"
    r"|\bfollow-up (?:for|of) (?:OS|EFS|DFS|RFS|PFS|(?:[\w-]+-free|overall) survival)\b"
    r"|\b(?:at |the )?last (?:follow-up|report|contact)\b"
    r"|\b(?:at|after) (?:a|the) median follow-up of\b"
    r"|\blast(?= \w+ (?:years|months))"
    r"|\b(?:with|whose|and) MRD (?=of |below |at or )",
    re.IGNORECASE,
)
"""Words that look like a measure and say in whom, or how long patients were followed."""

_NOT_UNDER = re.compile(
    r"-(?:naive|exposed|refractory|resistant)| (?:non-?responders?|failures?|levels?|concentration)"
)
"""What follows a drug where it says who was treated, not what with."""
_TIME_FROM = re.compile(r"\btime from [^,;]{3,40} to $")
_CLAUSE_OF_WHOM = frozenset({"who", "whose", "whom"})


@dataclass(frozen=True, slots=True)
class Named:
    """A measure or an arm in a sentence. ``sure`` where no preposition makes it a circumstance."""

    name: str
    start: int
    end: int
    sure: bool = True


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The lists of words.yaml."""
    return {name: frozenset(map(str, listed)) for name, listed in _file().items()}


@cache
def lists(name: str) -> Mapping[str, Any]:
    """One mapping of words.yaml."""
    return dict(_file()[name])


@cache
def _file() -> Mapping[str, Any]:
    return dict(read_yaml("index.keys", "words.yaml"))


def masked(even: str) -> str:
    """The sentence with words that only say in whom blanked out, every offset kept."""
    return WHOM.sub(lambda match: " " * len(match[0]), even)


def measures_in(even: str) -> list[Named]:
    """What a sentence measures; terms that are measures only at times are never sure."""
    bare = masked(even)
    named = _without_abbreviations(bare, mentions_in(bare))
    found = [_measure(bare, mention) for mention in named if _is_measure(bare, mention)]
    for word, name in lists("predicates").items():
        for match in re.finditer(rf"\b{word}\b(?! \w*survival)", bare):
            found.append(Named(name, match.start(), match.end()))
    return sorted(found, key=lambda named: named.start)


def _without_abbreviations(even: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions without those that only abbreviate the one before: "transplantation (HSCT)"."""
    last: Mention | None = None
    for mention in mentions:
        again = last and last.term == mention.term and even[last.end : mention.start] == " ("
        if not again:
            yield mention
        last = mention


def _is_measure(even: str, mention: Mention) -> bool:
    term = mention.term
    if term.name in words()["not_measures"] or even[mention.end :].startswith("-related"):
        return False
    return term.kind in MEASURES or term.name in words()["also_measures"]


def _measure(even: str, mention: Mention) -> Named:
    sure = not is_circumstance(even[: mention.start])
    return Named(mention.term.name, mention.start, mention.end, sure)


def is_circumstance(before: str) -> bool:
    """Whether the words before a measure make it a circumstance: "in infants with", "after"."""
    if _TIME_FROM.search(before):
        return False
    tokens = re.findall(r"[\w/%+-]+|[,;:()]", re.sub(r"\b[Aa]t least one ", "", before))[-6:]
    if _CLAUSE_OF_WHOM & set(_last_clause(tokens)):
        return True
    for back, token in enumerate(reversed(tokens), start=1):
        earlier = tokens[: len(tokens) - back]
        if _breaks(token) or _ends_with_verb([*earlier, token]):
            return False
        if back > 4:
            return False
        if token.lower() in words()["whom"]:
            return not (earlier and _leads_to_measure(token, earlier[-1]))
    return False


def _last_clause(tokens: Sequence[str]) -> Sequence[str]:
    """The words after the last number or sign."""
    breaks = [number for number, token in enumerate(tokens, start=1) if _breaks(token)]
    return tokens[max(breaks, default=0) :]


def _breaks(token: str) -> bool:
    return token in ",;:()" or token[0].isdigit()


def _leads_to_measure(preposition: str, before: str) -> bool:
    """ "the rate of relapse", "0.36 for relapse", "the time to relapse"."""
    if preposition == "for" and (_breaks(before) or before in ("is", "was", "are", "were")):
        return True
    if before.lower() == "time":
        return preposition in ("to", "from")
    return before.lower() in words()["rates"]


def _ends_with_verb(tokens: Sequence[str]) -> bool:
    ends = {" ".join(tokens[-count:]).lower() for count in (1, 2, 3)}
    return bool(ends & words()["verbs"])


@lru_cache(maxsize=4096)
def arms_in(even: str, start: int, end: int) -> tuple[tuple[str, ...], ...]:
    """The arms named between two places, each as the drugs that make it, in order."""
    part = even[start:end]
    return tuple(tuple(named.name for named in group) for group in _groups(part, _arms(part)))


def _arms(part: str) -> Iterator[Named]:
    for mention in mentions_in(part):
        if _is_arm(part, mention):
            yield Named(mention.term.name, mention.start, mention.end)
        elif part[mention.start : mention.end].endswith(" chemotherapy"):
            yield Named("chemotherapy", mention.start, mention.end)


def _is_arm(part: str, mention: Mention) -> bool:
    before = part[: mention.start].rstrip(" -")
    contrasted = before.strip(" ,") in ("against", "versus", "vs", "vs.", "than")
    if not contrasted and _ends_with(before, words()["not_given"]):
        return False
    if _NOT_UNDER.match(part, mention.end):
        return False
    if mention.term.name in lists("also_arms"):
        return _ends_with(before, frozenset(lists("also_arms")[mention.term.name]))
    return mention.term.kind in ARMS


def _ends_with(before: str, phrases: frozenset[str]) -> bool:
    tokens = re.findall(r"[\w-]+", before.lower())
    tails = {" ".join(tokens[-count:]) for count in (1, 2, 3)}
    bare = {
        " ".join(tokens[-count - 1 : -1]) for count in (1, 2) if tokens[-1:] in (["the"], ["a"])
    }
    return bool((tails | bare) & phrases)


def drug_before(even: str, place: int) -> str | None:
    """The last drug named before a place, whether it had been given by then or not."""
    named = [m.term.name for m in mentions_in(even[:place]) if m.term.kind == "drug"]
    return named[-1] if named else None


def _groups(part: str, arms: Iterator[Named]) -> list[list[Named]]:
    groups: list[list[Named]] = []
    for arm in arms:
        if groups and _is_joined(part, groups[-1][-1], arm):
            groups[-1].append(arm)
        else:
            groups.append([arm])
    return groups


def _is_joined(part: str, one: Named, other: Named) -> bool:
    between = part[one.end : other.start]
    apart = "control arm" in (one.name, other.name) or one.name == other.name
    return not apart and bool(COMBINED.match(between))

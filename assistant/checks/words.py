"""The words of a claim beside those of its quote: direction, negation, certainty, trial, terms."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

from assistant.answer import Check
from assistant.checks.placed import Placed, about, placed, terms_around
from assistant.checks.terms import certain, neutral, order, pattern, scales
from assistant.claims.figures import in_digits
from index.documents import Study
from index.keys.trial_names import trial_names_in
from index.lexical import words_of
from index.terms import mentions_in, plain, terms_in

NAMED = {
    "endpoint": "measure",
    "response": "measure",
    "safety": "measure",
    "drug": "arm",
    "genetics": "population",
    "population": "population",
}
"""Kinds of term that a quote, or its study, has to name; and the check that fails otherwise."""
GENERIC = frozenset(
    {"adverse event", "objective response", "survivors", "KMT2A", "mutation", "child"}
)
SIDES = frozenset({"drug", "arm", "procedure"})
WORSE_WHERE_HIGHER = frozenset({"relapse", "death", "treatment-related mortality", "infection"})
WORDING = 0.6
"""The share of a claim's words that may be missing from quote and front matter."""
_HAZARD = re.compile(r"\bhazard", re.IGNORECASE)
_NOT_EVERY = re.compile(r"\bALL\b|\b(?:in|at|of) all\b(?! )")
"""The disease, and "all" that is no quantity."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


def direction_check(claim: str, quotes: str) -> Check:
    """Whether what is higher, longer or better is so in the quote as well."""
    other_way = {measures_harm(claim), measures_harm(quotes)} == {True, False}
    for name, _, _ in scales():
        mine, its = ends_of(name, claim), ends_of(name, quotes)
        if name == "amount" and other_way:
            continue
        if _is_opposite(mine, its) and not _is_turned(claim, quotes):
            return Check(
                "direction",
                False,
                f"The quote says “{_cue(name, quotes)}”, not “{_cue(name, claim)}”.",
            )
    wrong = _order_check(claim, quotes) or _sequence_check(claim, quotes)
    return wrong or Check("direction", True, "No comparison is turned round.")


@lru_cache(maxsize=20_000)
def measures_harm(text: str) -> bool | None:
    """Whether a text measures what is worse where it is higher; None for both or neither.

    Fewer relapses are a higher disease-free survival.
    """
    named = {term.name for term in terms_in(text)}
    harm = bool(named & WORSE_WHERE_HIGHER)
    survival = any(name.endswith("survival") for name in named)
    return harm if harm != survival else None


def _is_opposite(mine: Counter[bool], its: Counter[bool]) -> bool:
    """Whether a claim stands more often at one end than its quote, and less at the other."""
    return any(mine[end] > its[end] and mine[not end] < its[not end] for end in (True, False))


@lru_cache(maxsize=20_000)
def ends_of(scale: str, text: str) -> Counter[bool]:
    """How often a text stands at each end of a scale."""
    bare = plain(text) if scale == "bound" else _without_names(text)
    up, down = next((up, down) for name, up, down in scales() if name == scale)
    return Counter({True: len(up.findall(bare)), False: len(down.findall(bare))}) + Counter()


def _cue(scale: str, text: str) -> str:
    up, down = next((up, down) for name, up, down in scales() if name == scale)
    bare = plain(text) if scale == "bound" else _without_names(text)
    found = up.search(bare) or down.search(bare)
    return found[0] if found else scale


def _without_names(text: str) -> str:
    """The text without the words of a scale that are names or bounds."""
    even = pattern("no_scale").sub(" ", plain(text))
    for name, up, down in scales():
        even = down.sub(" ", up.sub(" ", even)) if name == "bound" else even
    return even


def sides_of(text: str) -> tuple[str, ...]:
    """The two sides of a comparison, in order; empty where nothing is compared."""
    found = pattern("than").search(text)
    if not found:
        return ()
    before = _compared(text[: found.start()])
    after = _compared(text[found.end() :])
    return (before[-1], after[0]) if before and after and before[-1] != after[0] else ()


def _compared(text: str) -> list[str]:
    """The drugs, arms, procedures and groups that a text names."""
    return [term.name for term in terms_in(text) if term.kind in SIDES]


def _is_turned(claim: str, quotes: str) -> bool:
    """ "Lower with A than B" is "higher with B than A"."""
    mine, its = sides_of(plain(claim)), sides_of(plain(quotes))
    return bool(mine) and mine == its[::-1]


def _order_check(claim: str, quotes: str) -> Check | None:
    """A comparison with the sides exchanged, or against the figures of the quote."""
    mine, its = sides_of(plain(claim)), sides_of(plain(quotes))
    compared = [name for name, _, _ in scales() if name != "bound"]  # "grade 3 or higher"
    ends = [(ends_of(name, claim), ends_of(name, quotes)) for name in compared]
    same = any(our and our == their for our, their in ends)
    if mine and mine == its[::-1] and same:
        return Check("direction", False, f"In the quote {its[0]} is compared with {its[1]}.")
    if not any(their for _, their in ends) and not pattern("negations").search(claim):
        return _by_figures(claim, quotes, mine or _compared(plain(claim))[-1:])
    return None


def _sequence_check(claim: str, quotes: str) -> Check | None:
    """Whether what is before something in the claim is after it in the quote."""
    mine, its = _sequence(claim), _sequence(quotes)
    for term, said in mine.items():
        if term in its and said.isdisjoint(its[term]):
            (there,) = its[term]
            return Check("direction", False, f"The quote says {there} {term}.")
    return None


@lru_cache(maxsize=20_000)
def _sequence(text: str) -> dict[str, frozenset[str]]:
    """For each term that a text places in time, whether before it or after it, or both."""
    even = plain(text)
    found: dict[str, set[str]] = {}
    for name, words in zip(("before", "after"), order(), strict=True):
        for match in words.finditer(even):
            next_words = " ".join(even[match.end() :].split()[:4])
            for placed_by in _first_named(re.split(r"[,;:.()]", next_words)[0]):
                found.setdefault(placed_by, set()).add(name)
    return {term: frozenset(said) for term, said in found.items()}


def _first_named(words: str) -> list[str]:
    """The first term of a phrase and its first long word."""
    long_words = [word.lower() for word in _WORD.findall(words) if len(word) > 4]
    return [*(term.name for term in terms_in(words)[:1]), *long_words[:1]]


def _by_figures(claim: str, quotes: str, sides: Sequence[str]) -> Check | None:
    """Whether the figures of the quote lie as the claim says, where it says higher or lower."""
    measures = {one.figure.measure for one in placed(quotes)}
    above = _says_above(claim, measures)
    figures = [one for one in placed(quotes) if _amount(one) is not None]
    ours = [one for one in figures if sides and sides[0] in one.terms]
    others = [one for one in figures if one not in ours and set(sides[1:]) <= one.terms]
    if above is None or len(ours) != 1 or len(others) != 1 or len(measures) != 1:
        return None
    if ((_amount(ours[0]) or 0) > (_amount(others[0]) or 0)) == above:
        return None
    return Check("direction", False, "The figures of the quote lie the other way round.")


def _says_above(claim: str, measures: Collection[str | None]) -> bool | None:
    """Whether a claim says that its first side has the larger figure; None where it is unclear."""
    ends = ends_of("amount", claim) or ends_of("length", claim)
    worth = ends_of("worth", claim)
    if len(ends) == 1:
        return next(iter(ends))
    if len(worth) == 1 and not ends:
        return next(iter(worth)) != bool(set(measures) & WORSE_WHERE_HIGHER)
    return None


def _amount(one: Placed) -> float | None:
    """The value as a number, a count as its share."""
    found = _DIGITS.search(one.figure.share or one.figure.value)
    return float(found[0]) if found else None


def certainty_check(claim: str, quotes: str, study: Study) -> Check:
    """Whether a claim is surer than its quote."""
    for row in certain():
        said = row.search(_NOT_EVERY.sub(" ", plain(claim)))
        if said and not row.search(_NOT_EVERY.sub(" ", plain(quotes))):
            why = f"The claim says “{said[0]}”; the quote does not{_design(study)}."
            return Check("certainty", False, why)
    return Check("certainty", True, "The claim is no surer than its quote.")


def _design(study: Study) -> str:
    if study.randomised is False:
        return f", and its source is not randomised ({study.design})" if study.design else ""
    return ""


def trial_check(claim: str, quotes: str, studies: Sequence[Study]) -> Check:
    """Whether each trial that the claim names is named by the quote, or is that of its source."""
    known = " ".join([plain(quotes), *map(_names, studies)])
    for name in trial_names_in(in_digits(claim)):
        if not _as_printed_anyhow(name).search(known):
            return Check("trial", False, f"The quote is not of {name}, but of {studies[0].short}.")
    return Check("trial", True, "The trial that is named is that of the source.")


def _names(study: Study) -> str:
    numbers = [*study.nct, *study.eudract, *study.other_ids, study.trial or ""]
    return " ".join([study.short, study.title, study.doc_id, *numbers])


def _as_printed_anyhow(name: str) -> re.Pattern[str]:
    """``MLL-10``, ``MLL10`` and ``mll 10`` are one trial."""
    parts = "[ -]?".join(re.findall(r"[A-Za-z]+|\d+", name))
    return re.compile(rf"(?<![A-Za-z0-9]){parts}(?![A-Za-z0-9])", re.IGNORECASE)


def term_checks(claim: str, quotes: str, studies: Sequence[Study]) -> Iterator[Check]:
    """A failed check for each kind of term of which the claim names one that nothing around has."""
    known = terms_around(quotes, studies) | GENERIC
    if "overall survival" in known and _HAZARD.search(claim):
        known |= {"death"}
    for mention in mentions_in(plain(claim)):
        term, said = mention.term, plain(claim)[mention.start : mention.end].lower()
        wider = any(term.name in name.split() for name in known)
        known_otherwise = term.name in known or wider or said in quotes.lower()
        if term.kind in NAMED and not known_otherwise:
            yield Check(NAMED[term.kind], False, f"The quote does not speak of {term.name}.")


def wording_check(claim: str, quotes: str, studies: Sequence[Study]) -> Check:
    """Whether most words of a claim stand in its quote, or in what is known of its study."""
    known = stems_of(" ".join([quotes, *map(about, studies), *map(_names, studies)]))
    own = stems_of(claim) - plain_speech()
    new = sorted(own - known)
    if len(new) > 2 and len(new) > WORDING * len(own):
        return Check("wording", False, f"The quote does not speak of {', '.join(new[:4])}.")
    return Check("wording", True, "The words of the claim are those of its quote.")


@lru_cache(maxsize=20_000)
def stems_of(text: str) -> frozenset[str]:
    """Stems of its words; numbers and terms are looked at by other checks."""
    even, end, pieces = plain(in_digits(text)), 0, []
    for mention in mentions_in(even):
        pieces.append(even[end : mention.start])
        end = mention.end
    return frozenset(word for word in words_of(" ".join([*pieces, even[end:]])) if word.isalpha())


@cache
def plain_speech() -> frozenset[str]:
    return stems_of(" ".join(neutral()))

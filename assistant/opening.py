"""Yes or no to a closed question, where the bottom line proves it."""

import re
from collections.abc import Iterator
from functools import cache, partial

from assistant.answer import Check, Evidence, Opening
from assistant.checks.denials import PREFIX, denied_in
from assistant.checks.placed import numbers_of, terms_named
from assistant.checks.terms import lists, pattern, pattern_in, scales
from assistant.checks.words import (
    WORSE_WHERE_HIGHER,
    ends_of,
    plain_speech,
    sides_of,
    stems_of,
)
from assistant.differing import kind_of
from assistant.fit import Fit
from assistant.question import Reading
from assistant.telling import tells
from index.documents import Study
from index.lexical import words_of
from index.terms import plain

YES, NO = "Yes", "No"
SCALES = ("amount", "length", "worth")
_ZERO = re.compile(r"\b0(?= [a-z])")
_OFTEN = re.compile(
    r"\b(more|less|fewer|most|least) (?:frequent\w*|often|common\w*)", re.IGNORECASE
)
_FOLLOW_UP = re.compile(r"\b(?:longer|shorter|later) follow-up", re.IGNORECASE)
WORDS = "opening_words.yaml"
_pattern = partial(pattern_in, WORDS)


def opening_of(reading: Reading, fit: Fit, piece: Evidence) -> Opening | None:
    """Yes or no to a closed question; None where the bottom line does not settle it.

    Of further sentences too many are on something near: two of fifteen words were wrong with them.
    """
    asked = statement(reading.expanded)
    if asked is None or not _is_on_it(fit) or _is_disputed(reading.expanded, piece.quote):
        return None
    word = next(_words_for(asked, piece), None)
    return Opening(word, piece.key, _check(word)) if word else None


def _words_for(asked: str, piece: Evidence) -> Iterator[str]:
    for clause, lead in clauses_of(piece.quote):
        word = _word(asked, clause, lead, piece.study)
        if word is not None:
            yield word


def _check(word: str) -> Check:
    says = "says" if word == YES else "denies"
    return Check("opening", True, f"The sentence {says} what is asked, word for word.")


def statement(question: str) -> str | None:
    """What a closed question asks to be confirmed; None for any other question."""
    even = plain(question).strip()
    closed = _pattern("closed").match(even)
    unbound = _scale("bound")[1].sub(" ", _scale("bound")[0].sub(" ", even))
    if closed is None or _pattern("open").search(unbound) or pattern("negations").search(even):
        return None
    asked = even[closed.end() :].strip(" ?.")
    # Whether there is any at all, no single sentence can deny.
    return None if _pattern("existence").match(asked) and not _names_a_trial(asked) else asked


def _is_disputed(question: str, quote: str) -> bool:
    """Whether a sentence is unsure of what it says, or speaks of what others say."""
    even = plain(quote)
    if _pattern("permission").match(plain(question)):
        even = _pattern("permission").sub(" ", even)
    doubt = _pattern("unsure").search(even) or _pattern("disputed").search(even)
    return bool(doubt) or tells(quote)


def _names_a_trial(asked: str) -> bool:
    return bool(re.search(r"\b[A-Z][\w-]*\d|\bthe [\w -]+trial\b|\b[A-Z]{4,}", asked))


def _is_on_it(fit: Fit) -> bool:
    """Whether a sentence lacks no part of what is asked."""
    parts = (
        fit.measure,
        fit.time,
        fit.named,
        fit.population,
        fit.drug,
        fit.statistic,
        fit.subgroup,
    )
    return False not in parts


def clauses_of(quote: str) -> Iterator[tuple[str, str]]:
    """Each clause of a sentence, with the one before it where it has no subject of its own."""
    first = ""
    for piece in _breaks().split(plain(quote)):
        clause = piece.strip(" ,")
        leans = _pattern("verbs").match(clause) or _pattern("same_subject").match(clause)
        yield clause, first if leans else ""
        first = first or clause


def _word(asked: str, clause: str, lead: str, study: Study) -> str | None:
    if not _is_covered(asked, clause, lead, study):
        return None
    turned = _turned(asked, clause)
    denies = _denies(asked, clause)
    if turned is None or denies is None:
        return None
    return NO if turned != denies else YES


def _is_covered(asked: str, clause: str, lead: str, study: Study) -> bool:
    """Whether every word of the question stands in the clause, or names its study or patients."""
    frame = f"{study.short}; {study.title}; {study.population}; {study.trial or ''}"
    framed = terms_named(frame) | terms_named(lead)
    missing = terms_named(asked) - terms_named(clause)
    said = {name for name in missing if kind_of(name) in FRAMED and name in framed}
    words = _content(asked) - stems_of(f"{clause} {lead} {frame}") - _names(study)
    return missing <= said and not words and _numbers_fit(asked, f"{clause} {lead}")


def _numbers_fit(asked: str, said: str) -> bool:
    return set(numbers_of(asked)) <= set(numbers_of(said))


FRAMED = frozenset({"registry", "population", "disease", "design", "drug", "setting", "genetics"})
"""Kinds of term that the front matter of a study, or the clause before, may say."""


def _content(asked: str) -> frozenset[str]:
    """The stems of a question without terms, filler and words that stand on a scale."""
    bare = plain(asked)
    for up, down in map(_scale, SCALES):
        bare = down.sub(" ", up.sub(" ", bare))
    return stems_of(bare) - plain_speech() - stems_of(" ".join(lists(WORDS, "assistant")["filler"]))


def _names(study: Study) -> frozenset[str]:
    names = " ".join([study.short, study.title, *study.nct, study.trial or ""])
    return frozenset(words_of(names))


def _turned(asked: str, clause: str) -> bool | None:
    """Whether a clause stands at the other end of the scale; None where it stands on none."""
    if not on_scale(_one_word(asked)):
        return False
    mine, its = worth_of(asked), worth_of(clause)
    if mine is None or its is None or not _same_sides(asked, clause):
        return None
    return mine != its


def worth_of(text: str) -> bool | None:
    """Whether a text says more or better; None where it says neither, or both."""
    named, even = terms_named(text), _one_word(text)
    harm = bool(named & WORSE_WHERE_HIGHER) or any(kind_of(name) == "safety" for name in named)
    found = {up != (harm and name == "amount") for name in SCALES for up in ends_of(name, even)}
    return found.pop() if len(found) == 1 else None


def _one_word(text: str) -> str:
    """ "Less often" as "less"; an adverse event or a longer follow-up stand on no scale."""
    even = pattern("no_scale").sub(" ", plain(text))
    return _FOLLOW_UP.sub("follow-up", _OFTEN.sub(r"\1", even))


def _same_sides(asked: str, clause: str) -> bool:
    """Whether what is better in the question is what is compared in the clause."""
    mine, its = sides_of(asked), sides_of(clause)
    if not its:
        return not mine
    return mine == its if mine else its[0] in terms_named(asked)


def _denies(asked: str, clause: str) -> bool | None:
    """Whether a clause denies what is asked; None where it denies something else."""
    even = _ZERO.sub("no", clause)
    if not pattern("negations").search(even):
        return False
    words = _prefixes(asked) | on_scale(even)
    return True if denied_in(even) & words else None


def _prefixes(text: str) -> frozenset[str]:
    return frozenset(
        word.lower()[:PREFIX] for word in re.findall(r"[A-Za-z]+", text) if len(word) > 3
    )


def on_scale(text: str) -> frozenset[str]:
    found = (
        match[0] for name in SCALES for ends_ in _scale(name) for match in ends_.finditer(text)
    )
    return frozenset(word.lower()[:PREFIX] for word in found)


def _scale(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    return next((up, down) for known, up, down in scales() if known == name)


@cache
def _breaks() -> re.Pattern[str]:
    verbs = _pattern("verbs").pattern
    return re.compile(rf";|,? *{_pattern('breaks').pattern}|,? and(?= {verbs})", re.IGNORECASE)

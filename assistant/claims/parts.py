"""A claim and its source part by part, and in one line."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.answer import Verdict
from assistant.claims.features import CHECKS, Judged
from assistant.claims.figures import KEYS, Aligned
from assistant.claims.records import Part, Weighed
from assistant.claims.text import cues
from assistant.claims.words import opposed, other_terms
from assistant.question import Reading
from index.documents import Study

AXES = {
    "allocation": "certainty",
    "significance": "certainty",
    "age": "population",
    "sex": "population",
    "philadelphia": "population",
    "locus": "population",
    "time": "time point",
    "order": "time point",
}
"""Which part of a claim an axis of words belongs to; the others are its direction."""
TOLD = frozenset({"value", "measure", "time point", "arm"})
"""Checks whose words tell a reader more than two parts side by side."""
TERMS = {"population": "population", "genetics": "population", "drug": "arm", "arm": "arm"}
TERMS |= {"grade": "endpoint", "cycle": "time point", "cohort": "population"}


def parts_of(reading: Reading, judged: Judged) -> tuple[Part, ...]:
    """Each part that claim and source both name, once; a difference goes before a likeness."""
    found: dict[str, Part] = {}
    for part in (*_figures(judged.aligned), *_trial(reading, judged), *_words(reading, judged)):
        if part.name not in found or (found[part.name].same and not part.same):
            found[part.name] = part
    return tuple(found.values())


def _figures(aligned: Sequence[Aligned]) -> Iterator[Part]:
    for one in aligned:
        if one.source is None:
            continue
        for key, name in KEYS.items():
            ours, theirs = getattr(one.claim, key), getattr(one.source, key)
            if ours and theirs:
                yield Part(name, ours, theirs, ours == theirs)
        yield Part("value", one.claim.value, one.source.value, one.same_value)


def _trial(reading: Reading, judged: Judged) -> Iterator[Part]:
    named = [name.label for name in reading.names]
    if named and judged.fit.named is not None:
        short = judged.scored.candidate.study.short
        yield Part("trial", ", ".join(named), short, judged.fit.named)


def _words(reading: Reading, judged: Judged) -> Iterator[Part]:
    text = judged.text
    for one in opposed(reading.text, text):
        yield Part(AXES.get(one.axis, "direction"), one.claim, one.source, same=False)
    for kind, (ours, theirs) in other_terms(reading.text, text).items():
        if kind in TERMS:
            yield Part(TERMS[kind], ", ".join(sorted(ours)), ", ".join(sorted(theirs)), same=False)


def overstatement(claim: str, study: Study) -> str | None:
    """How a claim says more than a study of this design can carry, in one line; None if not."""
    found = next((word for pattern in _strong() if (word := pattern.search(claim))), None)
    if found is None or study.randomised is True or study.kind in ("label", "registry record"):
        return None
    design = study.design or study.kind
    return f"The source is a {design}; the claim says “{found[0]}”."


@cache
def _strong() -> tuple[re.Pattern[str], ...]:
    patterns = cues()["overstated"]
    return tuple(
        re.compile(rf"(?<!\w){patterns[kind]}(?!\w)", re.IGNORECASE)
        for kind in ("proven", "cured", "always", "causes")
    )


def why(verdict: Verdict, leading: Weighed | None, against: Weighed | None) -> str:
    """One line for the reader: what the source says, or where the two differ."""
    if leading is None:
        return "No sentence of the corpus is about this."
    where = leading.where
    if verdict is Verdict.NOT_ENOUGH:
        return f"No sentence says so, or says otherwise. Nearest: {where}."
    if verdict is Verdict.SUPPORTED:
        return f"{where} says so{_same(leading.parts)}."
    if verdict is Verdict.MIXED and against is not None:
        return f"{where} says so; {against.evidence.study.short} does not: {_differs(against)}."
    return f"{where}: {_differs(leading)}."


def _same(parts: Sequence[Part]) -> str:
    """``, with the same value, endpoint and arm``."""
    names = [part.name for part in parts if part.same]
    if not names:
        return ""
    listed = " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
    return f", with the same {listed}"


def _differs(weighed: Weighed) -> str:
    """``93.3% is overall survival, not disease-free survival``, or which part is not the same."""
    failed = [one for one in weighed.checks if not one.passed and one.name in CHECKS]
    told = next((check.why for check in failed if check.name in TOLD), None)
    if told:
        return told.rstrip(".")
    if weighed.differing:
        first = min(weighed.differing, key=lambda part: part.name != "value")
        return f"the claim says {first.claim}, the source {first.source} ({first.name})"
    return failed[0].why.rstrip(".") if failed else "the source says otherwise"

"""A sentence of a text, completed by what the sentences before it say."""

import re
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.answer import Verdict
from assistant.claims.records import Checked
from assistant.question import Name, Reading, short_name
from index.figures import has_figure
from index.terms import terms_in
from index.trials import Trial

LONGEST_NAME = 3
"""Words of a name that reads well within a sentence."""
_STANDS_ALONE = re.compile(r"\b(?:European|United States|EU|US|UK)\b")
_TREATMENT = (
    r"[ -](?:(?:\w+ ){0,2}(?:chemotherapy|therapy|treatment|regimen|backbone|consolidation"
    r"|induction|controls?|arm)|before)\b"
)


class Reader(Protocol):
    def read(self, question: str) -> Reading: ...


@dataclass(frozen=True, slots=True)
class Around:
    """What a text has spoken of so far."""

    topic: Name | None = None
    """The trial, or the document, of the sentence before."""
    times: frozenset[str] = field(default_factory=frozenset)
    """Time points of the sentence before."""


def in_context(text: str, around: Around, reader: Reader) -> tuple[Reading, str | None]:
    """The sentence as it is to be read, and its words where these were completed.

    A sentence that names no trial is read of the trial that the one before it spoke of; a result
    without a time point, at the time point of the sentence before.
    """
    alone = reader.read(text)
    if around.topic is None or alone.names or _STANDS_ALONE.search(text):
        return alone, None
    said = [f"in {_typed(around.topic)}"] if _is_written(around.topic.typed) else []
    if not alone.times and alone.of_kind("endpoint") and has_figure(text):
        said += [f"at {time}s" for time in sorted(around.times)]
    whole = f"{text.rstrip(' .')} ({', '.join(said)})." if said else text
    read = reader.read(whole)
    if around.topic.label not in {name.label for name in read.names}:
        read = replace(read, names=(*read.names, around.topic))
    return read, whole if said else None


def _is_a_treatment(typed: str, text: str) -> bool:
    """Whether a trial is named for its treatment or its patients: ``Interfant-06 chemotherapy``."""
    return bool(re.search(rf"{re.escape(typed)}{_TREATMENT}", text, re.IGNORECASE))


def _is_written(typed: str) -> bool:
    """Whether a name is put into the sentence: one that names a drug would be read as its arm."""
    return bool(typed) and not any(term.kind == "drug" for term in terms_in(typed))


def _typed(topic: Name) -> str:
    """The name as it reads in a sentence; one of digits alone would be taken for a figure."""
    return f"study {topic.typed}" if topic.typed.isdigit() else topic.typed


def after(
    around: Around, reading: Reading, checked: Checked, reports: frozenset[str], name: str | None
) -> Around:
    """What is spoken of after a sentence.

    ``reports`` are the documents on the trial of its evidence, ``name`` is the trial's name.
    """
    times = reading.times if reading.measures else frozenset()
    decided = checked.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    leading = checked.leading.evidence if decided and checked.leading else None
    named = [
        one
        for one in reading.names
        if (leading is None or leading.doc_id in one.doc_ids)
        and not _is_a_treatment(one.typed, reading.text)
    ]
    if named:
        return Around(named[-1], times)
    if leading is None:
        return Around(around.topic, times)
    return Around(Name(name or leading.study.short, reports, typed=name or ""), times)


def called(trial: Trial) -> str:
    """What a trial is called in a sentence: its name, or where that is a title, its first alias."""
    name = short_name(trial)
    if len(name.split()) <= LONGEST_NAME or not trial.aliases:
        return name
    return f"the {trial.aliases[0]}"

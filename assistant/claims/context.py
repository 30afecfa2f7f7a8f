"""A sentence of a text, completed by what the sentences before it say."""

import re
from dataclasses import dataclass, field, replace

from assistant.answer import Verdict
from assistant.claims.records import Checked, Weighed
from assistant.claims.text import pattern_of
from assistant.claims.wording import Reader, as_a_source_would, drugs_of
from assistant.question import Name, Reading, short_name
from index.figures import has_figure
from index.terms import plain, terms_in
from index.trials import Trial

LONGEST_NAME = 3
"""Words of a name that reads well within a sentence."""
_STANDS_ALONE = re.compile(r"\b(?:European|United States|EU|US|UK)\b")
_TREATMENT = (
    r"[ -](?:(?:\w+ ){0,2}(?:chemotherapy|therapy|treatment|regimen|backbone|consolidation"
    r"|induction|controls?|arm)|before)\b"
)


@dataclass(frozen=True, slots=True)
class Around:
    """What a text has spoken of so far."""

    topic: Name | None = None
    """The trial, or the document, of the sentence before."""
    times: frozenset[str] = field(default_factory=frozenset)
    """Time points of the sentence before."""
    written: bool = False
    """Whether the text itself names the topic; otherwise it was learned from the evidence."""
    drugs: tuple[str, ...] = ()
    """Drugs that the text has named, the last one last."""
    measure: str | None = None
    """The measure of the last figure."""


def in_context(text: str, around: Around, reader: Reader) -> tuple[Reading, str | None]:
    """The sentence as it is to be read, and its words where these were completed.

    A sentence that names no trial is read of the trial that the one before it spoke of; a result
    without a time point, at the time point of the sentence before; "the antibody" is the last one
    that was named.
    """
    told, frame = as_a_source_would(text, around.drugs, reader)
    named = reader.read(frame).names if frame else ()
    topic = named[-1] if named else around.topic
    alone = reader.read(told)
    said = [*_measure_and_time(alone, around)]
    if topic is None or _named_in(told, alone) or _STANDS_ALONE.search(text):
        return alone, told if told != text else None
    if _is_written(topic.typed):
        said.insert(0, f"in {_typed(topic)}")
    whole = f"{told.rstrip(' .')} ({', '.join(said)})." if said else told
    read = reader.read(whole)
    if topic.label not in {name.label for name in read.names}:
        read = replace(read, names=(*read.names, topic))
    return read, whole if whole != text else None


def _measure_and_time(alone: Reading, around: Around) -> list[str]:
    """What a bare figure is of: "the figure was 58%", after a sentence on survival."""
    if not has_figure(alone.text):
        return []
    bare = not alone.measures and around.measure and pattern_of("bare_figure").search(alone.text)
    said = [around.measure] if bare and around.measure else []
    if not alone.times and (said or alone.of_kind("endpoint")):
        said += [f"at {time}s" for time in sorted(around.times)]
    return said


def _is_a_treatment(typed: str, text: str) -> bool:
    """Whether a trial is named for its treatment or its patients: ``Interfant-06 chemotherapy``."""
    return bool(re.search(rf"{re.escape(typed)}{_TREATMENT}", text, re.IGNORECASE))


def _is_written(typed: str) -> bool:
    """Whether a name is put into the sentence: one that names a drug would be read as its arm."""
    return bool(typed) and not any(term.kind == "drug" for term in terms_in(typed))


def _typed(topic: Name) -> str:
    """The name as it reads in a sentence; one of digits alone would be taken for a figure."""
    return f"study {topic.typed}" if topic.typed.isdigit() else topic.typed


def titled(around: Around, heading: str, reader: Reader) -> Around:
    """What is spoken of under a heading: the trial and the drugs that it names."""
    reading = reader.read(heading)
    drugs = (*around.drugs, *reading.of_kind("drug"))
    if not reading.names:
        return replace(around, drugs=drugs)
    return Around(reading.names[0], written=True, drugs=drugs)


def after(
    around: Around, reading: Reading, checked: Checked, reports: frozenset[str], name: str | None
) -> Around:
    """What is spoken of after a sentence.

    ``reports`` are the documents on the trial of its evidence, ``name`` is the trial's name.
    """
    decided = checked.verdict in (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    leading = checked.leading if decided else None
    going_on = replace(
        around,
        times=reading.times if reading.measures else frozenset(),
        drugs=(*around.drugs, *drugs_of(checked.text)),
        measure=next(iter(reading.of_kind("endpoint", "response")), None),
    )
    named = [
        one for one in _named_in(checked.text, reading) if leading is None or _is_of(one, leading)
    ]
    if named:
        return replace(going_on, topic=named[-1], written=True)
    stays = around.written and not _STANDS_ALONE.search(checked.text)
    if leading is None or stays or checked.verdict is not Verdict.SUPPORTED:
        return going_on
    short = leading.evidence.study.short
    topic = Name(name or short, reports, typed=name or "")
    return replace(going_on, topic=topic, written=False)


def _named_in(text: str, reading: Reading) -> list[Name]:
    """The trials that a sentence itself names, but for those that only name a treatment."""
    even = plain(text).lower()
    return [
        one
        for one in reading.names
        if one.typed and one.typed.lower() in even and not _is_beside(one.typed, text)
    ]


def _is_beside(typed: str, text: str) -> bool:
    """Whether a trial is named only for its treatment, or to compare another one with it."""
    before = plain(text)[: plain(text).lower().index(typed.lower())]
    return _is_a_treatment(typed, text) or bool(pattern_of("compared_with").search(before))


def _is_of(name: Name, leading: Weighed) -> bool:
    """Whether the evidence is of a trial that is named."""
    quote = plain(leading.evidence.quote).lower()
    return leading.evidence.doc_id in name.doc_ids or name.typed.lower() in quote


def called(trial: Trial) -> str:
    """What a trial is called in a sentence: its name, or where that is a title, its first alias."""
    name = short_name(trial)
    if len(name.split()) <= LONGEST_NAME or not trial.aliases:
        return name
    return f"the {trial.aliases[0]}"

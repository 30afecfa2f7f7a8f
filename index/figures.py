"""The figures of a sentence: its numbers that are results, rather than names, dates or labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.documents import Document, Section
from index.keys.details import (
    interval_of,
    p_of,
    patients_of,
    population_of,
    share_of,
    shared,
    trial_in,
    unit_of,
)
from index.keys.keys import Key, keys_of
from index.keys.mentions import masked
from index.keys.parts import Part, parts_of
from index.keys.timepoints import time_points_in
from index.passages import Sentence, sentences_of
from index.terms import plain, terms_in
from index.values import Value, p_values_in, values_in

MEASURES = ("endpoint", "response", "safety", "statistic")
"""Kinds of term that say what was measured."""
NOT_MEASURED = frozenset(
    {
        "confidence interval",
        "median",
        "range",
        "standard deviation",
        "standard error",
        "survivors",
    }
)
"""Terms of these kinds that say how a value was summed up, or in whom it was measured."""
ARMS = ("drug", "arm")
WITHOUT_RESULTS = frozenset(
    {
        "Background",
        "Methods",
        "Conclusions",
        "Limitations",
        "Related reports",
        "Sources and limits",
    }
)
"""Sections whose figures are the plan, the discussion, or another study's."""

_NAME = re.compile(r"\b[A-Za-z]+[A-Za-z-]*-?\d[\w-]*|\b\d{8}\b|\b\d{4}-\d{6}-\d\d\b")
_LABELS = re.compile(
    r"\b\d+(?:\.\d+)?-(?:years?|months?|weeks?|days?|hours?)\b|\b(?:19|20)\d\d\b"
    r"|\b(?:at|within|after|under|below|over) \d+(?:\.\d+)?"
    r" (?:years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:grades?|cycles?|courses?|phase|cohort|stage|arm|TP|day|week) \d+(?:-\d+)?\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:\.\d+)?%?")
_RESULT = re.compile(
    r"\d%|\d\.\d|\b\d+ of (?:the )?\d+\b|\b\d+/\d+\b|\b(?:no|none|zero) \w+|\bnot reached\b"
    r"|\b\d+ (?:years?|months?|weeks?|days?)\b",
    re.IGNORECASE,
)
_WHO = r"(?:infants|children|adults|patients|newborns|adolescents|survivors|participants|controls)"
_PATIENTS = re.compile(
    r"\b\d[\d,]*(?: \(\d[\d.]*%\))? of (?:the |all )?(?P<total>\d[\d,]*)\b"
    r"|\bn ?=? ?(?P<n>\d[\d,]*)\b"
    r"|(?<![\w.(-])(?<!phase )(?<!cohort )(?<!cycle )"
    rf"(?P<group>\d[\d,]*) (?:[A-Za-z][\w-]* ){{0,2}}{_WHO}\b(?! \()"
)


@lru_cache(maxsize=20_000)
def figures_in(text: str) -> frozenset[str]:
    """The numbers of a sentence as printed, without names, dates, time points and grades."""
    return frozenset(_FIGURE.findall(_LABELS.sub(" ", _NAME.sub(" ", plain(text)))))


def has_figure(text: str) -> bool:
    """Whether any number stands in a sentence that is no name, date, time point or grade."""
    return bool(figures_in(text))


@lru_cache(maxsize=20_000)
def has_result(text: str) -> bool:
    """Whether a sentence holds a rate, a count of a total, a ratio or a duration."""
    return bool(_RESULT.search(_LABELS.sub(" ", _NAME.sub(" ", plain(text)))))


@dataclass(frozen=True, slots=True)
class Figure:
    """The results of one sentence: ``document.text[start:end]``."""

    doc_id: str
    section: str
    start: int
    end: int
    measures: tuple[str, ...]
    """Names of the terms that say what was measured, in order of mention."""
    times: tuple[str, ...]
    """Time points such as ``2 years`` or ``end of induction``."""
    arms: tuple[str, ...]
    values: tuple[Value, ...]
    """As printed, with their places in the sentence; empty where only P is given."""
    n: tuple[str, ...]
    """Numbers of patients."""
    p: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyedFigure:
    """One value of a sentence under its key; ``sentence[start:end]`` is ``value`` as printed."""

    value: str
    start: int
    end: int
    measure: str | None
    """Name of the term: ``event-free survival``."""
    time: str | None
    """``2 years``, ``end of induction``, ``cycle 2``."""
    arm: str | None
    """Names of the terms of a drug or an arm: ``blinatumomab + chemotherapy``."""
    population: tuple[str, ...]
    """Names of the terms that say in whom: age group, setting, risk group, genetics."""
    trial: str | None
    """The trial that the sentence names, else that of its document."""
    unit: str | None
    """``%``, ``patients``, ``months``, ``hazard ratio`` …"""
    share: str | None
    """The percentage that is printed for a count: ``93%`` of ``28 of 30 (93%)``."""
    interval: str | None
    """As printed, without brackets: ``95% CI 60.8-92.0``."""
    n: str | None
    """Patients that the value is of."""
    p: str | None


@lru_cache(maxsize=20_000)
def keyed_figures(text: str, *, trial: str | None = None) -> tuple[KeyedFigure, ...]:
    """The values of a sentence, in order, each with the measure, time point and arm it is of.

    ``trial`` is the trial of the document, for a sentence that names none.
    """
    return keyed_values(text, shared(plain(text), values_in(text)), trial=trial)


def keyed_values(
    text: str, values: Sequence[Value], *, trial: str | None = None
) -> tuple[KeyedFigure, ...]:
    """The same for values that were found already."""
    even = plain(text)
    parts = parts_of(even, values) if values else ()
    keys = keys_of(even, parts) if values else ()
    named = trial_in(text) or trial
    return tuple(
        _keyed(even, value, part, key, named)
        for value, part, key in zip(values, parts, keys, strict=True)
    )


def _keyed(even: str, value: Value, part: Part, key: Key, trial: str | None) -> KeyedFigure:
    return KeyedFigure(
        value=value.figure,
        start=value.start,
        end=value.start + len(value.figure),
        measure=key.measure,
        time=key.time,
        arm=key.arm,
        population=population_of(even, part),
        trial=trial,
        unit=unit_of(even, part, value),
        share=share_of(even, part, value),
        interval=interval_of(even, part, value),
        n=patients_of(even, part, value),
        p=p_of(even, part),
    )


@lru_cache(maxsize=256)
def figures_of(document: Document) -> tuple[Figure, ...]:
    """One row for each sentence that holds a result, in the order of the text."""
    return tuple(
        figure
        for section in document.sections
        if section.heading not in WITHOUT_RESULTS
        for figure in _figures(document, section)
    )


def _figures(document: Document, section: Section) -> Iterator[Figure]:
    for sentence in sentences_of(document, section):
        text = document.text[sentence.start : sentence.end]
        values, p = values_in(text), p_values_in(text)
        if values or p:
            yield _figure(sentence, text, values, p)


def _figure(sentence: Sentence, text: str, values: tuple[Value, ...], p: tuple[str, ...]) -> Figure:
    return Figure(
        doc_id=sentence.doc_id,
        section=sentence.section,
        start=sentence.start,
        end=sentence.end,
        measures=_measures(text),
        times=times_of(text),
        arms=tuple(term.name for term in terms_in(text) if term.kind in ARMS),
        values=values,
        n=_patients(text),
        p=p,
    )


def _measures(text: str) -> tuple[str, ...]:
    """What was measured, without words that look like a measure and say in whom or when."""
    named = (term for term in terms_in(masked(plain(text))) if term.kind in MEASURES)
    return tuple(term.name for term in named if term.name not in NOT_MEASURED)


def times_of(text: str) -> tuple[str, ...]:
    """The time points of a sentence, each once: ``At 2 years`` and ``2-year`` are ``2 years``."""
    return tuple(dict.fromkeys(time.name for time in time_points_in(text)))


def _patients(text: str) -> tuple[str, ...]:
    """Numbers of patients as printed, each once; a count of them is no number of patients."""
    found = _PATIENTS.finditer(plain(text))
    return tuple(dict.fromkeys(match["total"] or match["n"] or match["group"] for match in found))

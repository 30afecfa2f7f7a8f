"""A question, read: which measure, time point, trial, population and arm it asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain

from assistant.vocabulary import Vocabulary
from index import number_words
from index.documents import Study
from index.figures import figures_in
from index.terms import Term, plain, spelled_out, terms_in
from index.trials import Trial

MEASURES = frozenset({"endpoint", "response", "safety", "statistic"})
SUBGROUPS = frozenset({"setting", "genetics"})
MONTHS = 12
"""Months of a year: whole years are the same time point, written in either."""
UNSIGNED = ("label", "registry record", "topic", "glossary")
"""Kinds of document that are not called by an author."""
TITLE_NAME = 3
"""Words of a name that a title begins with, at most."""
_UNITS = "years?|yrs?|y|months?|mos?|mths?|weeks?|wks?|days?|hours?|hrs?|h"
_TIME = re.compile(
    rf"(?<![\w.])(\d+(?:\.\d+)?|{number_words.PATTERN})(?:[ -]?)({_UNITS})(?![\w])", re.IGNORECASE
)
_AGE_AFTER = re.compile(r"\s*(?:-\s*)?(?:old\b|of age\b)", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"(?:aged?|under|below|younger than|older than|over|above|at least|from|to|[<>≤≥]=?)\s*$",
    re.IGNORECASE,
)
_FIGURE_WORDS = re.compile(
    r"\b(?:how (?:many|much|often|common|long|frequent)|rates?|percent\w*|%|median|mean|average"
    r"|ratio|numbers?|incidence|figures?|n\b|p[ -]values?|CI|what share|proportion)\b",
    re.IGNORECASE,
)
_BEFORE_A_QUESTION = re.compile(r".*[.!?]\s+(?=[A-Z][^.!?]*\?\s*$)", re.DOTALL)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_AUTHOR_YEAR = re.compile(r"([^\W\d_]\w+(?:-\w+)?) (?:19|20)\d\d\b")
_GROUP = re.compile(r"(?<![\w-])[A-Z]{3,}(?![\w-])")
_COMPARISON = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|v|differ\w*|against|or)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Name:
    """A trial or an author that a question names, with the documents that report on it."""

    label: str
    doc_ids: frozenset[str]
    typed: str = ""
    """The words by which it was named."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks for. ``expanded`` is its text with abbreviations spelled out."""

    text: str
    expanded: str
    terms: tuple[Term, ...]
    times: frozenset[str]
    names: tuple[Name, ...]
    numbers: frozenset[str]
    """Figures that the question itself holds, without time points, ages, doses and years."""
    years: frozenset[int]
    """Years of publication that it names."""
    foreign: tuple[str, ...]
    """Specialised words that no document of the corpus holds."""
    wants_figure: bool
    compares: bool

    def of_kind(self, *kinds: str) -> list[str]:
        """The names of the terms of these kinds, in order."""
        return [term.name for term in self.terms if term.kind in kinds]

    @property
    def measures(self) -> list[str]:
        return self.of_kind(*MEASURES)


class QuestionReader:
    """Reads questions with the terms of the field and the names of the corpus."""

    def __init__(
        self, studies: Iterable[Study], trials: Iterable[Trial], vocabulary: Vocabulary
    ) -> None:
        self._studies = tuple(studies)
        self._trials = tuple(trials)
        self._vocabulary = vocabulary

    @property
    def documents(self) -> int:
        """How many documents there are to be asked about."""
        return len(self._studies)

    def read(self, question: str) -> Reading:
        text = self._vocabulary.corrected(plain(question))
        terms = tuple(terms_in(text))
        expanded = written_in_full(text)
        names = {name.label: name for name in [*self._names_in(text), *self._names_in(expanded)]}
        named = names.values()
        return Reading(
            text=question,
            expanded=expanded,
            terms=terms,
            times=times_in(text),
            names=tuple(named),
            numbers=figures_in(_without_names(text, named)),
            years=frozenset(int(year) for year in _YEAR.findall(text)),
            foreign=tuple(self._vocabulary.foreign(_without_names(last_question(text), named))),
            wants_figure=bool(_FIGURE_WORDS.search(text))
            or any(t.kind == "endpoint" for t in terms),
            compares=bool(_COMPARISON.search(text)),
        )

    def _names_in(self, text: str) -> Iterator[Name]:
        """Named trials and authors; a name inside a longer one that was found does not count."""
        taken: list[tuple[int, int]] = []
        found: dict[str, tuple[int, Name]] = {}
        for pattern, name in self._gazetteer:
            for match in pattern.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                taken.append(match.span())
                found.setdefault(name.label, (match.start(), replace(name, typed=match[0])))
        return (name for _, name in sorted(found.values(), key=lambda pair: pair[0]))

    @cached_property
    def _gazetteer(self) -> list[tuple[re.Pattern[str], Name]]:
        """Patterns of names, the longest first; a form that several trials share names them all."""
        shared: dict[str, list[Name]] = {}
        forms = chain(
            self._trial_names(),
            self._author_names(),
            self._short_names(),
            self._title_names(),
            self._group_names(),
            self._sizes(),
        )
        for form, name in forms:
            shared.setdefault(plain(form).lower(), []).append(replace(name, typed=form))
        merged = [_merged(names) for names in shared.values()]
        merged.sort(key=lambda name: -len(name.typed))
        return [(_name_pattern(name.typed), name) for name in merged]

    def _trial_names(self) -> Iterator[tuple[str, Name]]:
        for trial in self._trials:
            docs = frozenset(report.doc_id for report in trial.reports if report.role != "context")
            short = short_name(trial)
            for form in dict.fromkeys((trial.name, short, *trial.aliases, *trial.numbers)):
                yield form, Name(short, docs)

    def _author_names(self) -> Iterator[tuple[str, Name]]:
        """First authors, by surname, with all their studies."""
        by_surname: dict[str, set[str]] = {}
        for study in self._studies:
            first = _first_author(study) if study.kind not in UNSIGNED else None
            if first:
                by_surname.setdefault(first, set()).add(study.doc_id)
        for name, docs in by_surname.items():
            for spelling in spellings(name):
                yield spelling, Name(name, frozenset(docs))

    def _short_names(self) -> Iterator[tuple[str, Name]]:
        """What citations call a study, so that a question can name what an answer cited."""
        for study in self._studies:
            yield study.short, Name(study.short, frozenset({study.doc_id}))

    def _title_names(self) -> Iterator[tuple[str, Name]]:
        """Names of collections that are no trial: ``Project EVOLVE`` of "Project EVOLVE: an …"."""
        for study in self._studies:
            name, colon, _ = study.title.partition(": ")
            short = len(name.split()) <= TITLE_NAME and not terms_in(name)
            if colon and short and not study.trial and _GROUP.search(name):
                yield name, Name(name, frozenset({study.doc_id}))

    def _group_names(self) -> Iterator[tuple[str, Name]]:
        """Study groups such as COG: capitals that the trials or authors of several studies bear."""
        trials = {trial.key: trial.name for trial in self._trials}
        groups: dict[str, set[str]] = {}
        for study in self._studies:
            named = " ".join((trials.get(study.trial or "", ""), *study.authors, study.short))
            for group in _GROUP.findall(named):
                groups.setdefault(group, set()).add(study.doc_id)
        for group, docs in groups.items():
            if len(docs) > 1 and not terms_in(group):
                yield group, Name(group, frozenset(docs))

    def _sizes(self) -> Iterator[tuple[str, Name]]:
        """Studies by their number of patients: "the 189-patient study"."""
        for study in self._studies:
            if study.n:
                form = f"{study.n}-patient"
                yield form, Name(form, frozenset({study.doc_id}))

    def name_of(self, study: Study) -> str:
        """How to name a study in a question: its trial, with all reports, or itself."""
        trials = (trial for trial in self._trials if trial.key == study.trial)
        return next((short_name(trial) for trial in trials), study.short)


def short_name(trial: Trial) -> str:
    """The name of a trial without what stands in brackets."""
    return re.sub(r"\s*\(.*\)$", "", trial.name)


def _merged(names: Sequence[Name]) -> Name:
    """One name for all documents that a form may mean; the form itself where they differ."""
    docs = frozenset().union(*(name.doc_ids for name in names))
    label = names[0].label if len({name.label for name in names}) == 1 else names[0].typed
    return Name(label, docs, names[0].typed)


def surname(author: str) -> str:
    """``van der Sluis`` of ``van der Sluis IM``."""
    return re.sub(r"\s+[A-Z][A-Z-]{0,3}$", "", author)


def spellings(name: str) -> tuple[str, ...]:
    """A name as written, without its accents, and with German ones spelled out."""
    german = name.translate({ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue"})
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return tuple(dict.fromkeys((name, bare, german)))


def _first_author(study: Study) -> str | None:
    """The surname of the first author; where none is listed, that of ``Lamble 2023``."""
    if study.authors:
        return surname(study.authors[0])
    named = _AUTHOR_YEAR.match(study.short)
    return named[1] if named and named[1].istitle() else None


def _name_pattern(form: str) -> re.Pattern[str]:
    """A name as people type it: spaces and hyphens as they come, capitals only for short words."""
    pieces = [re.escape(piece) for piece in re.split(r"[\s-]+", plain(form)) if piece]
    flags = 0 if len(form) <= 4 and form.isalpha() else re.IGNORECASE
    return re.compile(rf"(?<![\w]){'[ -]?'.join(pieces)}(?![\w])", flags)


def last_question(text: str) -> str:
    """The sentence that asks, without the case told before it; the whole text where none is."""
    return _BEFORE_A_QUESTION.sub("", text)


@lru_cache(maxsize=4096)
def times_in(text: str) -> frozenset[str]:
    """Time points such as ``2 year`` (also of 24 months) or ``6 month``; ages are left out."""
    found = set()
    for match in _TIME.finditer(plain(text)):
        if _AGE_AFTER.match(text, match.end()) or _AGE_BEFORE.search(text[: match.start()]):
            continue
        number = number_words.digits(match[1])
        found.add(_in_whole_years(number, _unit(match[2])))
    return frozenset(found)


def _in_whole_years(number: str, unit: str) -> str:
    """``2 year`` for 24 months; other time points as they are."""
    months = float(number)
    if unit != "month" or not months or months % MONTHS:
        return f"{number} {unit}"
    return f"{months / MONTHS:.0f} year"


def _unit(word: str) -> str:
    return {"y": "year", "m": "month", "w": "week", "d": "day", "h": "hour"}[word[0].lower()]


def without_figure_words(text: str) -> str:
    """The text without what only says that a figure is asked for: "how many", "rate", "median"."""
    return _FIGURE_WORDS.sub(" ", text)


def _without_names(text: str, names: Iterable[Name]) -> str:
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name.typed)}(?!\w)", " ", text)
    return text


def written_in_full(text: str) -> str:
    """The text with the abbreviations of the field and of units of time written in full."""
    times = _TIME.sub(lambda m: f"{number_words.digits(m[1])}-{_unit(m[2])}", plain(text))
    return spelled_out(times)

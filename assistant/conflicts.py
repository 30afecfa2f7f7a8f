"""Where the corpus gives another value for what an answer shows, side by side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from assistant.answer import Answer, Conflict, Evidence, Side
from assistant.checks.placed import Placed, terms_named
from assistant.differing import circumstances, differing, key_of, kind_of, knows, printed
from assistant.fit import Fit
from assistant.question import Reading
from assistant.telling import (
    Statement,
    TrialNames,
    large_numbers,
    patients,
    quantities,
    says_wrong,
    tells,
)
from index.documents import Document
from index.figures import WITHOUT_RESULTS
from index.trials import Trial

ENOUGH_TERMS = 2
"""Terms that a claim has to share with a sentence that says that a source is wrong."""
READ = 500
"""Documents whose sentences are kept in memory."""
_SMALL_PRINT = WITHOUT_RESULTS - {"Methods"}


@dataclass(frozen=True, slots=True)
class Found:
    """What differs from a shown sentence: another value, a sentence that tells of it, or both."""

    of: Statement
    measure: str | None
    """What the values measure; None where a sentence tells of something else."""
    what: str = ""
    values: tuple[str, str] = ("", "")
    other: Statement | None = None
    told: Statement | None = None

    @property
    def words(self) -> str:
        """About what it will read like, to reckon its length with."""
        told = self.told.text if self.told else ""
        return f"Two sources differ on {self.what}: {' '.join(self.values)} {told}"


class Conflicts:
    """Looks in the reports of one trial for other values than those shown.

    ``documents_of`` gives documents by their ids.
    """

    def __init__(
        self,
        trials: Iterable[Trial],
        documents_of: Callable[[Iterable[str]], Mapping[str, Document]],
    ) -> None:
        self._trials = {trial.key: trial for trial in trials}
        self._names = TrialNames(self._trials.values())
        self._documents_of = documents_of
        self._statements = lru_cache(maxsize=READ)(self._read)

    def of(self, doc_id: str, text: str) -> Found | None:
        """Where another source differs from a sentence of a document; None where it says so."""
        claim = next((one for one in self._statements(doc_id) if one.text == text), None)
        if claim is None or claim.sentence.section in _SMALL_PRINT or tells(text):
            return None
        around = [one for one in self._around(claim) if one.text != claim.text]
        telling = [one for one in around if tells(one.text) and _on_one_trial(one, claim)]
        beside = [one for one in around if not tells(one.text)]
        return next(_pairs(claim, beside, telling), None) or next(_told(claim, telling), None)

    def _around(self, claim: Statement) -> Iterator[Statement]:
        """What its document and the other reports of its trial state."""
        trials = [self._trials[key] for key in claim.trials if key in self._trials]
        others = [report.doc_id for trial in trials for report in trial.reports]
        for doc_id in dict.fromkeys([claim.doc_id, *others]):
            yield from self._statements(doc_id)

    def _read(self, doc_id: str) -> tuple[Statement, ...]:
        document = self._documents_of([doc_id]).get(doc_id)
        return tuple(self._names.statements(document)) if document else ()


def _on_one_trial(one: Statement, other: Statement) -> bool:
    """Whether two sentences are of one trial; of none, they are of one document."""
    alone = not one.trials and not other.trials and one.doc_id == other.doc_id
    return alone or bool(one.trials & other.trials)


def _told(claim: Statement, telling: Iterable[Statement]) -> Iterator[Found]:
    """Sentences that give a value of the claim and another one of the same measure."""
    for one in telling:
        measure = _measure_of_another(claim, one)
        wrong = says_wrong(one.text) and _same_matter(claim, one)
        if measure or _counts_otherwise(claim, one) or wrong:
            yield Found(claim, measure, told=one)


def _measure_of_another(claim: Statement, one: Statement) -> str | None:
    """The measure of which a sentence has a value of the claim and another one."""
    mine = {value.under_measure for value in claim.values}
    both = [value for value in one.values if value.under_measure in mine]
    others = [value for value in one.values if value.under_measure not in mine]
    pairs = product(both, others)
    return next((value.measure for value, other in pairs if other.is_of_kind(value)), None)


def _counts_otherwise(claim: Statement, one: Statement) -> bool:
    """Whether another number of patients is told, for a claim that gives no outcome."""
    if claim.values or says_wrong(one.text) or "%" in one.text:
        return False
    mine, its = patients(claim.text), large_numbers(one.text)
    return bool(mine & its) and bool(its - large_numbers(claim.text))


def _same_matter(claim: Statement, one: Statement) -> bool:
    """Whether two sentences share a quantity and enough terms, and are on the same patients."""
    mine, its = terms_named(claim.text), terms_named(one.text)
    groups = {name for name in its if kind_of(name) == "setting"}
    shared = quantities(claim.text) & quantities(one.text)
    return bool(shared) and len(mine & its) >= ENOUGH_TERMS and groups <= mine


def _pairs(
    claim: Statement, beside: Sequence[Statement], telling: Sequence[Statement]
) -> Iterator[Found]:
    """Other documents with another value under the same key.

    Where no sentence tells of it, both have to be on the very same patients, and no document may
    have the value of the other one too.
    """
    if not _is_own_report(claim):
        return
    for other in beside:
        if other.doc_id == claim.doc_id or not _is_own_report(other):
            continue
        for one, its in differing(claim, other):
            told = _telling_of(one, its, telling)
            same = circumstances(claim) == circumstances(other)
            if told or (same and not (knows(claim, its) or knows(other, one))):
                values = (printed(one), printed(its))
                yield Found(claim, one.figure.measure, key_of(one), values, other, told)


def _is_own_report(one: Statement) -> bool:
    """Whether a sentence reports on the trial of its document, not on one it is set against."""
    trial = one.document.study.trial
    own = len(one.trials) == 1 and (trial is None or one.trials == {trial})
    return own and one.sentence.section not in _SMALL_PRINT


def _telling_of(one: Placed, its: Placed, telling: Iterable[Statement]) -> Statement | None:
    """The sentence that speaks of either value."""
    wanted = {(side.figure.measure, number) for side in (one, its) for number in side.numbers}
    spoken = (told for told in telling if any(v.under_measure in wanted for v in told.values))
    return next(spoken, None)


def conflict_of(reading: Reading, shown: Sequence[Fit], conflicts: Conflicts) -> Found | None:
    """The first conflict on what was asked; nothing that the shown sentences tell themselves."""
    texts = {fit.text for fit in shown}
    for place, fit in enumerate(shown):
        found = conflicts.of(fit.doc_id, fit.text) if fit.named is not False else None
        if found is None or any(one and one.text in texts for one in (found.other, found.told)):
            continue
        if _was_asked(reading, found, bottom_line=place == 0):
            return found
    return None


def _was_asked(reading: Reading, found: Found, *, bottom_line: bool) -> bool:
    """Whether a conflict is on a measure of the question, or of the bottom line without one."""
    if found.measure is None or not reading.measures:
        return bottom_line
    return found.measure in reading.measures


def with_conflict(answer: Answer, found: Found) -> Answer:
    """The answer with the sentences of a conflict among its evidence, and what is cited of them."""
    own = next(piece for piece in answer.evidence if piece.quote == found.of.text)
    pieces = list(answer.evidence)
    keys = [_cited(one, pieces) for one in (found.other, found.told)]
    sides = (Side(found.values[0], own.key), Side(found.values[1], keys[0])) if keys[0] else ()
    conflict = Conflict(found.what, sides, keys[1])
    return replace(answer, evidence=tuple(pieces), conflicts=(*answer.conflicts, conflict))


def _cited(one: Statement | None, pieces: list[Evidence]) -> str | None:
    """The key of a statement among the evidence, to which it is added where it is missing."""
    if one is None:
        return None
    for piece in pieces:
        if (piece.doc_id, piece.start) == (one.doc_id, one.sentence.start):
            return piece.key
    pieces.append(_evidence(one, f"E{len(pieces) + 1}"))
    return pieces[-1].key


def _evidence(one: Statement, key: str) -> Evidence:
    text, place = one.document.text, one.sentence
    start = text.rfind("\n", 0, place.start) + 1
    end = text.find("\n", place.end)
    end = end if end >= 0 else len(text)
    return Evidence(
        key=key,
        study=one.document.study,
        section=place.section,
        quote=one.text,
        start=place.start,
        end=place.end,
        passage=text[start:end],
        passage_start=start,
        passage_end=end,
        score=0.0,
        position=place.position,
        of=place.of,
    )

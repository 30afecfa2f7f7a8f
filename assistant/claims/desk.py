"""ClaimDesk.check: a text to verdicts, sentence by sentence."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.answer import Evidence, Verdict
from assistant.checked import LONGEST
from assistant.claims.context import Around, after, called, in_context, titled
from assistant.claims.features import (
    Judged,
    Pool,
    about_features,
    claim_features,
    closeness,
    judge,
    stance_features,
    together,
)
from assistant.claims.pairs import complementing, completing
from assistant.claims.parts import overstatement, parts_of, why
from assistant.claims.records import Checked, CheckedText, Weighed, strongest
from assistant.claims.rivals import rival_of
from assistant.claims.rounded import as_in
from assistant.claims.search import EvidenceSearch
from assistant.claims.text import HEADING, Piece, pieces_of
from assistant.claims.verdict import Measured, learned, opinion
from assistant.cohorts import Cohorts
from assistant.question import Reading
from assistant.rerank import ScoredSentence, evidence_of
from assistant.verification import Verifier, check_claim

WEIGHED = 8
"""Sentences that are weighed for and against a claim."""
FOUND = 20
"""Sentences among which the words of a claim are looked for."""
IN_TEXT = 2.0
"""Logit by which a sentence of a text is likelier to be settled than a claim by itself: most of a
text is about one study, and few of its sentences are about what no source tells."""
LEAST = 0.3
"""A sentence is shown for or against a claim only if it is at least so likely to be so."""
Progress = Callable[[int, int], None]
Unit = tuple[ScoredSentence, ScoredSentence | None]


class Reader(Protocol):
    def read(self, question: str) -> Reading: ...


class ClaimDesk:
    """Says of each sentence of a text what the corpus says of it, with the words it rests on."""

    def __init__(
        self, reader: Reader, search: EvidenceSearch, cohorts: Cohorts, verifier: Verifier | None
    ) -> None:
        self._reader = reader
        self._search = search
        self._cohorts = cohorts
        self._verifier = verifier

    def check(
        self,
        text: str,
        progress: Progress = lambda *_: None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> CheckedText:
        """Check a claim, a slide or an article; BadText where it cannot be.

        ``progress`` hears how many of how many sentences are done. As soon as ``stopped`` says so,
        what is done is handed back, not complete.
        """
        result = CheckedText(text, (), complete=False)
        for result in self.stream(text, stopped):
            progress(len(result.sentences), self.count(text))
        return result

    def stream(
        self, text: str, stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[CheckedText]:
        """The same, growing sentence by sentence; only the last one is ``complete``."""
        pieces = pieces_of(text)
        done: list[Checked] = []
        around = Around()
        for number, piece in enumerate(pieces, start=1):
            if stopped():
                return
            checked, around = self._next(piece, around)
            done.append(checked)
            yield CheckedText(text, tuple(done), complete=number == len(pieces))

    def count(self, text: str) -> int:
        """How many sentences a text has, checkable or not."""
        return len(pieces_of(text))

    def check_one(self, claim: str) -> Checked:
        """One claim by itself, as it stands."""
        piece = Piece(claim, 0, len(claim))
        return self._checked(piece, *in_context(claim, Around(), self._reader), settled=0.0)

    def _next(self, piece: Piece, around: Around) -> tuple[Checked, Around]:
        if piece.skip:
            why = f"This is {piece.skip}."
            around = titled(around, piece.text, self._reader) if piece.skip == HEADING else around
            return Checked(piece.text, piece.start, piece.end, None, why), around
        reading, read_as = in_context(piece.text, around, self._reader)
        checked = self._checked(piece, reading, read_as, settled=IN_TEXT)
        reports, name = self._topic(checked)
        return checked, after(around, reading, checked, reports, name)

    def _topic(self, checked: Checked) -> tuple[frozenset[str], str | None]:
        """The reports on the trial of the evidence, and what that trial is called."""
        if checked.leading is None:
            return frozenset(), None
        study = checked.leading.evidence.study
        trial = self._cohorts.trial_of(study.doc_id)
        if trial is None or study.kind == "label":
            return frozenset({study.doc_id}), None
        return frozenset(report.doc_id for report in trial.reports), called(trial)

    def measure(self, claim: str) -> Measured:
        """What the verdict on a claim is weighed from."""
        reading, _ = in_context(claim, Around(), self._reader)
        return _measured(reading, *self._read(reading))

    def _checked(
        self, piece: Piece, reading: Reading, read_as: str | None, settled: float
    ) -> Checked:
        pool, judged = self._read(reading)
        view = opinion(_measured(reading, pool, judged), learned(), settled)
        weighed = tuple(
            _weighed(reading, one, row, number)
            for number, (one, row) in enumerate(zip(judged, view.sentences, strict=True), start=1)
        )
        verdict = view.verdict(learned()["mixed"])
        rival = rival_of(reading.text, [one.scored for one in judged])
        if verdict is Verdict.SUPPORTED and rival is not None:
            against = next(w for w, one in zip(weighed, judged, strict=True) if one.scored is rival)
            return _verdict(piece, read_as, weighed, Verdict.MIXED, against)
        return _verdict(piece, read_as, weighed, verdict)

    def _read(self, reading: Reading) -> tuple[Pool, list[Judged]]:
        found = self._search.find(reading, k=FOUND)
        pool = Pool.of(reading.text, found)
        nearest = sorted(found, key=lambda one: -closeness(pool, reading, one))
        return pool, self._judged(reading, _units(pool, reading, nearest))

    def _judged(self, reading: Reading, units: Sequence[Unit]) -> list[Judged]:
        claim = reading.text[:LONGEST]
        entailments = self._entailments([(claim, together(*unit)) for unit in units])
        return [
            judge(
                reading,
                unit,
                check_claim(as_in(claim, together(*unit)), _evidence(unit)),
                entailment,
            )
            for unit, entailment in zip(units, entailments, strict=True)
        ]

    def _entailments(
        self, pairs: Sequence[tuple[str, str]]
    ) -> list[tuple[float, float, float] | None]:
        if self._verifier is None or not pairs:
            return [None] * len(pairs)
        verified = self._verifier.verify(pairs)
        return [(one.supported, one.contradicted, one.not_enough) for one in verified]


def _measured(reading: Reading, pool: Pool, judged: Sequence[Judged]) -> Measured:
    return Measured(
        about=tuple(about_features(pool, one, reading) for one in judged),
        stance=tuple(stance_features(pool, one, reading) for one in judged),
        claim=claim_features(pool, judged),
    )


def _units(pool: Pool, reading: Reading, found: Sequence[ScoredSentence]) -> list[Unit]:
    """The nearest sentences, each with the one that holds the figures it lacks; and a pair."""
    nearest = found[:WEIGHED]
    units: list[Unit] = [(one, completing(pool, reading.text, one, found)) for one in nearest]
    pair = complementing(pool, nearest)
    return [*units, pair] if pair and pair not in units else units


def _evidence(unit: Unit) -> list[Evidence]:
    return [
        evidence_of(one, number, one.relevance) for number, one in enumerate(unit, start=1) if one
    ]


def _weighed(reading: Reading, judged: Judged, row: Sequence[float], number: int) -> Weighed:
    supported, contradicted, not_enough = map(float, row)
    return Weighed(
        evidence=evidence_of(judged.scored, number, judged.scored.relevance),
        also=evidence_of(judged.also, number, judged.also.relevance) if judged.also else None,
        relevance=judged.scored.relevance,
        supported=supported,
        contradicted=contradicted,
        not_enough=not_enough,
        parts=parts_of(reading, judged),
        checks=judged.checks,
    )


def _verdict(
    piece: Piece,
    read_as: str | None,
    weighed: Sequence[Weighed],
    verdict: Verdict,
    rival: Weighed | None = None,
) -> Checked:
    best_for = strongest((w for w in weighed if w.supported >= _least(verdict)), "supported")
    rest = [one for one in weighed if one is not best_for]
    against = rival or strongest(
        (w for w in rest if w.contradicted >= _least(verdict)), "contradicted"
    )
    nearest = weighed[0] if weighed else None
    leading = {Verdict.CONTRADICTED: against, Verdict.NOT_ENOUGH: nearest}.get(verdict, best_for)
    return Checked(
        text=piece.text,
        start=piece.start,
        end=piece.end,
        verdict=verdict,
        why=why(verdict, leading or nearest, against),
        read_as=read_as,
        best_for=best_for,
        best_against=against,
        nearest=nearest,
        overstated=overstatement(piece.text, leading.evidence.study) if leading else None,
    )


def _least(verdict: Verdict) -> float:
    """Where the corpus does not decide, no sentence is shown as for or against."""
    return 1.1 if verdict is Verdict.NOT_ENOUGH else LEAST

"""Evidence against the bottom line of an answer: sentences that say the opposite of it."""

from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Answer, Evidence
from assistant.claims.search import negated, without_figures
from assistant.effect_words import without_names
from assistant.effects import findings_in, may_judge, withdraws
from assistant.opposition import Said, asked, comparable, opposes, suits
from assistant.question import Reading
from assistant.rerank import ScoredSentence, evidence_of, sentences_in
from assistant.stages import Retriever
from assistant.telling import tells
from index.keys.trial_names import trial_names_in

PASSAGES = 48
"""Passages that are looked through: for 66 of 69 sentences one of so many spoke against it."""
MOST = 2
"""Sentences that are shown."""
ASIDE = frozenset({"Background", "Methods", "Limitations", "Sources and limits"})
"""Sections that report no result of their study, or only doubt one."""
SECOND_HAND = "Related reports"
REPORTS = frozenset({"trial report", "cohort study", "case series"})
"""Kinds of document that report results of their own."""


class ContrarySearch:
    """Looks for sentences on the same treatment, outcome and patients that point the other way."""

    def __init__(self, retriever: Retriever, text_of: Callable[[str], str]) -> None:
        """``text_of`` gives the text of a document by its id."""
        self._retriever = retriever
        self._text_of = text_of

    def find(self, reading: Reading, answer: Answer) -> tuple[Evidence, ...] | None:
        """The best such sentences; None where the bottom line says nothing of an effect.

        Where a shown sentence is one of them, that is named, and no other is searched for.
        """
        shown = [answer.evidence_for(claim.citations[0].key) for claim in answer.claims]
        bottom_line = _Bottom(reading, shown[0])
        if not bottom_line.findings:
            return None
        told = [one for one in shown[1:] if bottom_line.is_opposed_by(Said(one.quote, one.study))]
        found = tuple(told[:1]) or self._searched(bottom_line, answer)
        # Where sources differ, it would be wrong to say that nothing speaks against it.
        return found or (None if answer.conflicts else ())

    def _searched(self, bottom_line: "_Bottom", answer: Answer) -> tuple[Evidence, ...]:
        query = _turned_round(bottom_line.said.text)
        found = self._retriever.retrieve(query, PASSAGES, answer.filters)
        known = {piece.quote for piece in answer.evidence if _is_conflict(answer, piece)}
        fitting = [
            one
            for one in sentences_in(found)
            if one.text not in known
            and one.sentence.section not in ASIDE
            and bottom_line.is_opposed_by(Said(one.text, one.candidate.study))
            and not withdraws(self._text_of(one.sentence.doc_id), one.text)
        ]
        return tuple(_numbered(_best(fitting), answer))


class _Bottom:
    """The bottom line, with what it says of the effect that was asked about."""

    def __init__(self, reading: Reading, piece: Evidence) -> None:
        self.reading = reading
        self.said = Said(piece.quote, piece.study)
        self.findings = [one for one in findings_in(piece.quote) if asked(reading, one)]

    def is_opposed_by(self, other: Said) -> bool:
        if not may_judge(other.text) or tells(other.text):
            return False
        pairs = ((mine, its) for mine in self.findings for its in findings_in(other.text))
        return any(
            opposes(mine, its)
            and asked(self.reading, its)
            and suits(self.reading, other)
            and comparable(self.said, other, mine.treatments)
            for mine, its in pairs
        )


def _turned_round(text: str) -> str:
    """The opposite of a sentence, without its figures and names: these would find its own study."""
    bare = without_names(without_figures(text))
    for name in trial_names_in(bare):
        bare = bare.replace(name, " ")
    return negated(" ".join(bare.split()))


def _is_conflict(answer: Answer, piece: Evidence) -> bool:
    """Whether a piece is shown where sources differ."""
    keys = {conflict.told for conflict in answer.conflicts}
    keys |= {side.key for conflict in answer.conflicts for side in conflict.sides}
    return piece.key in keys


def _best(found: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The surest and nearest sentences, each of another trial; first hand, if there are any."""
    first_hand = [one for one in found if _is_first_hand(one)]
    ranked = sorted(first_hand or found, key=lambda one: (_is_bare(one), -one.candidate.score))
    best: dict[str, ScoredSentence] = {}
    for one in ranked:
        best.setdefault(one.candidate.study.trial or one.candidate.study.doc_id, one)
    return list(best.values())[:MOST]


def _is_first_hand(one: ScoredSentence) -> bool:
    return one.sentence.section != SECOND_HAND and one.candidate.study.kind in REPORTS


def _is_bare(one: ScoredSentence) -> bool:
    return all(finding.bare for finding in findings_in(one.text))


def _numbered(found: Sequence[ScoredSentence], answer: Answer) -> Iterator[Evidence]:
    """The sentences as evidence, under keys of their own where the answer does not cite them."""
    known = {(piece.doc_id, piece.start): piece for piece in answer.evidence}
    number = len(answer.evidence)
    for one in found:
        piece = known.get((one.sentence.doc_id, one.sentence.start))
        number += piece is None
        yield piece or evidence_of(one, number, 0.0)

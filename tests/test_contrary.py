"""Evidence against the bottom line is looked for; first over invented passages, then for real."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from assistant_stand_ins import FIRST, OTHER, answer, evidence, study

from assistant.answer import Answer, Conflict, Evidence, Filters
from assistant.assembly import Assembled
from assistant.contrary import ContrarySearch
from assistant.question import QuestionReader, Reading
from assistant.retrieval import Candidate
from assistant.vocabulary import Vocabulary
from index.documents import Study
from index.passages import Passage, Sentence

ROWS: Any = yaml.safe_load((Path(__file__).parent / "data" / "against.yaml").read_text())
READER = QuestionReader((), (), Vocabulary((), lambda word: [word]))
HELPS = "Infants who received HSCT did better than those who did not."
NO_GAIN = "HSCT brought no benefit over chemotherapy in infants."
FEVER = "Fever was seen in 10% of infants."
QUESTION = "Does HSCT help infants?"
REVIEW = study("review-2092", "Review 2092", kind="review")


def candidate(text: str, of: Study = OTHER, section: str = "Results") -> Candidate:
    sentence = Sentence(of.doc_id, section, 0, len(text), 1, 1)
    passage = Passage(f"{of.doc_id}/{section}/0", of.doc_id, section, 0, len(text), (sentence,))
    return Candidate(passage, text, of, 1.0)


class Finds:
    """Finds the same passages whatever is asked, and remembers what it was asked."""

    def __init__(self, *found: Candidate) -> None:
        self.found = list(found)
        self.asked: list[tuple[str, Filters | None]] = []

    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]:
        self.asked.append((query, filters))
        return self.found


def search(finds: Finds, stored: str = "") -> ContrarySearch:
    return ContrarySearch(finds, lambda _: stored)


def reading(question: str = QUESTION) -> Reading:
    return READER.read(question)


def found(finds: Finds, *shown: Evidence, stored: str = "") -> list[str] | None:
    pieces = search(finds, stored).find(reading(), answer(QUESTION, *shown))
    return None if pieces is None else [piece.quote for piece in pieces]


def test_a_sentence_that_says_the_opposite_is_found_under_a_key_of_its_own() -> None:
    given = answer(QUESTION, evidence(HELPS))

    (piece,) = search(Finds(candidate(FEVER), candidate(NO_GAIN))).find(reading(), given) or ()

    assert (piece.key, piece.quote, piece.study) == ("E2", NO_GAIN, OTHER)


def test_where_nothing_says_the_opposite_nothing_is_found() -> None:
    assert found(Finds(candidate(FEVER), candidate(HELPS)), evidence(HELPS)) == []


def test_a_bottom_line_that_says_nothing_of_an_effect_is_not_searched_against() -> None:
    finds = Finds(candidate(NO_GAIN))

    assert found(finds, evidence(FEVER)) is None
    assert finds.asked == []


def test_a_shown_sentence_is_named_and_none_is_searched_for() -> None:
    finds = Finds(candidate(NO_GAIN))

    (piece,) = (
        search(finds).find(
            reading(), answer(QUESTION, evidence(HELPS), evidence(NO_GAIN, OTHER, key="E2"))
        )
        or ()
    )

    assert piece.key == "E2"
    assert finds.asked == []


def test_what_is_searched_for_is_the_opposite_within_the_filters() -> None:
    finds, filters = Finds(), Filters(year_from=2090)
    given = replace(answer(QUESTION, evidence(NO_GAIN)), filters=filters)

    search(finds).find(reading(), given)

    assert finds.asked == [(NO_GAIN.replace("no benefit", "a benefit"), filters)]


@pytest.mark.parametrize("section", ["Background", "Methods", "Limitations"])
def test_sections_that_report_no_result_are_passed_over(section: str) -> None:
    assert found(Finds(candidate(NO_GAIN, section=section)), evidence(HELPS)) == []


def test_a_report_goes_before_a_review_of_it() -> None:
    review = candidate(NO_GAIN.replace("HSCT", "Transplant"), REVIEW)

    assert found(Finds(review, candidate(NO_GAIN)), evidence(HELPS)) == [NO_GAIN]
    assert found(Finds(review), evidence(HELPS)) == [
        "Transplant brought no benefit over chemotherapy in infants."
    ]


def test_what_its_own_document_takes_back_is_not_shown() -> None:
    stored = f"{HELPS} The advantage disappeared once early deaths were left out."

    assert found(Finds(candidate(HELPS)), evidence(NO_GAIN), stored=stored) == []
    assert found(Finds(candidate(HELPS)), evidence(NO_GAIN), stored=HELPS) == [HELPS]


def test_what_is_shown_where_sources_differ_is_not_shown_again() -> None:
    pieces = (evidence(HELPS), evidence(NO_GAIN, OTHER, key="E2"))
    given = replace(answer(QUESTION, pieces[0]), evidence=pieces)
    differing = replace(given, conflicts=(Conflict("survival", (), "E2"),))

    assert search(Finds(candidate(NO_GAIN))).find(reading(), differing) is None


def test_one_trial_speaks_once() -> None:
    again = "HSCT was of no benefit to infants in a later analysis."

    assert found(Finds(candidate(NO_GAIN, FIRST), candidate(again, FIRST)), evidence(HELPS)) == [
        NO_GAIN
    ]


# Over the real corpus.


@pytest.fixture(scope="module")
def answers(real: Assembled) -> list[tuple[dict[str, Any], Answer]]:
    return [(row, real.assistant.ask(row["question"])) for row in ROWS["against"]]


def documents(given: Answer) -> list[str]:
    return [piece.doc_id for piece in given.against or ()]


def shown(given: Answer) -> list[str]:
    """The documents of the answer itself, further sentences included."""
    return [given.evidence_for(claim.citations[0].key).doc_id for claim in given.claims[1:]]


def test_evidence_against_is_shown_where_the_corpus_holds_some(
    answers: list[tuple[dict[str, Any], Answer]],
) -> None:
    right = [
        not set(row["documents"]).isdisjoint([*documents(given), *shown(given)])
        for row, given in answers
    ]

    assert sum(right) / len(right) >= 0.7


def test_what_is_found_does_speak_against_it(
    answers: list[tuple[dict[str, Any], Answer]], real: Assembled
) -> None:
    found = [one in row["documents"] for row, given in answers for one in documents(given)]
    others: Sequence[str] = [*ROWS["none"], *ROWS["silent"]]
    false = [one for question in others for one in documents(real.assistant.ask(question))]

    assert sum(found) / (len(found) + len(false)) >= 0.9


def test_nothing_is_said_where_the_answer_says_nothing_of_an_effect(real: Assembled) -> None:
    said = [real.assistant.ask(question).against for question in ROWS["silent"]]

    assert said == [None] * len(said)


def test_what_is_found_is_shown_word_for_word(
    answers: list[tuple[dict[str, Any], Answer]], real: Assembled
) -> None:
    for _, given in answers:
        for piece in given.against or ():
            text = real.catalogue.document(piece.doc_id).text
            assert text[piece.start : piece.end] == piece.quote

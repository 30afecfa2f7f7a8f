"""Another value in a report of one trial is shown; a follow-up, a subgroup or an arm is none."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from assistant_stand_ins import (
    FIRST,
    HARBOUR,
    LATER,
    LIGHTHOUSE,
    OTHER,
    answer,
    evidence,
    fit,
    read,
)

from assistant.conflicts import Conflicts, Found, conflict_of, with_conflict
from index.documents import Document, Section, Study

SHOWN = "At 3 years, overall survival in Lighthouse-1 was 68% with chemotherapy."
OTHERWISE = "At 3 years, overall survival in Lighthouse-1 was 75% with chemotherapy."
TOLD = (
    "Survival reports of Lighthouse-1 differ by data cut: overall survival was 68% in the abstract "
    "and 75% in the paper, which holds."
)


def document(study: Study, *sentences: str, section: str = "Results") -> Document:
    head = f"{section}\n\n"
    text = head + "\n\n".join(sentences)
    return Document(study, text, (Section(section, len(head), len(text)),))


def conflicts(*documents: Document) -> Conflicts:
    by_id = {one.doc_id: one for one in documents}

    def documents_of(doc_ids: Iterable[str]) -> dict[str, Document]:
        return {doc_id: by_id[doc_id] for doc_id in doc_ids if doc_id in by_id}

    return Conflicts((LIGHTHOUSE, HARBOUR), documents_of)


def found(shown: str, *others: str, of: Study = LATER) -> Found | None:
    return conflicts(document(FIRST, shown), document(of, *others)).of(FIRST.doc_id, shown)


def test_two_reports_with_two_values_under_one_key_are_set_side_by_side() -> None:
    conflict = found(SHOWN, OTHERWISE)

    assert conflict is not None
    assert conflict.what == "overall survival at 3 years with chemotherapy"
    assert conflict.values == ("68%", "75%")
    assert conflict.told is None


def test_the_sentence_that_tells_of_both_values_is_found() -> None:
    conflict = found(SHOWN, TOLD)

    assert conflict is not None
    assert conflict.told is not None
    assert conflict.told.text == TOLD


@pytest.mark.parametrize(
    "other",
    [
        "At 3 years, overall survival in Lighthouse-1 was 68.4% with chemotherapy.",
        "At 5 years, overall survival in Lighthouse-1 was 60% with chemotherapy.",
        "At 3 years, overall survival in Lighthouse-1 was 85% with blinatumomab.",
        "At 3 years, event-free survival in Lighthouse-1 was 60% with chemotherapy.",
        "At 3 years, overall survival in Lighthouse-1 was 50% in high-risk infants given "
        "chemotherapy.",
        "At 3 years, overall survival in Lighthouse-1 was 75% in MRD-negative infants on "
        "chemotherapy.",
        "At 3 years, overall survival in ZEE2116 was 75% with chemotherapy.",
    ],
    ids=["rounding", "time", "arm", "measure", "risk group", "subgroup", "trial"],
)
def test_a_value_under_another_key_is_no_conflict(other: str) -> None:
    assert found(SHOWN, other) is None


def test_remission_by_another_definition_is_no_conflict() -> None:
    full = "Complete remission with full recovery was 34% with blinatumomab in Lighthouse-1."
    composite = (
        "Complete remission with full, partial or incomplete recovery (CR/CRh/CRi) was 44% with "
        "blinatumomab in Lighthouse-1."
    )

    assert found(full, composite) is None


def test_a_document_that_has_both_values_means_different_patients() -> None:
    assert found(SHOWN, OTHERWISE, "Of the older infants, 68% survived 3 years.") is None


def test_reports_of_other_trials_are_not_compared() -> None:
    unnamed = "At 3 years, overall survival was 68% with chemotherapy."
    other = "At 3 years, overall survival was 75% with chemotherapy."

    assert found(unnamed, other, of=OTHER) is None


def test_another_number_of_patients_is_told_beside_one_without_an_outcome() -> None:
    shown = "Lighthouse-1 randomised 1440 children at 40 centres."
    told = "The abstract of Lighthouse-1 counts 1,444 children, whereas the paper counts 1440."

    conflict = found(shown, told)

    assert conflict is not None
    assert conflict.told is not None


def test_a_wrong_source_is_told_beside_the_right_rule() -> None:
    shown = "High risk in Lighthouse-1 meant KMT2A-rearranged ALL in infants younger than 6 months."
    told = (
        "The abstract of Lighthouse-1 misprints the high-risk age of infants as 6 months or more."
    )

    assert found(shown, told) is not None
    assert found(shown, told.replace("high-risk", "medium-risk")) is None


def test_a_sentence_that_tells_of_the_conflict_itself_needs_no_other() -> None:
    assert found(TOLD, OTHERWISE) is None


def test_only_a_conflict_on_what_was_asked_is_shown() -> None:
    looked_in = conflicts(document(FIRST, SHOWN), document(LATER, OTHERWISE))
    shown = [fit(SHOWN, 9.0)]

    asked = conflict_of(read("Overall survival with chemotherapy?"), shown, looked_in)
    besides = conflict_of(read("Event-free survival with chemotherapy?"), shown, looked_in)

    assert asked is not None
    assert besides is None


def test_nothing_is_added_where_the_answer_shows_both_values() -> None:
    looked_in = conflicts(document(FIRST, SHOWN), document(LATER, OTHERWISE))
    shown = [fit(SHOWN, 9.0), fit(OTHERWISE, 8.0, of=LATER)]

    assert conflict_of(read("Overall survival?"), shown, looked_in) is None


def test_an_answer_cites_both_sides_and_keeps_its_own_keys() -> None:
    conflict = found(SHOWN, OTHERWISE, TOLD)
    assert conflict is not None

    told = with_conflict(answer("Overall survival?", evidence(SHOWN)), conflict)

    assert [piece.key for piece in told.evidence] == ["E1", "E2", "E3"]
    assert [(side.value, side.key) for side in told.conflicts[0].sides] == [
        ("68%", "E1"),
        ("75%", "E2"),
    ]
    assert told.evidence_for("E3").quote == TOLD
    assert told.conflicts[0].told == "E3"


def test_a_quote_of_a_conflict_stands_at_its_place_in_its_document() -> None:
    later = document(LATER, "Nothing else.", OTHERWISE)
    conflict = conflicts(document(FIRST, SHOWN), later).of(FIRST.doc_id, SHOWN)
    assert conflict is not None

    piece = with_conflict(answer("OS?", evidence(SHOWN)), conflict).evidence_for("E2")

    assert later.text[piece.start : piece.end] == OTHERWISE
    assert later.text[piece.passage_start : piece.passage_end] == piece.passage


def test_a_sentence_that_is_evidence_already_keeps_its_key() -> None:
    conflict = found(SHOWN, OTHERWISE)
    assert conflict is not None
    assert conflict.other is not None
    known = replace(evidence(OTHERWISE, LATER, key="E2"), start=conflict.other.sentence.start)

    told = with_conflict(answer("OS?", evidence(SHOWN), known), conflict)

    assert len(told.evidence) == 2
    assert told.conflicts[0].sides[1].key == "E2"

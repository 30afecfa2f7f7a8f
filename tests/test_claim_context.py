"""A sentence of a text, completed by the sentences before it."""

from dataclasses import replace

from assistant_stand_ins import FIRST, LATER
from claim_stand_ins import READER, checked

from assistant.answer import Verdict
from assistant.claims.context import Around, after, in_context, titled
from assistant.question import Name

LIGHTHOUSE = Name("Lighthouse-1", frozenset({FIRST.doc_id, LATER.doc_id}), typed="Lighthouse-1")
AROUND = Around(LIGHTHOUSE, frozenset({"4 year"}))


def test_the_first_sentence_stands_alone() -> None:
    reading, read_as = in_context("Survival was 93.3%.", Around(), READER)

    assert read_as is None
    assert reading.names == ()


def test_a_result_takes_trial_and_time_from_the_sentence_before() -> None:
    reading, read_as = in_context("Overall survival was 93.3%.", AROUND, READER)

    assert read_as == "Overall survival was 93.3% (in Lighthouse-1, at 4 years)."
    assert reading.times == {"4 year"}
    assert [name.label for name in reading.names] == ["Lighthouse-1"]


def test_a_trial_that_is_called_by_a_number_is_no_figure() -> None:
    numbered = Around(replace(LIGHTHOUSE, typed="20120215"))

    _, read_as = in_context("Relapse was rare.", numbered, READER)

    assert read_as == "Relapse was rare (in study 20120215)."


def test_a_time_of_its_own_is_kept() -> None:
    reading, _ = in_context("Overall survival at 2 years was 93.3%.", AROUND, READER)

    assert reading.times == {"2 year"}


def test_a_sentence_that_names_a_trial_stands_alone() -> None:
    _, read_as = in_context("Overall survival in D-HARB was 70%.", AROUND, READER)

    assert read_as is None


def test_a_document_without_trial_is_read_but_not_named() -> None:
    around = Around(Name("US label", frozenset({FIRST.doc_id})))

    reading, read_as = in_context("The approval covers adults only.", around, READER)

    assert read_as is None
    assert [name.label for name in reading.names] == ["US label"]


def test_the_trial_of_the_evidence_is_what_is_spoken_of_next() -> None:
    reading = READER.read("A drug keeps infants free of events.")
    said = checked("A drug keeps infants free of events.", Verdict.SUPPORTED)

    around = after(Around(), reading, said, frozenset({FIRST.doc_id}), "Lighthouse-1")

    assert around.topic == replace(LIGHTHOUSE, doc_ids=frozenset({FIRST.doc_id}))


def test_a_trial_named_only_as_a_comparator_is_not_spoken_of_next() -> None:
    reading = READER.read("Survival was better than in D-HARB.")
    said = checked("Survival was better than in D-HARB.", Verdict.SUPPORTED)

    around = after(Around(), reading, said, frozenset({FIRST.doc_id}), "Lighthouse-1")

    assert around.topic is not None
    assert around.topic.label == "Lighthouse-1"


def test_what_the_corpus_does_not_settle_changes_no_subject() -> None:
    reading = READER.read("Babies like music.")
    said = checked("Babies like music.", Verdict.NOT_ENOUGH)

    assert after(AROUND, reading, said, frozenset(), None).topic == LIGHTHOUSE


def test_a_trial_that_is_called_by_its_drug_is_read_but_not_written() -> None:
    by_drug = Around(replace(LIGHTHOUSE, typed="the infant blinatumomab trial"))

    reading, read_as = in_context("Survival was 81.6% with it.", by_drug, READER)

    assert read_as is None
    assert [name.label for name in reading.names] == ["Lighthouse-1"]


def test_a_trial_named_for_its_treatment_is_not_spoken_of_next() -> None:
    text = "All infants had Lighthouse-1 chemotherapy."

    around = after(Around(), READER.read(text), checked(text, None), frozenset(), None)

    assert around.topic is None


def test_a_heading_says_which_trial_a_text_is_about() -> None:
    around = titled(Around(), "What Lighthouse-1 taught us", READER)

    _, read_as = in_context("Relapse was rare.", around, READER)

    assert read_as == "Relapse was rare (in Lighthouse-1)."


def test_a_trial_that_the_text_names_stays_its_subject_whatever_the_evidence() -> None:
    named = replace(AROUND, written=True)
    said = checked("Survival was 83.3%.", Verdict.SUPPORTED)

    around = after(named, READER.read("Survival was 83.3%."), said, frozenset({"other"}), "Other")

    assert around.topic == LIGHTHOUSE


def test_a_trial_learned_from_the_evidence_gives_way_to_that_of_the_next() -> None:
    said = checked("Survival was 83.3%.", Verdict.SUPPORTED)

    around = after(AROUND, READER.read("Survival was 83.3%."), said, frozenset({"other"}), "Other")

    assert around.topic == Name("Other", frozenset({"other"}), typed="Other")


def test_evidence_against_a_sentence_is_no_subject_of_the_next() -> None:
    said = checked("Survival was 70%.", Verdict.CONTRADICTED)

    around = after(AROUND, READER.read("Survival was 70%."), said, frozenset({"other"}), "Other")

    assert around.topic == LIGHTHOUSE


def test_a_trial_that_is_only_compared_with_leaves_the_subject_in_place() -> None:
    _, read_as = in_context("Fever was rarer than in D-HARB.", AROUND, READER)

    assert read_as == "Fever was rarer than in D-HARB (in Lighthouse-1)."


def test_a_bare_figure_is_of_the_measure_of_the_sentence_before() -> None:
    around = replace(AROUND, measure="overall survival")

    _, read_as = in_context("In the other group the figure was 58%.", around, READER)

    assert read_as == (
        "In the other group the figure was 58% (in Lighthouse-1, overall survival, at 4 years)."
    )


def test_the_trial_of_a_frame_that_is_left_out_is_kept() -> None:
    text = "Fever was rare, according to Lighthouse-1."

    _, read_as = in_context(text, Around(), READER)

    assert read_as == "Fever was rare (in Lighthouse-1)."

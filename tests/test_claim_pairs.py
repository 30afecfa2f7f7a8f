"""Two sentences of one document that hold a claim together."""

from dataclasses import replace

from assistant_stand_ins import FIRST, LATER, scored

from assistant.claims.features import Pool
from assistant.claims.pairs import complementing, completing
from assistant.rerank import ScoredSentence


def placed(text: str, start: int, section: str = "Results") -> ScoredSentence:
    sentence = scored(text)
    return replace(sentence, sentence=replace(sentence.sentence, start=start, section=section))


def completed(claim: str, *found: ScoredSentence) -> ScoredSentence | None:
    return completing(Pool.of(claim, found), claim, found[0], found)


def test_two_sentences_of_one_document_are_joined_where_they_hold_more() -> None:
    one = placed("Event-free survival was 81.6%.", start=9)
    two = placed("Overall survival was 93.3%.", start=200)
    claim = "Event-free survival was 81.6% and overall survival 93.3%."

    assert complementing(Pool.of(claim, [one, two]), [one, two]) == (one, two)


def test_sentences_of_two_documents_are_never_joined() -> None:
    one = scored("Event-free survival was 81.6%.", of=FIRST)
    two = scored("Overall survival was 93.3%.", of=LATER)
    claim = "Event-free survival was 81.6% and overall survival 93.3%."

    assert complementing(Pool.of(claim, [one, two]), [one, two]) is None


def test_a_figure_that_a_sentence_lacks_is_looked_for_in_its_document() -> None:
    one = placed("Each infant received one infusion of 28 days.", start=9)
    two = placed("The infants were treated between 2018 and 2021.", start=200)

    assert (
        completed("Treated in 2018 to 2021, each infant had one infusion of 28 days.", one, two)
        == two
    )


def test_a_sentence_with_another_value_is_not_completed() -> None:
    one = placed("Event-free survival at 5 years was 41.7%.", start=9)
    two = placed("In all, 44.8% of the infants were girls.", start=200)

    assert completed("Event-free survival at 5 years was 44.8%.", one, two) is None


def test_a_small_number_completes_only_what_it_counts() -> None:
    one = placed("More than one seizure ends treatment for good.", start=9)
    two = placed("Dexamethasone is given for up to 3 days.", start=200)

    assert completed("Treatment ends for good after 3 seizures.", one, two) is None


def test_a_date_is_one_figure() -> None:
    one = placed("Quibrimab was approved for consolidation on 14 June.", start=9)
    two = placed("Full approval in infants came in June 2023, after 14 years.", start=200)

    assert completed("Quibrimab was approved on 14 June 2023.", one, two) is None


def test_what_a_document_tells_of_other_reports_completes_nothing() -> None:
    one = placed("The infants of the trial had leukaemia.", start=9)
    two = placed("The paper tells of the same 160 infants.", start=200, section="Related reports")

    assert completed("The 160 infants of the trial had leukaemia.", one, two) is None

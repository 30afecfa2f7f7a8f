"""Whether a reworded sentence adds anything to its quotes."""

import pytest

from assistant.grounding import grounding, speaks_to_the_reader
from index.readers import Corpus

QUOTE = (
    "Adding one 28-day course of blinatumomab to Interfant-06 chemotherapy gave a 2-year "
    "disease-free survival of 81.6% in 30 infants with newly diagnosed KMT2A-rearranged ALL, "
    "against 49.4% in 214 historical controls."
)


def failed(text: str, *quotes: str) -> list[str]:
    return [check.name for check in grounding(text, quotes or (QUOTE,)) if not check.passed]


@pytest.mark.parametrize(
    "text",
    [
        QUOTE,
        "The 2-year DFS was 81.6% with blinatumomab.",
        "Two-year DFS reached 81.6 % in the 30 infants who received blinatumomab, compared with "
        "49.4 percent among 214 historical controls.",
        "Infants with KMT2A-r ALL received a course of 28 days.",
    ],
)
def test_words_that_say_the_same_pass(text: str) -> None:
    assert failed(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The 2-year disease-free survival was 81.7%.",
        "The 2-year disease-free survival was 81.6 in infants.",  # no per cent sign
        "The disease-free survival of 2 infants was 81.6%.",  # the 2 of 2-year, and of KMT2A
        "The 4-year disease-free survival was 81.6%.",
        "The disease-free survival was ninety-three percent.",
        "The disease-free survival was ⁹⁹%.",
        "The disease-free survival was 816%.",
        "Interfant-99 chemotherapy was given to infants.",
    ],
)
def test_a_number_that_does_not_stand_in_the_quote_fails(text: str) -> None:
    assert "numbers" in failed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Blinatumomab is banned.",
        "Blinatumomab with chemotherapy is harmful to infants with KMT2A-rearranged ALL.",
        "You should give blinatumomab to 30 infants.",
        "All infants with KMT2A-rearranged ALL had disease-free survival.",
        "Half of the controls had disease-free survival.",
        "La survie était de 81.6%.",
        "They were as reported.",
        "High-risk.",
        "Disease-free survival rate.",
    ],
)
def test_a_word_that_adds_something_fails(text: str) -> None:
    assert failed(text) == ["own words"]


def test_a_figure_may_come_from_any_quote_that_is_cited() -> None:
    text = "Rash was seen in 3 infants and fever in seven."

    assert failed(text, "Rash was seen in 3 infants.", "Fever was seen in 7 infants.") == []


def test_the_reason_names_what_is_not_in_the_quote() -> None:
    (numbers, _) = grounding("Disease-free survival was 99% at 5 years.", (QUOTE,))

    assert numbers.why == "Not in the quote: 5 year, 99%."


def test_no_sentence_of_the_corpus_speaks_to_its_reader(real_corpus: Corpus) -> None:
    texts = [line for one in real_corpus.documents for line in one.text.splitlines()]

    assert len(texts) > 1000
    assert [line for line in texts if speaks_to_the_reader(line)] == []

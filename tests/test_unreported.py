"""What documents say that they do not report."""

from collections.abc import Iterable

import pytest
from assistant_stand_ins import study

from assistant.unreported import Unreported, says_unreported
from index.documents import Document, Section
from index.passages import Passage, passages_of

TOLD = "The interval of the 2-year figures was not available to this corpus."
TEXT = f"Event-free survival was 71.5%. {TOLD} Infants under 1 year could enter."


class OneDocument:
    """A catalogue of one document, which counts how often it is read."""

    def __init__(self) -> None:
        self.read = 0
        self.kept = Document(study("one", "One 2090"), TEXT, (Section("Results", 0, len(TEXT)),))

    def numbers_in(self, doc_ids: Iterable[str]) -> list[int]:
        return [0 for doc_id in doc_ids if doc_id == "one"]

    def passages_at(self, numbers: Iterable[int]) -> list[Passage]:
        return [passages_of(self.kept, 1000)[number] for number in numbers]

    def document(self, doc_id: str) -> Document:
        self.read += 1
        assert doc_id == "one"
        return self.kept


def test_the_sentences_on_what_is_missing_are_found_word_for_word() -> None:
    [found] = Unreported(OneDocument()).sentences(["one"])

    assert found.text == TOLD
    assert TEXT[found.sentence.start : found.sentence.end] == TOLD


def test_a_document_is_read_once() -> None:
    documents = OneDocument()
    unreported = Unreported(documents)

    assert unreported.sentences(["one"]) == unreported.sentences(["one"])
    assert documents.read == 1


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "Lighthouse-2 has not reported results.",
        "Outcomes by sex were not separately reported.",
        "The dose could not be verified, and no rate can be given.",
        "Toxicity of the 12 infants is unpublished.",
    ],
)
def test_a_sentence_says_that_something_is_not_reported(text: str) -> None:
    assert says_unreported(text)


@pytest.mark.parametrize(
    "text",
    [
        "Event-free survival was 71.5%, and no data on girls were given.",
        "3 of 10 infants had an unknown partner gene.",
        "No infant died.",
        "The drug is not approved for newborns.",
    ],
)
def test_a_sentence_with_a_result_or_a_plain_denial_does_not(text: str) -> None:
    assert not says_unreported(text)

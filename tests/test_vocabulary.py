"""The words of the corpus: typing errors are mended, foreign words found, others left alone."""

import pytest

from assistant.assembly import Assembled
from assistant.vocabulary import Vocabulary, stem

EVERYDAY = {"survival", "infants", "what", "about", "please", "weather", "tomorrow", "table"}
CORPUS = "Blinatumomab in infants with leukaemia: disease-free survival, neurotoxicity, relapse."


def pieces(word: str) -> list[str]:
    """A tokenizer that knows everyday words and cuts all others in two."""
    return [word] if word in EVERYDAY else [word[:2], word[2:]]


VOCABULARY = Vocabulary([CORPUS], pieces)


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("Blinatunomab in infants", "blinatumomab in infants"),
        ("leukaemai", "leukaemia"),
        ("neurotoxictiy", "neurotoxicity"),
        ("relpase", "relapse"),
    ],
)
def test_a_typing_error_is_put_right(typed: str, corrected: str) -> None:
    assert VOCABULARY.corrected(typed) == corrected


@pytest.mark.parametrize(
    "question",
    [
        "what about survival in infants",
        "leukemia",  # the American spelling
        "relapses, relapsed",
        "NCT90000001 in 2091, 81.6%",
        "",
    ],
)
def test_what_is_right_stays_as_it_is(question: str) -> None:
    assert VOCABULARY.corrected(question) == question


def test_a_typing_error_is_not_foreign() -> None:
    assert VOCABULARY.foreign("blinatunomab leukaemai") == []


def test_a_specialised_word_of_no_document_is_foreign() -> None:
    assert VOCABULARY.foreign("what about rivaroxaban in infants") == ["rivaroxaban"]


def test_foreign_words_come_in_order_and_once() -> None:
    foreign = VOCABULARY.foreign("rivaroxaban or apixaban, not rivaroxaban")

    assert foreign == ["rivaroxaban", "apixaban"]


def test_an_unknown_acronym_is_foreign() -> None:
    assert VOCABULARY.foreign("XQZ in infants") == ["XQZ"]


def test_everyday_words_are_not_foreign() -> None:
    assert VOCABULARY.foreign("please, what about the weather tomorrow") == []


def test_a_misspelt_everyday_word_is_not_foreign() -> None:
    vocabulary = Vocabulary([CORPUS], pieces, english=["suggested", "station"])

    assert vocabulary.foreign("wich table is sugested") == []
    assert vocabulary.foreign("statin for infants") == ["statin"]


def test_short_words_in_small_letters_are_passed_over() -> None:
    assert VOCABULARY.foreign("pls tx of it") == []


def test_a_term_of_the_field_is_known_though_no_document_holds_it() -> None:
    assert Vocabulary([], pieces).foreign("Blincyto, inotuzumab, ICANS") == []


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("rivaroxaban in atrial fibrillation", ["rivaroxaban", "atrial", "fibrillation"]),
        ("does pembrolizumab help", ["pembrolizumab"]),
        ("what did van der Sluis report in NEJM", []),
        ("2-yr DFS w/ blinatumumab in infants, KMT2A-r, Interfant-06?", []),
        ("Could you please tell me how many babies had a serious infection?", []),
        ("I would be grateful for a short summary of the results", []),
    ],
)
def test_the_words_of_the_real_corpus_are_known(
    real: Assembled, question: str, foreign: list[str]
) -> None:
    assert list(real.assistant.reader.read(question).foreign) == foreign


def test_a_typing_error_in_a_question_is_read_as_the_word_it_means(real: Assembled) -> None:
    reading = real.assistant.reader.read("event-free surivval with blinatunomab in infnats")

    assert reading.measures == ["event-free survival"]
    assert reading.of_kind("drug", "population") == ["blinatumomab", "infant"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("leukaemia", "leukemia"),
        ("oedema", "edema"),
        ("randomised", "randomized"),
        ("tumour", "tumor"),
        ("infants", "infant"),
        ("infant's", "infant"),
    ],
)
def test_british_and_american_spelling_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)

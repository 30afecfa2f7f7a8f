"""A draft to sentences with their keys, however it arrives."""

import pytest
from assistant_stand_ins import evidence

from assistant.citations import DraftSentence, cited_by, sentences_of

DRAFT = (
    "1. **DFS** was 81.6% [E1]. OS was 93.3%. [E2] [E3]\n- It held vs. placebolin [E1, E4].\n"
    "P was 0.03 [E2]; so said van der Zee et al. [E5]. No key here."
)
READ = [
    DraftSentence("DFS was 81.6%.", ("E1",)),
    DraftSentence("OS was 93.3%.", ("E2", "E3")),
    DraftSentence("It held vs. placebolin.", ("E1", "E4")),
    DraftSentence("P was 0.03; so said van der Zee et al.", ("E2", "E5")),
    DraftSentence("No key here.", ()),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 40, 1000])
def test_the_sentences_do_not_depend_on_how_a_draft_arrives(size: int) -> None:
    pieces = [DRAFT[start : start + size] for start in range(0, len(DRAFT), size)]

    assert list(sentences_of(pieces)) == READ


def test_a_sentence_is_given_out_before_the_next_one_is_whole() -> None:
    arriving = iter(["DFS was 81.6% [E1].", " OS", " was 93.3% [E2]."])

    first = next(sentences_of(arriving))

    assert first == DraftSentence("DFS was 81.6%.", ("E1",))
    assert next(arriving) == " was 93.3% [E2]."


def test_a_last_sentence_that_was_cut_off_cites_nothing() -> None:
    (cut,) = sentences_of(["DFS was 81.6% [E1] and 49.4% in"])

    assert cut == DraftSentence("DFS was 81.6% and 49.4% in", ())


@pytest.mark.parametrize("written", ["(E1)", "[1]", "[E1-E3]", "E1", "[e1]", "【E1】"])
def test_another_form_of_a_key_is_no_key(written: str) -> None:
    (sentence,) = sentences_of([f"DFS was 81.6% {written}."])

    assert sentence.keys == ()


def test_a_sign_that_is_not_seen_is_gone() -> None:
    (sentence,) = sentences_of(["DFS was \u202e6.18\u202c\u200b% [E1]."])

    assert sentence.text == "DFS was 6.18%."


@pytest.mark.parametrize(
    "markup",
    ["https://example.org", "www.example.org", "[a](b)", "<b>bold</b>", "`code`", "a | b", "{a}"],
)
def test_what_may_be_more_than_words_is_not_plain(markup: str) -> None:
    assert not DraftSentence(f"See {markup}.", ("E1",)).is_plain


def test_words_figures_and_comparisons_are_plain() -> None:
    assert DraftSentence("P was <0.001 (95% CI, 64.5–92.7) in infants < 1 year.", ()).is_plain


def test_keys_find_their_evidence_in_the_order_they_are_cited() -> None:
    pieces = [evidence("One.", key="E1"), evidence("Two.", key="E2")]

    found = cited_by(DraftSentence("Both.", ("E2", "E1")), pieces)

    assert [piece.quote for piece in found] == ["Two.", "One."]


@pytest.mark.parametrize("keys", [(), ("E3",), ("E1", "E3")])
def test_without_a_key_or_with_an_unknown_one_nothing_is_cited(keys: tuple[str, ...]) -> None:
    assert cited_by(DraftSentence("Some.", keys), [evidence("One.", key="E1")]) == ()

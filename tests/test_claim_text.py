"""A text to the sentences that can be checked."""

import pytest

from assistant.claims.text import MOST_WORDS, BadText, pieces_of


def test_every_sentence_stands_at_its_offsets() -> None:
    text = "# A title\n\nOverall survival was 93%. The infants did well, as a trial shows.\n"

    pieces = pieces_of(text)

    assert [text[piece.start : piece.end] for piece in pieces] == [p.text for p in pieces]
    assert [piece.text for piece in pieces] == [
        "A title",
        "Overall survival was 93%.",
        "The infants did well, as a trial shows.",
    ]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Does blinatumomab cure infants?", "a question"),
        ("I think that blinatumomab is the best of drugs.", "an opinion, a wish or an appeal"),
        ("This is not medical advice, and no doctor wrote it.", "a disclaimer"),
        ("Smith J, et al. Lancet. 2019;393:1-9.", "a reference"),
        ("Read more at https://example.org/leukaemia today.", "a reference"),
        ("Thank you!", "too short to be a claim"),
    ],
)
def test_what_no_source_can_settle_is_not_checked(sentence: str, why: str) -> None:
    (piece,) = pieces_of(sentence)

    assert piece.skip == why


@pytest.mark.parametrize(
    "sentence",
    [
        "Two-year disease-free survival was 81.6% in the infants",
        "EFS 46%",
        "Blinatumomab was safe in infants.",
        "Patients should not be given live vaccines during treatment.",
    ],
)
def test_a_claim_is_checked_with_or_without_a_full_stop(sentence: str) -> None:
    (piece,) = pieces_of(sentence)

    assert piece.skip is None


def test_a_heading_is_a_paragraph_without_full_stop_and_figure() -> None:
    pieces = pieces_of("One course, four years on\n\nOverall survival was 93.3% at 4 years.")

    assert [piece.skip for piece in pieces] == ["a heading", None]


def test_the_points_of_a_slide_are_claims_of_their_own() -> None:
    pieces = pieces_of("- No relapse was seen since 2023\n- DFS 81.6% at 2 years\n2. OS 93.3%\n")

    assert [(piece.text, piece.skip) for piece in pieces] == [
        ("No relapse was seen since 2023", None),
        ("DFS 81.6% at 2 years", None),
        ("OS 93.3%", None),
    ]


@pytest.mark.parametrize("text", ["", " \n\t ", "… 12 % !"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(BadText, match="no text to check"):
        pieces_of(text)


def test_a_text_of_too_many_words_is_refused_with_the_limit() -> None:
    with pytest.raises(BadText, match=r"10,001 words; 10,000 is the most"):
        pieces_of("the infants " * (MOST_WORDS // 2) + "survived")


@pytest.mark.parametrize(
    "text",
    [
        "Eine einzelne Behandlung mit Blinatumomab verbessert das Überleben von Säuglingen"
        " mit Leukämie deutlich, wie eine Studie zeigt.",
        "博纳吐单抗 治疗 婴儿 白血病 的 研究 显示 生存率 提高",
        "Une seule cure de blinatumomab améliore la survie des nourrissons atteints de leucémie.",
    ],
)
def test_a_text_in_another_language_is_refused(text: str) -> None:
    with pytest.raises(BadText, match="does not look English"):
        pieces_of(text)


def test_a_slide_full_of_abbreviations_still_counts_as_english() -> None:
    text = "- DFS at 2 years: 81.6% vs 49.4% (historical controls)\n- OS at 2 years: 93.3% vs 65.8%"

    assert all(piece.skip is None for piece in pieces_of(text))

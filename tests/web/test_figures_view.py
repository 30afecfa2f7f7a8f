import pytest

from assistant.web.figures_view import FOLDED, as_printed, distinct, figures_table, outcome
from assistant.web.study_view import study_page
from index.documents import Document, Section

from .hand_made import DOCUMENTS, HOSTILE, RESIDUAL, STUDY, TEXT, Shelf
from .test_markup import text_of


def reported(*results: str, bottom_line: str = "It was good.") -> Document:
    text = f"{bottom_line}\n\n{' '.join(results)}"
    start = len(bottom_line) + 2
    sections = (Section("Bottom line", 0, start - 2), Section("Results", start, len(text)))
    return Document(STUDY, text, sections)


def row(sentence: str) -> tuple[str, str]:
    """Outcome and figures of the one row that a sentence gives."""
    document = reported(sentence)
    (figure,) = distinct(document)
    return outcome(document, figure), text_of(as_printed(document, figure))


@pytest.mark.parametrize(
    ("sentence", "outcome", "printed"),
    [
        (
            "In the trial, 2-year disease-free survival was 81.6% in 30 infants and 49.4% in 214.",
            "Disease-free survival",
            "81.6% in 30 infants and 49.4% in 214",
        ),
        (
            "Jaundice was rarer in Lighthouse-1 with quibrimab (37.8%) than with others (57.8%).",
            "Jaundice",
            "with quibrimab (37.8%) than with others (57.8%)",
        ),
        (
            "Median follow-up of Lighthouse-1 was 26.3 months (range 3.9-48.2).",
            "Median follow-up of Lighthouse-1",
            "26.3 months (range 3.9-48.2)",
        ),
        ("EFS was shorter with old bags (P = 0.03).", "Event-free survival", "P = 0.03"),
        ("Only 46% of the infants flew.", "Other finding", "46% of the infants flew"),
    ],
)
def test_a_row_names_its_outcome_and_keeps_the_words_of_the_sentence(
    sentence: str, outcome: str, printed: str
) -> None:
    assert row(sentence) == (outcome, printed)


def test_the_figures_are_strong_and_their_intervals_are_not() -> None:
    document = reported("EFS was 83.3% (95% CI 64.5-92.7).")

    shown = as_printed(document, distinct(document)[0])

    assert text_of(shown.split("<strong>")[1].split("</strong>")[0]) == "83.3%"


def test_a_figure_of_the_bottom_line_that_results_repeat_stands_once_under_results() -> None:
    same = "2-year EFS was 81.6% (95% CI 60.8-92.0)."
    document = reported(same, bottom_line="The infants had a 2-year EFS of 81.6%.")

    assert [figure.section for figure in distinct(document)] == ["Results"]


@pytest.mark.parametrize("other", ["2-year OS was 81.6%.", "4-year EFS was 81.6%."])
def test_the_same_value_of_another_measure_or_time_point_is_another_figure(other: str) -> None:
    document = reported(other, bottom_line="The infants had a 2-year EFS of 81.6%.")

    assert len(distinct(document)) == 2


def test_the_table_has_a_caption_and_headers() -> None:
    shown = figures_table(DOCUMENTS[0])

    assert "Figures of Smith 2023</caption>" in shown
    assert shown.count('<th scope="col">') == 4
    assert shown.count('<th scope="row">') == 3


def test_each_row_leads_to_its_sentence_on_the_page() -> None:
    start = TEXT.index(RESIDUAL)

    shown = study_page(DOCUMENTS[0], Shelf())

    assert f'&amp;from={start}&amp;to={start + len(RESIDUAL)}" data-sentence="f{start}"' in shown
    assert text_of(shown.split(f'<span id="f{start}" tabindex="-1">')[1]).startswith(RESIDUAL)


@pytest.mark.parametrize(("count", "folded"), [(FOLDED, False), (FOLDED + 1, True)])
def test_a_long_table_is_folded_away(count: int, folded: bool) -> None:
    document = reported(*(f"EFS was {share}% in a group." for share in range(20, 20 + count)))

    shown = figures_table(document)

    assert ("<details" in shown) is folded
    assert shown.count("<tr>") == count + 1


def test_a_study_without_figures_has_no_table_and_no_link_to_one() -> None:
    shown = study_page(reported("It was high."), Shelf())

    assert "Figures" not in shown


def test_a_hostile_sentence_is_shown_as_text() -> None:
    shown = figures_table(reported(f"EFS was 81.6% in {HOSTILE} infants."))

    assert "<img" not in shown
    assert "<script" not in shown

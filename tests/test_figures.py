"""Which numbers of a sentence are results, and what they are results of."""

import pytest

from index.documents import Document, Section, Study
from index.figures import Figure, figures_in, figures_of, has_figure, has_result

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (EFS, {"71.5%", "50.2%"}),
        ("The hazard ratio was 0.52 (95% CI 0.40-0.67).", {"0.52", "95%", "0.40", "0.67"}),
        ("28 of 30 (93%) infants", {"28", "30", "93%"}),
        ("Interfant-06, AALL0631, NCT00550992 and KMT2A in 2019", set()),
        ("the 2-year figure, at 5 years, in phase 2, cycle 3, grade 4 and day 28", set()),
        ("EudraCT 2016-004674-17", set()),
        ("no number at all", set()),
    ],
)
def test_figures_are_numbers_that_are_results(text: str, figures: set[str]) -> None:
    assert figures_in(text) == figures
    assert has_figure(text) == bool(figures)


@pytest.mark.parametrize(
    "text",
    [
        EFS,
        "The hazard ratio was 0.52.",
        "28 of 30 infants",
        "28 of the 30 infants",
        "28/30 infants",
        "a median of 15 months",
    ],
)
def test_a_rate_a_count_of_a_total_a_ratio_and_a_duration_are_results(text: str) -> None:
    assert has_result(text)


@pytest.mark.parametrize(
    "text", ["30 infants were planned", "Interfant-06 in 2019", "the 2-year figure", "it was high"]
)
def test_a_plain_count_a_name_and_a_date_are_no_results(text: str) -> None:
    assert not has_result(text)


STUDY = Study(
    doc_id="smith-2023-trial",
    short="Smith 2023",
    title="Quibrimab in Infants",
    authors=(),
    journal=None,
    year=2023,
    volume=None,
    pages=None,
    doi=None,
    pmid=None,
    pmcid=None,
    nct=(),
    eudract=(),
    other_ids=(),
    kind="trial report",
    trial=None,
    design=None,
    phase=None,
    randomised=None,
    comparator=None,
    n=None,
    population="infants",
    age_group=("infant",),
    line=("newly diagnosed",),
    follow_up=None,
    read="abstract",
    verified="medium",
    status="not checked",
    links=(),
)


def document(text: str, heading: str = "Results") -> Document:
    return Document(STUDY, text, (Section(heading, 0, len(text)),))


def figure(text: str) -> Figure:
    (only,) = figures_of(document(text))
    return only


def test_a_sentence_gives_one_row_with_all_that_it_says() -> None:
    row = figure(
        "At 3 years, event-free survival was 71.5% (95% CI 60.8-82.0) in the 30 infants given "
        "blinatumomab and 50.2% with chemotherapy (n = 31; P < 0.001)."
    )

    assert row.measures == ("event-free survival",)
    assert row.times == ("3 years",)
    assert row.arms == ("blinatumomab", "chemotherapy")
    assert [value.text for value in row.values] == ["71.5% (95% CI 60.8-82.0)", "50.2%"]
    assert row.n == ("30", "31")
    assert row.p == ("P < 0.001",)


def test_sentences_are_never_merged() -> None:
    text = "EFS was 71.5% in infants. Overall survival was 80.0% in infants. It was high."

    rows = figures_of(document(text))

    assert [text[row.start : row.end] for row in rows] == [
        "EFS was 71.5% in infants.",
        "Overall survival was 80.0% in infants.",
    ]


@pytest.mark.parametrize("heading", ["Background", "Methods", "Limitations", "Sources and limits"])
def test_the_plan_and_the_discussion_give_no_rows(heading: str) -> None:
    assert figures_of(document("EFS was 71.5%.", heading)) == ()


@pytest.mark.parametrize("heading", ["Bottom line", "Safety", "Liver enzymes"])
def test_the_bottom_line_safety_and_the_sections_of_a_label_give_rows(heading: str) -> None:
    (row,) = figures_of(document("Infection occurred in 5 of 30 (17%).", heading))

    assert row.section == heading


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("Median follow-up for OS was 11.7 months.", ()),
        ("In MRD-negative adults, overall survival was 85%.", ("overall survival",)),
        ("Of adults in first relapse, 34% had an infection.", ("infection",)),
        ("The hazard ratio for death was 0.71.", ("hazard ratio", "death")),
        ("Median EFS was 6 months (95% CI 4-8).", ("event-free survival",)),
    ],
)
def test_whom_it_was_measured_in_and_how_it_was_summed_up_is_no_measure(
    text: str, measures: tuple[str, ...]
) -> None:
    assert figure(text).measures == measures


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("The 2-year EFS was 71.5%.", ("2 years",)),
        ("Within 12 weeks, 34% were in remission.", ("12 weeks",)),
        ("At 1 year, EFS was 71.5%.", ("1 year",)),
        ("At TP1, MRD was found in 34%.", ("time point 1",)),
        ("In the 40-month update, after one 28-day course, EFS was 71.5%.", ()),
        ("Children below 3 years had an EFS of 71.5%.", ()),
    ],
)
def test_a_time_point_is_when_it_was_measured(text: str, times: tuple[str, ...]) -> None:
    assert figure(text).times == times


def test_a_bare_p_is_a_result() -> None:
    row = figure("EFS was longer with quibrimab (P = 0.03).")

    assert (row.values, row.p) == ((), ("P = 0.03",))

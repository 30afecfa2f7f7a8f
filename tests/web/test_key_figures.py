from dataclasses import replace

from assistant.answer import Answer, Evidence
from assistant.web.key_figures import Table, key_figures
from assistant.web.key_table import key_table
from assistant.web.numbering import number
from index.documents import Study

from .hand_made import LATER, STUDY, answer, evidence
from .test_markup import text_of

TWO = "At 2 years, DFS was 81.6% with blinatumomab in 30 infants and 49.4% in 214 controls."
FOUR = (
    "DFS at 4 years was 83.3% (95% CI 64.5-92.7) with blinatumomab and 44.0% in the control group."
)
OVERALL = "At 2 years, OS was 93.3% with blinatumomab and 65.8% in the control group."


def piece(key: str, quote: str, study: Study = STUDY) -> Evidence:
    """Evidence for any sentence; only its words, its key and its study matter here."""
    return replace(evidence("E1", "Infants"), key=key, quote=quote, study=study)


def table(*pieces: Evidence) -> Table | None:
    given: Answer = answer(*pieces)
    return key_figures(given, number([given]).turns[0])


def printed(found: Table | None) -> list[tuple[str, str, dict[str, str]]]:
    assert found is not None
    return [
        (row.label, row.source, {arm: cell.figure.value for arm, cell in row.cells.items()})
        for row in found.rows
    ]


def test_rows_are_time_points_and_columns_arms() -> None:
    found = table(piece("E1", FOUR, LATER), piece("E2", TWO))

    assert printed(found) == [
        ("2 years", "Smith 2023", {"blinatumomab": "81.6%", "control arm": "49.4%"}),
        ("4 years", "Smith 2026", {"blinatumomab": "83.3%", "control arm": "44.0%"}),
    ]


def test_each_cell_is_under_the_number_of_its_own_evidence() -> None:
    found = table(piece("E1", TWO), piece("E2", FOUR, LATER))

    assert found is not None
    assert [row.cells["blinatumomab"].card.number for row in found.rows] == [1, 2]


def test_only_the_measure_of_the_bottom_line_is_in_the_table() -> None:
    found = table(piece("E1", TWO), piece("E2", OVERALL))

    assert found is not None
    assert found.measure == "disease-free survival"
    assert len(found.rows) == 1


def test_another_trial_has_no_row() -> None:
    other = replace(LATER, trial="another-trial")

    assert len(printed(table(piece("E1", TWO), piece("E2", FOUR, other)))) == 1


def test_figures_that_differ_under_one_key_each_have_a_row() -> None:
    found = table(piece("E1", TWO), piece("E2", TWO.replace("81.6%", "80.0%"), LATER))

    values = [figures["blinatumomab"] for _, _, figures in printed(found)]
    assert values == ["81.6%", "80.0%"]


def test_the_same_figures_twice_have_one_row() -> None:
    assert len(printed(table(piece("E1", TWO), piece("E2", TWO, LATER)))) == 1


def test_of_two_sentences_with_the_same_figures_the_one_with_an_interval_is_cited() -> None:
    bare = FOUR.replace(" (95% CI 64.5-92.7)", "")

    found = table(piece("E1", bare), piece("E2", FOUR, LATER))

    assert found is not None
    (row,) = found.rows
    assert row.source == "Smith 2026"
    assert row.cells["blinatumomab"].figure.interval == "95% CI 64.5-92.7"
    assert row.cells["blinatumomab"].card.number == 2


def test_figures_of_a_subgroup_have_no_row_among_those_of_all() -> None:
    part = "In high-risk infants, 4-year DFS was 60.0% with blinatumomab and 30.0% in controls."

    labels = [label for label, _, _ in printed(table(piece("E1", TWO), piece("E2", part, LATER)))]

    assert labels == ["2 years"]


def test_a_sentence_with_two_figures_under_one_key_has_no_row() -> None:
    unclear = "At 4 years, DFS was 83.3% or 80.1% with blinatumomab."

    labels = [
        label for label, _, _ in printed(table(piece("E1", TWO), piece("E2", unclear, LATER)))
    ]

    assert labels == ["2 years"]


def test_one_figure_is_no_table() -> None:
    assert table(piece("E1", "At 2 years, DFS was 81.6% with blinatumomab.")) is None


def test_a_sentence_without_figures_has_no_table() -> None:
    assert table(piece("E1", "Blinatumomab binds CD19 and CD3.")) is None


def test_a_review_of_several_trials_has_no_table() -> None:
    assert table(piece("E1", TWO, replace(STUDY, kind="review"))) is None


def test_a_cell_says_its_interval_or_that_none_is_given() -> None:
    shown = text_of(key_table(table(piece("E1", TWO), piece("E2", FOUR, LATER))))

    assert "83.3%295% CI 64.5-92.7" in shown
    assert "44.0%2no CI given" in shown


def test_historical_controls_are_called_that() -> None:
    assert "Historical controls" in text_of(key_table(table(piece("E1", TWO))))


def test_controls_of_a_randomised_trial_are_not_called_historical() -> None:
    random = replace(STUDY, randomised=True, comparator="chemotherapy")

    shown = text_of(key_table(table(piece("E1", TWO, random))))

    assert "Control arm" in shown
    assert "Historical" not in shown


def test_a_number_of_patients_for_one_arm_alone_is_left_out() -> None:
    both = "At 3 years, OS was 85% with blinatumomab and 68% in the control arm among 224 adults."

    found = table(piece("E1", both))

    assert found is not None
    assert found.patients == {}


def test_an_interval_is_drawn_as_printed_and_a_spread_dotted() -> None:
    drawn = key_table(table(piece("E1", FOUR)))
    spread = key_table(
        table(
            piece("E1", "DFS at 3 years was 36 +/- 6% with blinatumomab and 39 +/- 7% in controls.")
        )
    )

    assert 'x1="64.5%" x2="92.7%"' in drawn
    assert 'x1="30.0%" x2="42.0%"' in spread
    assert "spread" in spread
    assert "spread" not in drawn


def test_no_table_is_no_markup() -> None:
    assert key_table(None) == ""

from html.parser import HTMLParser

import pytest

from assistant.web.markup import plural, typeset

from .hand_made import HOSTILE


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def text_of(html: str) -> str:
    reader = _Text()
    reader.feed(str(html))
    return reader.text


@pytest.mark.parametrize(
    "stored",
    [
        "MRD below 5x10^-4 in 12 infants",
        "white cells above 300 x10^9/L",
        "at 10^6 cells/kg",
        "15 mcg/m²/day for 28 days",
        "81.6% (95% CI 60.8-92.0) against 49.4%",
        "P = 0.03 & P < 0.001",
        "28 of 30 (93%) infants of Interfant-06",
        "a^b, 10^, x10 and 5 x 10 are left alone",
        HOSTILE,
    ],
)
def test_setting_a_text_keeps_every_character(stored: str) -> None:
    shown = typeset(stored, bold=True)

    assert text_of(shown) == stored


def test_a_power_is_raised_and_its_caret_left_to_the_style_sheet() -> None:
    shown = typeset("5x10^-4")

    assert "<sup>" in shown
    assert '<span class="as" data-as=""><span>^</span></span>' in shown


def test_markup_in_a_text_is_escaped() -> None:
    shown = typeset(HOSTILE)

    assert "<img" not in shown
    assert "<script" not in shown


def test_trial_names_and_intervals_do_not_break() -> None:
    shown = typeset("Interfant-06 gave 49.4% (95% CI 42.5-56.0)")

    assert '<span class="nb">Interfant-06</span>' in shown
    assert '<span class="nb">(95% CI 42.5-56.0)</span>' in shown


def test_a_long_hyphenated_word_may_break() -> None:
    shown = typeset("KMT2A-rearranged")

    assert shown == "KMT2A-rearranged"


def test_figures_are_strong_only_where_asked() -> None:
    plain, bold = typeset("It was 81.6%"), typeset("It was 81.6%", bold=True)

    assert "<strong" not in plain
    assert '<strong class="nb">81.6%</strong>' in bold


def test_a_figure_and_its_spread_are_strong_together() -> None:
    shown = typeset("survival was 36 +/- 6% with lestaurtinib", bold=True)

    assert '<strong class="nb">36 +/- 6%</strong>' in shown


def test_the_confidence_level_is_not_made_strong() -> None:
    shown = typeset("0.33 (95% CI 0.18-0.61)", bold=True)

    assert '<strong class="nb">0.33</strong>' in shown
    assert shown.count("<strong") == 1


def test_counts_agree_with_their_noun() -> None:
    said = [plural(1, "sentence"), plural(2, "sentence"), plural(1200, "study")]

    assert said == ["1 sentence", "2 sentences", "1,200 studies"]

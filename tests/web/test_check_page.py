"""The Check page in a browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Visit
from .hand_checked import OPINION, RIGHT, TEXT, TORN, UNKNOWN, WRONG
from .hand_made import HOSTILE, RESIDUAL, SURVIVAL
from .test_page import SHOWN_CARD, violations

GERMAN = "Die Studie zeigt, dass alle Kinder nach zwei Jahren ohne Rückfall leben, sagen die Ärzte."


def rows(visit: Visit) -> list[str]:
    return visit.page.locator(".ledger .v").all_inner_texts()


def test_a_text_is_checked_sentence_by_sentence(desk: Visit) -> None:
    desk.open("/check").check(TEXT)

    assert rows(desk) == [
        "Supported",
        "Contradicted",
        "Mixed",
        "Not in the corpus",
        "Not checkable",
    ]
    expect(desk.page.locator(".sum")).to_have_text(
        "4 checkable sentences: 1 supported, 1 contradicted, 1 mixed, 1 not in the corpus."
    )
    expect(desk.page.locator("#far")).to_have_text("All 5 quotes found word for word")
    expect(desk.page.locator("[role=status]").first).to_contain_text("Check complete")
    assert desk.errors == []


def test_sentences_appear_as_they_are_checked_with_the_count_of_what_is_left(desk: Visit) -> None:
    desk.open("/check").paste(f"{RIGHT} {WRONG} The slow drip helps. {UNKNOWN}")

    expect(desk.page.locator(".ledger li")).to_have_count(2)
    expect(desk.page.locator("#far")).to_contain_text(
        "Checking 2 more sentences against their quotes"
    )
    handle = desk.page.locator(".ledger a").first.element_handle()
    desk.site.desk.gate.set()
    desk.page.wait_for_selector('.tally[aria-busy="false"]')

    assert handle is not None
    assert handle.evaluate("node => node.isConnected")
    expect(desk.page.locator(".ledger li")).to_have_count(4)


def test_a_check_can_be_stopped_and_another_may_follow(desk: Visit) -> None:
    desk.open("/check").paste(f"{RIGHT} The slow drip helps. {WRONG}")
    expect(desk.page.locator(".ledger li")).to_have_count(1)

    desk.page.click("[data-stop]")
    expect(desk.page.locator("#far")).to_have_text(
        "Stopped after 1 of 3 sentences; the others are unchecked."
    )
    desk.page.click("[data-retext]")
    desk.check(f"{WRONG} {UNKNOWN}")

    assert rows(desk) == ["Contradicted", "Not in the corpus"]


def test_a_second_check_waits_while_one_is_running(desk: Visit) -> None:
    desk.open("/check").paste(f"{RIGHT} The slow drip helps.")
    desk.page.click("[data-retext]")

    desk.page.fill("#text textarea", WRONG)
    desk.page.click("#go")

    expect(desk.page.locator("#note")).to_contain_text("A check is still running.")
    expect(desk.page.locator("#text textarea")).to_have_value(WRONG)


def test_the_evidence_of_the_first_sentence_stands_beside_the_text(desk: Visit) -> None:
    desk.open("/check").check(f"{OPINION} {RIGHT} {WRONG}")

    expect(desk.page.locator(SHOWN_CARD)).to_have_count(1)
    expect(desk.page.locator(f"{SHOWN_CARD} header")).to_contain_text("Sentence 2 of 3")


def test_a_click_opens_the_very_words_and_moves_the_focus_there(desk: Visit) -> None:
    desk.open("/check").check(TEXT)

    desk.page.click('.ledger [data-e="2"]')

    marked = desk.page.locator(f"{SHOWN_CARD} mark")
    assert marked.evaluate("node => node.textContent") == SURVIVAL
    assert desk.focused() == "Smith 2023, bottom line: 81.6%, not 93.3%."
    expect(desk.page.locator(".ledger [aria-current]")).to_contain_text(WRONG)
    expect(desk.page.locator(f"{SHOWN_CARD} .cmp tr.bad")).to_contain_text("93.3%")


def test_the_keyboard_opens_steps_and_returns(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.locator('.ledger [data-e="2"]').focus()

    desk.page.keyboard.press("Enter")
    desk.page.keyboard.press("j")
    following = desk.page.locator(f"{SHOWN_CARD} header").inner_text()
    desk.page.keyboard.press("k")
    desk.page.keyboard.press("k")
    before = desk.page.locator(f"{SHOWN_CARD} header").inner_text()
    desk.page.keyboard.press("Escape")

    assert "3 OF 5" in following
    assert "1 OF 5" in before
    expect(desk.page.locator(SHOWN_CARD)).to_have_count(0)
    expect(desk.page.locator('.ledger [data-e="1"]')).to_be_focused()


def test_stepping_from_the_list_keeps_the_focus_in_the_list(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.locator('.ledger [data-e="1"]').focus()

    desk.page.keyboard.press("j")

    expect(desk.page.locator('.ledger [data-e="2"]')).to_be_focused()
    expect(desk.page.locator(f"{SHOWN_CARD} header")).to_contain_text("Sentence 2 of 5")


def test_the_evidence_of_a_late_sentence_of_a_long_text_stands_beside_it(desk: Visit) -> None:
    desk.open("/check").check(f"{RIGHT} " * 90 + WRONG)

    desk.page.click('.ledger [data-e="91"]')

    panel = desk.page.locator("#evidence").bounding_box()
    card = desk.page.locator(SHOWN_CARD).bounding_box()
    assert panel is not None
    assert card is not None
    assert (card["x"], card["width"]) == (panel["x"], panel["width"])
    expect(desk.page.locator(f"{SHOWN_CARD} header")).to_contain_text("Sentence 91 of 91")
    expect(desk.page.locator(f"{SHOWN_CARD} h3")).to_be_in_viewport()


def test_the_sieve_shows_one_verdict_and_stepping_keeps_to_it(desk: Visit) -> None:
    desk.open("/check").check(f"{WRONG} {RIGHT} {UNKNOWN} {WRONG} {OPINION}")

    desk.page.check('.show [value="no"]', force=True)
    desk.page.click('.ledger [data-e="1"]')
    desk.page.keyboard.press("j")

    expect(desk.page.locator(".ledger li:visible")).to_have_count(2)
    expect(desk.page.locator(f"{SHOWN_CARD} header")).to_contain_text("Sentence 4 of 5")


def test_a_new_check_shows_every_verdict_again(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.check('.show [value="no"]', force=True)

    desk.page.click("[data-retext]")
    desk.page.fill("#text textarea", f"{RIGHT} {UNKNOWN} {OPINION} {OPINION} {RIGHT}")
    desk.page.click("#go")

    expect(desk.page.locator(".ledger li:visible")).to_have_count(5)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" \n ", "There is no text to check."),
        ("word " * 10_001, "This text has 10,001 words; 10,000 is the most."),
        (GERMAN, "This text does not look English"),
    ],
)
def test_a_text_that_cannot_be_checked_is_one_line_and_stays(
    desk: Visit, text: str, why: str
) -> None:
    desk.open("/check").page.fill("#text textarea", text)

    desk.page.click("#go")

    expect(desk.page.locator("#note")).to_contain_text(why)
    expect(desk.page.locator("#text textarea")).to_have_value(text)
    assert desk.errors == []


def test_ten_megabytes_are_refused_in_one_line_and_stay(desk: Visit) -> None:
    desk.open("/check").page.evaluate("""() => {
        const box = document.querySelector('#text textarea');
        box.focus();
        box.value = 'survival '.repeat(1_111_111);
        box.dispatchEvent(new Event('input', { bubbles: true }));
    }""")

    desk.page.click("#go", timeout=60_000)

    expect(desk.page.locator("#note")).to_contain_text("1,111,111 words", timeout=60_000)
    assert desk.page.evaluate("document.querySelector('#text textarea').value.length") == 9_999_999


def test_a_bad_text_leaves_the_check_before_it_in_place(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.click("[data-retext]")

    desk.page.fill("#text textarea", " ")
    desk.page.click("#go")

    expect(desk.page.locator("#note")).to_contain_text("There is no text to check.")
    expect(desk.page.locator(".ledger li")).to_have_count(5)


def test_a_failure_keeps_verdicts_and_text_and_can_be_tried_again(desk: Visit) -> None:
    text = f"{RIGHT} This will fail by design."
    desk.open("/check").paste(text)

    expect(desk.page.locator(".problem")).to_contain_text("The index is gone.")
    expect(desk.page.locator(".ledger li")).to_have_count(1)
    desk.page.click("[data-retext]")

    expect(desk.page.locator("#text textarea")).to_have_value(text)
    expect(desk.page.locator("[data-recheck]")).to_be_visible()


def test_a_file_becomes_text_in_the_box(desk: Visit, tmp_path: Path) -> None:
    page = tmp_path / "slide.html"
    page.write_text(f"<script>window.pwned = 1</script><p>{WRONG}</p>", encoding="utf-8")
    desk.open("/check")

    desk.page.set_input_files("#file", page)

    expect(desk.page.locator("#text textarea")).to_have_value(WRONG)
    expect(desk.page.locator("[data-words]")).to_have_text("7 of at most 10,000 words")
    assert desk.page.evaluate("window.pwned") is None


def test_a_file_that_cannot_be_read_leaves_the_box_as_it_is(desk: Visit, tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK but no archive")
    desk.open("/check").page.fill("#text textarea", RIGHT)

    desk.page.set_input_files("#file", broken)

    expect(desk.page.locator("#note")).to_contain_text("broken.docx: damaged, or no Word file.")
    expect(desk.page.locator("#text textarea")).to_have_value(RIGHT)


def test_an_example_fills_the_box(desk: Visit) -> None:
    desk.open("/check").page.click("[data-example] >> nth=0")

    expect(desk.page.locator("#text textarea")).to_have_value(
        "Two-year disease-free survival of the infants given blinatumomab was 93.3%."
    )


def test_control_and_enter_check(desk: Visit) -> None:
    desk.open("/check").page.fill("#text textarea", RIGHT)

    desk.page.press("#text textarea", "Control+Enter")

    expect(desk.page.locator(".ledger li")).to_have_count(1)


def test_the_reports_are_downloaded(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.click(".export summary")

    with desk.page.expect_download() as caught:
        desk.page.click('.export a[href$=".json"]')

    stored = json.loads(Path(caught.value.path()).read_text(encoding="utf-8"))
    assert caught.value.suggested_filename == "blincite-check.json"
    assert [one["word"] for one in stored["sentences"]][:2] == ["supported", "contradicted"]


def test_the_page_to_print_opens_beside_the_check(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.click(".export summary")

    with desk.page.context.expect_page() as opened:
        desk.page.click('.export a[href$=".html"]')

    expect(opened.value.locator("h1")).to_have_text("What the sources say")
    expect(opened.value.locator("section")).to_have_count(5)


def test_a_check_and_its_text_survive_a_reload_and_a_look_at_another_page(desk: Visit) -> None:
    desk.open("/check").check(TEXT)

    desk.page.reload()
    expect(desk.page.locator(".ledger li")).to_have_count(5)
    desk.page.click('.tabs a[href="/library"]')
    desk.page.wait_for_selector("#shelf")
    desk.page.click('.tabs a:text("Check")')

    expect(desk.page.locator(".ledger li")).to_have_count(5)
    desk.page.click("[data-retext]")
    expect(desk.page.locator("#text textarea")).to_have_value(TEXT)


def test_a_check_that_is_no_longer_known_is_said_to_be_gone(desk: Visit) -> None:
    desk.open("/check?check=nobody")

    expect(desk.page.locator("#note")).to_contain_text("no longer in memory")


def test_a_hostile_text_runs_nothing(desk: Visit) -> None:
    desk.open("/check").check(f"{HOSTILE} {WRONG}")

    expect(desk.page.locator(".ledger")).to_contain_text("<img src=x onerror=")
    assert desk.page.evaluate("window.pwned") is None


def test_checking_asks_nothing_of_another_machine(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.click('.ledger [data-e="2"]')

    foreign = [url for url in desk.requests if not url.startswith(desk.site.address)]
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []


def test_the_first_tab_stop_leads_to_the_text(desk: Visit) -> None:
    desk.open("/check").page.keyboard.press("Tab")
    assert desk.focused() == "Skip to the text"

    desk.page.keyboard.press("Enter")

    expect(desk.page.locator("#text textarea")).to_be_focused()


def test_a_phone_shows_the_evidence_as_a_sheet_below_its_sentence(phone: Visit) -> None:
    phone.open("/check").check(TEXT)
    expect(phone.page.locator(SHOWN_CARD)).not_to_be_visible()

    phone.page.click('.ledger [data-e="3"]')

    sheet = phone.page.locator("#evidence").bounding_box()
    sentence = phone.page.locator(".ledger [aria-current]").bounding_box()
    assert sheet is not None
    assert sentence is not None
    assert sheet["height"] <= 844 * 0.64 + 1
    assert 0 <= sentence["y"] < sheet["y"]
    assert phone.page.locator(f"{SHOWN_CARD} mark").last.text_content() == RESIDUAL


def test_nothing_of_a_check_is_wider_than_a_phone(phone: Visit) -> None:
    phone.open("/check")
    empty = phone.page.evaluate("document.documentElement.scrollWidth")
    phone.check(f"{TEXT} {'x' * 300} is a word.")

    assert (empty, phone.page.evaluate("document.documentElement.scrollWidth")) == (390, 390)


def test_paper_gets_every_sentence_and_its_evidence(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.check('.show [value="no"]', force=True)

    desk.page.emulate_media(media="print")

    expect(desk.page.locator("#paste")).not_to_be_visible()
    expect(desk.page.locator(".ledger li:visible")).to_have_count(5)
    expect(desk.page.locator(".card:visible")).to_have_count(4)


def test_the_empty_page_is_accessible(desk: Visit) -> None:
    assert violations(desk.open("/check")) == []


def test_a_check_is_accessible_in_light(desk: Visit) -> None:
    desk.open("/check").check(TEXT)
    desk.page.click("[data-retext]")
    desk.page.click('.ledger [data-e="3"]')

    assert violations(desk) == []


def test_a_check_is_accessible_in_dark(night: Visit) -> None:
    night.open("/check").check(TEXT)
    night.page.click('.ledger [data-e="2"]')

    assert violations(night) == []


def test_the_sheet_of_a_check_is_accessible(phone: Visit) -> None:
    phone.open("/check").check(TEXT)
    phone.page.click('.ledger [data-e="4"]')

    assert violations(phone) == []


def test_a_growing_check_is_accessible(desk: Visit) -> None:
    desk.open("/check").paste(f"{RIGHT} {TORN} The slow drip helps.")
    expect(desk.page.locator(".ledger li")).to_have_count(2)

    assert violations(desk) == []

"""The pages in a browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from .conftest import Visit
from .hand_made import DOSE, FOLLOWED, HOSTILE, RESIDUAL, SURVIVAL, TEXT

SHOWN_CARD = ".card:not([hidden])"


def violations(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def test_asking_shows_question_bottom_line_and_further_findings(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    expect(desk.page.locator(".turn h2")).to_have_text("What was survival?")
    expect(desk.page.locator(".lead p:not(.label)")).to_contain_text(SURVIVAL)
    expect(desk.page.locator(".points li").first).to_contain_text("28 of 30 (93%)")
    expect(desk.page.locator(".proof")).to_have_text("All 4 sentences word for word")
    assert desk.errors == []


def test_sending_empties_the_box_and_leaves_the_focus_in_it(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    expect(desk.page.locator("#box textarea")).to_have_value("")
    expect(desk.page.locator("#box textarea")).to_be_focused()


def test_the_bottom_line_stands_while_the_rest_is_checked(desk: Visit) -> None:
    desk.open().send("slow: what was survival?")
    lead = desk.page.locator(".lead p:not(.label)")
    expect(lead).to_contain_text(SURVIVAL)
    expect(desk.page.locator(".progress")).to_contain_text("Checking further sentences")
    handle = lead.element_handle()

    desk.site.assistant.gate.set()
    desk.page.wait_for_selector('.turn[aria-busy="false"]')

    assert handle is not None
    assert handle.evaluate("node => node.isConnected")
    expect(desk.page.locator(".progress")).to_have_count(0)


def test_a_second_question_waits_in_the_box_while_an_answer_grows(desk: Visit) -> None:
    desk.open().send("slow: what was survival?")
    desk.page.wait_for_selector(".lead")

    desk.page.fill("#box textarea", "And the dose?")
    desk.page.press("#box textarea", "Enter")

    expect(desk.page.locator("#note")).to_contain_text("still being written")
    expect(desk.page.locator("#box textarea")).to_have_value("And the dose?")


def test_stopping_keeps_what_was_shown(desk: Visit) -> None:
    desk.open().send("slow: what was survival?")
    desk.page.wait_for_selector(".lead")

    desk.page.click("[data-stop]")

    expect(desk.page.locator(".progress")).to_have_text(
        "Stopped after 1 sentence; the answer is not complete."
    )
    expect(desk.page.locator(".lead")).to_contain_text("81.6%")


def test_another_question_can_be_asked_after_a_stop(desk: Visit) -> None:
    desk.open().send("slow: what was survival?")
    desk.page.wait_for_selector(".lead")
    desk.page.click("[data-stop]")
    desk.page.wait_for_selector('.turn[aria-busy="false"]')

    desk.ask("And at 10 years?")

    expect(desk.page.locator(".refusal")).to_contain_text("Not in the corpus")


def test_a_double_enter_asks_once(desk: Visit) -> None:
    desk.open().page.fill("#box textarea", "What was survival?")

    desk.page.press("#box textarea", "Enter")
    desk.page.press("#box textarea", "Enter")
    desk.page.wait_for_selector('.turn[aria-busy="false"]')

    expect(desk.page.locator(".turn")).to_have_count(1)


def test_a_citation_opens_the_very_words_it_rests_on(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.page.click('.cite[aria-label^="Evidence 2"]')

    marked = desk.page.locator(f"{SHOWN_CARD} mark")
    assert marked.evaluate("node => node.textContent") == RESIDUAL
    assert desk.focused() == "Blinatumomab in Infants"
    expect(desk.page.locator('.turn .cite[aria-current="true"]')).to_have_text("2")


def test_escape_closes_the_evidence_and_returns_to_the_citation(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click('.cite[aria-label^="Evidence 2"]')

    desk.page.keyboard.press("Escape")

    expect(desk.page.locator(SHOWN_CARD)).to_have_count(0)
    assert desk.focused() == "Evidence 2, Smith 2023"


def test_j_and_k_go_through_the_evidence(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click('.cite[aria-label^="Evidence 2"]')

    desk.page.keyboard.press("j")
    following = desk.page.locator(f"{SHOWN_CARD} mark").text_content()
    desk.page.keyboard.press("k")
    before = desk.page.locator(f"{SHOWN_CARD} mark").text_content()

    assert following == FOLLOWED
    assert before == RESIDUAL


def test_letters_in_the_box_are_only_letters(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.page.locator("#box textarea").press_sequentially("jk")

    expect(desk.page.locator("#box textarea")).to_have_value("jk")
    expect(desk.page.locator(f"{SHOWN_CARD} mark")).to_have_text(SURVIVAL)


def test_open_evidence_survives_the_next_answer(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click("details.more summary")

    desk.ask("And at 10 years?")

    expect(desk.page.locator("details.more")).to_have_attribute("open", "")
    expect(desk.page.locator("details.more li")).to_contain_text(DOSE)


def test_a_follow_up_shows_how_it_was_read_and_can_be_changed(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.ask("And at 10 years?")

    desk.page.click("[data-edit]")

    expect(desk.page.locator("#box textarea")).to_have_value(
        "10-year disease-free survival in infants"
    )
    expect(desk.page.locator("#box textarea")).to_be_focused()


def test_a_refusal_cites_the_nearest_sentence_under_its_old_number(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.ask("And at 10 years?")

    refusal = desk.page.locator(".refusal")
    expect(refusal).to_contain_text("Not in the corpus")
    expect(refusal.locator(".cite")).to_have_text("1")


def test_a_problem_is_written_in_place_and_the_question_kept(desk: Visit) -> None:
    desk.open().ask("please fail")

    expect(desk.page.locator(".problem")).to_contain_text("The index is older than the corpus")
    expect(desk.page.locator("#box textarea")).to_have_value("please fail")


def test_a_question_that_is_too_long_stays_in_the_box(desk: Visit) -> None:
    desk.open().page.fill("#box textarea", "x" * 2001)

    desk.page.press("#box textarea", "Enter")

    expect(desk.page.locator("#note")).to_contain_text("2,000 is the most")
    expect(desk.page.locator("#box textarea")).to_have_value("x" * 2001)


def test_an_empty_question_is_told_so(desk: Visit) -> None:
    desk.open().page.press("#box textarea", "Enter")

    expect(desk.page.locator("#note")).to_contain_text("Write a question first")


def test_shift_and_enter_make_a_new_line(desk: Visit) -> None:
    desk.open().page.fill("#box textarea", "one")

    desk.page.press("#box textarea", "Shift+Enter")

    expect(desk.page.locator("#box textarea")).to_have_value("one\n")


def test_a_starter_asks_its_question(desk: Visit) -> None:
    desk.open().page.click(".starter >> nth=0")

    expect(desk.page.locator(".turn h2")).to_contain_text("2-year disease-free survival")
    expect(desk.page.locator(".starters")).not_to_be_visible()


def test_a_hostile_question_runs_nothing(desk: Visit) -> None:
    desk.open().ask(HOSTILE)

    expect(desk.page.locator(".turn h2")).to_have_text(HOSTILE)
    assert desk.page.evaluate("window.pwned") is None


def test_a_filter_is_said_in_words_and_reaches_the_assistant(desk: Visit) -> None:
    desk.open().page.click(".filters summary")
    desk.page.check('.pop input[value="infant"]')
    expect(desk.page.locator(".chips")).to_contain_text("infants")

    desk.ask("What was survival?")

    assert desk.site.assistant.seen[-1][1].populations == ("infant",)


def test_a_filter_is_taken_off_by_its_word(desk: Visit) -> None:
    desk.open().page.click(".filters summary")
    desk.page.check('.pop input[value="infant"]')
    desk.page.click(".chips button")

    expect(desk.page.locator("#chips")).to_have_text("All kinds, years and ages")
    expect(desk.page.locator('.pop input[value="infant"]')).not_to_be_checked()


def test_a_new_question_starts_over(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.page.click("[data-new]")

    expect(desk.page.locator(".start h2")).to_have_text("What do the trials say?")
    expect(desk.page.locator(".turn")).to_have_count(0)


def test_a_new_question_ends_an_answer_that_still_grows(desk: Visit) -> None:
    desk.open().send("slow: what was survival?")
    desk.page.wait_for_selector(".lead")

    desk.page.click("[data-new]")
    expect(desk.page.locator(".start")).to_be_visible()
    desk.site.assistant.gate.set()
    desk.ask("And at 10 years?")

    expect(desk.page.locator(".turn h2")).to_have_text(["And at 10 years?"])


def test_the_first_tab_stop_leads_to_the_question_box(desk: Visit) -> None:
    desk.open().page.keyboard.press("Tab")
    assert desk.focused() == "Skip to the question box"

    desk.page.keyboard.press("Enter")

    expect(desk.page.locator("#box textarea")).to_be_focused()


def test_a_later_number_follows_the_earlier_ones(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.ask("What was survival, again?")

    ids = desk.page.locator(".card").evaluate_all("cards => cards.map(card => card.id)")
    assert ids == ["e1", "e2", "e3", "e4"]


def test_the_status_line_says_when_the_answer_is_complete(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    expect(desk.page.locator("[role=status]").first).to_have_text(
        "Answer complete, 3 sentences, 3 citations"
    )


def test_nothing_is_asked_of_another_machine(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click(".cite >> nth=0")
    desk.open("/library")

    foreign = [url for url in desk.requests if not url.startswith(desk.site.address)]
    assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []


def test_every_response_carries_the_content_policy(desk: Visit) -> None:
    response = desk.page.goto(desk.site.address)

    assert response is not None
    assert "default-src 'self'" in response.headers["content-security-policy"]


def test_the_disclaimer_stands_on_every_page(desk: Visit) -> None:
    for path in ("/", "/library", "/library?study=smith-2023-trial"):
        desk.open(path)
        expect(desk.page.locator(".disclaimer")).to_contain_text("not medical advice")
        expect(desk.page.locator(".disclaimer")).to_contain_text("Corpus of 22 November 2026")


def test_a_phone_shows_the_evidence_as_a_sheet_below_its_sentence(phone: Visit) -> None:
    phone.open().ask("What was survival?")
    expect(phone.page.locator(SHOWN_CARD)).not_to_be_visible()

    phone.page.click('.cite[aria-label^="Evidence 2"]')

    sheet = phone.page.locator("#evidence").bounding_box()
    cite = phone.page.locator('.cite[aria-current="true"]').bounding_box()
    assert sheet is not None
    assert cite is not None
    assert sheet["height"] <= 844 * 0.64 + 1
    assert 0 <= cite["y"] < sheet["y"]


def test_a_phone_closes_the_sheet_with_its_button(phone: Visit) -> None:
    phone.open().ask("What was survival?")
    phone.page.click(".cite >> nth=0")

    phone.page.click(f"{SHOWN_CARD} [data-close]")

    expect(phone.page.locator("#evidence")).not_to_be_visible()
    assert phone.focused() == "Evidence 1, Smith 2023"


def test_nothing_is_wider_than_a_phone(phone: Visit) -> None:
    phone.open().ask("What was survival?")
    for path in ("/library", "/library?study=smith-2023-trial"):
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390
        phone.open(path)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_dark_system_gets_a_dark_page(night: Visit) -> None:
    night.open()

    assert night.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(21, 24, 27)"
    )


def test_the_dark_switch_is_remembered(desk: Visit) -> None:
    desk.open().page.click("[data-dark]")

    desk.open("/library")

    expect(desk.page.locator("[data-dark]")).to_have_attribute("aria-pressed", "true")
    assert desk.page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_answer_is_accessible_in_light(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.ask("And at 10 years?")

    assert violations(desk) == []


def test_the_answer_is_accessible_in_dark(night: Visit) -> None:
    night.open().ask("What was survival?")

    assert violations(night) == []


def test_the_empty_page_and_its_filters_are_accessible(desk: Visit) -> None:
    desk.open().page.click(".filters summary")

    assert violations(desk) == []


def test_the_sheet_is_accessible(phone: Visit) -> None:
    phone.open().ask("What was survival?")
    phone.page.click(".cite >> nth=0")

    assert violations(phone) == []


def test_the_library_is_accessible(desk: Visit) -> None:
    desk.open("/library")
    table = violations(desk)
    desk.open("/library?study=smith-2023-trial")

    assert table == []
    assert violations(desk) == []


def test_the_library_is_sorted_by_its_headers(desk: Visit) -> None:
    desk.open("/library").page.click('[data-sort="year"]')

    expect(desk.page.locator('th[data-key="year"]')).to_have_attribute("aria-sort", "ascending")
    expect(desk.page.locator(".studies tbody tr").first).to_contain_text("Smith 2023")


def test_the_library_is_filtered_by_words(desk: Visit) -> None:
    desk.open("/library").page.fill('.sieve [name="text"]', "2026")

    expect(desk.page.locator(".count")).to_have_text("1 of 2 documents")
    expect(desk.page.locator(".studies tbody tr:visible")).to_have_count(1)


def test_the_study_page_stands_at_the_cited_sentence(desk: Visit) -> None:
    start = TEXT.index(RESIDUAL)
    end = start + len(RESIDUAL)

    desk.open(f"/library?study=smith-2023-trial&from={start}&to={end}")

    marked = desk.page.locator("mark")
    assert marked.evaluate("node => node.textContent") == RESIDUAL
    expect(marked).to_be_in_viewport()
    expect(desk.page).to_have_title("Smith 2023 · Blincite")


def test_paper_gets_the_answer_and_all_its_evidence(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.page.emulate_media(media="print")

    expect(desk.page.locator("#ask")).not_to_be_visible()
    expect(desk.page.locator(".card").last).to_be_visible()


def test_a_row_of_the_figures_marks_its_sentence_without_leaving_the_page(desk: Visit) -> None:
    start = TEXT.index(RESIDUAL)
    at = f"from={start}&to={start + len(RESIDUAL)}"
    desk.open("/library?study=smith-2023-trial").page.evaluate("window.stayed = true")

    desk.page.click(f'[data-sentence="f{start}"]')

    marked = desk.page.locator("mark")
    assert marked.evaluate("node => node.textContent") == RESIDUAL
    expect(marked).to_be_in_viewport()
    assert desk.focused() == RESIDUAL
    assert desk.page.evaluate("window.stayed") is True
    assert desk.page.url.endswith(at)
    expect(desk.page.locator("[data-copy-address]")).to_contain_text("this sentence")


def test_following_another_row_moves_the_mark(desk: Visit) -> None:
    start = TEXT.index(RESIDUAL)
    desk.open(f"/library?study=smith-2023-trial&from={start}&to={start + len(RESIDUAL)}")

    desk.page.click(f'[data-sentence="f{TEXT.index(SURVIVAL)}"]')

    assert desk.page.locator("mark").all_text_contents() == [SURVIVAL]


def test_a_phone_shows_the_figures_as_cards(phone: Visit) -> None:
    phone.open("/library?study=smith-2023-trial")

    cell = phone.page.locator(".figures td").nth(1)
    assert cell.evaluate("node => getComputedStyle(node, '::before').content") == (
        '"Figures as printed"'
    )
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_next_question_asks_itself(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.page.click(".next button")
    desk.page.wait_for_selector('#turns .turn:nth-of-type(2)[aria-busy="false"]')

    asked = "Cytokine release syndrome in The infant trial?"
    expect(desk.page.locator(".turn h2").nth(1)).to_have_text(asked)


def test_the_title_of_the_library_stands_as_high_as_its_drawing(desk: Visit) -> None:
    desk.open("/library")

    title = desk.page.locator(".shelf-head h1").bounding_box()
    drawing = desk.page.locator(".by-year").bounding_box()
    assert title is not None
    assert drawing is not None
    assert abs(title["y"] - drawing["y"]) <= 2


def test_figures_of_one_measure_stand_in_a_table_with_a_citation_in_each_cell(desk: Visit) -> None:
    desk.open().ask("Which arms?")

    rows = desk.page.locator(".key tbody tr")
    expect(rows.nth(0)).to_contain_text("2 yearsSmith 202381.6%1no CI given49.4%1")
    expect(rows.nth(1)).to_contain_text("4 yearsSmith 202683.3%295% CI 64.5-92.7")
    expect(desk.page.locator(".key .plot circle")).to_have_count(2)


def test_a_citation_in_the_table_opens_its_evidence(desk: Visit) -> None:
    desk.open().ask("Which arms?")

    desk.page.click(".key tbody tr:nth-child(2) .cite >> nth=0")

    expect(desk.page.locator(f"{SHOWN_CARD} .label >> nth=0")).to_contain_text("2")


def test_a_phone_shows_the_table_without_its_drawing(phone: Visit) -> None:
    phone.open().ask("Which arms?")

    expect(phone.page.locator(".key tbody td >> nth=0")).to_be_visible()
    expect(phone.page.locator(".key .plot").first).not_to_be_visible()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_table_is_accessible(desk: Visit) -> None:
    desk.open().ask("Which arms?")

    assert violations(desk) == []


def test_a_withheld_sentence_is_shown_on_demand_and_stays_open(desk: Visit) -> None:
    desk.open().ask("Is there doubt?")
    hidden = desk.page.locator(".withheld li .read")
    expect(hidden).not_to_be_visible()

    desk.page.click(".withheld summary")
    desk.ask("And at 10 years?")

    expect(hidden).to_have_text("At 2 years, disease-free survival was 93.3%.")
    expect(hidden).to_be_visible()


def test_doubt_is_accessible_in_light_and_on_a_phone(desk: Visit, phone: Visit) -> None:
    for visit in (desk, phone):
        visit.open().ask("Is there doubt?")
        visit.page.click(".withheld summary")

        assert violations(visit) == []


def test_the_table_and_doubt_are_accessible_in_dark(night: Visit) -> None:
    night.open().ask("Which arms?")
    night.ask("Is there doubt?")
    night.page.click(".withheld summary")

    assert violations(night) == []

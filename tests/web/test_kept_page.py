"""Earlier questions, permanent links and export, in a browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from assistant.history import History
from assistant.web.unkept import Unkept
from index.documents import Document

from .conftest import Site, Visit, only, served
from .hand_made import DOCUMENTS, SURVIVAL, Shelf
from .test_page import violations

REWORDED = SURVIVAL.replace("was 81.6%", "reached 81.6%")


class Rewritten(Shelf):
    """A library in which the bottom line was reworded and all that follows has moved."""

    def document(self, doc_id: str) -> Document:
        kept = super().document(doc_id)
        return replace(kept, text=kept.text.replace(SURVIVAL, REWORDED))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "history.sqlite"


@contextmanager
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(15_000)
    yield Visit(context.new_page(), site)
    context.close()


def address_of(visit: Visit) -> str:
    """The path of the page, once the conversation has one."""
    visit.page.wait_for_url("**/?conversation=*")
    return visit.page.url.removeprefix(visit.site.address)


def link_of(visit: Visit) -> str:
    """The permanent link of the last answer."""
    button = visit.page.locator("#turns .turn:last-child [data-copy-address]")
    return button.get_attribute("data-copy-address") or ""


def test_a_conversation_has_an_address_that_survives_a_reload(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.ask("And at 10 years?")

    desk.open(address_of(desk))

    expect(desk.page.locator(".turn h2")).to_have_text(["What was survival?", "And at 10 years?"])
    expect(desk.page.locator(".lead p:not(.label)")).to_contain_text(SURVIVAL)


def test_an_earlier_conversation_is_listed_opened_and_continued(desk: Visit) -> None:
    desk.open().ask("What was survival on a Tuesday?")

    desk.page.click(".bar >> text=Earlier questions")
    desk.page.click("text=What was survival on a Tuesday?")
    expect(desk.page.locator(".turn h2")).to_have_text("What was survival on a Tuesday?")
    desk.ask("And at 10 years?")

    assert desk.site.assistant.seen[-1][0] == 1
    expect(desk.page.locator(".turn")).to_have_count(2)


def test_a_new_question_begins_a_new_conversation(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    first = address_of(desk)

    desk.page.click("[data-new]")
    expect(desk.page.locator(".start")).to_be_visible()
    assert desk.page.url == f"{desk.site.address}/"
    desk.ask("hello")

    assert address_of(desk) != first


def test_the_ask_link_of_another_page_leads_back_to_the_conversation(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    address_of(desk)

    desk.open("/library").page.click(".tabs >> text=Ask")

    expect(desk.page.locator(".turn h2")).to_have_text("What was survival?")


def test_an_open_page_goes_on_after_a_restart(browser: Browser, file: Path) -> None:
    with served(History(file)) as site:
        port = int(site.address.rsplit(":", 1)[1])
        context = browser.new_context()
        page = Visit(context.new_page(), site)
        page.open().ask("What was survival?")

    with served(History(file), server_port=port) as again:
        page.site = again
        page.ask("And at 10 years?")

        assert again.assistant.seen[0][0] == 1
        expect(page.page.locator(".turn h2")).to_have_text(
            ["What was survival?", "And at 10 years?"]
        )
        context.close()


def test_a_conversation_is_deleted_in_two_steps(desk: Visit) -> None:
    desk.open().ask("What was survival in Zurich?")
    gone = address_of(desk)
    desk.open("/earlier")
    row = desk.page.locator(".earlier li", has_text="Zurich")

    row.locator("summary").click()
    row.locator("[data-forget]").click()

    expect(row).to_have_count(0)
    desk.open(gone)
    expect(desk.page.locator("#note")).to_contain_text("not kept here")


def test_all_conversations_are_deleted_at_once(browser: Browser, file: Path) -> None:
    with served(History(file)) as site, visit(browser, site) as page:
        page.open().ask("What was survival?")
        page.open("/earlier").page.click(".earlier-head summary")

        page.page.click('[data-forget="all"]')

        expect(page.page.locator(".earlier")).to_contain_text("None so far")


def test_a_permanent_link_opens_the_answer_and_says_that_nothing_changed(desk: Visit) -> None:
    desk.open().ask("What was survival?")

    desk.open(link_of(desk))

    expect(desk.page.locator(".lead p:not(.label)")).to_contain_text(SURVIVAL)
    expect(desk.page.locator(".kept")).to_contain_text(
        "All 4 quotes stand unchanged in today’s corpus."
    )


def test_a_permanent_link_says_after_a_rebuild_what_became_of_each_quote(
    browser: Browser, file: Path
) -> None:
    with served(History(file)) as site, visit(browser, site) as page:
        page.open().ask("What was survival?")
        link = link_of(page)

    rebuilt = served(History(file), shelf=Rewritten(), sha256="decaf")
    with rebuilt as site, visit(browser, site) as page:
        page.open(link)

        kept = page.page.locator(".kept")
        expect(kept).to_contain_text("Of 4 quotes, today: 1 unchanged, 2 moved, 1 gone.")
        expect(kept.locator("li").first).to_have_text("1 Smith 2023: no longer in the corpus")


def test_an_answer_opened_by_its_link_can_be_continued(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.open(link_of(desk))
    expect(desk.page.locator(".kept")).to_be_visible()

    desk.ask("And at 10 years?")
    desk.open(address_of(desk))

    expect(desk.page.locator(".turn h2")).to_have_text(["What was survival?", "And at 10 years?"])


def test_a_link_to_nothing_is_said(desk: Visit) -> None:
    desk.open("/?answer=0123456789abcdef")

    expect(desk.page.locator("#note")).to_contain_text("No answer is kept under this address")
    expect(desk.page.locator(".start")).to_be_visible()


def test_an_answer_is_exported_as_json_with_quotes_offsets_and_corpus(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click(".export summary")

    with desk.page.expect_download() as downloading:
        desk.page.click(".export >> text=JSON")

    card = json.loads(downloading.value.path().read_text("utf-8"))
    piece = card["answer"]["evidence"][0]
    assert DOCUMENTS[0].text[piece["start"] : piece["end"]] == piece["quote"] == SURVIVAL
    assert (card["corpus_sha256"], card["models"]) == ("c0ffee", {"embedder": "tiny"})
    assert card["today"][0] == {"key": "E1", "quote": "unchanged", "start": piece["start"]}


def test_an_answer_is_exported_as_markdown(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.page.click(".export summary")

    with desk.page.expect_download() as downloading:
        desk.page.click(".export >> text=Markdown")

    text = downloading.value.path().read_text("utf-8")
    assert text.startswith("# What was survival?\n")
    assert f"**{SURVIVAL} [E1]**" in text
    assert downloading.value.suggested_filename.endswith(".md")


def test_each_login_has_its_own_earlier_questions(browser: Browser, file: Path) -> None:
    with served(History(file), admits=only(ann="one", ben="two")) as site:
        with visit(browser, site) as ann:
            _log_in(ann, "ann", "one")
            ann.open().ask("What was survival?")
            talk, link = address_of(ann), link_of(ann)
        with visit(browser, site) as ben:
            _log_in(ben, "ben", "two")
            ben.open("/earlier")
            expect(ben.page.locator(".earlier")).to_contain_text("None so far")
            ben.open(talk)
            expect(ben.page.locator("#note")).to_contain_text("not kept here")
            ben.open(link)
            expect(ben.page.locator("#note")).to_contain_text("given to another login")
            assert SURVIVAL not in ben.page.content()


def test_a_file_of_an_answer_stands_behind_the_login(browser: Browser, file: Path) -> None:
    with served(History(file), admits=only(ann="one")) as site:
        with visit(browser, site) as ann:
            _log_in(ann, "ann", "one")
            ann.open().ask("What was survival?")
            file_of = f"{site.address}/card/{link_of(ann).partition('=')[2]}.json"
            assert ann.page.request.get(file_of).status == 200
        with visit(browser, site) as stranger:
            assert stranger.page.request.get(file_of).status == 401


def _log_in(visit: Visit, name: str, password: str) -> None:
    form = {"username": name, "password": password}
    visit.page.request.post(f"{visit.site.address}/login", form=form)


def test_with_the_history_off_nothing_is_listed_and_no_link_is_promised(browser: Browser) -> None:
    with served(Unkept()) as site, visit(browser, site) as page:
        page.open().ask("What was survival?")

        expect(page.page.locator(".acts [data-copy-address]")).to_have_count(0)
        assert page.page.url == f"{site.address}/"
        page.page.click(".export summary")
        with page.page.expect_download() as downloading:
            page.page.click(".export >> text=JSON")
        assert downloading.value.suggested_filename.endswith(".json")
        page.open("/earlier")
        expect(page.page.locator(".earlier")).to_contain_text("Nothing is kept")


def test_the_list_of_earlier_questions_is_accessible(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.open("/earlier").page.click(".earlier li summary >> nth=0")

    assert violations(desk) == []


def test_an_answer_opened_by_its_link_is_accessible(desk: Visit) -> None:
    desk.open().ask("What was survival?")
    desk.open(link_of(desk))
    expect(desk.page.locator(".kept")).to_be_visible()
    desk.page.click(".export summary")

    assert violations(desk) == []

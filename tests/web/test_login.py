"""The page behind a login: a real server with two people, and strangers."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Browser, expect

from assistant.history import History
from assistant.login import Login, add_login
from assistant.web.app import MCP
from assistant.web.check_run import Checks

from .conftest import Site, Visit, served
from .hand_checked import RIGHT, run
from .hand_made import SURVIVAL
from .test_kept_page import address_of, link_of, visit
from .test_page import violations

GRADIOS = {"document-title", "landmark-one-main", "page-has-heading-one", "region"}
"""What the markup of Gradio's login page lacks; its colours, labels and sizes are ours to keep."""
PAGES = ("/", "/check", "/library", "/earlier")


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A page for ann and ben; a check of ann's is in memory."""
    folder = tmp_path_factory.mktemp("ward")
    add_login(folder / "logins", "ann", "ann's own")
    add_login(folder / "logins", "ben", "ben's own")
    checks = Checks()
    checks.keep("ann", run())
    admits = Login(folder / "logins").admits
    with served(History(folder / "history.sqlite"), checks=checks, admits=admits) as site:
        yield site


def log_in(visit: Visit, name: str, password: str) -> None:
    """At the login page, as a person does."""
    visit.page.goto(visit.site.address)
    visit.page.fill("input[type=text]", name)
    visit.page.fill("input[type=password]", password)
    visit.page.click("button.primary")


@contextmanager
def client_of(site: Site, name: str) -> Iterator[httpx.Client]:
    """A program that is logged in."""
    with httpx.Client(base_url=site.address, timeout=30) as client:
        reply = client.post("/login", data={"username": name, "password": f"{name}'s own"})
        assert reply.status_code == 200
        yield client


@pytest.fixture(scope="module")
def card_of_ann(ward: Site, browser: Browser) -> str:
    """The id of an answer that ann got."""
    with visit(browser, ward) as ann:
        log_in(ann, "ann", "ann's own")
        ann.page.wait_for_selector("#box textarea")
        ann.open().ask("What was survival?")
        address_of(ann)
        return link_of(ann).partition("=")[2]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_gets_the_login_on_every_page(ward: Site, browser: Browser, page: str) -> None:
    with visit(browser, ward) as stranger:
        stranger.page.goto(ward.address + page)

        expect(stranger.page.locator("input[type=password]")).to_be_visible()
        expect(stranger.page.locator(".auth")).to_contain_text("Blincite asks who you are")
        expect(stranger.page.locator(".bar")).to_have_count(0)


def test_the_pages_are_all_that_there_are(ward: Site) -> None:
    with client_of(ward, "ann") as ann:
        config = ann.get("/config").json()

    assert {f"/{page[0]}" for page in config["pages"]} == set(PAGES)


@pytest.mark.parametrize(
    "address",
    [
        "/checked/abc.md",
        "/config",
        "/gradio_api/info",
        "/gradio_api/app_id",
        "/gradio_api/heartbeat/abc",
        "/gradio_api/file=/etc/hostname",
        MCP,
        "/gradio_api/mcp/sse",
        "/nothing/here",
        "/assets/../config",
        "//config",
    ],
)
def test_a_stranger_gets_nothing_else(ward: Site, address: str) -> None:
    reply = httpx.get(f"{ward.address}{address}")

    assert (reply.status_code, reply.json()["problem"][:13]) == (401, "Log in first:")
    assert "default-src 'self'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(
    "address", ["/words-of-file?name=a.txt", "/gradio_api/queue/join", "/gradio_api/reset", MCP]
)
def test_a_stranger_can_send_nothing(ward: Site, address: str) -> None:
    reply = httpx.post(f"{ward.address}{address}", json={})

    assert reply.status_code == 401


def test_an_invented_session_is_a_strangers(ward: Site) -> None:
    with client_of(ward, "ann") as ann:
        names = list(ann.cookies.keys())

    invented = dict.fromkeys(names, "None")

    assert httpx.get(f"{ward.address}/config", cookies=invented).status_code == 401
    assert httpx.get(f"{ward.address}/config", cookies=dict.fromkeys(names, "")).status_code == 401


@pytest.mark.parametrize("ending", ["md", "json"])
def test_a_card_opens_for_who_asked_and_nobody_else(
    ward: Site, card_of_ann: str, ending: str
) -> None:
    address = f"/card/{card_of_ann}.{ending}"
    with client_of(ward, "ann") as ann, client_of(ward, "ben") as ben:
        own, others = ann.get(address), ben.get(address)
    stranger = httpx.get(ward.address + address)

    assert [reply.status_code for reply in (own, others, stranger)] == [200, 404, 401]
    assert SURVIVAL in own.text
    assert SURVIVAL not in others.text + stranger.text


def test_the_report_of_a_check_is_for_who_checked(ward: Site) -> None:
    with client_of(ward, "ann") as ann, client_of(ward, "ben") as ben:
        own, others = ann.get("/checked/abc.md"), ben.get("/checked/abc.md")

    assert (own.status_code, others.status_code) == (200, 404)
    assert RIGHT in own.text


def test_a_check_opens_for_who_checked(ward: Site, browser: Browser) -> None:
    with visit(browser, ward) as ann:
        log_in(ann, "ann", "ann's own")
        ann.page.wait_for_selector("#box textarea")
        ann.open("/check").check(RIGHT)
        mine = ann.page.url.removeprefix(ward.address)
        ann.page.goto(ward.address + mine)
        expect(ann.page.locator(".ledger")).to_contain_text(RIGHT)
    with visit(browser, ward) as ben:
        log_in(ben, "ben", "ben's own")
        ben.page.wait_for_selector("#box textarea")
        ben.open(mine)
        expect(ben.page.locator("#note")).to_contain_text("no longer in memory")
        expect(ben.page.locator(".ledger")).to_have_count(0)


def test_each_has_own_earlier_questions_and_can_log_out(
    ward: Site, browser: Browser, card_of_ann: str
) -> None:
    with visit(browser, ward) as ben:
        log_in(ben, "ben", "ben's own")
        ben.page.wait_for_selector("#box textarea")
        ben.open("/earlier")
        expect(ben.page.locator(".earlier")).to_contain_text("None so far")
        expect(ben.page.locator(".earlier")).to_contain_text("Logged in as ben.")
        ben.open(f"/?answer={card_of_ann}")
        expect(ben.page.locator("#note")).to_contain_text("given to another login")

        ben.open("/earlier").page.click("text=Log out")

        expect(ben.page.locator("input[type=password]")).to_be_visible()
        assert ben.page.request.get(f"{ward.address}/config").status == 401


def test_a_wrong_password_is_told_and_changes_nothing(ward: Site, browser: Browser) -> None:
    with visit(browser, ward) as stranger:
        log_in(stranger, "ann", "ben's own")

        expect(stranger.page.locator(".creds")).to_be_visible()
        assert stranger.page.request.get(f"{ward.address}/config").status == 401


def test_the_login_page_asks_nothing_of_another_machine(ward: Site, browser: Browser) -> None:
    asked: list[str] = []
    errors: list[str] = []
    with visit(browser, ward) as stranger:
        stranger.page.on("request", lambda request: asked.append(request.url))
        stranger.page.on("pageerror", lambda error: errors.append(str(error)))
        stranger.page.goto(ward.address)
        stranger.page.wait_for_load_state("networkidle")

    assert len(asked) > 3
    assert [url for url in asked if not url.startswith(ward.address)] == []
    assert errors == []


@pytest.mark.parametrize("width", [1440, 390])
def test_the_login_page_fits_and_can_be_read(ward: Site, browser: Browser, width: int) -> None:
    with visit(browser, ward) as stranger:
        stranger.page.set_viewport_size({"width": width, "height": 844})
        stranger.page.goto(ward.address)
        stranger.page.wait_for_selector("input[type=password]")

        assert stranger.page.evaluate("document.documentElement.scrollWidth") <= width
        found = {line.partition(":")[0] for line in violations(stranger)}
        assert found <= GRADIOS

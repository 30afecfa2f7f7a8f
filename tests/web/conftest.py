"""A served page with a scripted assistant, and a browser to look at it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.cards import Origin
from assistant.history import History
from assistant.web.app import Behind, build, launch_settings
from assistant.web.check_run import Checks
from assistant.web.keeping import Keeper
from assistant.web.privacy import silence
from assistant.web.session import Admits
from assistant.web.shapes import Desk, Records

from .hand_checked import ScriptedDesk
from .hand_made import Scripted, Shelf

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    address: str
    assistant: Scripted
    desk: ScriptedDesk


@dataclass
class Visit:
    """A page in the browser, with what it asked for and what went wrong in it."""

    page: Page
    site: Site
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> "Visit":
        # Every page asks for its content once its buttons do something.
        with self.page.expect_response("**/queue/join*"):
            self.page.goto(self.site.address + path)
        # Gradio may draw the masthead last.
        self.page.wait_for_selector(".skip", state="attached")
        first = {"/": "#box textarea", "/check": "#text textarea"}
        self.page.wait_for_selector(first.get(path.split("?", maxsplit=1)[0], "#shelf"))
        return self

    def ask(self, question: str) -> None:
        """Type and send a question, then wait until its answer is whole."""
        self.send(question)
        self.page.wait_for_selector('#turns .turn:last-child[aria-busy="false"]')

    def send(self, question: str) -> None:
        turns = self.page.locator("#turns .turn").count()
        self.page.fill("#box textarea", question)
        self.page.press("#box textarea", "Enter")
        self.page.locator("#turns .turn").nth(turns).wait_for()

    def check(self, text: str) -> None:
        """Paste and check a text, then wait until every sentence has its verdict."""
        self.paste(text)
        self.page.wait_for_selector('.tally[aria-busy="false"]')

    def paste(self, text: str) -> None:
        shown = self.page.locator(".tally")
        before = shown.get_attribute("data-check") if shown.count() else ""
        self.page.fill("#text textarea", text)
        self.page.click("#go")
        self.page.wait_for_selector(f'.tally:not([data-check="{before}"])')

    def focused(self) -> str:
        """The text or name of what has the focus."""
        script = "(a => a.getAttribute('aria-label') || a.textContent)(document.activeElement)"
        return str(self.page.evaluate(script))


def only(**passwords: str) -> Admits:
    """Lets in these names with these passwords."""

    async def admits(name: str, password: str) -> bool:
        return passwords.get(name) == password

    return admits


@contextmanager
def served(
    records: Records,
    *,
    shelf: Shelf | None = None,
    sha256: str = "c0ffee",
    desk: Desk | None = None,
    checks: Checks | None = None,
    admits: Admits | None = None,
    **settings: Any,
) -> Iterator[Site]:
    """A served page that keeps its answers in ``records``."""
    silence(os.environ)
    assistant, library = Scripted(), shelf or Shelf()
    keeper = Keeper(records, Origin(sha256, "2026-11-22", {"embedder": "tiny"}), library)
    scripted = ScriptedDesk()
    date = "22 November 2026"
    checks = checks or Checks()
    behind = Behind(assistant, desk or scripted, library, date, keeper, checks, admits)
    blocks = build(behind)
    _, address, _ = blocks.launch(
        server_name="127.0.0.1",
        prevent_thread_lock=True,
        quiet=True,
        **launch_settings(behind),
        **settings,
    )
    try:
        yield Site(address.rstrip("/"), assistant, scripted)
    finally:
        assistant.gate.set()
        scripted.gate.set()
        blocks.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with served(History(tmp_path_factory.mktemp("kept") / "history.sqlite")) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield chromium
        chromium.close()


def _visit(
    browser: Browser, site: Site, *, width: int, height: int, scheme: str
) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.set_default_timeout(15_000)
    visit = Visit(context.new_page(), site)
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.errors.append(str(error)))
    visit.page.on(
        "console", lambda line: visit.errors.append(line.text) if line.type == "error" else None
    )
    for behind in (site.assistant, site.desk):
        behind.gate.clear()
    yield visit
    for behind in (site.assistant, site.desk):
        behind.gate.set()
    context.close()


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Visit]:
    yield from _visit(browser, site, width=1440, height=900, scheme="light")


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Visit]:
    yield from _visit(browser, site, width=390, height=844, scheme="light")


@pytest.fixture
def night(browser: Browser, site: Site) -> Iterator[Visit]:
    yield from _visit(browser, site, width=1440, height=900, scheme="dark")

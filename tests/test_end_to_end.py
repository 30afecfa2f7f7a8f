"""The real thing: ``blincite chat`` over docs_corpus, and a question asked in Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, sync_playwright

from assistant.answer import Answer
from assistant.assembly import Assembled
from index.settings import IndexSettings

QUESTION = (
    "What was 2-year DFS with blinatumomab in infants with KMT2A-r ALL, against Interfant-06?"
)
PROJECT = Path(__file__).parent.parent
PATIENCE = 120
"""Seconds within which the page is served, and within which an answer is whole."""
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@dataclass(frozen=True)
class Seen:
    """What a visitor saw, and what the browser did meanwhile."""

    bottom_line: str
    marked: str
    citations: int
    hosts: frozenset[str | None]
    errors: tuple[str, ...]


@pytest.fixture(scope="module")
def address(real_index: IndexSettings) -> Iterator[str]:
    """Where ``blincite chat`` serves the real corpus."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [sys.executable, "-c", "from assistant.cli import main; main()", "chat", f"--port={port}"],
        cwd=PROJECT,
        env={**os.environ, "BLINCITE_INDEX": str(real_index.folder)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}", served)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.communicate()


def _wait_for(address: str, served: "subprocess.Popen[str]") -> None:
    for _ in range(PATIENCE * 4):
        try:
            urlopen(address, timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            assert served.poll() is None, served.communicate()[1]
            time.sleep(0.25)
        else:
            return
    raise AssertionError(f"{address} was not served within {PATIENCE} seconds")


@pytest.fixture(scope="module")
def seen(address: str) -> Seen:
    """The question of the README asked, and its first citation opened."""
    # In a thread of its own: Playwright allows one browser a thread, and other tests have one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_visit, address).result()


def _visit(address: str) -> Seen:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        hosts: set[str | None] = set()
        errors: list[str] = []
        page.on("request", lambda request: hosts.add(_host(request.url)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(address)
        _ask(page, QUESTION)
        page.click(".turn .cite >> nth=0")
        seen = Seen(
            bottom_line=page.locator(".lead p:not(.label)").inner_text(),
            marked=page.locator(".card:not([hidden]) mark").evaluate("node => node.textContent"),
            citations=page.locator(".turn .cite").count(),
            hosts=frozenset(hosts),
            errors=tuple(errors),
        )
        chromium.close()
    return seen


def _ask(page: Page, question: str) -> None:
    page.fill("#box textarea", question)
    page.press("#box textarea", "Enter")
    page.wait_for_selector('#turns .turn:last-child[aria-busy="false"]')


def _host(url: str) -> str | None:
    """Whom a request asks; what the browser makes itself (``data:``, ``blob:``) asks nobody."""
    scheme, _, rest = url.partition("://")
    return rest.split("/")[0].split(":")[0] if scheme in ("http", "https", "ws", "wss") else None


@pytest.fixture(scope="module")
def answer(real: Assembled) -> Answer:
    """What the assistant answers without a page."""
    return real.assistant.ask(QUESTION)


def test_the_page_shows_the_answer_of_the_assistant(seen: Seen, answer: Answer) -> None:
    assert "81.6%" in seen.bottom_line
    assert "49.4%" in seen.bottom_line
    assert seen.citations >= len(answer.claims)


def test_the_first_citation_opens_the_words_that_stand_in_the_document(
    seen: Seen, answer: Answer, real: Assembled
) -> None:
    piece = answer.evidence_for(answer.claims[0].citations[0].key)

    text = real.catalogue.document(piece.doc_id).text

    assert seen.marked == text[piece.start : piece.end]


def test_no_request_leaves_the_machine(seen: Seen) -> None:
    assert seen.hosts - {None} == {"127.0.0.1"}


def test_no_script_fails(seen: Seen) -> None:
    assert seen.errors == ()

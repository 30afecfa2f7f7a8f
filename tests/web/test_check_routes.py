"""The addresses of the Check page: reports as files, and files as words."""

import json
import os
from collections.abc import Iterator
from io import BytesIO

import httpx
import pytest
from docx import Document
from pypdf import PdfWriter

from assistant.cards import Origin
from assistant.web.app import Behind, build, launch_settings
from assistant.web.check_run import Checks
from assistant.web.keeping import Keeper
from assistant.web.privacy import silence
from assistant.web.unkept import Unkept

from .conftest import only
from .hand_checked import RIGHT, WRONG, ScriptedDesk, run
from .hand_made import Scripted, Shelf

PAGE = f"<script>alert(1)</script><p>{RIGHT}</p><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def served() -> Iterator[httpx.Client]:
    """A client of a served page that holds one check, and asks for a login where none is given."""
    silence(os.environ)
    checks = Checks()
    checks.keep("ada", run())
    keeper = Keeper(Unkept(), Origin("c0ffee", "2026-11-22", {}), Shelf())
    admits = only(ada="secret")
    behind = Behind(Scripted(), ScriptedDesk(), Shelf(), "22 November 2026", keeper, checks, admits)
    blocks = build(behind)
    _, address, _ = blocks.launch(
        server_name="127.0.0.1",
        prevent_thread_lock=True,
        quiet=True,
        **launch_settings(behind),
    )
    with httpx.Client(base_url=address, timeout=30) as client:
        client.post("/login", data={"username": "ada", "password": "secret"})
        yield client
    blocks.close()


def blank_pdf(password: str | None = None) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    if password:
        writer.encrypt(password, algorithm="AES-256")
    stored = BytesIO()
    writer.write(stored)
    return stored.getvalue()


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def read(served: httpx.Client, name: str, content: bytes) -> dict[str, str]:
    reply = served.post("/words-of-file", params={"name": name}, content=content)
    told: dict[str, str] = reply.json()
    return told


@pytest.mark.parametrize(
    ("ending", "media", "shown"),
    [
        ("md", "text/markdown", "attachment"),
        ("docx", "application/vnd.openxmlformats", "attachment"),
        ("html", "text/html", "inline"),
        ("json", "application/json", "attachment"),
        ("csv", "text/csv", "attachment"),
        ("tsv", "text/tab-separated-values", "attachment"),
    ],
)
def test_a_report_is_a_file_that_no_browser_keeps(
    served: httpx.Client, ending: str, media: str, shown: str
) -> None:
    reply = served.get(f"/checked/abc.{ending}")

    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith(media)
    assert reply.headers["content-disposition"] == (f'{shown}; filename="blincite-check.{ending}"')
    assert reply.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in reply.headers["content-security-policy"]


def test_the_reports_hold_the_check(served: httpx.Client) -> None:
    markdown = served.get("/checked/abc.md").text
    words = Document(BytesIO(served.get("/checked/abc.docx").content)).paragraphs
    stored = json.loads(served.get("/checked/abc.json").text)

    assert "4 checkable sentences: 1 supported, 1 contradicted" in markdown
    assert WRONG in [paragraph.text for paragraph in words]
    assert len(stored["sentences"]) == 5


@pytest.mark.parametrize("name", ["nobody.md", "abc.exe", "abc"])
def test_an_unknown_check_or_kind_is_said_to_be_gone(served: httpx.Client, name: str) -> None:
    reply = served.get(f"/checked/{name}")

    assert (reply.status_code, reply.text.startswith("This check is no longer")) == (404, True)


def test_without_the_login_nothing_is_read(served: httpx.Client) -> None:
    address = str(served.base_url).rstrip("/")

    report = httpx.get(f"{address}/checked/abc.md")
    words = httpx.post(f"{address}/words-of-file?name=a.txt", content=RIGHT.encode())

    assert (report.status_code, words.status_code) == (401, 401)
    assert words.json()["problem"].startswith("Log in first")
    assert RIGHT not in report.text


def test_a_file_comes_back_as_its_words(served: httpx.Client) -> None:
    assert read(served, "slide.docx", word(RIGHT, WRONG)) == {"text": f"{RIGHT}\n{WRONG}"}
    assert read(served, "größe.txt", RIGHT.encode()) == {"text": RIGHT}


def test_of_a_page_with_scripts_only_the_words_come_back(served: httpx.Client) -> None:
    assert read(served, "page.html", PAGE.encode()) == {"text": RIGHT}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("scan.pdf", blank_pdf(), "scan.pdf has no text layer: it is a scan."),
        ("locked.pdf", blank_pdf("secret"), "locked.pdf: protected by a password."),
        ("broken.docx", word(RIGHT)[:2000], "broken.docx: damaged, or no Word file."),
        ("film.mp4", b"\0\1", "film.mp4: .mp4 cannot be read."),
        ("empty.txt", b" ", "empty.txt: there is no text in it."),
        ("big.txt", b"a" * 10_000_001, "big.txt: 10.0 MB; 10 MB is the most."),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(
    served: httpx.Client, name: str, content: bytes, why: str
) -> None:
    problem = read(served, name, content)["problem"]

    assert problem.startswith(why)
    assert "\n" not in problem


def test_a_file_without_a_stated_length_is_cut_off_as_well(served: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(11):
            yield b"a" * 1_000_000

    reply = served.post("/words-of-file", params={"name": "big.txt"}, content=endless())

    assert "is the most" in reply.json()["problem"]

"""The text of a file that is to be checked: plain text, Word, PDF or HTML."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from assistant.claims.text import BadText

MOST_BYTES = 10_000_000
_LOCKED_WORD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a Word file with a password begins, and one of before 2007."""


def text_of(path: Path) -> str:
    """The words of a file; BadText says in one line why it cannot be read, and the cure."""
    if not path.is_file():
        raise BadText(f"{path}: no such file. Name a .txt, .md, .docx, .pdf or .html file.")
    if path.stat().st_size > MOST_BYTES:
        raise too_big(path.name, path.stat().st_size)
    return text_from(path.name, path.read_bytes())


def text_from(name: str, content: bytes) -> str:
    """The words of a file that was uploaded; its name tells the format."""
    if len(content) > MOST_BYTES:
        raise too_big(name, len(content))
    ending = Path(name).suffix.lower()
    reader = READERS.get(ending)
    if reader is None:
        raise BadText(
            f"{name}: {ending or 'a file without an ending'} cannot be read. "
            f"It can be {', '.join(READERS)}; or paste the text."
        )
    text = reader(name, content).strip()
    if not text:
        raise BadText(f"{name}: there is no text in it. Paste the text itself.")
    return text


def too_big(name: str, size: int) -> BadText:
    return BadText(
        f"{name}: {size / 1e6:.1f} MB; {MOST_BYTES / 1e6:.0f} MB is the most. "
        "Save the part that matters as a file of its own."
    )


def _plain(name: str, content: bytes) -> str:
    """UTF-8; UTF-16 with its mark; or else what Windows writes."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise BadText(f"{name}: this is no text. Save it as plain text.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _word(name: str, content: bytes) -> str:
    from zipfile import BadZipFile

    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    if content.startswith(_LOCKED_WORD):
        raise BadText(
            f"{name}: protected by a password, or in the Word format of before 2007. "
            "Save it as .docx without a password."
        )
    try:
        body = Document(BytesIO(content)).iter_inner_content()
    # What lxml cannot parse is a SyntaxError.
    except (BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as broken:
        raise BadText(f"{name}: damaged, or no Word file. Save it again as .docx.") from broken
    return "\n".join(_rows(one) if isinstance(one, Table) else one.text for one in body)


def _rows(table: object) -> str:
    return "\n".join(
        "; ".join(dict.fromkeys(cell.text.strip() for cell in row.cells if cell.text.strip()))
        for row in table.rows  # type: ignore[attr-defined]  # docx is imported where it is used
    )


def _pdf(name: str, content: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    locked = BadText(f"{name}: protected by a password. Save a copy without it.")
    encrypted = False
    try:
        reader = PdfReader(BytesIO(content))
        encrypted = reader.is_encrypted
        if encrypted and not reader.decrypt(""):
            raise locked
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, NotImplementedError) as broken:
        if encrypted:
            raise locked from broken
        raise BadText(f"{name}: damaged, or no PDF. Save it again, or paste the text.") from broken
    text = "\n\n".join(map(_unbroken, pages))
    if not text.strip():
        raise BadText(f"{name} has no text layer: it is a scan. Paste its text, or run OCR first.")
    return text


def _unbroken(page: str) -> str:
    """A page with the lines of a paragraph joined, as they were before they were set."""
    joined: list[str] = []
    for line in map(str.strip, page.splitlines()):
        before = joined[-1] if joined else ""
        if not before or not line or before.endswith((".", "!", "?", ":")):
            joined.append(line)
        elif before.endswith("-") and line[0].islower():
            joined[-1] = before.removesuffix("-") + line
        else:
            joined[-1] = f"{before} {line}"
    return "\n".join(joined)


def _html(name: str, content: bytes) -> str:
    """What a reader sees of a page: no scripts, styles, menus or hidden parts; nothing is run."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(content, "lxml")
    hidden = (
        "title, script, style, noscript, template, nav, header nav, footer, form, svg, [hidden]"
    )
    for part in soup.select(hidden):
        part.decompose()
    for block in soup.select("p, li, h1, h2, h3, h4, h5, h6, td, th, div, br, tr, blockquote"):
        block.append("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().splitlines())
    return "\n".join(line for line in lines if line)


READERS: dict[str, Callable[[str, bytes], str]] = {
    ".txt": _plain,
    ".md": _plain,
    ".docx": _word,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
}

"""The text of a file that is to be checked."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from assistant.claims.files import MOST_BYTES, text_from, text_of
from assistant.claims.text import BadText


def pdf(text: str | None, password: str | None = None) -> bytes:
    """A PDF of one page: with words in Helvetica, or without any, as a scan."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=400, height=200)
    if text:
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stored = BytesIO()
    writer.write(stored)
    return stored.getvalue()


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "OS", "93.3%"
    stored = BytesIO()
    document.save(stored)
    return stored.getvalue()


def test_plain_text_is_read_in_any_encoding() -> None:
    text = "Überleben und Leukämie: naïve café, größer, süß. " * 4

    assert text_from("slide.txt", text.encode("utf-8")) == text.strip()
    assert text_from("slide.txt", text.encode("latin-1")) == text.strip()


def test_a_word_file_gives_paragraphs_and_tables_in_order() -> None:
    text = text_from("slide.docx", word("Survival was good.", "No infant died."))

    assert text == "Survival was good.\nNo infant died.\nOS; 93.3%"


def test_a_pdf_gives_its_words() -> None:
    assert text_from("paper.pdf", pdf("Survival was 93.3%.")) == "Survival was 93.3%."


def test_a_page_gives_what_a_reader_sees_and_nothing_of_its_scripts() -> None:
    page = (
        "<html><head><title>T</title><style>p {}</style><script>alert('x')</script></head>"
        "<body><nav>Home</nav><h1>News</h1><p>Survival was <b>93.3%</b>.</p>"
        "<p hidden>Secret.</p><noscript>Turn on</noscript><ul><li>One.</li><li>Two.</li></ul>"
    )

    text = text_from("news.html", page.encode())

    assert text.splitlines()[-4:] == ["News", "Survival was 93.3%.", "One.", "Two."]
    assert "alert" not in text
    assert "Secret" not in text


def torn(content: bytes) -> bytes:
    """A Word file whose text ends within a tag."""
    stored = BytesIO()
    with ZipFile(BytesIO(content)) as whole, ZipFile(stored, "w") as part:
        for name in whole.namelist():
            part.writestr(name, b"<w:document" if "document.xml" in name else whole.read(name))
    return stored.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("scan.pdf", pdf(None), "scan.pdf has no text layer: it is a scan"),
        ("locked.pdf", pdf("Words.", password="x"), "locked.pdf: protected by a password"),
        ("broken.pdf", b"%PDF-1.7 and no more", "broken.pdf: damaged, or no PDF"),
        ("locked.docx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99, "protected by a password"),
        ("broken.docx", b"PK but no archive", "broken.docx: damaged, or no Word file"),
        ("torn.docx", torn(word("Survival was good.")), "torn.docx: damaged, or no Word file"),
        ("empty.txt", b"  \n", "empty.txt: there is no text in it"),
        ("empty.html", b"<script>1</script>", "empty.html: there is no text in it"),
        ("film.mp4", b"\0\1", r"film.mp4: .mp4 cannot be read. It can be .txt"),
        ("picture.txt", b"\x89PNG\0\0\xff\xfe\x00", "picture.txt: this is no text"),
        ("big.txt", b"a" * (MOST_BYTES + 1), "big.txt: 10.0 MB; 10 MB is the most"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_in_one_line(
    name: str, content: bytes, problem: str
) -> None:
    with pytest.raises(BadText, match=problem) as raised:
        text_from(name, content)

    assert "\n" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadText, match="no such file"):
        text_of(tmp_path / "none.txt")


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "claim.md"
    path.write_text("Survival was 93.3%.", encoding="utf-8")

    assert text_of(path) == "Survival was 93.3%."

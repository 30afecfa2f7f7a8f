"""Markdown files with front matter: what is read, and what is refused in one clear line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import UnreadableDocument
from index.readers import Corpus, read_corpus
from index.readers.markdown import read_markdown

FILE = "label-2092-quibrimab.md"
TRIAL_FILE = "aldermann-2091-lighthouse-1.md"
Edit = Callable[[str, str, str], None]

# old words, new words, and what the line must name
BROKEN_FRONT_MATTER = {
    "no closing line": ("---\n\n## Bottom line", "\n## Bottom line", ["no front matter", "---"]),
    "colon in a text": (
        "design: dosing section",
        "design: section: dosing",
        ["the front matter is not YAML", "Quote texts that hold a colon"],
    ),
    "impossible date": ("volume: null", "volume: 2092-13-45", ["not YAML", "month"]),
    "list left open": ("authors: []", "authors: [", ["the front matter is not YAML"]),
    "unknown field": ("links: []", "links: []\ncolour: blue", ["unknown field colour"]),
    "missing field": ("year: 2092\n", "", ["no field year"]),
    "number for text": ("volume: null", "volume: 7", ["field volume", "string"]),
    "text for number": ("n: null", "n: many", ["field n", "integer"]),
    "text for list": ("nct: []", "nct: NCT90000001", ["field nct"]),
    "other id": ("id: label-2092", "id: table-2092", ["id is 'table-2092-quibrimab'", "file name"]),
    "doi form": ("doi: null", 'doi: "doi.org/10.1"', ["field doi", "'doi.org/10.1'"]),
    "pmid form": ("pmid: null", "pmid: PMID90000001", ["field pmid"]),
    "pmcid form": ("pmcid: null", 'pmcid: "90000001"', ["field pmcid"]),
    "nct form": ("nct: []", "nct: [NCT123]", ["field nct", "'NCT123'"]),
    "eudract form": ("eudract: []", "eudract: [2090-1-1]", ["field eudract", "'2090-1-1'"]),
    "kind": ("kind: label", "kind: leaflet", ["field kind", "'leaflet'", "registry record"]),
    "age group": ("[infant, adult]", "[infant, toddler]", ["field age_group", "'toddler'"]),
    "line": ("line: [any]", "line: [second]", ["field line", "'second'"]),
    "read": ("read: label", "read: twice", ["field read", "'twice'"]),
    "verified": ("verified: high", "verified: yes", ["field verified"]),
    "status": ("status: not checked", "status: fine", ["field status", "'fine'"]),
}
BROKEN_BODY = {
    "missing section": ("## Sources and limits", "## Sources", ["no section Sources and limits"]),
    "empty section": ("## Storage", "## Empty\n\n## Storage", ["section Empty is empty"]),
    "words before headings": ("## Bottom line", "Lost.\n\n## Bottom line", ["before the first"]),
    "heading of level 3": ("## Storage", "### Storage", ["heading of level 3", "two #"]),
    "emphasis": ("at most 10 days", "at most *10* days", ["em markup", "plain text"]),
    "bold": ("at most 10 days", "at most **10** days", ["strong markup"]),
    "emphasis in a heading": ("## Storage", "## *Storage*", ["em markup", "'*Storage*'"]),
    "link": ("at most 10 days", "at most [10](https://example.org) days", ["link markup"]),
    "code": ("at most 10 days", "at most `10` days", ["code_inline markup"]),
    "inline html": ("at most 10 days", "at most <b>10</b> days", ["html_inline markup"]),
    "html block": ("## Storage", "<div>Lost.</div>\n\n## Storage", ["html_block markup", "Lost."]),
    "indented words": ("## Storage", "    Lost.\n\n## Storage", ["code_block markup", "'Lost.'"]),
    "fenced words": ("## Storage", "```\nLost.\n```\n\n## Storage", ["fence markup", "'Lost.'"]),
    "table": ("## Storage", "| a | b |\n|---|---|\n| 1 | 2 |\n\n## Storage", ["table markup"]),
}
BROKEN = BROKEN_FRONT_MATTER | BROKEN_BODY


def problem_of(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_markdown(path)
    return str(caught.value)


@pytest.mark.parametrize(("old", "new", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_gives_one_line_with_file_and_fault(
    corpus_folder: Path, edit: Edit, old: str, new: str, named: list[str]
) -> None:
    edit(FILE, old, new)

    problem = problem_of(corpus_folder / FILE)

    assert problem.startswith(f"{FILE}: ")
    assert [words for words in named if words not in problem] == []
    assert problem.count("\n") == 0


@pytest.mark.parametrize(("old", "new", "named"), BROKEN.values(), ids=BROKEN.keys())
def test_the_other_documents_go_on_beside_a_broken_one(
    corpus_folder: Path, edit: Edit, old: str, new: str, named: list[str]
) -> None:
    edit(FILE, old, new)

    corpus = read_corpus(corpus_folder)

    assert len(corpus.documents) == 3
    assert [problem.split(":")[0] for problem in corpus.problems] == [FILE]


def test_every_section_of_a_trial_report_is_required(corpus_folder: Path, edit: Edit) -> None:
    edit(TRIAL_FILE, "## Methods", "## Ways")
    edit(TRIAL_FILE, "## Limitations", "## Limits")

    assert "no section Methods, Limitations" in problem_of(corpus_folder / TRIAL_FILE)


def test_several_faults_of_one_file_stand_in_one_line(corpus_folder: Path, edit: Edit) -> None:
    edit(FILE, "nct: []", "nct: [NCT1]")
    edit(FILE, "line: [any]", "line: [second]")

    problem = problem_of(corpus_folder / FILE)

    assert "field nct" in problem
    assert "field line" in problem


def test_the_cure_names_the_page_that_explains_the_format(corpus_folder: Path, edit: Edit) -> None:
    edit(FILE, "links: []", "links: []\ncolour: blue")

    assert problem_of(corpus_folder / FILE).endswith("See docs_corpus/README.md.")


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_named(corpus_folder: Path, content: bytes) -> None:
    (corpus_folder / FILE).write_bytes(content)

    problem = problem_of(corpus_folder / FILE)

    assert problem.startswith(f"{FILE}: the file is empty. Write it or remove it.")


def test_a_file_that_is_not_utf_8_is_named_with_the_byte(corpus_folder: Path) -> None:
    (corpus_folder / FILE).write_bytes("---\nid: Ødegård".encode("latin-1"))

    problem = problem_of(corpus_folder / FILE)

    assert problem == f"{FILE}: not UTF-8 at byte 8. Save the file as UTF-8."


@pytest.mark.parametrize("content", ["no front matter", "---\nwords\n---\n", "---\n- a\n---\n"])
def test_a_file_without_fields_is_named(corpus_folder: Path, content: str) -> None:
    (corpus_folder / FILE).write_text(content, encoding="utf-8")

    assert problem_of(corpus_folder / FILE).startswith(f"{FILE}: ")


def test_files_saved_on_windows_read_the_same(corpus_folder: Path) -> None:
    path = corpus_folder / TRIAL_FILE
    before = read_markdown(path)
    content = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + content.encode())

    assert read_markdown(path) == before


def test_the_words_of_a_paragraph_stand_on_one_line(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / TRIAL_FILE)

    assert "The dose of quibrimab in Lighthouse-1 was 15 mcg/m²/day for 28 days." in document.text


def test_each_item_of_a_list_is_a_paragraph(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / "brandvik-2093-lighthouse-1-followup.md")

    [results] = [section for section in document.sections if section.heading == "Results"]

    assert document.text[results.start : results.end].split("\n\n") == [
        "In Lighthouse-1, 5-year EFS was 68.0% with quibrimab and 44.4% with placebolin.",
        "In Lighthouse-1, 5-year OS was 88.8% with quibrimab and 80.7% with placebolin.",
    ]


def test_an_escaped_sign_is_shown_without_its_backslash(corpus_folder: Path, edit: Edit) -> None:
    edit(FILE, "at most 10 days", r"at most 10 days \*unless opened\* &lt;once&gt;")

    document = read_markdown(corpus_folder / FILE)

    assert "at most 10 days *unless opened* <once>." in document.text


def test_one_id_in_two_files_is_named_and_read_once(corpus_folder: Path) -> None:
    (corpus_folder / "more").mkdir()
    (corpus_folder / "more" / FILE).write_bytes((corpus_folder / FILE).read_bytes())

    corpus = read_corpus(corpus_folder)

    assert len(corpus.documents) == 4
    assert corpus.problems == (f"{FILE}: the id stands twice in the corpus. Rename one file.",)


def test_one_short_name_for_two_documents_is_named_with_both(
    corpus_folder: Path, edit: Edit
) -> None:
    edit("brandvik-2093-lighthouse-1-followup.md", "Brandvik 2093", "Aldermann 2091")

    corpus = read_corpus(corpus_folder)

    assert corpus.problems == (
        "brandvik-2093-lighthouse-1-followup.md: field short is 'Aldermann 2091', as in "
        "aldermann-2091-lighthouse-1.md. Make the two differ.",
    )
    assert len(corpus.documents) == 4


def test_a_missing_corpus_folder_is_named_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"nowhere: no such folder.*BLINCITE_CORPUS"):
        read_corpus(tmp_path / "nowhere")


def test_documents_come_sorted_by_id(corpus_folder: Path) -> None:
    corpus = read_corpus(corpus_folder)

    assert [document.doc_id for document in corpus.documents] == [
        "aldermann-2091-lighthouse-1",
        "brandvik-2093-lighthouse-1-followup",
        "label-2092-quibrimab",
        "registry-2094-nct90000002-lighthouse-2",
    ]


def test_the_corpus_has_the_date_of_its_file(corpus_folder: Path) -> None:
    assert read_corpus(corpus_folder).date == "2026-01-31"


def test_a_corpus_without_that_file_has_no_date(corpus_folder: Path) -> None:
    (corpus_folder / "corpus.yaml").unlink()

    assert read_corpus(corpus_folder).date is None


@pytest.mark.parametrize("content", ["", "name: only a name", "date: 2026-13-99", "date: [", "- 1"])
def test_a_corpus_file_without_a_date_is_named_with_the_cure(
    corpus_folder: Path, content: str
) -> None:
    (corpus_folder / "corpus.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableDocument, match=r"^corpus\.yaml: no date .* date: 2026-11-22$"):
        read_corpus(corpus_folder)


def test_every_real_document_can_be_read(real_corpus: Corpus) -> None:
    assert real_corpus.problems == ()
    assert len(real_corpus.documents) > 150

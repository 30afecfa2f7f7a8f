"""A checked text as a report, and as items for teaching."""

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from claim_stand_ins import TEXT, checked, weighed
from docx import Document

from assistant.answer import Verdict
from assistant.claims.pack import as_anki, as_csv, items_of
from assistant.claims.records import CheckedText
from assistant.claims.report import KINDS, NOTICE, as_json, as_markdown, as_text, report_of


def test_the_summary_counts_checkable_sentences_by_verdict() -> None:
    assert TEXT.summary == (
        "3 checkable sentences: 1 supported, 1 contradicted, 1 not in the corpus"
    )


def test_the_summary_of_one_sentence_is_singular() -> None:
    one = CheckedText("x", (checked("Survival was 83.3%.", Verdict.SUPPORTED),))

    assert one.summary == "1 checkable sentence: 1 supported"


def test_a_report_says_that_the_check_was_stopped() -> None:
    part = replace(TEXT, complete=False)

    told = "The check was stopped before the end of the text."
    assert told in as_markdown(part)
    assert told in report_of(part, ".html").decode()
    assert told in as_text(part)
    assert told not in as_markdown(TEXT)


def test_where_a_quote_stands_keeps_abbreviations_and_names() -> None:
    found = weighed("Event-free survival was 83.3%.")

    sections = ("Results", "MRD after blinatumomab", "Comparison with AALL2321")
    assert [
        replace(found, evidence=replace(found.evidence, section=section)).where.split(", ")[1]
        for section in sections
    ] == ["results", "MRD after blinatumomab", "comparison with AALL2321"]


def test_json_holds_verdict_quotes_study_and_parts() -> None:
    first, second, _, last = as_json(TEXT)["sentences"]

    assert (first["verdict"], second["verdict"], last["verdict"]) == (
        "supported",
        "contradicted",
        None,
    )
    assert first["for"]["quote"] == "Event-free survival was 83.3% <b>."
    assert second["against"]["parts"] == [
        {"part": "value", "claim": "81.6%", "source": "83.3%", "same": False}
    ]
    assert json.loads(report_of(TEXT, ".json")) == as_json(TEXT)


def test_the_terminal_shows_word_and_shape_and_why() -> None:
    lines = as_text(TEXT).splitlines()

    assert lines[0] == "✓ supported: Survival was 83.3%."
    assert "    The source gives 83.3%." in lines
    assert lines[-1] == f"{TEXT.summary}."


def test_markdown_escapes_what_a_text_or_a_quote_could_inject() -> None:
    text = as_markdown(TEXT)

    assert "83.3% \\<b\\>." in text
    assert "| value | 81.6% | 83.3% | differs |" in text
    assert NOTICE in text


def test_html_escapes_and_loads_nothing() -> None:
    page = report_of(TEXT, ".html").decode()

    assert "83.3% &lt;b&gt;." in page
    assert "<script" not in page
    assert "http" not in page
    assert "@media print" in page


def test_the_word_file_holds_every_sentence_and_the_comparison() -> None:
    document = Document(BytesIO(report_of(TEXT, ".docx")))

    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Survival was 83.3%." in words
    assert words[-1] == NOTICE
    assert [cell.text for cell in document.tables[0].rows[1].cells] == [
        "value",
        "81.6%",
        "83.3%",
        "differs",
    ]


@pytest.mark.parametrize("ending", KINDS)
def test_every_kind_of_report_can_be_written(ending: str) -> None:
    assert len(report_of(TEXT, ending)) > 100


def test_the_pack_holds_only_what_the_sources_settle() -> None:
    assert [(item.statement, item.answer) for item in items_of(TEXT)] == [
        ("Survival was 83.3%.", "true"),
        ("=Survival was 81.6%.", "false"),
    ]


def test_csv_is_read_back_and_starts_no_formula() -> None:
    rows = list(csv.DictReader(StringIO(as_csv(TEXT))))

    assert [row["answer"] for row in rows] == ["true", "false"]
    assert rows[1]["statement"] == "'=Survival was 81.6%."


def test_anki_gets_two_escaped_fields_a_line() -> None:
    head, *rows = as_anki(TEXT).splitlines()
    cards = [row.split("\t") for row in rows if not row.startswith("#")]

    assert head == "#separator:tab"
    assert [len(card) for card in cards] == [2, 2]
    assert cards[0][0] == "True or false? Survival was 83.3%."
    assert "&lt;b&gt;" in cards[0][1]

"""Passages and sentences: whole, in order, and at the offsets they claim."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.documents import Document
from index.passages import Passage, Sentence, passages_of, search_text, sentences_of
from index.readers import Corpus
from index.readers.markdown import read_markdown
from index.settings import IndexSettings

SIZE = IndexSettings().passage_size
FILE = "label-2092-quibrimab.md"


def document_with(folder: Path, storage: str) -> Document:
    """The label of the tiny corpus with other words under Storage."""
    path = folder / FILE
    before, after = path.read_text(encoding="utf-8").split("## Storage")
    limits = after[after.index("## Sources") :]
    path.write_text(f"{before}## Storage\n\n{storage}\n\n{limits}", encoding="utf-8")
    return read_markdown(path)


def words(document: Document, span: Sentence | Passage) -> str:
    return document.text[span.start : span.end]


def storage_sentences(document: Document) -> list[str]:
    section = document.sections[1]
    return [words(document, sentence) for sentence in sentences_of(document, section)]


def test_a_sentence_is_the_text_between_its_offsets(corpus_folder: Path) -> None:
    document = document_with(corpus_folder, "A vial holds 5 mg. Is it kept cold? It is.")

    assert storage_sentences(document) == ["A vial holds 5 mg.", "Is it kept cold?", "It is."]


@pytest.mark.parametrize(
    "sentence",
    [
        "EFS was 81.6% (95% CI 60.8-92.0), P = 0.03, in Lighthouse-1.",
        "The dose was 15 mcg/m²/day at ≥5 kg, that is µ ± 1.5 σ of 𝛼 and é.",
        "Counts below 5x10^-4 were called low by Ødegård in 2091.",
        "Is t(4;11) the same as KMT2A::AFF1?",
    ],
)
def test_points_and_signs_inside_a_sentence_do_not_end_it(
    corpus_folder: Path, sentence: str
) -> None:
    document = document_with(corpus_folder, f"Before it. {sentence} After it.")

    assert storage_sentences(document) == ["Before it.", sentence, "After it."]


def test_a_paragraph_ends_a_sentence_even_without_a_full_stop(corpus_folder: Path) -> None:
    document = document_with(corpus_folder, "- no full stop\n- nor here")

    assert storage_sentences(document) == ["no full stop", "nor here"]


def test_a_sentence_knows_its_place_in_the_section(corpus_folder: Path) -> None:
    document = document_with(corpus_folder, "One. Two.\n\nThree.")

    found = list(sentences_of(document, document.sections[1]))

    assert [(s.section, s.position, s.of) for s in found] == [
        ("Storage", 1, 3),
        ("Storage", 2, 3),
        ("Storage", 3, 3),
    ]


def test_a_full_passage_starts_another(corpus_folder: Path) -> None:
    document = document_with(corpus_folder, "Ten chars. Ten chars. Ten chars.")

    found = [p for p in passages_of(document, size=21) if p.section == "Storage"]

    assert [words(document, p) for p in found] == ["Ten chars. Ten chars.", "Ten chars."]


def test_a_sentence_longer_than_a_passage_is_kept_whole(corpus_folder: Path) -> None:
    long = f"Quibrimab was given to {'very ' * 200}many infants."
    document = document_with(corpus_folder, f"Short. {long} Short.")

    found = [p for p in passages_of(document, size=SIZE) if p.section == "Storage"]

    assert [words(document, p) for p in found] == ["Short.", long, "Short."]


def test_the_id_of_a_passage_is_its_document_section_and_start(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / FILE)

    last = passages_of(document, size=SIZE)[-1]

    assert last.passage_id == f"label-2092-quibrimab/sources-and-limits/{last.start}"
    assert words(document, last) == "The label of quibrimab is invented."


def test_a_passage_is_searched_under_the_names_of_study_and_section(corpus_folder: Path) -> None:
    document = read_markdown(corpus_folder / FILE)

    last = passages_of(document, size=SIZE)[-1]

    assert search_text(document, last) == (
        "Quibrimab label: dosing. Quibrimab: dosing and storage. "
        "Sources and limits: The label of quibrimab is invented."
    )


@pytest.mark.parametrize(
    ("short", "title", "section", "text"),
    [
        ("Smith 2020", "", "Results", "Smith 2020. Results: "),
        ("", "A title", "Results", "A title. Results: "),
        ("", "A title", "", "A title. "),
        ("", "", "", ""),
    ],
)
def test_a_name_that_is_empty_leaves_no_trace_in_what_is_searched(
    corpus_folder: Path, short: str, title: str, section: str, text: str
) -> None:
    document = read_markdown(corpus_folder / FILE)
    last = replace(passages_of(document, size=SIZE)[-1], section=section)
    named = replace(document, study=replace(document.study, short=short, title=title))

    assert search_text(named, last) == f"{text}The label of quibrimab is invented."


def test_passages_are_the_same_each_time(real_corpus: Corpus) -> None:
    for document in real_corpus.documents[:20]:
        assert passages_of(document, SIZE) == passages_of(document, SIZE)


# What must hold for every document of docs_corpus, at several sizes.

SIZES = [1, 200, SIZE, 100_000]


@pytest.mark.parametrize("size", SIZES)
def test_passages_hold_every_sentence_once_and_in_order(real_corpus: Corpus, size: int) -> None:
    for document in real_corpus.documents:
        sentences = [s for part in document.sections for s in sentences_of(document, part)]

        in_passages = [s for passage in passages_of(document, size) for s in passage.sentences]

        assert in_passages == sentences, document.doc_id


@pytest.mark.parametrize("size", SIZES)
def test_a_passage_reaches_from_its_first_to_its_last_sentence(
    real_corpus: Corpus, size: int
) -> None:
    for document in real_corpus.documents:
        for passage in passages_of(document, size):
            first, last = passage.sentences[0], passage.sentences[-1]

            assert (passage.start, passage.end) == (first.start, last.end), passage.passage_id
            assert len(passage.sentences) == 1 or passage.end - passage.start <= size


@pytest.mark.parametrize("size", SIZES)
def test_no_passage_crosses_a_section(real_corpus: Corpus, size: int) -> None:
    for document in real_corpus.documents:
        spans = {(part.heading, part.start, part.end) for part in document.sections}
        for passage in passages_of(document, size):
            homes = [
                heading
                for heading, start, end in spans
                if start <= passage.start and passage.end <= end
            ]

            assert homes == [passage.section], passage.passage_id


@pytest.mark.parametrize("size", SIZES)
def test_every_passage_of_the_corpus_has_its_own_id(real_corpus: Corpus, size: int) -> None:
    ids = [p.passage_id for d in real_corpus.documents for p in passages_of(d, size)]

    assert len(ids) == len(set(ids))


def test_between_two_sentences_there_is_only_space(real_corpus: Corpus) -> None:
    for document in real_corpus.documents:
        for part in document.sections:
            left, start = "", part.start
            for sentence in sentences_of(document, part):
                left += document.text[start : sentence.start]
                start = sentence.end
            left += document.text[start : part.end]

            assert left.strip() == "", f"{document.doc_id}, {part.heading}"


def test_every_sentence_ends_in_a_full_stop_or_a_question_mark(real_corpus: Corpus) -> None:
    cut = [
        f"{document.doc_id}: …{words(document, sentence)[-60:]}"
        for document in real_corpus.documents
        for part in document.sections
        for sentence in sentences_of(document, part)
        if not words(document, sentence).endswith((".", "?"))
    ]

    assert cut == []


def test_no_sentence_starts_or_ends_with_a_space_or_holds_a_line_break(
    real_corpus: Corpus,
) -> None:
    for document in real_corpus.documents:
        for part in document.sections:
            for sentence in sentences_of(document, part):
                shown = words(document, sentence)

                assert shown == " ".join(shown.split()), f"{document.doc_id}: {shown}"


def test_every_sentence_stands_word_for_word_in_its_file(real_corpus: Corpus) -> None:
    folder = Path(__file__).parent.parent / "docs_corpus"
    for document in real_corpus.documents:
        file = " ".join((folder / f"{document.doc_id}.md").read_text(encoding="utf-8").split())
        for part in document.sections:
            for sentence in sentences_of(document, part):
                assert words(document, sentence) in file, sentence

"""Markdown files with YAML front matter; docs_corpus/README.md is the format."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import TypeAdapter, ValidationError

from index.documents import Document, Section, Study
from index.errors import UnreadableDocument

HELP = "See docs_corpus/README.md."
STUDY_KINDS = ("trial report", "cohort study", "case series", "laboratory study")
OTHER_KINDS = ("review", "guideline", "label", "registry record", "topic", "glossary")
VOCABULARY = {
    "kind": STUDY_KINDS + OTHER_KINDS,
    "age_group": ("infant", "child", "adolescent", "young adult", "adult", "older adult"),
    "line": (
        "newly diagnosed",
        "first relapse",
        "relapsed or refractory",
        "MRD-positive",
        "after transplant",
        "any",
    ),
    "read": ("full text", "abstract", "label", "register", "secondary report", "compilation"),
    "verified": ("high", "medium", "low"),
}
STUDY_SECTIONS = ("Bottom line", "Background", "Methods", "Results", "Conclusions", "Limitations")
OTHER_SECTIONS = ("Bottom line", "Sources and limits")
IDENTIFIERS = {
    "doi": re.compile(r"10\.\d{4,9}/\S+"),
    "pmid": re.compile(r"\d{1,8}"),
    "pmcid": re.compile(r"PMC\d+"),
    "nct": re.compile(r"NCT\d{8}"),
    "eudract": re.compile(r"\d{4}-\d{6}-\d{2}"),
}
DOC_ID = re.compile(r"[a-z0-9][a-z0-9-]*", re.IGNORECASE)
STATUS = re.compile(r"not checked|(?:retracted|corrected|expression of concern|no notice): \S.*")
FRONT_MATTER = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n(.*)\Z", re.DOTALL)
_STUDY = TypeAdapter(Study)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C reads ten times as fast; where PyYAML came without it, the other will do."""


def read_markdown(path: Path) -> Document:
    """Read one file; UnreadableDocument names the file, the field and the cure."""
    matter, body = _split(path, _decoded(path))
    study = _study(path, matter)
    text, sections = _text_and_sections(path, body)
    problems = [*_identifier_problems(study), *_vocabulary_problems(study)]
    problems += _section_problems(study, sections)
    if problems:
        raise UnreadableDocument(f"{path.name}: {'; '.join(problems)}. {HELP}")
    return Document(study, text, sections)


def _decoded(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{path.name}: not UTF-8 at byte {error.start}. Save the file as UTF-8."
        ) from error
    if not text.strip():
        raise UnreadableDocument(f"{path.name}: the file is empty. Write it or remove it. {HELP}")
    return text.replace("\r\n", "\n").lstrip("\ufeff")


def _split(path: Path, text: str) -> tuple[Mapping[str, Any], str]:
    match = FRONT_MATTER.match(text)
    if not match:
        raise UnreadableDocument(
            f"{path.name}: no front matter. The file begins with YAML between two --- lines. {HELP}"
        )
    try:
        matter = yaml.load(match[1], Loader=_LOADER)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: 2023-13-45 is no date
        where = " ".join(str(error).split())
        raise UnreadableDocument(
            f"{path.name}: the front matter is not YAML: {where}. Quote texts that hold a colon."
        ) from error
    if not isinstance(matter, dict):
        raise UnreadableDocument(f"{path.name}: the front matter has no fields. {HELP}")
    return matter, match[2]


def _study(path: Path, matter: Mapping[str, Any]) -> Study:
    fields = {"doc_id" if key == "id" else str(key): value for key, value in matter.items()}
    try:
        study = _STUDY.validate_python(fields)
    except ValidationError as error:
        named = "; ".join(_field_problem(problem) for problem in error.errors())
        raise UnreadableDocument(f"{path.name}: {named}. {HELP}") from error
    if study.doc_id != path.stem:
        raise UnreadableDocument(
            f"{path.name}: id is {study.doc_id!r}. It must be the file name: {path.stem!r}."
        )
    return study


def _field_problem(problem: Mapping[str, Any]) -> str:
    field = "id" if problem["loc"][0] == "doc_id" else ".".join(map(str, problem["loc"]))
    if problem["type"] == "missing":
        return f"no field {field}"
    if problem["type"] == "unexpected_keyword_argument":
        return f"unknown field {field}"
    return f"field {field}: {problem['msg'].lower()}"


def _identifier_problems(study: Study) -> Iterator[str]:
    if not DOC_ID.fullmatch(study.doc_id):
        yield f"field id: {study.doc_id!r} has more than letters, digits and hyphens"
    for field, form in IDENTIFIERS.items():
        value = getattr(study, field)
        for identifier in value if isinstance(value, tuple) else (value,):
            if identifier is not None and not form.fullmatch(identifier):
                yield f"field {field}: {identifier!r} is not of the form {form.pattern}"


def _vocabulary_problems(study: Study) -> Iterator[str]:
    for field, words in VOCABULARY.items():
        value = getattr(study, field)
        for word in value if isinstance(value, tuple) else (value,):
            if word not in words:
                yield f"field {field}: {word!r} is none of {', '.join(words)}"
    if not STATUS.fullmatch(study.status):
        yield f"field status: {study.status!r} is neither 'not checked' nor 'corrected: …' or like"


def _section_problems(study: Study, sections: tuple[Section, ...]) -> Iterator[str]:
    required = STUDY_SECTIONS if study.kind in STUDY_KINDS else OTHER_SECTIONS
    present = {section.heading for section in sections}
    missing = [heading for heading in required if heading not in present]
    if missing:
        yield f"no section {', '.join(missing)}"


def _text_and_sections(path: Path, body: str) -> tuple[str, tuple[Section, ...]]:
    """The stored text, headings included, and where each section lies in it."""
    parts: list[str] = []
    sections: list[Section] = []
    length = 0
    for heading, paragraphs in _blocks(path, body):
        content = "\n\n".join(paragraphs)
        if not content:
            raise UnreadableDocument(f"{path.name}: the section {heading} is empty. Fill it.")
        start = length + len(heading) + 2
        sections.append(Section(heading, start, start + len(content)))
        parts.append(f"{heading}\n\n{content}")
        length = start + len(content) + 2
    return "\n\n".join(parts), tuple(sections)


def _blocks(path: Path, body: str) -> list[tuple[str, list[str]]]:
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    _refuse_markup(path, tokens)
    blocks: list[tuple[str, list[str]]] = []
    for before, token in pairwise(tokens):
        if token.type != "inline":
            continue
        if before.type == "heading_open":
            blocks.append((_plain(path, token), []))
        elif not blocks:
            raise UnreadableDocument(f"{path.name}: text before the first heading. {HELP}")
        else:
            blocks[-1][1].append(_plain(path, token))
    return blocks


def _refuse_markup(path: Path, tokens: Sequence[Token]) -> None:
    """Words inside these blocks would be lost, or would lose their place."""
    for token in tokens:
        if token.type in NOT_PLAIN:
            raise UnreadableDocument(
                f"{path.name}: {token.type.removesuffix('_open')} markup "
                f"{' '.join(token.content.split())[:40]!r}. Paragraphs are plain text."
            )
        if token.type == "heading_open" and token.tag != "h2":
            raise UnreadableDocument(
                f"{path.name}: a heading of level {token.tag[1:]}. "
                f"Headings begin with two #. {HELP}"
            )


def _plain(path: Path, inline: Token) -> str:
    """The words of a paragraph on one line; with markup, a quote would differ from the page."""
    children = inline.children or ()
    marked = [child.type for child in children if child.type not in PLAIN]
    if marked:
        raise UnreadableDocument(
            f"{path.name}: {marked[0].removesuffix('_open')} markup in {inline.content[:40]!r}. "
            "Paragraphs are plain text."
        )
    return " ".join("".join(child.content or " " for child in children).split())


PLAIN = {"text", "softbreak", "text_special"}
NOT_PLAIN = {"html_block", "code_block", "fence", "table_open"}

"""Benchmarks as documents and queries: BEIR SciFact, PubMedQA, the gold questions."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.bench.errors import BadBenchmark
from assistant.evaluation.gold import read_gold
from index.documents import Document, Section, Study
from index.readers import read_corpus

SAMPLE = 20
"""Documents kept a query where a benchmark is cut down to try a command."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched, and the ids of the documents that are right."""

    query_id: str
    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Documents to search, and queries with what is right."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]

    def sample(self, size: int) -> "Benchmark":
        """The first ``size`` queries with their documents and some others: easier than all."""
        queries = self.queries[:size]
        right = frozenset[str]().union(*(query.right for query in queries))
        others = [one for one in self.documents if one.doc_id not in right]
        kept = right | {one.doc_id for one in others[: SAMPLE * size]}
        documents = tuple(one for one in self.documents if one.doc_id in kept)
        return replace(self, documents=documents, queries=queries)


def read_benchmarks(folder: Path, corpus: Path) -> list[Benchmark]:
    """Each of the three that is there; BadBenchmark where none is."""
    readers: dict[Path, Callable[[], Benchmark]] = {
        folder / "scifact": lambda: read_scifact(folder / "scifact"),
        folder / "pubmedqa": lambda: read_pubmedqa(folder / "pubmedqa"),
    }
    gold = gold_folder(folder)
    if gold:
        readers[gold] = lambda: read_questions(gold, corpus)
    found = [read() for place, read in readers.items() if place.is_dir()]
    if not found:
        raise BadBenchmark(
            f"{folder}: neither scifact nor pubmedqa nor gold questions. "
            "Name the folder that holds them: --data ../shared/bench"
        )
    return found


def gold_folder(folder: Path) -> Path | None:
    """Where the gold questions are: in the folder, or in ``gold`` inside or beside it."""
    places = (folder, folder / "gold", folder.resolve().parent / "gold")
    return next((place for place in places if (place / "questions.jsonl").is_file()), None)


def read_scifact(folder: Path) -> Benchmark:
    """BEIR SciFact: claims, and the abstracts that were cited for them."""
    right: dict[str, set[str]] = {}
    for query_id, doc_id in _judgements(folder / "qrels_dev.tsv"):
        right.setdefault(query_id, set()).add(doc_id)
    documents = tuple(
        abstract(str(row["doc_id"]), row["title"], " ".join(row["abstract"]))
        for row in _rows(folder / "corpus.jsonl.gz", ("doc_id", "title", "abstract"))
    )
    queries = tuple(
        Query(str(row["id"]), row["text"], frozenset(right[str(row["id"])]))
        for row in _rows(folder / "queries_dev.jsonl", ("id", "text"))
        if str(row["id"]) in right
    )
    return Benchmark("scifact", documents, queries)


def read_pubmedqa(folder: Path) -> Benchmark:
    """PubMedQA: each question, and its own abstract without title or conclusion."""
    rows = list(_rows(folder / "pqal.jsonl.gz", ("id", "question", "contexts")))
    documents = tuple(abstract(row["id"], "", "\n\n".join(row["contexts"])) for row in rows)
    queries = tuple(Query(row["id"], row["question"], frozenset({row["id"]})) for row in rows)
    return Benchmark("pubmedqa", documents, queries)


def read_questions(folder: Path, corpus: Path) -> Benchmark:
    """The answerable gold questions over the documents of the corpus."""
    documents = read_corpus(corpus).documents
    queries = tuple(
        Query(one.row_id, one.question, frozenset((*one.cite_any, *one.cite_all)))
        for one in read_gold(folder).questions
        if one.answerable and (one.cite_any or one.cite_all)
    )
    return Benchmark("gold", documents, queries)


def abstract(doc_id: str, title: str, text: str) -> Document:
    """A document that is not of our corpus: what a study says of itself is left empty."""
    return Document(replace(_BLANK, doc_id=doc_id, title=title), text, _one_section(text))


def plain_text(document: Document) -> str:
    """What a peer reads of a document: its title and its text."""
    return f"{document.study.title}\n\n{document.text}".strip()


def _one_section(text: str) -> tuple[Section, ...]:
    return (Section("Abstract", 0, len(text)),)


def _judgements(path: Path) -> Iterator[tuple[str, str]]:
    """Pairs of query and right document; the first line names the columns."""
    lines = _text(path).splitlines()
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != 3 or not cells[2].isdecimal():
            raise BadBenchmark(
                f"{path}, line {number}: {line!r} is not query, document and score "
                "with tabs between them."
            )
        if int(cells[2]):
            yield cells[0], cells[1]


def _rows(path: Path, fields: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The objects of a JSON lines file, each with these fields."""
    # Not splitlines: abstracts hold line separators of Unicode.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            yield _row(f"{path}, line {number}", line, fields)


def _row(where: str, line: str, fields: Sequence[str]) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise BadBenchmark(f"{where}: not JSON: {error}. Write one object a line.") from error
    missing = [field for field in fields if not isinstance(row, dict) or field not in row]
    if missing:
        raise BadBenchmark(f"{where}: no field {missing[0]!r}. See SOURCE.md of the folder.")
    return dict(row)


def _text(path: Path) -> str:
    try:
        read = path.read_bytes()
        return (gzip.decompress(read) if path.suffix == ".gz" else read).decode("utf-8")
    except FileNotFoundError as missing:
        raise BadBenchmark(f"{path} does not exist. Copy the whole folder.") from missing
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError) as broken:
        raise BadBenchmark(f"{path}: cannot be read: {broken}. Copy it again.") from broken


_BLANK = Study(
    doc_id="",
    short="",
    title="",
    authors=(),
    journal=None,
    year=None,
    volume=None,
    pages=None,
    doi=None,
    pmid=None,
    pmcid=None,
    nct=(),
    eudract=(),
    other_ids=(),
    kind="abstract",
    trial=None,
    design=None,
    phase=None,
    randomised=None,
    comparator=None,
    n=None,
    population="",
    age_group=(),
    line=(),
    follow_up=None,
    read="abstract",
    verified="",
    status="",
    links=(),
)

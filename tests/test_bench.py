"""This project beside its peers: measures, data, peers that are missing, both commands in small."""

import asyncio
import gzip
import json
import os
from collections.abc import Callable, Sequence
from io import StringIO
from math import log2
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from assistant.bench import build_rate, latency, retrieval, speed, start_up
from assistant.bench.cli import app
from assistant.bench.datasets import (
    Benchmark,
    Query,
    abstract,
    gold_folder,
    plain_text,
    read_benchmarks,
    read_pubmedqa,
    read_questions,
    read_scifact,
)
from assistant.bench.errors import BadBenchmark, MissingPeer, StartFailed
from assistant.bench.machine import setting
from assistant.bench.measures import in_top, ndcg, recall, reciprocal_rank
from assistant.bench.paperqa import AsksOurs
from assistant.bench.peers import need
from assistant.bench.report import as_plain, markdown, retrieval_grid, speed_grids
from assistant.bench.spread import Spread, percentiles
from assistant.settings import Settings
from index.documents import Document
from index.embedder import Embedder
from index.readers import read_corpus
from index.settings import IndexSettings

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
INVENTED = (
    abstract("1", "Quibrimab and fever", "Quibrimab lowered fever in infants."),
    abstract("2", "Placebolin and storage", "Placebolin needs cool storage. The label says so."),
    abstract("3", "Lighthouse", "The lighthouse has a blue lamp."),
)


# Measures, computed by hand.


def test_ndcg_of_right_documents_on_ranks_1_and_3_of_two() -> None:
    value = ndcg(["a", "x", "b"], {"a", "b"}, k=10)

    assert value == pytest.approx((1 + 1 / 2) / (1 + 1 / log2(3)))


@pytest.mark.parametrize(
    ("ranking", "right", "expected"),
    [
        (["a", "b"], {"a", "b"}, 1.0),
        (["b", "a"], {"a", "b"}, 1.0),
        (["x", "a"], {"a"}, 0.6309),
        (["x", "y"], {"a"}, 0.0),
        ([], {"a"}, 0.0),
        (["a"], set(), 0.0),
    ],
)
def test_ndcg_is_1_for_the_best_ranking_and_less_for_others(
    ranking: list[str], right: set[str], expected: float
) -> None:
    assert ndcg(ranking, right, k=10) == pytest.approx(expected, abs=1e-4)


def test_ndcg_can_be_1_with_more_right_documents_than_it_looks_at() -> None:
    assert ndcg(["a", "b"], {"a", "b", "c"}, k=2) == 1.0


def test_recall_is_the_share_of_the_right_documents_that_were_found() -> None:
    assert recall(["a", "x", "b", "c"], {"a", "b", "c", "d"}, k=3) == 0.5


@pytest.mark.parametrize(
    ("ranking", "expected"), [(["a"], 1.0), (["x", "y", "b"], 1 / 3), (["x", "y", "z", "a"], 0.0)]
)
def test_the_reciprocal_rank_is_that_of_the_first_right_document(
    ranking: list[str], expected: float
) -> None:
    assert reciprocal_rank(ranking, {"a", "b"}, k=3) == pytest.approx(expected)


def test_one_right_document_in_the_top_is_enough() -> None:
    assert [in_top(["x", "a", "b"], {"b"}, k) for k in (2, 3)] == [0.0, 1.0]


def test_a_spread_is_the_median_between_the_lowest_and_the_highest() -> None:
    spread = Spread.of([3.0, 1.0, 2.0])

    assert f"{spread:.1f}" == "2.0 (1.0–3.0)"


def test_percentiles_of_1_to_21_and_of_a_single_value() -> None:
    assert percentiles(range(1, 22)) == (11, 20)
    assert percentiles([7.0]) == (7.0, 7.0)


# Data.


def rows(*objects: dict[str, Any]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A folder in the form of the benchmark files, with invented abstracts."""
    folder = tmp_path / "bench"
    scifact = folder / "scifact"
    scifact.mkdir(parents=True)
    corpus = rows(
        {"doc_id": 11, "title": "Fever", "abstract": ["Quibrimab works.", "Line\u2028break."]},
        {"doc_id": 12, "title": "Storage", "abstract": ["Placebolin is blue."]},
        {"doc_id": 13, "title": "Lamps", "abstract": ["A lighthouse has one."]},
    )
    (scifact / "corpus.jsonl.gz").write_bytes(gzip.compress(corpus.encode()))
    queries = rows({"id": 1, "text": "Quibrimab works."}, {"id": 2, "text": "Not judged."})
    (scifact / "queries_dev.jsonl").write_text(queries, encoding="utf-8")
    judged = "query_id\tdoc_id\tscore\n1\t11\t1\n1\t12\t1\n1\t13\t0\n"
    (scifact / "qrels_dev.tsv").write_text(judged, encoding="utf-8")
    pubmedqa = folder / "pubmedqa"
    pubmedqa.mkdir()
    asked = rows(
        {"id": "p-1", "question": "Does quibrimab?", "contexts": ["Aim.", "Result."], "year": 2091},
        {"id": "p-2", "question": "Is it blue?", "contexts": ["It is."], "year": None},
    )
    (pubmedqa / "pqal.jsonl.gz").write_bytes(gzip.compress(asked.encode()))
    return folder


def write_gold(folder: Path) -> Path:
    folder.mkdir()
    questions = rows(
        {"id": "q1", "question": "Fever with quibrimab?", "cite_any": ["aldermann-2091"]},
        {"id": "q2", "question": "Who won?", "answerable": False},
        {"id": "q3", "question": "Both?", "cite_all": ["aldermann-2091", "brandvik-2093"]},
    )
    (folder / "questions.jsonl").write_text(questions, encoding="utf-8")
    return folder


def test_scifact_is_read_with_the_abstracts_that_were_cited(bench: Path) -> None:
    scifact = read_scifact(bench / "scifact")

    assert [one.doc_id for one in scifact.documents] == ["11", "12", "13"]
    assert plain_text(scifact.documents[0]) == "Fever\n\nQuibrimab works. Line\u2028break."
    assert scifact.queries == (Query("1", "Quibrimab works.", frozenset({"11", "12"})),)


def test_the_right_document_of_a_pubmedqa_question_is_its_own_abstract(bench: Path) -> None:
    pubmedqa = read_pubmedqa(bench / "pubmedqa")

    assert pubmedqa.documents[0].text == "Aim.\n\nResult."
    assert pubmedqa.queries[0] == Query("p-1", "Does quibrimab?", frozenset({"p-1"}))


def test_only_gold_questions_with_an_answer_are_searched(tmp_path: Path) -> None:
    corpus = Path(__file__).parent / "corpus"

    gold = read_questions(write_gold(tmp_path / "gold"), corpus)

    assert [query.query_id for query in gold.queries] == ["q1", "q3"]
    assert gold.queries[1].right == {"aldermann-2091", "brandvik-2093"}
    assert gold.documents == read_corpus(corpus).documents


def test_gold_questions_are_found_in_the_folder_or_beside_it(bench: Path, tmp_path: Path) -> None:
    before = gold_folder(bench)
    gold = write_gold(tmp_path / "gold")

    assert (before, gold_folder(bench), gold_folder(gold)) == (None, gold, gold)


def test_what_a_folder_does_not_hold_is_left_out(bench: Path, corpus_folder: Path) -> None:
    found = read_benchmarks(bench, corpus_folder)

    assert [benchmark.name for benchmark in found] == ["scifact", "pubmedqa"]


def test_a_folder_without_any_benchmark_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadBenchmark, match="neither scifact nor pubmedqa nor gold"):
        read_benchmarks(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("queries_dev.jsonl", b"{", r"queries_dev.jsonl, line 1: not JSON"),
        ("queries_dev.jsonl", b'{"id": 1}', r"queries_dev.jsonl, line 1: no field 'text'"),
        ("qrels_dev.tsv", b"head\n1 11 1", r"qrels_dev.tsv, line 2: '1 11 1' is not"),
        ("corpus.jsonl.gz", b"plain", r"corpus.jsonl.gz: cannot be read: .* Copy it again"),
        ("corpus.jsonl.gz", None, r"corpus.jsonl.gz does not exist. Copy the whole folder"),
    ],
)
def test_a_broken_file_is_one_line_with_its_place_and_cure(
    bench: Path, file: str, content: bytes | None, said: str
) -> None:
    path = bench / "scifact" / file
    path.unlink() if content is None else path.write_bytes(content)

    with pytest.raises(BadBenchmark, match=said):
        read_scifact(bench / "scifact")


def test_a_sample_keeps_the_right_documents_and_some_others(bench: Path) -> None:
    benchmark = read_pubmedqa(bench / "pubmedqa")

    sample = benchmark.sample(1)

    assert [query.query_id for query in sample.queries] == ["p-1"]
    assert {one.doc_id for one in sample.documents} == {"p-1", "p-2"}


@pytest.mark.skipif(not BENCH.is_dir(), reason="../shared/bench does not exist")
def test_the_real_files_hold_what_is_published_of_them() -> None:
    scifact = read_scifact(BENCH / "scifact")
    pubmedqa = read_pubmedqa(BENCH / "pubmedqa")

    sizes = [(len(one.documents), len(one.queries)) for one in (scifact, pubmedqa)]
    assert sizes == [(5183, 300), (1000, 1000)]
    assert sum(len(query.right) for query in scifact.queries) == 339


# Peers.


class ByWords:
    """Ranks documents by how many words they share with the query."""

    def __init__(self, name: str = "blincite", *, backwards: bool = False) -> None:
        self.name = name
        self._backwards = backwards

    def require(self) -> None:
        pass

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        assert folder.is_dir()
        self._words = {one.doc_id: set(plain_text(one).lower().split()) for one in documents}

    def rank(self, query: str, k: int) -> list[str]:
        asked = set(query.lower().split())
        shared = {doc_id: len(asked & words) for doc_id, words in self._words.items()}
        ranked = sorted(shared, key=lambda doc_id: -shared[doc_id])
        return (ranked[::-1] if self._backwards else ranked)[:k]

    def close(self) -> None:
        pass


class NotInstalled(ByWords):
    def require(self) -> None:
        need(self.name, "a_package_that_nobody_wrote")


def test_a_missing_peer_is_an_instruction_and_the_others_run() -> None:
    makers = [ByWords, lambda: NotInstalled("oracle")]

    ready, missing = retrieval.available(makers)

    assert [make().name for make in ready] == ["blincite"]
    assert missing["oracle"] == (
        "oracle: a_package_that_nobody_wrote is not installed. "
        "Install: pip install a_package_that_nobody_wrote"
    )


def test_every_missing_package_of_a_peer_is_in_one_command() -> None:
    with pytest.raises(MissingPeer, match=r"Install: pip install not_written never_written$"):
        need("oracle", "not_written", "bm25s", "never_written")


def test_every_installed_system_ranks_the_document_that_is_asked_for_first(
    tiny_embedder: str,
) -> None:
    asked = Query("q", "Does quibrimab lower fever in infants?", frozenset({"1"}))
    benchmark = Benchmark("pubmedqa", INVENTED, (asked,))
    ready, _ = retrieval.available(retrieval.systems(IndexSettings(embedder=tiny_embedder)))

    runs = retrieval.run_all(ready, [benchmark])

    assert {"blincite", "bm25s", "chroma"} <= {one.system for one in runs}
    assert {one.system: one.rankings[0][0] for one in runs} == {one.system: "1" for one in runs}


def test_paper_qa_embeds_questions_as_this_project_does(tiny_embedder: str) -> None:
    embedder = Embedder(tiny_embedder)

    vectors = asyncio.run(AsksOurs(embedder).embed_documents(["fever in infants"]))

    assert vectors == [embedder.embed_query("fever in infants").tolist()]


# blincite bench retrieval.


def retrieval_result() -> dict[str, Any]:
    asked = (Query("q1", "fever in infants", frozenset({"1"})),)
    benchmarks = [Benchmark(name, INVENTED, asked) for name in ("scifact", "pubmedqa", "gold")]
    makers: list[Callable[[], retrieval.System]] = [
        ByWords,
        lambda: ByWords("bm25s", backwards=True),
    ]
    found = retrieval.summary(retrieval.run_all(makers, benchmarks))
    return {**setting(), **found, "missing": {"txtai": "txtai: …"}, "load_at_end": 0.5}


def test_retrieval_gives_the_figures_of_each_system_and_the_ratios() -> None:
    found = json.loads(json.dumps(as_plain(retrieval_result())))

    own, peer = found["systems"]["blincite"], found["systems"]["bm25s"]
    assert (own["ndcg@10"], own["recall@20"], own["mrr@10"], own["gold_top5"]) == (1, 1, 1, 1)
    assert (peer["ndcg@10"], peer["mrr@10"]) == (0.5, pytest.approx(1 / 3))
    assert found["ratios"]["bm25s"]["mrr@10"] == pytest.approx(3)
    assert found["datasets"]["scifact"] == {"documents": 3, "queries": 1}


def test_a_result_says_when_and_on_what_it_was_measured() -> None:
    found = retrieval_result()

    assert found["date"].endswith("Z")
    assert found["machine"]["cores"] >= 1
    assert found["versions"]["chromadb"]


def test_the_table_of_retrieval_has_a_row_for_each_system() -> None:
    found = retrieval_result()

    page = markdown("Retrieval", found, [retrieval_grid(found)])

    assert "| BM25 (bm25s) | 0.500 (2.00 ×) | 1.000 (1.00 ×) | 0.333 (3.00 ×) |" in page
    assert "Left out: txtai: …" in page
    assert "Versions: python 3." in page


def test_a_ratio_to_a_peer_that_found_nothing_is_left_empty() -> None:
    found = {"blincite": {"ndcg@10": 0.7}, "bm25s": {"ndcg@10": 0.0}}

    assert retrieval.ratios(found) == {"bm25s": {"ndcg@10": None}}


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["retrieval", "--data", str(tmp_path / "none")])

    assert result.exit_code == 2
    assert "--data" in result.output


def test_a_report_needs_a_folder_before_anything_is_run(tmp_path: Path) -> None:
    report = tmp_path / "none" / "report.md"

    result = CliRunner().invoke(
        app, ["retrieval", "--data", str(tmp_path), "--report", str(report)], obj=Settings()
    )

    assert result.exit_code == 2


def test_speed_says_where_gold_questions_are_missing(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["speed", "--data", str(tmp_path)], obj=Settings())

    assert isinstance(result.exception, BadBenchmark)
    assert "no gold questions in it or beside it" in str(result.exception)


# blincite bench speed.

CHAT = r"""
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

CONFIG = {
    "components": [{"id": 7, "props": {"elem_id": "box"}}, {"id": 8, "props": {"value": "kept"}}],
    "dependencies": [
        {"id": 3, "targets": [[8, "click"]], "inputs": [8]},
        {"id": 5, "targets": [[7, "submit"]], "inputs": [7, 8]},
    ],
}
asked = []

class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(CONFIG) if self.path == "/config" else "page"
        if "queue/data" in self.path:
            right = asked and asked[0]["fn_index"] == 5 and asked[0]["data"] == ["Fever?", "kept"]
            done = {"msg": "process_completed", "success": bool(right)}
            body = 'data: {"msg": "process_starts"}\n\ndata: ' + json.dumps(done) + "\n\n"
        self.answer(body)

    def do_POST(self):
        asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.answer("{}")

    def answer(self, body):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass

HTTPServer(("127.0.0.1", int(sys.argv[-1])), Page).serve_forever()
"""


def slow_and_slower(
    _: IndexSettings, documents: Sequence[Document]
) -> tuple[dict[str, build_rate.Build], dict[str, str]]:
    assert documents
    built: list[Path] = []
    ways: dict[str, build_rate.Build] = {"blincite": built.append, "langchain": built.append}
    return ways, {"onnxruntime": "onnxruntime: runs the bundled embedder only."}


def test_speed_times_the_build_the_answers_and_the_start(settings: IndexSettings) -> None:
    extent = speed.Extent(rounds=1)

    found = speed.run(
        Settings(index=settings),
        ["Fever?"],
        extent,
        builds=slow_and_slower,
        chat=("-c", CHAT),
    )
    plain = json.loads(json.dumps(as_plain(found)))

    assert plain["build"]["ratios"]["langchain"]["median"] > 0
    assert plain["answer"]["asked_again"]["p50_ms"]["median"] > 0
    assert plain["start"]["first_page_s"]["median"] <= plain["start"]["first_answer_s"]["median"]
    assert [grid.title.split(":")[0] for grid in speed_grids(found)] == [
        "Build",
        "Answers",
        "Start of blincite chat",
    ]


def test_a_table_of_speed_can_be_drawn(settings: IndexSettings) -> None:
    seconds = {"blincite": [2.0, 2.0], "langchain": [6.0, 8.0]}
    rates = build_rate.summary(seconds, corpus_tokens=1000)
    starts = start_up.summary([start_up.Start(1.0, 2.0, None)])
    laps = [latency.Lap(10.0, dict.fromkeys((*latency.STAGES, latency.REST), 2.0))]
    found = {"build": rates, "answer": latency.summary([laps]), "start": starts}
    console = Console(file=StringIO(), width=120)

    for grid in speed_grids(found):
        console.print(grid.drawn())

    drawn = console.file.getvalue()  # type: ignore[attr-defined]
    assert "500 (500–500)" in drawn
    assert "3.50 (3.00–4.00)" in drawn
    assert "not known on this system" in drawn


def test_each_round_of_builds_starts_in_an_empty_folder() -> None:
    seen: list[tuple[str, list[Path]]] = []

    def way(name: str) -> build_rate.Build:
        def build(folder: Path) -> None:
            seen.append((name, list(folder.iterdir())))
            (folder / "left").touch()

        return build

    build_rate.time_builds({"a": way("a"), "b": way("b")}, rounds=2)

    assert seen == [("a", []), ("b", []), ("a", []), ("b", [])]


def test_the_bare_model_gives_the_vectors_of_the_build(tmp_path: Path) -> None:
    from index.embedder import Embedder
    from index.passages import passages_of, search_text
    from index.store import VectorStore

    build_rate.raw_session(INVENTED[:1], passage_size=700)(tmp_path)

    passage = passages_of(INVENTED[0], 700)[0]
    (vector,) = Embedder().embed_passages([search_text(INVENTED[0], passage)])
    ((found, cosine),) = VectorStore(tmp_path / "chroma").nearest(vector, 1)
    assert (found, cosine) == (passage.passage_id, pytest.approx(1, abs=1e-5))


def test_tokens_are_counted_beyond_what_the_model_reads() -> None:
    assert build_rate.count_tokens(["fever " * 600]) == 600


def test_what_no_stage_took_is_the_rest() -> None:
    watch = latency.Stopwatch()
    words: Any = latency.Timed("fever", "words", watch)

    class Asks:
        def ask(self, question: str) -> object:
            return words.upper() + question

    one = latency.lap(Asks(), watch, "?")

    assert one.stages["words"] > 0
    assert sum(one.stages.values()) == pytest.approx(one.whole)
    assert one.search == one.stages["words"]


def test_the_stages_of_the_real_assistant_are_timed(built: IndexSettings) -> None:
    watch = latency.Stopwatch()
    assistant = latency.timed_assistant(Settings(index=built), watch)

    one = latency.lap(assistant, watch, "What was survival with quibrimab in infants?")

    assert [stage for stage in latency.STAGES if one.stages[stage] <= 0] == []


def test_a_page_that_ends_at_once_is_said_with_its_last_words(settings: IndexSettings) -> None:
    broken = ("-c", "import sys; sys.exit('No index.')")

    with pytest.raises(StartFailed, match=r"ended with 1: No index\."):
        start_up.time_start(Settings(index=settings), "Fever?", broken)


def test_an_answer_that_failed_is_said(settings: IndexSettings) -> None:
    with pytest.raises(StartFailed, match="gave no answer"):
        start_up.time_start(Settings(index=settings), "Another question", ("-c", CHAT))


def test_the_peak_memory_of_this_program_is_read_where_there_is_proc() -> None:
    peak = start_up.peak_memory_mb(os.getpid())

    assert peak is None if not Path("/proc").is_dir() else peak and peak > 10


def test_the_processor_time_of_this_program_is_read_where_there_is_proc() -> None:
    before, spent = process_time(), start_up.cores_s(os.getpid())

    assert spent is None if not Path("/proc").is_dir() else spent is not None
    assert spent is None or spent == pytest.approx(before, abs=1.0)


def test_a_program_that_is_not_there_has_no_memory_and_no_time() -> None:
    assert start_up.peak_memory_mb(2**30) is None
    assert start_up.cores_s(2**30) is None


def test_a_sample_of_a_corpus_leaves_out_its_trials(settings: IndexSettings) -> None:
    with speed._sampled(Settings(index=settings), documents=1) as sampled:
        corpus = read_corpus(sampled.index.corpus)

    assert (len(corpus.documents), corpus.trials, corpus.problems) == (1, (), ())

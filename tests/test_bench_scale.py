"""Corpora of several sizes: how they are invented, measured, and shown."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_bench import CHAT
from typer.testing import CliRunner

from assistant.bench import plots, scale, start_up
from assistant.bench.cli import app
from assistant.bench.errors import MissingPeer
from assistant.bench.machine import setting
from assistant.bench.report import as_plain
from assistant.bench.scale_build import Built
from assistant.bench.scale_report import scale_grids
from assistant.bench.scale_search import Asked, Searched, Times
from assistant.bench.synthetic import COSINE, Inventor, around
from assistant.bench.written import write_report
from assistant.settings import Settings
from index.documents import Document
from index.readers import Corpus, read_corpus
from index.settings import IndexSettings

TINY = Path(__file__).parent / "corpus"


@pytest.fixture(scope="module")
def tiny() -> Corpus:
    return read_corpus(TINY)


def invented(corpus: Corpus, passages: int, seed: int = 0) -> list[Document]:
    inventor = Inventor(corpus.documents, passage_size=700, seed=seed)
    return [made.document for made in inventor.documents(passages)]


# Invented corpora.


def test_the_same_seed_invents_the_same_documents(tiny: Corpus) -> None:
    assert invented(tiny, 40) == invented(tiny, 40)
    assert invented(tiny, 40, seed=1) != invented(tiny, 40)


def test_a_larger_corpus_begins_with_the_smaller_one(tiny: Corpus) -> None:
    small = invented(tiny, 20)

    assert invented(tiny, 60)[: len(small)] == small


@pytest.mark.parametrize("passages", [1, 7, 100])
def test_whole_documents_are_invented_until_there_are_enough_passages(
    tiny: Corpus, passages: int
) -> None:
    made = list(Inventor(tiny.documents, passage_size=700).documents(passages))

    counts = [len(one.passages) for one in made]
    assert sum(counts[:-1]) < passages <= sum(counts)


def test_an_invented_document_has_the_structure_of_its_original(tiny: Corpus) -> None:
    first = invented(tiny, 1)[0]

    original = tiny.documents[0]
    assert [one.heading for one in first.sections] == [one.heading for one in original.sections]
    assert first.text.count("\n\n") == original.text.count("\n\n")
    assert first.text != original.text
    assert first.study.age_group == original.study.age_group


def test_every_invented_document_has_names_of_its_own(tiny: Corpus) -> None:
    studies = [document.study for document in invented(tiny, 200)]

    assert len({study.doc_id for study in studies}) == len(studies)
    assert len({study.nct for study in studies}) == len(studies)


def test_invented_documents_use_the_words_of_the_corpus(tiny: Corpus) -> None:
    known = set(" ".join(document.text for document in tiny.documents).split())

    words = " ".join(document.text for document in invented(tiny, 200)).split()
    plain = [word for word in words if word.isalpha() and word.islower()]
    assert sum(word in known for word in plain) / len(plain) > 0.95


def test_a_sampled_vector_is_a_unit_vector_as_near_as_a_neighbour() -> None:
    real = np.eye(3, 64, dtype=np.float32)

    sampled = around(real, seed=1)

    assert np.linalg.norm(sampled, axis=1) == pytest.approx(np.ones(3), abs=1e-5)
    assert (sampled * real).sum(axis=1) == pytest.approx(np.full(3, COSINE), abs=1e-5)
    assert sampled.tolist() == around(real, seed=1).tolist()


# Growth.


@pytest.mark.parametrize(
    ("values", "exponent"),
    [([1, 10, 100], 1.0), ([5, 5, 5], 0.0), ([1, 100, 10_000], 2.0), ([3, None, 30], 0.5)],
)
def test_growth_is_the_exponent_of_size(values: list[float | None], exponent: float) -> None:
    assert scale.growth([1000, 10_000, 100_000], values) == pytest.approx(exponent)


@pytest.mark.parametrize(("sizes", "values"), [([10], [1]), ([10, 100], [1, None])])
def test_one_size_shows_no_growth(sizes: list[int], values: list[float | None]) -> None:
    assert scale.growth(sizes, values) is None


def step(passages: int, milliseconds: float, page: start_up.Start | None = None) -> scale.Step:
    times = Times.of([Asked(milliseconds / 2, milliseconds, 2 * milliseconds)])
    parts = {"chroma": passages / 1000, "words": passages / 1000}
    built = Built(passages // 8, passages + 3, False, 2.0, passages / 1000, parts, None, 9.0)
    searched = Searched(2.0, times, times, times, 50.0, 400.0, ready_cores_s=3.0)
    return scale.Step(passages, built, searched, page)


def measured() -> dict[str, Any]:
    steps = [
        step(10_000, 100.0, start_up.Start(3.0, 4.0, 600.0, page_cores=2.5)),
        step(1_000_000, 150.0),
    ]
    found = scale.summary(steps, None)
    return {**setting(), **found, "sample": None, "load_at_end": 0.5}


def test_a_summary_sets_the_largest_corpus_against_10000_passages() -> None:
    found = measured()

    assert found["over_10k"]["first_p50_ms"] == pytest.approx(1.5)
    assert found["over_10k"]["disk_mb"] == pytest.approx(100)
    assert found["growth"]["store_s"] == pytest.approx(1)
    assert found["growth"]["build_peak_mb"] is None
    assert found["sizes"][0]["measured"]["first_cores_p50_ms"] == 200


def test_without_10000_passages_there_is_nothing_to_set_against() -> None:
    assert scale.summary([step(10, 1.0), step(20, 1.0)], None)["over_10k"] is None


def test_every_measure_has_a_row_of_the_table() -> None:
    page = "\n".join(grid.markdown() for grid in scale_grids(measured()))

    assert "| measure | 10,000 | 1,000,000 | growth | largest / 10,000 |" in page
    assert "| asked first, p50 ms | 100 | 150 | 0.09 | 1.50 |" in page
    assert "| memory of the build, MB | – | – | – | – |" in page
    assert "| 10,000 | 3.0 | 4.0 | 2.5 | – | 600 |" in page


# Reports.


def test_a_report_in_a_folder_has_a_picture_and_figures_beside_the_page(tmp_path: Path) -> None:
    found = measured()

    page = write_report(tmp_path / "new", "Scale", found, scale_grids(found), plots.plot_scale)

    assert page == tmp_path / "new" / "scale.md"
    assert "![Scale, as plots](scale.png)" in page.read_text(encoding="utf-8")
    assert page.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    figures = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    assert figures == json.loads(json.dumps(as_plain(found)))


def test_the_name_of_a_page_may_be_given(tmp_path: Path) -> None:
    found = measured()

    page = write_report(tmp_path / "mine.md", "Scale", found, [], plots.plot_scale)

    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine.json", "mine.md", "mine.png"]
    assert "](mine.png)" in page.read_text(encoding="utf-8")


def test_a_page_without_plots_says_what_to_install(tmp_path: Path) -> None:
    def cannot(_: Mapping[str, Any], __: Path) -> None:
        raise MissingPeer("plots: matplotlib is not installed. Install: pip install 'b'")

    page = write_report(tmp_path / "mine.md", "Scale", measured(), [], cannot)

    assert "Left out: plots: matplotlib is not installed." in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("sizes", ["0", "ten", "10,,20", "", "10.5"])
def test_sizes_are_numbers_with_commas_between(tmp_path: Path, sizes: str) -> None:
    arguments = ["scale", "--data", str(tmp_path), "--sizes", sizes]

    result = CliRunner().invoke(app, arguments, obj=Settings())

    assert result.exit_code == 2


def test_a_report_is_no_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    arguments = ["scale", "--data", str(tmp_path), "--report", str(tmp_path / "notes.txt")]

    result = CliRunner().invoke(app, arguments, obj=Settings())

    assert result.exit_code == 2
    assert "ends in" in result.output


# The whole, in small.


def test_two_sizes_are_built_and_searched_in_programs_of_their_own(
    settings: IndexSettings,
) -> None:
    found = scale.run(
        Settings(index=settings), ["Fever?"], [20, 60], embedded=20, chat=("-c", CHAT)
    )

    plain = json.loads(json.dumps(as_plain(found)))
    small, large = plain["sizes"]
    assert (small["built"]["sampled"], large["built"]["sampled"]) == (False, True)
    assert 20 <= small["built"]["passages"] < 60 <= large["built"]["passages"]
    assert small["searched"]["first"]["p50"] > 0
    assert small["page"]["page"] <= small["page"]["answer"]
    assert {"catalogue.sqlite", "chroma", "words"} <= set(large["built"]["megabytes"])
    assert plain["growth"]["disk_mb"] > 0
    assert not settings.folder.exists()

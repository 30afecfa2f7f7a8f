"""Corpus in, index out: once is enough, little changes little, and a killed build harms nothing."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import TINY_CORPUS

from assistant.assembly import assemble
from assistant.settings import Settings
from index.build import build_index, index_is_stale
from index.catalogue import Catalogue
from index.embedder import Embedder
from index.errors import IndexBusy, IndexProblem, NoIndex
from index.generations import current_generation
from index.lexical import WordIndex
from index.lock import writing
from index.manifest import Manifest
from index.passage_vectors import PassageVectors
from index.settings import IndexSettings
from index.store import VectorStore
from index.token_vectors import TokenVectors

Edit = Callable[[str, str, str], None]
LABEL = "label-2092-quibrimab.md"
PASSAGES = 19
"""Of tests/corpus: 7 of Aldermann, 6 of Brandvik, 3 of the label, 3 of the record."""


def catalogue_of(settings: IndexSettings) -> Catalogue:
    return Catalogue(current_generation(settings.folder) / "catalogue.sqlite")


def documents_of(settings: IndexSettings) -> list[str]:
    return [study.doc_id.split("-")[0] for study in catalogue_of(settings).studies()]


def passage_ids(settings: IndexSettings) -> list[str]:
    return [passage.passage_id for passage in catalogue_of(settings).passages()]


def disk(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with the time it was written and its bytes."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


# Building.


def test_a_build_embeds_every_passage(settings: IndexSettings) -> None:
    report = build_index(settings)

    assert (report.manifest.documents, report.manifest.passages) == (4, PASSAGES)
    assert (report.embedded, report.unchanged, report.problems) == (PASSAGES, False, ())


def test_every_part_of_an_index_holds_every_passage(built: IndexSettings) -> None:
    generation = current_generation(built.folder)
    store = VectorStore(generation / "chroma")

    words = WordIndex.load(generation / "words")

    assert list(words.passage_ids) == passage_ids(built)
    assert len(words.passage_ids) == store.count() == PASSAGES
    store.close()


def test_the_manifest_says_what_built_the_index(built: IndexSettings) -> None:
    manifest = Manifest.read(current_generation(built.folder))

    assert (manifest.embedder, manifest.embedder_sha256) == (built.embedder, None)
    assert (manifest.corpus_date, manifest.passage_size) == ("2026-01-31", 700)


def test_a_stored_vector_is_that_of_its_passage(built: IndexSettings) -> None:
    store = VectorStore(current_generation(built.folder) / "chroma")
    query = Embedder(built.embedder).embed_query("label storage dose of quibrimab")

    [(nearest, cosine)] = store.nearest(query, k=1)

    assert nearest.startswith("label-2092-quibrimab/")
    assert cosine == pytest.approx(
        max(float(vector @ query) for vector in catalogue_of(built).vectors().values()), abs=1e-5
    )
    store.close()


def test_progress_is_told_up_to_the_end(settings: IndexSettings) -> None:
    told: list[tuple[int, int]] = []

    build_index(settings, lambda done, total: told.append((done, total)))

    assert told[-1] == (PASSAGES, PASSAGES)


def test_a_broken_document_is_named_and_the_others_are_built(
    settings: IndexSettings, edit: Edit
) -> None:
    edit(LABEL, "kind: label", "kind: leaflet")

    report = build_index(settings)

    assert report.manifest.documents == 3
    assert [problem.split(":")[0] for problem in report.problems] == [LABEL]


def test_a_corpus_without_a_readable_document_is_refused_with_reasons(
    built: IndexSettings, corpus_folder: Path
) -> None:
    for path in corpus_folder.glob("*-*.md"):
        path.write_bytes(b"")

    with pytest.raises(IndexProblem, match=r"no document can be read\. aldermann.* is empty"):
        build_index(built)
    assert len(documents_of(built)) == 4


# Building twice is building once.


def test_a_second_build_changes_nothing_on_disk(built: IndexSettings) -> None:
    before = disk(built.folder)

    report = build_index(built)

    assert (report.embedded, report.unchanged) == (0, True)
    assert disk(built.folder) == before


def test_two_builds_in_two_folders_are_the_same_index(built: IndexSettings) -> None:
    other = replace(built, folder=built.folder.with_name("other"))

    report = build_index(other)

    manifest = Manifest.read(current_generation(built.folder))
    assert replace(report.manifest, built="") == replace(manifest, built="")
    assert passage_ids(other) == passage_ids(built)
    one, two = catalogue_of(built).vectors(), catalogue_of(other).vectors()
    assert {c: v.tobytes() for c, v in one.items()} == {c: v.tobytes() for c, v in two.items()}


def test_two_builds_in_two_folders_write_files_of_the_same_sizes(built: IndexSettings) -> None:
    other = replace(built, folder=built.folder.with_name("other"))
    build_index(other)

    one, two = (files_of(current_generation(folder)) for folder in (built.folder, other.folder))

    assert [(name, len(content)) for name, content in one] == [
        (name, len(content)) for name, content in two
    ]
    same = {name for name, _ in one if not name.startswith(("chroma", "manifest"))}
    assert [file for file in one if file[0] in same] == [file for file in two if file[0] in same]


def files_of(generation: Path) -> list[tuple[str, bytes]]:
    """Names and bytes, sorted; Chroma gives one of its folders a name of chance."""
    return sorted(
        (f"{path.parts[len(generation.parts)]}/{path.name}", path.read_bytes())
        for path in generation.rglob("*")
        if path.is_file()
    )


def test_the_bundled_embedder_builds_the_same_vectors_twice(settings: IndexSettings) -> None:
    one = replace(settings, embedder=None)
    two = replace(one, folder=one.folder.with_name("other"))
    build_index(one)
    build_index(two)

    first, second = catalogue_of(one).vectors(), catalogue_of(two).vectors()

    assert first.keys() == second.keys()
    assert np.array_equal([first[c] for c in first], [second[c] for c in first])


# Little changes little.


def test_a_changed_sentence_embeds_its_passage_only(built: IndexSettings, edit: Edit) -> None:
    edit(LABEL, "at most 10 days", "at most 11 days")

    report = build_index(built)

    assert (report.embedded, report.manifest.passages) == (1, PASSAGES)
    assert "at most 11 days" in catalogue_of(built).document("label-2092-quibrimab").text


def test_a_changed_title_embeds_the_passages_of_its_document_only(
    built: IndexSettings, edit: Edit
) -> None:
    edit(LABEL, "Quibrimab: dosing and storage", "Quibrimab: storage and dosing")

    assert build_index(built).embedded == 3


def test_a_changed_identifier_embeds_nothing(built: IndexSettings, edit: Edit) -> None:
    edit(LABEL, "pmid: null", 'pmid: "90000002"')

    report = build_index(built)

    assert (report.embedded, report.unchanged) == (0, False)
    assert catalogue_of(built).study("label-2092-quibrimab").pmid == "90000002"


def test_a_new_document_embeds_its_passages_only(
    settings: IndexSettings, corpus_folder: Path, tmp_path: Path
) -> None:
    (corpus_folder / LABEL).rename(tmp_path / LABEL)
    build_index(settings)
    (tmp_path / LABEL).rename(corpus_folder / LABEL)

    report = build_index(settings)

    assert report.embedded == 3
    assert documents_of(settings) == ["aldermann", "brandvik", "label", "registry"]


def test_a_removed_document_leaves_every_part_of_the_index(
    built: IndexSettings, corpus_folder: Path
) -> None:
    (corpus_folder / LABEL).unlink()

    report = build_index(built)

    generation = current_generation(built.folder)
    store = VectorStore(generation / "chroma")
    assert (report.embedded, report.manifest.documents) == (0, 3)
    assert documents_of(built) == ["aldermann", "brandvik", "registry"]
    assert store.count() == len(catalogue_of(built).vectors()) == PASSAGES - 3
    ids = WordIndex.load(generation / "words").passage_ids
    assert [passage_id for passage_id in ids if passage_id.startswith("label")] == []
    store.close()


def test_the_generation_before_serves_those_who_still_read_it(
    built: IndexSettings, edit: Edit
) -> None:
    reading = catalogue_of(built)
    edit(LABEL, "at most 10 days", "at most 11 days")

    build_index(built)

    assert "at most 10 days" in reading.document("label-2092-quibrimab").text


def test_only_two_generations_are_kept(built: IndexSettings, edit: Edit) -> None:
    for days in (10, 11, 12):
        edit(LABEL, f"at most {days} days", f"at most {days + 1} days")
        build_index(built)

    kept = sorted(path.name for path in built.folder.glob("generation-*"))

    assert kept == ["generation-3", "generation-4"]
    assert current_generation(built.folder).name == "generation-4"


# A build that is killed, and a second writer.

BUILD_AND_STAY = """
import sys, time
from pathlib import Path
from index.build import build_index
from index.settings import IndexSettings


def stay(done, total):
    print("embedded", done, flush=True)
    time.sleep(600)


corpus, folder, embedder = sys.argv[1:]
settings = IndexSettings(Path(corpus), Path(folder), embedder or None)
build_index(settings, stay)
"""


def test_a_killed_build_leaves_the_old_index_and_the_next_embeds_nothing_twice(
    built: IndexSettings, edit: Edit, python: Callable[..., "subprocess.Popen[str]"]
) -> None:
    edit(LABEL, "at most 10 days", "at most 11 days")
    process = python(BUILD_AND_STAY, built.corpus, built.folder, built.embedder)
    assert process.stdout is not None
    assert process.stdout.readline() == "embedded 1\n"
    with pytest.raises(IndexBusy, match=f"being built by process {process.pid} on "):
        build_index(built)
    process.kill()
    process.wait()

    left = [path.name for path in sorted(built.folder.glob("generation-*"))]
    served = catalogue_of(built).document("label-2092-quibrimab").text
    report = build_index(built)

    assert left == ["generation-1", "generation-2"]
    assert "at most 10 days" in served
    assert (report.embedded, report.unchanged) == (0, False)
    assert "at most 11 days" in catalogue_of(built).document("label-2092-quibrimab").text


def test_what_a_killed_build_left_is_cleared_away(built: IndexSettings, edit: Edit) -> None:
    shutil.copytree(built.folder / "generation-1", built.folder / "generation-2")
    (built.folder / "generation-2" / "manifest.json").unlink()
    (built.folder / "CURRENT.new").write_text("generation-2\n", encoding="utf-8")
    edit(LABEL, "at most 10 days", "at most 11 days")

    build_index(built)

    assert sorted(path.name for path in built.folder.iterdir() if path.name != "lock") == [
        "CURRENT",
        "generation-1",
        "generation-3",
    ]


def test_a_second_writer_is_refused_with_the_name_of_the_first(settings: IndexSettings) -> None:
    with (
        writing(settings.folder),
        pytest.raises(IndexBusy, match=f"being built by process {os.getpid()} on "),
    ):
        build_index(settings)


# An index that is not the one wanted.


def test_without_an_index_there_is_one_line_with_the_cure(settings: IndexSettings) -> None:
    with pytest.raises(NoIndex) as caught:
        current_generation(settings.folder)

    assert str(caught.value) == f"{settings.folder}: no index. Build it: blincite index build"


def test_a_fresh_index_is_not_stale(built: IndexSettings) -> None:
    assert not index_is_stale(built)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (LABEL, "at most 10 days", "at most 11 days"),
        (LABEL, "verified: high", "verified: low"),
        ("trials.yaml", "status: reported", "status: closed"),
        ("corpus.yaml", "2026-01-31", "2026-02-28"),
    ],
)
def test_an_index_is_stale_after_any_change_of_the_corpus(
    built: IndexSettings, edit: Edit, file: str, old: str, new: str
) -> None:
    edit(file, old, new)

    assert index_is_stale(built)
    assert not build_index(built).unchanged
    assert not index_is_stale(built)


def test_an_index_is_stale_when_passages_have_another_size(built: IndexSettings) -> None:
    assert index_is_stale(replace(built, passage_size=300))


def test_another_embedder_makes_every_vector_anew(
    built: IndexSettings, other_embedder: str
) -> None:
    other = replace(built, embedder=other_embedder)
    assert index_is_stale(other)

    report = build_index(other)

    assert report.embedded == PASSAGES
    assert report.manifest.embedder == other_embedder


def test_reading_with_another_embedder_is_one_line_with_the_cure(
    built: IndexSettings, other_embedder: str
) -> None:
    settings = Settings(index=replace(built, embedder=other_embedder))

    with pytest.raises(NoIndex) as caught:
        assemble(settings)

    line = str(caught.value)
    assert f"built with {built.embedder}, but {other_embedder} is set" in line
    assert line.endswith("Build it again: blincite index build")


def test_an_index_of_another_format_is_refused_and_can_be_built_anew(built: IndexSettings) -> None:
    generation = current_generation(built.folder)
    replace(Manifest.read(generation), format=0).write(generation)

    with pytest.raises(NoIndex, match=r"another version of Blincite.*: blincite index build$"):
        index_is_stale(built)
    assert build_index(built).embedded == PASSAGES
    assert not index_is_stale(built)


DAMAGE = {
    "no manifest": ("manifest.json", None),
    "cut manifest": ("manifest.json", b'{"format": 1'),
    "no catalogue": ("catalogue.sqlite", None),
    "overwritten catalogue": ("catalogue.sqlite", b"junk" * 1000),
    "no words": ("words", None),
    "cut words": ("words/vocab.index.json", b'{"a'),
    "fewer words": ("words/passage_ids.txt", b"one"),
}


@pytest.mark.parametrize(("part", "content"), DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_index_is_built_anew_by_the_next_build(
    built: IndexSettings, part: str, content: bytes | None
) -> None:
    damaged = current_generation(built.folder) / part
    shutil.rmtree(damaged) if damaged.is_dir() else damaged.unlink()
    if content is not None:
        damaged.write_bytes(content)

    report = build_index(built)

    assert (report.embedded, report.unchanged) == (PASSAGES, False)
    assert len(documents_of(built)) == 4


def test_vectors_of_all_passages_that_were_lost_are_stored_again(built: IndexSettings) -> None:
    (current_generation(built.folder) / "vectors.npy").unlink()

    report = build_index(built)

    assert (report.embedded, report.unchanged) == (0, False)
    assert len(PassageVectors.load(current_generation(built.folder))) == PASSAGES


def test_lost_vectors_are_stored_again_from_the_catalogue(built: IndexSettings) -> None:
    shutil.rmtree(current_generation(built.folder) / "chroma")

    report = build_index(built)

    store = VectorStore(current_generation(built.folder) / "chroma")
    assert (report.embedded, report.unchanged, store.count()) == (0, False, PASSAGES)
    store.close()


# Token vectors, which the bundled embedder gives.


@pytest.fixture(scope="module")
def with_tokens_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokens") / "index"
    build_index(IndexSettings(TINY_CORPUS, folder))
    return folder


@pytest.fixture
def with_tokens(settings: IndexSettings, with_tokens_once: Path) -> IndexSettings:
    """Settings over the copied corpus and a copy of its finished index with token vectors."""
    shutil.copytree(with_tokens_once, settings.folder)
    return replace(settings, embedder=None)


def tokens_of(settings: IndexSettings) -> TokenVectors:
    return TokenVectors.load(current_generation(settings.folder))


def test_every_passage_has_token_vectors(with_tokens: IndexSettings) -> None:
    tokens = tokens_of(with_tokens)

    assert len(tokens) == len(tokens.known()) == PASSAGES
    assert tokens.holders.max() == PASSAGES
    assert build_index(with_tokens).unchanged


def test_a_changed_sentence_has_the_tokens_of_its_passage_read_only(
    with_tokens: IndexSettings, edit: Edit
) -> None:
    before = dict(tokens_of(with_tokens))
    edit(LABEL, "at most 10 days", "at most 11 days")

    report = build_index(with_tokens)

    kept = {key: rows for key, rows in tokens_of(with_tokens) if key in before}
    assert (report.embedded, len(kept)) == (1, PASSAGES - 1)
    assert all(np.array_equal(rows, before[key]) for key, rows in kept.items())


def test_without_token_vectors_the_same_vectors_are_stored(with_tokens: IndexSettings) -> None:
    without = replace(with_tokens, token_vectors=False)
    vectors = catalogue_of(with_tokens).vectors()

    report = build_index(without)

    generation = current_generation(without.folder)
    assert (report.embedded, report.manifest.tokens_sha256) == (0, None)
    assert not (generation / "tokens").exists()
    stored = catalogue_of(without).vectors()
    assert {c: v.tobytes() for c, v in stored.items()} == {
        c: v.tobytes() for c, v in vectors.items()
    }


def test_token_vectors_can_be_had_later(with_tokens: IndexSettings) -> None:
    shutil.rmtree(with_tokens.folder)
    build_index(replace(with_tokens, token_vectors=False))

    report = build_index(with_tokens)

    assert report.embedded == len(tokens_of(with_tokens)) == PASSAGES


def test_token_vectors_that_were_lost_are_made_again(with_tokens: IndexSettings) -> None:
    shutil.rmtree(current_generation(with_tokens.folder) / "tokens")

    report = build_index(with_tokens)

    assert (report.embedded, report.unchanged) == (PASSAGES, False)
    assert len(tokens_of(with_tokens)) == PASSAGES


def test_what_a_killed_build_has_read_is_not_read_again(
    with_tokens: IndexSettings, edit: Edit, python: Callable[..., "subprocess.Popen[str]"]
) -> None:
    edit(LABEL, "at most 10 days", "at most 11 days")
    process = python(BUILD_AND_STAY, with_tokens.corpus, with_tokens.folder, "")
    assert process.stdout is not None
    told = process.stdout.readline()
    process.kill()
    process.wait()

    report = build_index(with_tokens)

    assert told == "embedded 1\n"
    assert (report.embedded, report.unchanged) == (0, False)
    assert len(tokens_of(with_tokens)) == PASSAGES


def test_an_embedder_without_tokens_builds_an_index_without_them(settings: IndexSettings) -> None:
    report = build_index(settings)

    assert settings.token_vectors
    assert report.manifest.tokens_sha256 is None
    assert not (current_generation(settings.folder) / "tokens").exists()
    assert build_index(settings).unchanged


@pytest.mark.parametrize("content", [b"", b"generation-9", b"\0\0\0\0", b"\xff\xfe"])
def test_a_damaged_pointer_is_an_error_and_cured_by_the_next_build(
    built: IndexSettings, content: bytes
) -> None:
    (built.folder / "CURRENT").write_bytes(content)

    with pytest.raises(NoIndex, match="blincite index build"):
        index_is_stale(built)
    assert not build_index(built).unchanged
    assert len(documents_of(built)) == 4

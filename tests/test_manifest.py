"""The manifest says what built an index; without it there is no index."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import NoIndex
from index.manifest import FORMAT, Manifest, corpus_sha256
from index.readers import read_corpus

MANIFEST = Manifest(
    format=FORMAT,
    corpus_sha256="c" * 64,
    corpus_date="2026-01-31",
    embedder="a model",
    embedder_sha256=None,
    terms_sha256="b" * 64,
    passage_size=700,
    documents=4,
    passages=19,
    tokens_sha256=None,
    built="2026-01-31T12:00:00Z",
)


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)

    assert Manifest.read(tmp_path) == MANIFEST


def test_without_a_manifest_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(NoIndex) as caught:
        Manifest.read(tmp_path)

    assert str(caught.value) == f"{tmp_path}: no index. Build it: blincite index build"


@pytest.mark.parametrize("other", [FORMAT - 1, FORMAT + 1])
def test_another_format_is_refused_with_the_cure(tmp_path: Path, other: int) -> None:
    replace(MANIFEST, format=other).write(tmp_path)

    with pytest.raises(NoIndex) as caught:
        Manifest.read(tmp_path)

    assert str(caught.value) == (
        f"{tmp_path}: the index was built by another version of Blincite. "
        "Build it again: blincite index build"
    )


@pytest.mark.parametrize("content", ["[]", "7", "{}", '"words"', "null"])
def test_json_that_is_no_manifest_is_refused_with_the_cure(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")

    with pytest.raises(NoIndex, match=r"another version of Blincite\. .* blincite index build$"):
        Manifest.read(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"format": ',
        b"\xff\xfe",
        b'{"format": %d}' % FORMAT,
        b'{"format": %d, "colour": "blue"}' % FORMAT,
    ],
)
def test_a_damaged_manifest_is_refused_with_the_cure(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)

    with pytest.raises(NoIndex) as caught:
        Manifest.read(tmp_path)

    cure = f"Remove {tmp_path} and build again: blincite index build"
    assert str(caught.value) == f"{tmp_path}/manifest.json: damaged. {cure}"


def test_the_hash_of_a_corpus_does_not_depend_on_the_order(corpus_folder: Path) -> None:
    corpus = read_corpus(corpus_folder)

    backwards = corpus_sha256(corpus.documents[::-1], corpus.trials[::-1])

    assert backwards == corpus_sha256(corpus.documents, corpus.trials)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("label-2092-quibrimab.md", "at most 10 days", "at most 11 days"),
        ("label-2092-quibrimab.md", "verified: high", "verified: low"),
        ("label-2092-quibrimab.md", "## Storage", "## Keeping"),
        ("trials.yaml", "LH-1", "LH-2"),
    ],
)
def test_the_hash_of_a_corpus_changes_with_each_word(
    corpus_folder: Path, file: str, old: str, new: str
) -> None:
    before = read_corpus(corpus_folder)
    path = corpus_folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    after = read_corpus(corpus_folder)

    assert corpus_sha256(after.documents, after.trials) != corpus_sha256(
        before.documents, before.trials
    )


def test_a_heading_that_becomes_a_paragraph_changes_the_hash(corpus_folder: Path) -> None:
    path = corpus_folder / "label-2092-quibrimab.md"
    content = path.read_text(encoding="utf-8")
    before = read_corpus(corpus_folder)
    path.write_text(content.replace("## Storage", "Storage"), encoding="utf-8")

    after = read_corpus(corpus_folder)

    assert after.documents[2].text == before.documents[2].text
    assert corpus_sha256(after.documents, ()) != corpus_sha256(before.documents, ())

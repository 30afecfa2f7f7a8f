"""Stand-ins: a tiny corpus, a tiny real embedder, and indexes built with them."""

import os

# Before anything is imported: the libraries read these once.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.assembly import Assembled, assemble
from assistant.settings import Settings
from index.build import build_index
from index.readers import Corpus, read_corpus
from index.settings import IndexSettings

PROJECT = Path(__file__).parent.parent
TINY_CORPUS = Path(__file__).parent / "corpus"
VOCABULARY = "quibrimab placebolin lighthouse infants adults blue fever efs os storage label dose"


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    """A copy of tests/corpus that a test may change."""
    return Path(shutil.copytree(TINY_CORPUS, tmp_path / "corpus"))


@pytest.fixture(scope="session")
def real_corpus() -> Corpus:
    """docs_corpus, as it is."""
    return read_corpus(PROJECT / "docs_corpus")


@pytest.fixture(scope="session")
def tiny_embedder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sentence-transformers model of 16 dimensions, saved to disk as any other would be."""
    return make_embedder(tmp_path_factory.mktemp("embedder"), seed=1)


@pytest.fixture(scope="session")
def other_embedder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Like ``tiny_embedder``, with other weights."""
    return make_embedder(tmp_path_factory.mktemp("embedder"), seed=2)


def make_embedder(folder: Path, seed: int) -> str:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer, normalizers, pre_tokenizers
    from tokenizers.models import WordLevel

    words = {word: number for number, word in enumerate(["[UNK]", *VOCABULARY.split()])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    weights = torch.randn(len(words), 16, generator=torch.Generator().manual_seed(seed))
    module = StaticEmbedding(tokenizer, embedding_weights=weights.numpy())
    SentenceTransformer(modules=[module], device="cpu").save(str(folder))
    return str(folder)


@pytest.fixture
def settings(corpus_folder: Path, tmp_path: Path, tiny_embedder: str) -> IndexSettings:
    """Settings over the copied corpus and an empty folder for the index."""
    folder = tmp_path / "index"
    return IndexSettings(corpus=corpus_folder, folder=folder, embedder=tiny_embedder)


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory, tiny_embedder: str) -> Path:
    """The folder of an index of tests/corpus; ``built`` gives each test its own copy."""
    folder = tmp_path_factory.mktemp("built") / "index"
    build_index(IndexSettings(TINY_CORPUS, folder, tiny_embedder))
    return folder


@pytest.fixture
def built(settings: IndexSettings, built_once: Path) -> IndexSettings:
    """Settings over the copied corpus and a copy of its finished index."""
    shutil.copytree(built_once, settings.folder)
    return settings


@pytest.fixture
def edit(corpus_folder: Path) -> Callable[[str, str, str], None]:
    """``edit(file, old, new)`` replaces the one place of a file of the copied corpus."""

    def replace_one(file: str, old: str, new: str) -> None:
        path = corpus_folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace_one


@pytest.fixture
def python() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """``python(code, *arguments)`` starts another Python on this project; ended with the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, **variables: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env={**os.environ, "PYTHONPATH": str(PROJECT), **variables},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> IndexSettings:
    """Settings over docs_corpus and its index, which is built once and not to be changed."""
    folder = tmp_path_factory.mktemp("real") / "index"
    settings = IndexSettings(corpus=PROJECT / "docs_corpus", folder=folder)
    build_index(settings)
    return settings


@pytest.fixture(scope="session")
def real(real_index: IndexSettings) -> Assembled:
    """The assistant that people use, over docs_corpus."""
    return assemble(Settings(index=real_index))

"""How fast an index is built, against the LangChain quickstart and the bare model.

All three end with vectors in a Chroma folder, and all three load their model anew. The peers are
given what they read: texts for the quickstart, token ids for the bare model; this project reads its
files within its time.
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.bench.errors import MissingPeer
from assistant.bench.machine import cores
from assistant.bench.peers import LangChainQuickstart
from assistant.bench.spread import Spread
from index.build import build_index
from index.documents import Document
from index.embedder import Embedder
from index.passages import passages_of, search_text
from index.settings import IndexSettings
from index.store import VectorStore
from index.weights import EMBEDDER, OnnxEncoder

Say = Callable[[str], None]
Build = Callable[[Path], object]
"""Builds an index in an empty folder."""
OWN, QUICKSTART, RAW = "blincite", "langchain", "onnxruntime"


def builds(
    settings: IndexSettings, documents: Sequence[Document]
) -> tuple[dict[str, Build], dict[str, str]]:
    """The ways to build an index of a corpus, and why others are left out.

    What they import is imported here, so that no round pays for it.
    """
    quickstart = LangChainQuickstart()
    ways: dict[str, Build] = {
        OWN: lambda folder: build_index(replace(settings, folder=folder / "index"))
    }
    missing: dict[str, str] = {}
    try:
        quickstart.require()
        ways[QUICKSTART] = lambda folder: _quickstart(documents, folder)
    except MissingPeer as reason:
        missing[QUICKSTART] = str(reason)
    if settings.embedder:
        missing[RAW] = f"{RAW}: runs the bundled embedder only. Unset BLINCITE_EMBEDDER."
    else:
        ways[RAW] = raw_session(documents, settings.passage_size)
    _warm_up(ways, settings, documents[0])
    return ways, missing


def time_builds(
    ways: Mapping[str, Build], rounds: int, say: Say = lambda _: None
) -> dict[str, list[float]]:
    """The seconds of each round of each way; they take turns, so that load falls on all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1, rounds + 1):
        for name, build in ways.items():
            seconds[name].append(_seconds(build))
            say(f"build {number} of {rounds}, {name}: {seconds[name][-1]:.1f} s")
    return seconds


def summary(seconds: Mapping[str, Sequence[float]], corpus_tokens: int) -> dict[str, Any]:
    """Rates in tokens of the corpus a second, and how many times the rate of each peer ours is."""
    return {
        "corpus_tokens": corpus_tokens,
        "systems": {
            name: {
                "seconds": Spread.of(rounds),
                "tokens_per_s": Spread.of([corpus_tokens / one for one in rounds]),
            }
            for name, rounds in seconds.items()
        },
        "ratios": {
            name: Spread.of([peer / own for peer, own in zip(rounds, seconds[OWN], strict=True)])
            for name, rounds in seconds.items()
            if name != OWN
        },
    }


def count_tokens(texts: Sequence[str]) -> int:
    """As the tokenizer of bge-small counts, without cutting long texts."""
    tokenizer = OnnxEncoder(EMBEDDER).tokenizer
    tokenizer.no_truncation()
    encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return sum(len(one.ids) for one in encoded)


def raw_session(documents: Sequence[Document], passage_size: int) -> Build:
    """The bare model over the very tokens that our build embeds, on every core."""
    passages = [(d, p) for d in documents for p in passages_of(d, passage_size)]
    texts = [search_text(document, passage) for document, passage in passages]
    rows = OnnxEncoder(EMBEDDER).tokenize(texts)

    def build(folder: Path) -> None:
        session = OnnxEncoder(EMBEDDER).session
        with ThreadPoolExecutor(cores()) as pool:
            vectors = np.stack(list(pool.map(lambda row: _vector(session, row), rows)))
        store = VectorStore(folder / "chroma")
        store.add([p for _, p in passages], [d.study for d, _ in passages], vectors)
        store.close()

    return build


def _warm_up(ways: Mapping[str, Build], settings: IndexSettings, first: Document) -> None:
    """Run the libraries of every way once, over one short text."""
    with TemporaryDirectory(prefix="blincite-bench-") as folder:
        if QUICKSTART in ways:
            _quickstart([first], Path(folder))
        store = VectorStore(Path(folder) / "chroma")
        passages = passages_of(first, settings.passage_size)[:1]
        vectors = Embedder(settings.embedder).embed_passages(["fever"])
        store.add(passages, [first.study], vectors)
        store.close()


def _seconds(build: Build) -> float:
    with TemporaryDirectory(prefix="blincite-bench-") as folder:
        start = perf_counter()
        build(Path(folder))
        return perf_counter() - start


def _quickstart(documents: Sequence[Document], folder: Path) -> None:
    quickstart = LangChainQuickstart()
    quickstart.build(documents, folder)
    quickstart.close()


def _vector(session: Any, row: Any) -> NDArray[np.float32]:
    """One unit vector; one text a call is the fastest way measured, see ``OnnxEncoder``."""
    feed = {
        "input_ids": np.array([row.ids], dtype=np.int64),
        "attention_mask": np.array([row.attention_mask], dtype=np.int64),
        "token_type_ids": np.array([row.type_ids], dtype=np.int64),
    }
    first: NDArray[np.float32] = session.run(None, feed)[0][0][0]
    unit: NDArray[np.float32] = first / np.linalg.norm(first)
    return unit

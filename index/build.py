"""Corpus in, index out.

An index is a folder of generations. A build fills a fresh one and then names it in the file
``CURRENT``, in one step: a build that is killed leaves the index as it was. The generation before
is kept until the next build, for those who still read it.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.catalogue import Catalogue
from index.documents import Document
from index.embedder import Embedder
from index.errors import IndexProblem, NoIndex
from index.lexical import WordIndex
from index.lock import writing
from index.manifest import FORMAT, Manifest, corpus_sha256
from index.passages import Passage, passages_of, search_text
from index.readers import Corpus, read_corpus
from index.settings import IndexSettings
from index.store import VectorStore
from index.terms import terms_sha256

Progress = Callable[[int, int], None]
"""Called with how many passages are embedded, and how many have to be."""
EMBED_BATCH = 64


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``embedded`` counts passages whose vector had to be made."""

    manifest: Manifest
    problems: tuple[str, ...]
    embedded: int
    unchanged: bool


def build_index(settings: IndexSettings, progress: Progress = lambda *_: None) -> BuildReport:
    """Build the index of a corpus, unless the one that is there is already that of this corpus."""
    corpus = read_corpus(settings.corpus)
    if not corpus.documents:
        reasons = " ".join(corpus.problems[:3])
        raise IndexProblem(f"{settings.corpus}: no document can be read. {reasons}".strip())
    embedder = Embedder(settings.embedder)
    with writing(settings.folder):
        manifest = _manifest(settings, corpus, embedder)
        before = _current_or_none(settings.folder)
        if before and _same(Manifest.read(before), manifest):
            return BuildReport(Manifest.read(before), corpus.problems, 0, unchanged=True)
        return _build(settings, corpus, embedder, manifest, before, progress)


def current_generation(folder: Path) -> Path:
    """The folder of the index in use; NoIndex where none was built."""
    pointer = folder / "CURRENT"
    name = pointer.read_text(encoding="utf-8", errors="replace") if pointer.is_file() else ""
    if not re.fullmatch(r"generation-\d+\n?", name):
        raise NoIndex(f"{folder}: no index. Build it: blincite index build")
    return folder / name.strip()


def index_is_stale(settings: IndexSettings) -> bool:
    """Whether the corpus, or the embedder, is no longer the one that was indexed."""
    manifest = Manifest.read(current_generation(settings.folder))
    corpus = read_corpus(settings.corpus)
    return not _same(manifest, _manifest(settings, corpus, Embedder(settings.embedder)))


def _build(
    settings: IndexSettings,
    corpus: Corpus,
    embedder: Embedder,
    manifest: Manifest,
    before: Path | None,
    progress: Progress,
) -> BuildReport:
    generation = settings.folder / f"generation-{_next_number(settings.folder)}"
    generation.mkdir(parents=True)
    known = _known_vectors(before, embedder)
    documents = {document.doc_id: document for document in corpus.documents}
    passages = [p for d in corpus.documents for p in passages_of(d, settings.passage_size)]
    texts = [search_text(documents[passage.doc_id], passage) for passage in passages]
    hashes = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    missing = {h: text for h, text in zip(hashes, texts, strict=True) if h not in known}
    known |= _embed(embedder, missing, progress)
    vectors = np.stack([known[h] for h in hashes])
    _write(generation, corpus, passages, vectors, texts, {h: known[h] for h in hashes})
    manifest.write(generation)
    _swap_in(settings.folder, generation, before)
    return BuildReport(manifest, corpus.problems, len(missing), unchanged=False)


def _embed(
    embedder: Embedder, missing: dict[str, str], progress: Progress
) -> dict[str, NDArray[np.float32]]:
    made: dict[str, NDArray[np.float32]] = {}
    hashes = sorted(missing, key=lambda h: (len(missing[h]), h))
    for start in range(0, len(hashes), EMBED_BATCH):
        batch = hashes[start : start + EMBED_BATCH]
        made |= zip(batch, embedder.embed_passages([missing[h] for h in batch]), strict=True)
        progress(len(made), len(hashes))
    return made


def _write(
    generation: Path,
    corpus: Corpus,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32],
    texts: Sequence[str],
    by_content: dict[str, NDArray[np.float32]],
) -> None:
    studies = {document.doc_id: document.study for document in corpus.documents}
    catalogue = Catalogue(generation / "catalogue.sqlite")
    catalogue.write(corpus.documents, passages, corpus.trials, by_content)
    catalogue.close()
    WordIndex.build([p.passage_id for p in passages], texts).save(generation / "words")
    store = VectorStore(generation / "chroma")
    store.add(passages, [studies[p.doc_id] for p in passages], vectors)
    store.close()


def _manifest(settings: IndexSettings, corpus: Corpus, embedder: Embedder) -> Manifest:
    return Manifest(
        format=FORMAT,
        corpus_sha256=corpus_sha256(corpus.documents, corpus.trials),
        corpus_date=corpus.date,
        embedder=embedder.name,
        embedder_sha256=embedder.sha256,
        terms_sha256=terms_sha256(),
        passage_size=settings.passage_size,
        documents=len(corpus.documents),
        passages=sum(_passage_count(d, settings.passage_size) for d in corpus.documents),
        built=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _passage_count(document: Document, size: int) -> int:
    return len(passages_of(document, size))


def _same(one: Manifest, other: Manifest) -> bool:
    """Whether two manifests describe the same index, whenever it was built."""
    fields = (field for field in Manifest.__dataclass_fields__ if field != "built")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _current_or_none(folder: Path) -> Path | None:
    """The index in use, where every part of it can be read."""
    try:
        generation = current_generation(folder)
        manifest = Manifest.read(generation)
        held = _held(generation)
    except NoIndex:
        return None
    return generation if held == (manifest.documents, manifest.passages) else None


def _held(generation: Path) -> tuple[int, int]:
    """How many documents and passages lie there; NoIndex where a part is missing or damaged."""
    VectorStore(generation / "chroma").check()
    words = WordIndex.load(generation / "words")
    catalogue = Catalogue(generation / "catalogue.sqlite")
    documents = catalogue.count()
    catalogue.close()
    return documents, len(words.passage_ids)


def _known_vectors(before: Path | None, embedder: Embedder) -> dict[str, NDArray[np.float32]]:
    """The vectors of the index before, where the same model made them."""
    if before is None:
        return {}
    manifest = Manifest.read(before)
    if (manifest.embedder, manifest.embedder_sha256) != (embedder.name, embedder.sha256):
        return {}
    catalogue = Catalogue(before / "catalogue.sqlite")
    vectors = catalogue.vectors()
    catalogue.close()
    return vectors


def _next_number(folder: Path) -> int:
    numbers = [int(path.name.split("-")[1]) for path in folder.glob("generation-*")]
    return max(numbers, default=0) + 1


def _swap_in(folder: Path, generation: Path, before: Path | None) -> None:
    fresh = folder / "CURRENT.new"
    fresh.write_text(generation.name + "\n", encoding="utf-8")
    os.replace(fresh, folder / "CURRENT")
    for path in folder.glob("generation-*"):
        if path not in (generation, before):
            shutil.rmtree(path)

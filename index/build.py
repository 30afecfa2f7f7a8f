"""Corpus in, index out: building twice is building once, wherever the work is done."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path

import numpy as np

from index import passage_vectors
from index.catalogue import Catalogue
from index.embedder import Embedder
from index.errors import IndexProblem, NoIndex
from index.generations import begin, current_generation, open_store, swap_in
from index.lexical import WordIndex
from index.lock import writing
from index.made import Made
from index.manifest import FORMAT, UNFINISHED, Manifest, corpus_sha256
from index.passage_vectors import PassageVectors
from index.passages import passages_of
from index.readers import Corpus, corpus_files, corpus_of, read_corpus
from index.settings import IndexSettings
from index.shards import Plan, Shard, Vectors
from index.store import ServerStore, Target, VectorStore
from index.terms import terms_sha256
from index.token_build import TokenBuild
from index.token_vectors import TokenVectors
from index.vocabulary import write_vocabulary
from index.worker import Embedded, Hands, OwnHands

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded, and how many have to be."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``embedded`` counts passages whose vector had to be made."""

    manifest: Manifest
    problems: tuple[str, ...]
    embedded: int
    unchanged: bool


def build_index(
    settings: IndexSettings, progress: Progress = lambda *_: None, hands: Hands | None = None
) -> BuildReport:
    """Build the index of a corpus, unless the one that is there is already that of this corpus.

    ``hands`` do the reading and embedding; None is this process alone.
    """
    hands = hands or OwnHands(Embedder(settings.embedder))
    files = [path.absolute() for path in corpus_files(settings.corpus)]
    corpus = corpus_of(settings.corpus, files, hands.read(files))
    return build_corpus(settings, corpus, progress, hands)


def build_corpus(
    settings: IndexSettings,
    corpus: Corpus,
    progress: Progress = lambda *_: None,
    hands: Hands | None = None,
) -> BuildReport:
    """As ``build_index``, of a corpus that was read already; its folder need not exist."""
    if not corpus.documents:
        reasons = " ".join(corpus.problems[:3])
        raise IndexProblem(f"{settings.corpus}: no document can be read. {reasons}".strip())
    hands = hands or OwnHands(Embedder(settings.embedder))
    with writing(settings.folder):
        plan = Plan.of(corpus.documents, settings.passage_size)
        manifest = _manifest(settings, corpus, len(plan.passages))
        before = _readable_generation(settings.folder)
        if before and _is_that_of(settings, before, manifest):
            return BuildReport(Manifest.read(before), corpus.problems, 0, unchanged=True)
        return _Build(settings, corpus, plan, progress, hands).run(manifest, before)


def index_is_stale(settings: IndexSettings) -> bool:
    """Whether the corpus, or the embedder, is no longer the one that was indexed."""
    manifest = Manifest.read(current_generation(settings.folder))
    corpus = read_corpus(settings.corpus)
    passages = sum(len(passages_of(d, settings.passage_size)) for d in corpus.documents)
    return not manifest.same_content(_manifest(settings, corpus, passages))


@dataclass(frozen=True, slots=True)
class _Build:
    """One build, under the lock."""

    settings: IndexSettings
    corpus: Corpus
    plan: Plan
    progress: Progress
    hands: Hands

    def run(self, manifest: Manifest, before: Path | None) -> BuildReport:
        embedder = Embedder(self.settings.embedder)
        made = Made(self._made, f"{embedder.name} {embedder.sha256}")
        generation, manifest, begun = begin(self.settings, manifest)
        target = _target(self.settings, manifest)
        tokens = TokenBuild.of(manifest.tokens_sha256, embedder, self._made, before)
        known = _with_tokens(_known_vectors(before, embedder) | dict(made), tokens)
        if target:
            _store_known(ServerStore(target), self.plan, known, begun=begun)
        with ThreadPoolExecutor(1) as beside:
            # Words are counted while the model, which leaves Python's lock alone, embeds.
            words = beside.submit(WordIndex.build, self._ids, self.plan.texts)
            shards = self.plan.shards(known, tokens=tokens is not None)
            embedded = sum(len(shard.texts) for shard in shards)
            self._tell(self._embed(shards, target, _Kept(known, made, tokens)), embedded)
            words.result().save(generation / "words")
        self._write(generation, {content: known[content] for content in self.plan.contents})
        if tokens:
            tokens.write(generation, self.plan.contents, self.plan.texts)
        _finish(self.settings, generation, manifest, before)
        made.clear()
        return BuildReport(manifest, self.corpus.problems, embedded, unchanged=False)

    @property
    def _made(self) -> Path:
        return self.settings.folder / "made"

    def _embed(
        self, shards: Sequence[Shard], target: Target | None, kept: "_Kept"
    ) -> Iterator[int]:
        """Embed and keep; tells how many texts each shard had that is done."""
        for embedded in self.hands.embed(shards, target):
            kept.add(embedded)
            yield len(embedded.vectors)

    def _tell(self, steps: Iterable[int], total: int) -> None:
        for done in accumulate(steps):
            self.progress(done, total)

    def _write(self, generation: Path, vectors: Vectors) -> None:
        write_vocabulary(generation, self.corpus)
        catalogue = Catalogue(generation / "catalogue.sqlite")
        catalogue.write(self.corpus.documents, self.plan.passages, self.corpus.trials, vectors)
        catalogue.close()
        in_order = (vectors[content] for content in self.plan.contents)
        passage_vectors.write(generation, in_order, len(self.plan.contents))
        if self.settings.chroma is None:
            store = VectorStore(generation / "chroma")
            rows = np.stack([vectors[content] for content in self.plan.contents])
            store.upsert(self._ids, [row.metadata for row in self.plan.rows], rows)
            store.close()

    @property
    def _ids(self) -> list[str]:
        return [passage.passage_id for passage in self.plan.passages]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is embedded so far: vectors in memory, and all on disk until the build ends."""

    vectors: Vectors
    made: Made
    tokens: TokenBuild | None

    def add(self, embedded: Embedded) -> None:
        if self.tokens:
            self.tokens.save(embedded.tokens)
        self.made.save(embedded.vectors)
        self.vectors.update(embedded.vectors)


def _with_tokens(vectors: Vectors, tokens: TokenBuild | None) -> Vectors:
    """Those of texts that have token vectors, where these are wanted."""
    if tokens is None:
        return vectors
    known = tokens.known()
    return {content: vector for content, vector in vectors.items() if content in known}


def _manifest(settings: IndexSettings, corpus: Corpus, passages: int) -> Manifest:
    embedder = Embedder(settings.embedder)
    return Manifest(
        format=FORMAT,
        corpus_sha256=corpus_sha256(corpus.documents, corpus.trials),
        corpus_date=corpus.date,
        embedder=embedder.name,
        embedder_sha256=embedder.sha256,
        terms_sha256=terms_sha256(),
        passage_size=settings.passage_size,
        documents=len(corpus.documents),
        passages=passages,
        tokens_sha256=embedder.tokens_sha256 if settings.token_vectors else None,
        built=_now(),
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _readable_generation(folder: Path) -> Path | None:
    """The index in use, where all can be read that a build takes over from it."""
    try:
        generation = current_generation(folder)
        manifest = Manifest.read(generation)
        words = WordIndex.load(generation / "words")
        catalogue = Catalogue(generation / "catalogue.sqlite")
        held = (catalogue.count(), len(words.passage_ids))
        catalogue.close()
    except NoIndex:
        return None
    return generation if held == (manifest.documents, manifest.passages) else None


def _is_that_of(settings: IndexSettings, generation: Path, manifest: Manifest) -> bool:
    """Whether a generation is the index of a corpus, with its vectors where they should be."""
    if not Manifest.read(generation).same_content(manifest):
        return False
    try:
        store = open_store(settings, generation)
        store.check()
        PassageVectors.load(generation)
        if manifest.tokens_sha256:
            TokenVectors.load(generation)
    except NoIndex:
        return False
    return not isinstance(store, ServerStore) or store.count() == manifest.passages


def _known_vectors(before: Path | None, embedder: Embedder) -> Vectors:
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


def _target(settings: IndexSettings, manifest: Manifest) -> Target | None:
    if settings.chroma is None or manifest.collection is None:
        return None
    return Target(settings.chroma, manifest.collection)


def _store_known(store: ServerStore, plan: Plan, known: Vectors, *, begun: bool) -> None:
    """Store the passages whose vectors need not be made, unless a killed build has done so."""
    if not begun:
        store.remove()
    numbers = [n for n, content in enumerate(plan.contents) if content in known]
    stored = store.stored([plan.rows[n].passage_id for n in numbers])
    numbers = [n for n in numbers if plan.rows[n].passage_id not in stored]
    if numbers:
        store.upsert(
            [plan.rows[n].passage_id for n in numbers],
            [plan.rows[n].metadata for n in numbers],
            np.stack([known[plan.contents[n]] for n in numbers]),
        )


def _finish(
    settings: IndexSettings, generation: Path, manifest: Manifest, before: Path | None
) -> None:
    """Name the generation as the one in use, once it is whole."""
    target = _target(settings, manifest)
    if target and (held := ServerStore(target).count()) != manifest.passages:
        raise IndexProblem(
            f"{target.address}: {target.collection} holds {held} passages of {manifest.passages}. "
            "Build again: blincite index build"
        )
    replace(manifest, built=_now()).write(generation)
    (generation / UNFINISHED).unlink()
    swap_in(settings, generation, before)

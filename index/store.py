"""Vectors on disk, in Chroma."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.documents import Study
from index.errors import damaged
from index.passages import Passage

if TYPE_CHECKING:
    from langchain_chroma import Chroma

COLLECTION = "passages"
BATCH = 2000


class VectorStore:
    """The vectors of all passages, with what a search may be filtered by."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def chroma(self) -> "Chroma":
        """The LangChain vector store over embedded Chroma; vectors are given, never made here."""
        import chromadb
        from chromadb.config import Settings
        from langchain_chroma import Chroma

        settings = Settings(anonymized_telemetry=False, is_persistent=True)
        client = chromadb.PersistentClient(str(self.folder), settings=settings)
        return Chroma(
            collection_name=COLLECTION,
            client=client,
            collection_configuration={"hnsw": {"space": "ip", "ef_search": 200}},
        )

    def add(
        self,
        passages: Sequence[Passage],
        studies: Sequence[Study],
        vectors: NDArray[np.float32],
    ) -> None:
        """Store passages with their unit vectors (passages × dimensions); ids are replaced."""
        collection = self.chroma._collection  # noqa: SLF001  # LangChain has no way to hand vectors in
        for start in range(0, len(passages), BATCH):
            rows = slice(start, start + BATCH)
            collection.upsert(
                ids=[passage.passage_id for passage in passages[rows]],
                embeddings=vectors[rows],
                metadatas=[
                    _metadata(passage, study)
                    for passage, study in zip(passages[rows], studies[rows], strict=True)
                ],
            )

    def nearest(
        self, vector: NDArray[np.float32], k: int, where: dict[str, Any] | None = None
    ) -> list[tuple[str, float]]:
        """The ids of the ``k`` nearest passages with their cosine, nearest first."""
        from chromadb.errors import InternalError

        self.check()
        try:
            found = self.chroma._collection.query(  # noqa: SLF001  # LangChain gives no ids with scores
                query_embeddings=[vector.tolist()], n_results=k, where=where, include=["distances"]
            )
        except InternalError as broken:
            raise damaged(self.folder) from broken
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [(one, 1.0 - distance) for one, distance in zip(ids, distances, strict=True)]

    def check(self) -> None:
        """NoIndex where nothing was stored: to open an empty folder would make an empty store."""
        if not (self.folder / "chroma.sqlite3").is_file():
            raise damaged(self.folder)

    def count(self) -> int:
        return int(self.chroma._collection.count())  # noqa: SLF001

    def close(self) -> None:
        """Let go of the files, so that the folder can be renamed or removed."""
        client = self.chroma._client  # noqa: SLF001
        client.close()


def _metadata(passage: Passage, study: Study) -> dict[str, str | int | bool]:
    """What ``where`` may ask for. Age groups are flags: Chroma filters on single values."""
    metadata: dict[str, str | int | bool] = {"doc_id": study.doc_id, "kind": study.kind}
    metadata |= {f"age {group}": True for group in study.age_group}
    if study.year is not None:
        metadata["year"] = study.year
    if study.randomised is not None:
        metadata["randomised"] = study.randomised
    return metadata

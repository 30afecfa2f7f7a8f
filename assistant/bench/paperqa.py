"""The retrieval of paper-qa over plain texts, with the embedder of this project."""

import asyncio
import os
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from assistant.bench.datasets import plain_text
from assistant.bench.own import DEPTH, embed_sorted, first_of_each
from assistant.bench.peers import need
from index.documents import Document
from index.embedder import Embedder

CHUNK, OVERLAP = 5000, 250
"""Characters; the defaults of paper-qa."""


class PaperQa:
    """What paper-qa looks up before its language model reads: its chunks, vector store and MMR.

    Its own embedders are models of a service or from the net. Its chunks are cut by characters: its
    default counts the tokens of a service, whose list it would have to fetch.
    """

    name = "paperqa"

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def require(self) -> None:
        # Otherwise a library of paper-qa asks the net for prices as soon as it is imported.
        os.environ.setdefault("LITELLM_LOCAL_MODEL_COST_MAP", "True")
        need(self.name, "paperqa")

    def build(self, documents: Sequence[Document], folder: Path) -> None:
        paperqa = import_module("paperqa")
        self._settings = paperqa.Settings()
        self._docs = paperqa.Docs()
        chunks = [_chunks(document) for document in documents]
        texts = [text.text for one in chunks for text in one]
        vectors = iter(embed_sorted(self._embedder, texts).tolist())
        for one in chunks:
            for text in one:
                text.embedding = next(vectors)
            asyncio.run(self._docs.aadd_texts(one, one[0].doc, self._settings, self._asked))

    def rank(self, query: str, k: int) -> list[str]:
        found = asyncio.run(self._docs.retrieve_texts(query, DEPTH, self._settings, self._asked))
        return first_of_each((text.doc.dockey for text in found), k)

    def close(self) -> None:
        """Nothing is open."""

    @property
    def _asked(self) -> "AsksOurs":
        return AsksOurs(self._embedder)


class AsksOurs:
    """Our embedder behind the methods that the vector store of paper-qa calls for a query."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def set_mode(self, mode: object) -> None:
        """Only queries are embedded here: the chunks come with their vectors."""

    async def embed_documents(self, texts: Sequence[str]) -> list[list[float]]:
        return [self._embedder.embed_query(text).tolist() for text in texts]


def _chunks(document: Document) -> list[Any]:
    types, readers = import_module("paperqa.types"), import_module("paperqa.readers")
    name = document.doc_id
    text = plain_text(document)
    measured = types.ParsedMetadata(parsing_libraries=[], total_parsed_text_length=len(text))
    parsed = types.ParsedText(content=text, metadata=measured)
    doc = types.Doc(docname=name, dockey=name, citation=name)
    chunks: list[Any] = readers.chunk_text(parsed, doc, CHUNK, OVERLAP, use_tiktoken=False)
    return chunks

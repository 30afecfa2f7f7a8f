"""Find the main directions of token vectors, which the index keeps in place of all 384.

    python -m assistant.training.token_basis ../shared/bench

Reads every passage of ``docs_corpus`` and of PubMedQA in the folder given, and writes
``index/token_basis.npy``: the eigenvectors of the largest eigenvalues of the second moment, a
column each. Both corpora count alike. Without noise and seed.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.bench.datasets import read_pubmedqa
from assistant.settings import Settings
from index.documents import Document
from index.readers import read_corpus
from index.shards import Plan
from index.token_rows import BASIS
from index.unit_vectors import unit_rows
from index.weights import EMBEDDER, OnnxEncoder

DIRECTIONS = 128
AT_ONCE = 100
"""Texts whose token vectors are held in memory together."""
Moment = NDArray[np.float64]


def second_moment(texts: Sequence[str], encoder: OnnxEncoder) -> Moment:
    """The mean of the outer products of the unit vectors of all tokens."""
    whole, tokens = np.zeros((1, 1)), 0
    for start in range(0, len(texts), AT_ONCE):
        vectors = np.concatenate(
            encoder.run(
                encoder.tokenize(texts[start : start + AT_ONCE]), lambda out, _: unit_rows(out)
            )
        )
        whole = whole + (vectors.T @ vectors)
        tokens += len(vectors)
    mean: Moment = whole / tokens
    return mean


def main_directions(moment: Moment, count: int) -> NDArray[np.float16]:
    """Unit columns, the main one first; the largest number of each is positive."""
    _, ascending = np.linalg.eigh(moment)
    columns = ascending[:, ::-1][:, :count]
    largest = columns[np.abs(columns).argmax(axis=0), np.arange(count)]
    return np.ascontiguousarray(columns * np.sign(largest)).astype(np.float16)


def main(folder: Path) -> None:
    settings = Settings.from_environment().index
    corpora: list[Sequence[Document]] = [
        read_corpus(settings.corpus).documents,
        read_pubmedqa(folder / "pubmedqa").documents,
    ]
    encoder = OnnxEncoder(EMBEDDER)
    texts = [Plan.of(documents, settings.passage_size).texts for documents in corpora]
    moment = np.mean([second_moment(of_one, encoder) for of_one in texts], axis=0)
    np.save(BASIS, main_directions(moment, DIRECTIONS))
    kept = np.linalg.eigvalsh(moment)[-DIRECTIONS:].sum() / np.trace(moment)
    sys.stdout.write(f"{sum(map(len, texts))} passages: {DIRECTIONS} directions keep {kept:.1%}.\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

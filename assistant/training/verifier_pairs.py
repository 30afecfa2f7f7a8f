"""Claim and quote pairs that people have labelled, read from the benchmark folder.

Every set has a SOURCE.md with its licence. What is held out is never trained on: the development
split of SciFact, the test split of Check-COVID, validation and test of Evidence Inference, and half
of PubMedQA. Of the training splits a tenth (whole articles) and the development split of
Check-COVID are kept back to choose by.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LABELS = ("supported", "contradicted", "not_enough")
"""In the order of the model's outputs."""
SUPPORTED, CONTRADICTED, NOT_ENOUGH = range(3)
OPEN_LICENCES = frozenset({"cc-by", "cc0", "public-domain"})
EVERY_TENTH = 10
MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim beside the words it is held against; ``label`` counts into ``LABELS``."""

    claim: str
    quote: str
    label: int
    kind: str
    group: str
    """The article it comes from: an article is either trained on or chosen by, never both."""


@dataclass(frozen=True, slots=True)
class Split:
    """Pairs to train on, and pairs to choose by."""

    train: tuple[Pair, ...]
    choose: tuple[Pair, ...]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON-lines file, plain or gzipped."""
    stored = path.read_bytes()
    text = gzip.decompress(stored) if path.suffix == ".gz" else stored
    return [json.loads(line) for line in text.decode("utf-8").split("\n") if line]


def labelled_pairs(data: Path) -> Split:
    """What people have labelled in the training splits of ``data``."""
    train: list[Pair] = []
    choose: list[Pair] = []
    for pair in [*scifact(data, "train"), *evidence_inference(data, "train")]:
        (choose if kept_back(pair.group) else train).append(pair)
    train += check_covid(data, "train")
    choose += check_covid(data, "dev")
    return Split(tuple(train), tuple(choose))


def measured_pairs(data: Path) -> dict[str, tuple[Pair, ...]]:
    """The held-out sets that the model card reports, by name."""
    return {
        "SciFact dev": tuple(scifact(data, "dev")),
        "Check-COVID test": tuple(check_covid(data, "test")),
        "Evidence Inference test": tuple(evidence_inference(data, "test")),
    }


def kept_back(group: str) -> bool:
    """Whether an article belongs to the tenth that is chosen by; decided by its name alone."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % EVERY_TENTH == 0


def scifact(data: Path, split: str) -> Iterator[Pair]:
    """SciFact with its gold sentences; without any, the sentences that share most words."""
    for row in _of_split(data / "scifact" / "claims.jsonl.gz", split):
        sentences: list[str] = row["evidence"]
        gold = sorted({at for one in row["meta"]["rationale_sets"] for at in one})
        chosen = gold[:MOST_SENTENCES] or nearest(row["claim"], sentences)
        yield _pair(row, [sentences[at] for at in chosen], f"scifact-{row['meta']['doc_id']}")


def check_covid(data: Path, split: str) -> Iterator[Pair]:
    """Check-COVID with the sentences its annotators chose; they did for "not enough" too."""
    for row in _of_split(data / "check-covid" / "claims.jsonl.gz", split):
        sentences: list[str] = row["evidence"]
        gold = [at for at in row["meta"]["rationale"] if at < len(sentences)]
        chosen = gold[:MOST_SENTENCES] or nearest(row["claim"], sentences)
        yield _pair(row, [sentences[at] for at in chosen], f"covid-{row['meta']['cord_id']}")


def evidence_inference(data: Path, split: str) -> Iterator[Pair]:
    """Template claims about the outcome of a trial; open-licence articles only."""
    for row in _of_split(data / "evidence-inference" / "claims.jsonl.gz", split):
        if row["meta"]["article_licence"] in OPEN_LICENCES:
            yield _pair(row, without_repeats(row["evidence"]), f"ei-{row['meta']['pmcid']}")


def without_repeats(spans: Sequence[str]) -> list[str]:
    """The spans that do not stand within another one; annotators marked many twice."""
    longest = sorted(dict.fromkeys(spans), key=len, reverse=True)
    kept = [
        span for at, span in enumerate(longest) if not any(span in other for other in longest[:at])
    ]
    return [span for span in dict.fromkeys(spans) if span in kept]


def nearest(claim: str, sentences: Sequence[str]) -> list[int]:
    """One or two sentences that share most words with the claim, in the order of the text."""
    wanted = words_of(claim)
    many = 1 + len(claim) % 2  # as varied as gold sentences are, and the same in every run
    best = sorted(range(len(sentences)), key=lambda at: -len(wanted & words_of(sentences[at])))
    return sorted(best[:many])


def words_of(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z0-9]+", text.lower()))


def _of_split(path: Path, split: str) -> list[dict[str, Any]]:
    return [row for row in rows_of(path) if row["split"] == split]


def _pair(row: dict[str, Any], sentences: Sequence[str], group: str) -> Pair:
    label = LABELS.index(row["label"])
    return Pair(row["claim"], " ".join(sentences), label, row["source"].split("-2.0")[0], group)

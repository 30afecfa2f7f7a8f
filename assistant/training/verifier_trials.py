"""Claim and quote pairs from the trial prompts of Evidence Inference: who, what, which way."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.training.verifier_pairs import (
    CONTRADICTED,
    NOT_ENOUGH,
    OPEN_LICENCES,
    SUPPORTED,
    Pair,
    kept_back,
    rows_of,
    without_repeats,
)

MORE, LESS, SAME = "significantly increased", "significantly decreased", "no significant difference"
TURNED = {MORE: LESS, LESS: MORE, SAME: SAME}
SHAPES = {
    MORE: (
        "{a} significantly increased {o} compared with {b}.",
        "{o} was significantly higher with {a} than with {b}.",
        "Compared with {b}, {a} significantly raised {o}.",
    ),
    LESS: (
        "{a} significantly decreased {o} compared with {b}.",
        "{o} was significantly lower with {a} than with {b}.",
        "Compared with {b}, {a} significantly reduced {o}.",
    ),
    SAME: (
        "There was no significant difference in {o} between {a} and {b}.",
        "{a} did not change {o} significantly compared with {b}.",
        "{o} did not differ significantly between {a} and {b}.",
    ),
}


def trial_pairs(data: Path, seed: int) -> list[Pair]:
    """Every prompt of the training split as a true, a false and a turned-about claim."""
    rng = random.Random(seed)
    rows = [
        row
        for row in rows_of(data / "evidence-inference" / "prompts.jsonl")
        if row["split"] == "train"
        and row["article_licence"] in OPEN_LICENCES
        and not kept_back(f"ei-{row['pmcid']}")
    ]
    return [pair for row in rows for pair in _of_prompt(row, rng)] + list(_elsewhere(rows, rng))


def _of_prompt(row: dict[str, Any], rng: random.Random) -> Iterator[Pair]:
    quote, group = " ".join(without_repeats(row["evidence"])), f"ei-{row['pmcid']}"
    for turned in (False, True):
        truth = TURNED[row["label"]] if turned else row["label"]
        false = rng.choice([relation for relation in SHAPES if relation != truth])
        yield Pair(_claim(row, truth, turned, rng), quote, SUPPORTED, "made-trial", group)
        yield Pair(_claim(row, false, turned, rng), quote, CONTRADICTED, "made-trial", group)


def _elsewhere(rows: list[dict[str, Any]], rng: random.Random) -> Iterator[Pair]:
    """A claim against the words for another outcome of the same article."""
    articles = defaultdict(list)
    for row in rows:
        articles[row["pmcid"]].append(row)
    for row in rows:
        others = [
            other
            for other in articles[row["pmcid"]]
            if other["outcome"] != row["outcome"] and other["evidence"] != row["evidence"]
        ]
        if others and rng.random() < 0.4:
            quote = " ".join(without_repeats(rng.choice(others)["evidence"]))
            claim = _claim(row, rng.choice(list(SHAPES)), False, rng)
            yield Pair(claim, quote, NOT_ENOUGH, "made-trial", f"ei-{row['pmcid']}")


def _claim(row: dict[str, Any], relation: str, turned: bool, rng: random.Random) -> str:
    a, b = row["intervention"], row["comparator"]
    if turned:
        a, b = b, a
    shape = rng.choice((SHAPES[relation][0], *SHAPES[relation]))
    text = shape.format(a=a, b=b, o=row["outcome"])
    return text[:1].upper() + text[1:]

"""Learn how a claim's verdict follows from its sentences, from gold claims.

    python -m assistant.training.claim_weights FOLDER [FOLDER ...]

Reads ``claims.jsonl`` of each folder (rows with ``split: held`` are scored, not learned from) and
writes ``assistant/claims/weights.yaml``. Which sentence decides is not told: a claim's logit for a
side is the log of the sum over its sentences (multiple-instance learning), and its loss is the
cross-entropy of the verdict. "Mixed" claims teach only how sure both sides must be. Without noise
and seed: the same data give the same weights. Prints what figures, words and entailment give alone,
and learns from the group of features that does best in cross-validation.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.claims.assembly import claim_desk
from assistant.claims.desk import ClaimDesk
from assistant.claims.verdict import SIDES, Measured, Numbers, opinion, softmax
from assistant.evaluation.claims import GoldClaim, ScoredClaim, gold_claims, summary
from assistant.settings import Settings

PENALTY = 0.001
"""L2; of 0.001 to 0.01 the best in five-fold cross-validation."""
FOLDS = 5
GROUPS = ("about", "stance", "not_enough")
FRAME = frozenset({"here", "figureless"})
ENTAILMENT = FRAME | {"entailed", "refuted", "silent"}
FIGURES = FRAME | {"all_here", "missing", "same_key", "conflicting", "key_failed"}
WORDS = (
    FRAME
    | {"covered", "together", "opposed", "turned", "other_patients", "population_failed"}
    | {"surer", "nothing_failed"}
)
SHARES = {
    "figures": FIGURES,
    "words": WORDS,
    "entailment": ENTAILMENT,
    "figures and words": FIGURES | WORDS,
    "all": FIGURES | WORDS | ENTAILMENT,
}
"""What may tell for from against. What a sentence is about is weighed each time, but whether the
reader finds it silent belongs to entailment."""
HEADER = """\
# Weights of the features of a claim and its sentences (assistant/claims/features.py).
# Made by assistant/training/claim_weights.py from {claims} claims.
"""
Learned = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """A claim as the weights see it."""

    gold: GoldClaim
    measured: Measured

    @property
    def side(self) -> int:
        return SIDES.index(self.gold.verdict)


@dataclass(frozen=True, slots=True)
class Rows:
    """The features of all claims as arrays: claims, sentences, features in the order of names."""

    about: Numbers
    stance: Numbers
    silent: Numbers
    """0 for a sentence, minus infinity where a claim has fewer sentences than the longest."""
    claim: Numbers
    side: NDArray[np.int64]
    importance: Numbers
    """Each verdict weighs the same, however many claims have it."""


def examples(desk: ClaimDesk, claims: Sequence[GoldClaim]) -> list[Example]:
    """Search the evidence for each claim and measure it."""
    return [Example(gold, desk.measure(gold.text)) for gold in claims]


def learn(rows: Sequence[Example], telling: frozenset[str] = SHARES["all"]) -> Learned:
    """Weights by name; only the features of ``telling`` may tell for from against."""
    taught = [row for row in rows if row.gold.verdict in SIDES and row.measured.about]
    names = {
        "about": [n for n in taught[0].measured.about[0] if n != "silent" or n in telling],
        "stance": [name for name in taught[0].measured.stance[0] if name in telling],
        "not_enough": list(taught[0].measured.claim),
    }
    start = np.zeros(sum(map(len, names.values())))
    found = minimize(_loss, start, args=(_rows(taught, names),), jac=True, method="L-BFGS-B").x
    cuts = np.cumsum([len(names[group]) for group in GROUPS])[:-1]
    values = dict(zip(GROUPS, np.split(found, cuts), strict=True))
    learned = {group: _named(names[group], values[group]) for group in GROUPS}
    unused = {
        "about": dict.fromkeys(taught[0].measured.about[0], 0.0),
        "stance": dict.fromkeys(taught[0].measured.stance[0], 0.0),
        "not_enough": {},
    }
    return {group: unused[group] | learned[group] for group in GROUPS} | {"mixed": 1.1}


def _rows(taught: Sequence[Example], names: Mapping[str, Sequence[str]]) -> Rows:
    measured = [row.measured for row in taught]
    longest = max(len(one.about) for one in measured)
    silent = np.full((len(taught), longest), -np.inf)
    for row, one in enumerate(measured):
        silent[row, : len(one.about)] = 0
    side = np.array([row.side for row in taught])
    counted = np.bincount(side, minlength=len(SIDES))
    return Rows(
        about=_padded([one.about for one in measured], names["about"], longest),
        stance=_padded([one.stance for one in measured], names["stance"], longest),
        silent=silent,
        claim=np.array([[one.claim[name] for name in names["not_enough"]] for one in measured]),
        side=side,
        importance=len(taught) / len(SIDES) / counted[side],
    )


def _padded(
    measured: Sequence[Sequence[Mapping[str, float]]], names: Sequence[str], longest: int
) -> Numbers:
    padded = np.zeros((len(measured), longest, len(names)))
    for row, sentences in enumerate(measured):
        for at, features in enumerate(sentences):
            padded[row, at] = [features[name] for name in names]
    return padded


def _named(names: Sequence[str], values: Numbers) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def _loss(weights: Numbers, rows: Rows) -> tuple[float, Numbers]:
    """Mean cross-entropy with its gradient."""
    first, second = rows.about.shape[2], rows.stance.shape[2]
    about, stance, open_ = np.split(weights, [first, first + second])
    subject, tendency = rows.about @ about, rows.stance @ stance
    for_it, against = subject + tendency + rows.silent, subject - tendency + rows.silent
    logits = [np.logaddexp.reduce(for_it, 1), np.logaddexp.reduce(against, 1), rows.claim @ open_]
    wrong = softmax(np.stack(logits, axis=1))
    count, every = len(rows.side), np.arange(len(rows.side))
    loss = -float(rows.importance @ np.log(wrong[every, rows.side])) / count
    wrong[every, rows.side] -= 1
    wrong *= rows.importance[:, None] / count
    pro, con = wrong[:, :1] * softmax(for_it), wrong[:, 1:2] * softmax(against)
    parts = (
        np.einsum("rs,rsf->f", pro + con, rows.about),
        np.einsum("rs,rsf->f", pro - con, rows.stance),
        wrong[:, 2] @ rows.claim,
    )
    return loss + PENALTY * float(weights @ weights), np.concatenate(parts) + 2 * PENALTY * weights


def with_mixed(learned: Learned, rows: Sequence[Example]) -> Learned:
    """The same with the threshold of "mixed" at which most claims come out right."""
    candidates = [round(0.2 + 0.05 * step, 2) for step in range(17)]
    right = {t: sum(one.right for one in judged({**learned, "mixed": t}, rows)) for t in candidates}
    return {**learned, "mixed": max(candidates, key=lambda t: (right[t], t))}


def judged(learned: Learned, rows: Sequence[Example]) -> list[ScoredClaim]:
    """The verdicts that these weights give."""
    return [
        ScoredClaim(
            row.gold, opinion(row.measured, learned).verdict(learned["mixed"]), milliseconds=0.0
        )
        for row in rows
    ]


def fold_of(gold: GoldClaim) -> int:
    """Claims on one study are in one fold, so that no study is both learned from and judged."""
    return crc32((gold.cited or gold.row_id).encode()) % FOLDS


def cross_validated(rows: Sequence[Example], telling: frozenset[str]) -> dict[str, Any]:
    """Accuracy and macro-F1 on claims that the weights were not learned from."""
    scored: list[ScoredClaim] = []
    for fold in range(FOLDS):
        rest = [row for row in rows if fold_of(row.gold) != fold]
        left = [row for row in rows if fold_of(row.gold) == fold]
        scored += judged(with_mixed(learn(rest, telling), rest), left)
    return summary(scored, [])


def main() -> None:
    """Learn from the folders named on the command line."""
    claims = [claim for folder in sys.argv[1:] for claim in gold_claims(Path(folder))]
    rows = examples(claim_desk(Settings.from_environment()), claims)
    taught = [row for row in rows if row.gold.split != "held"]
    held = [row for row in rows if row.gold.split == "held"]
    report = {name: cross_validated(taught, telling) for name, telling in SHARES.items()}
    best = max(SHARES, key=lambda name: report[name]["claim_accuracy"])
    learned = with_mixed(learn(taught, SHARES[best]), taught)
    body = yaml.safe_dump(learned, sort_keys=False)
    path = Path(__file__).parents[1] / "claims" / "weights.yaml"
    path.write_text(HEADER.format(claims=len(taught)) + body, encoding="utf-8")
    scores = summary(judged(learned, held), [])
    printed = {"cross_validated": report, "learned_from": best, "held": scores}
    sys.stdout.write(json.dumps(printed, indent=1) + "\n")


if __name__ == "__main__":
    main()

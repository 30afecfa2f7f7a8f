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
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
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
ENTAILMENT = frozenset({"here", "entailed", "refuted"})
FIGURES = frozenset(
    {"here", "all_here", "missing", "same_key", "conflicting", "key_failed", "measure_failed"}
    | {"other_year"}
)
WORDS = frozenset(
    {"here", "covered", "agreeing", "opposed", "turned", "other_patients", "population_failed"}
    | {"surer", "nothing_failed", "together"}
)
SHARES = {
    "figures": FIGURES,
    "words": WORDS,
    "entailment": ENTAILMENT,
    "figures and words": FIGURES | WORDS,
    "all": FIGURES | WORDS | ENTAILMENT,
}
"""What may tell for from against; what a sentence is about is weighed each time."""
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
    """The features of a claim as matrices, in the order of their names."""

    about: Numbers
    stance: Numbers
    claim: Numbers
    side: int


def examples(desk: ClaimDesk, claims: Sequence[GoldClaim]) -> list[Example]:
    """Search the evidence for each claim and measure it."""
    return [Example(gold, desk.measure(gold.text)) for gold in claims]


def learn(rows: Sequence[Example], telling: frozenset[str] = SHARES["all"]) -> Learned:
    """Weights by name; only the features of ``telling`` may tell for from against."""
    taught = [row for row in rows if row.gold.verdict in SIDES and row.measured.about]
    names = {
        "about": list(taught[0].measured.about[0]),
        "stance": [
            name for name in taught[0].measured.stance[0] if name.removeprefix("worded_") in telling
        ],
        "not_enough": list(taught[0].measured.claim),
    }
    matrices = [_rows(row, names["stance"]) for row in taught]
    counted = Counter(row.side for row in matrices)
    importance = {side: len(taught) / len(SIDES) / n for side, n in counted.items()}
    start = np.zeros(sum(map(len, names.values())))
    found = minimize(_loss, start, args=(matrices, importance), jac=True, method="L-BFGS-B").x
    cuts = np.cumsum([len(names[group]) for group in GROUPS])[:-1]
    values = dict(zip(GROUPS, np.split(found, cuts), strict=True))
    learned = {group: _named(names[group], values[group]) for group in GROUPS}
    silent = dict.fromkeys(taught[0].measured.stance[0], 0.0)
    return {**learned, "stance": silent | learned["stance"], "mixed": 1.1}


def _rows(example: Example, stance: Sequence[str]) -> Rows:
    measured = example.measured
    return Rows(
        about=np.array([list(one.values()) for one in measured.about]),
        stance=np.array([[one[name] for name in stance] for one in measured.stance]),
        claim=np.array(list(measured.claim.values())),
        side=example.side,
    )


def _named(names: Sequence[str], values: Numbers) -> dict[str, float]:
    return {name: round(float(value), 3) for name, value in zip(names, values, strict=True)}


def _loss(
    weights: Numbers, rows: Sequence[Rows], importance: Mapping[int, float]
) -> tuple[float, Numbers]:
    """Mean cross-entropy, each verdict weighing the same, with its gradient."""
    loss, gradient = 0.0, np.zeros_like(weights)
    first, second = rows[0].about.shape[1], rows[0].stance.shape[1]
    for row in rows:
        about, stance, open_ = np.split(weights, [first, first + second])
        for_it = row.about @ about + row.stance @ stance
        against = row.about @ about - row.stance @ stance
        logits = [np.logaddexp.reduce(for_it), np.logaddexp.reduce(against), row.claim @ open_]
        wrong = softmax(np.array(logits))
        loss -= importance[row.side] * float(np.log(wrong[row.side]))
        wrong[row.side] -= 1
        pro, con = wrong[0] * softmax(for_it), wrong[1] * softmax(against)
        parts = ((pro + con) @ row.about, (pro - con) @ row.stance, wrong[2] * row.claim)
        gradient += importance[row.side] * np.concatenate(parts)
    penalty = PENALTY * float((weights**2).sum())
    return loss / len(rows) + penalty, gradient / len(rows) + 2 * PENALTY * weights


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


def cross_validated(rows: Sequence[Example], telling: frozenset[str]) -> dict[str, Any]:
    """Accuracy and macro-F1 on claims that the weights were not learned from."""
    scored: list[ScoredClaim] = []
    for fold in range(FOLDS):
        rest = [row for number, row in enumerate(rows) if number % FOLDS != fold]
        scored += judged(with_mixed(learn(rest, telling), rest), rows[fold::FOLDS])
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

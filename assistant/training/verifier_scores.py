"""Measure the shipped verifier on the held-out sets.

    python -m assistant.training.verifier_scores --data ../shared/bench [--kept-back] [--limit 100]

The gold sentences are given. ``--kept-back`` measures on the pairs that training chose by instead,
which may be looked at as often as one likes.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.entailment import Verifier
from assistant.training.verifier_pairs import Pair, labelled_pairs, measured_pairs


@dataclass(frozen=True, slots=True)
class Scores:
    """Accuracy and macro-F1 over the labels that occur."""

    accuracy: float
    macro_f1: float

    def __str__(self) -> str:
        return f"accuracy {self.accuracy:.3f}, macro-F1 {self.macro_f1:.3f}"


def scores_of(labels: Sequence[int], answers: Sequence[NDArray[np.floating]]) -> Scores:
    """Of logits or probabilities, label by label; labels that never occur do not count."""
    right = np.array(labels)
    occurring = np.unique(right)
    given = occurring[np.stack(answers)[:, occurring].argmax(axis=1)]
    each = [_f1(right == label, given == label) for label in occurring]
    return Scores(float((right == given).mean()), float(np.mean(each)))


def _f1(right: NDArray[np.bool_], given: NDArray[np.bool_]) -> float:
    both = int((right & given).sum())
    return 2 * both / (int(right.sum()) + int(given.sum()))


def measure(verifier: Verifier, pairs: Sequence[Pair]) -> Scores:
    """What the verifier says of the pairs, against their labels."""
    said = verifier.verify([(pair.claim, pair.quote) for pair in pairs])
    answers = [np.array([one.supported, one.contradicted, one.not_enough]) for one in said]
    return scores_of([pair.label for pair in pairs], answers)


def _kept_back(data: Path) -> dict[str, tuple[Pair, ...]]:
    pairs = labelled_pairs(data).choose
    kinds = sorted({pair.kind for pair in pairs})
    return {kind: tuple(pair for pair in pairs if pair.kind == kind) for kind in kinds}


def main() -> None:
    """Print the scores of the sets in the folder named on the command line."""
    parser = argparse.ArgumentParser(description="Measure the shipped verifier.")
    parser.add_argument("--data", type=Path, required=True, help="the benchmark folder")
    parser.add_argument("--kept-back", action="store_true", help="the pairs training chose by")
    parser.add_argument("--limit", type=int, help="pairs of each set at most")
    parser.add_argument("--model", help="another cross-encoder than the bundled one")
    asked = parser.parse_args()
    verifier = Verifier(asked.model)
    sets = _kept_back(asked.data) if asked.kept_back else measured_pairs(asked.data)
    for name, pairs in sets.items():
        some = pairs[: asked.limit]
        sys.stdout.write(f"{name}, {len(some)} pairs: {measure(verifier, some)}\n")


if __name__ == "__main__":
    main()

"""Learn the weights by which sentences are ranked, from gold questions.

    python -m assistant.training.sentence_weights FOLDER [FOLDER ...]

Reads ``questions.jsonl`` of each folder (rows with ``split: held`` are passed over) and writes
``assistant/sentence_weights.yaml``. The loss is the listwise softmax of Cao et al. 2007: the
probability of the sentences that hold an answer among all that were read. Without noise and without
seed: the same data give the same weights.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answer import Filters
from assistant.assembly import assemble
from assistant.evaluation.gold import Expected, read_gold
from assistant.evaluation.matching import stands_in
from assistant.fit import Fit, features
from assistant.pipeline import Assistant
from assistant.settings import Settings

PENALTY = 0.003
"""L2; of 0.001 to 0.03 the best in five-fold cross-validation."""
HEADER = """\
# Weights of the features of a sentence (assistant/fit.py), scaled so that one logit of the
# cross-encoder weighs 1. Made by assistant/training/sentence_weights.py from {questions} questions.
"""
Example = tuple[NDArray[np.float64], NDArray[np.bool_]]


def learn(assistant: Assistant, questions: Sequence[Expected]) -> dict[str, float]:
    """Weights by name. Questions of which no sentence holds an answer teach nothing."""
    names: list[str] = []
    examples: list[Example] = []
    for expected in questions:
        reading = assistant.reader.read(expected.question)
        fits = assistant.fits(reading, Filters())
        values = [features(reading, found) for found in fits]
        right = np.array([_holds(found, expected) for found in fits])
        if right.any():
            names = list(values[0])
            examples.append((np.array([list(value.values()) for value in values]), right))
    start = np.zeros(len(names))
    learned = minimize(_loss, start, args=(examples,), jac=True, method="L-BFGS-B").x
    scaled = learned / learned[names.index("relevance")]
    return {name: round(float(weight), 3) for name, weight in zip(names, scaled, strict=True)}


def _holds(found: Fit, expected: Expected) -> bool:
    """Whether a sentence of a right study holds one of the figures that are asked for."""
    if found.doc_id not in {*expected.cite_any, *expected.cite_all}:
        return False
    return any(stands_in(text, found.text) for group in expected.must for text in group)


def _loss(
    weights: NDArray[np.float64], examples: Sequence[Example]
) -> tuple[float, NDArray[np.float64]]:
    """Mean negative log probability of the right sentences, with its gradient."""
    loss, gradient = 0.0, np.zeros_like(weights)
    for values, right in examples:
        scores = values @ weights
        among_all = np.exp(scores - scores.max())
        among_right = among_all * right
        loss -= float(np.log(among_right.sum() / among_all.sum()))
        gradient -= values.T @ (among_right / among_right.sum() - among_all / among_all.sum())
    penalty = PENALTY * float((weights**2).sum())
    return loss / len(examples) + penalty, gradient / len(examples) + 2 * PENALTY * weights


def main() -> None:
    """Learn from the folders named on the command line."""
    questions = [row for folder in sys.argv[1:] for row in read_gold(Path(folder)).questions]
    taught = [row for row in questions if row.answerable and row.split != "held"]
    weights = learn(assemble(Settings.from_environment()).assistant, taught)
    path = Path(__file__).parents[1] / "sentence_weights.yaml"
    body = yaml.safe_dump(weights, sort_keys=False)
    path.write_text(HEADER.format(questions=len(taught)) + body, encoding="utf-8")


if __name__ == "__main__":
    main()

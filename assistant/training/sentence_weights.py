"""Learn the weights by which sentences are ranked, from gold questions.

    python -m assistant.training.sentence_weights FOLDER [FOLDER ...]

Reads ``questions.jsonl`` of each folder (rows that are kept back are passed over) and the
questions on facts that the answerability model has not learned from, and writes
``assistant/sentence_weights.yaml``. The loss is the listwise softmax of Cao et al. 2007: the
probability of the sentences that hold an answer among all that were read. Without noise and without
seed: the same data give the same weights.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
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
from assistant.training.answerability_pairs import Fact, facts, not_learned

PENALTY = 0.01
"""L2; of 0.001 to 0.03 the best in five-fold cross-validation."""
GIVEN = {"population": 1.0, "register": -0.5}
"""Weights that are set. Few questions to learn from have a rival on patients of another age, yet to
answer with children what is asked of adults is a grave mistake. Where a register says the same as
the publication, the publication is the source to cite.
"""
HEADER = """\
# Weights of the features of a sentence (assistant/fit.py), in log odds.
# Made by assistant/training/sentence_weights.py from {questions} questions.
"""
Example = tuple[NDArray[np.float64], NDArray[np.bool_]]
Holds = Callable[[Fit], bool]
"""Whether a sentence answers."""


def learn(assistant: Assistant, asked: Iterable[tuple[str, Holds]]) -> tuple[dict[str, float], int]:
    """Weights by name, and from how many questions: all of which a sentence found is right."""
    names: list[str] = []
    examples: list[Example] = []
    for question, holds in asked:
        reading = assistant.reader.read(question)
        fits = assistant.fits(reading, Filters())
        values = [_learned(features(reading, found)) for found in fits]
        right = np.array([holds(found) for found in fits])
        if right.any():
            names = list(values[0])
            examples.append((np.array([list(value.values()) for value in values]), right))
    start = np.zeros(len(names))
    found = minimize(_loss, start, args=(examples,), jac=True, method="L-BFGS-B").x
    weights = {name: round(float(weight), 3) for name, weight in zip(names, found, strict=True)}
    return weights | GIVEN, len(examples)


def _learned(values: dict[str, float]) -> dict[str, float]:
    return {name: value for name, value in values.items() if name not in GIVEN}


def of_gold(rows: Iterable[Expected]) -> Iterator[tuple[str, Holds]]:
    """The answerable questions of gold folders that may be learned from."""
    for row in rows:
        if row.answerable and not row.kept_back:
            yield row.question, partial(_holds, expected=row)


def of_facts(rows: Iterable[Fact]) -> Iterator[tuple[str, Holds]]:
    """The questions on facts of documents that the answerability model has not learned from."""
    for row in not_learned(rows):
        for question in row.yes:
            yield question, partial(_states, fact=row)


def _states(found: Fit, fact: Fact) -> bool:
    return found.doc_id == fact.doc_id and found.text in fact.sentences


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
    asked = [*of_gold(questions), *of_facts(facts())]
    weights, taught = learn(assemble(Settings.from_environment()).assistant, asked)
    path = Path(__file__).parents[1] / "sentence_weights.yaml"
    body = yaml.safe_dump(weights, sort_keys=False)
    path.write_text(HEADER.format(questions=taught) + body, encoding="utf-8")


if __name__ == "__main__":
    main()

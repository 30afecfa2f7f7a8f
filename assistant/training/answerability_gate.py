"""Learn when to refuse, from questions that the corpus answers and questions that it does not.

    python -m assistant.training.answerability_gate FOLDER [FOLDER ...]

Reads ``questions.jsonl`` of each folder (rows that are kept back are passed over), the project's
own (``assistant/training/answered``) and the questions on facts that the answerability model has
not learned from, and writes ``assistant/gate.yaml``. What the rules
of ``assistant/sufficiency.py`` refuse teaches nothing but counts in the curve; what is compared is
left out, since its sides are judged one by one. The threshold is the highest at which the chances
given in grouped cross-validation (a nearest document is either learned from or judged) refuse no
more than ``MOST_REFUSED`` of the answerable questions. Without noise and seed: the same data give
the same weights.
"""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.answer import Filters
from assistant.assembly import assemble
from assistant.comparison import sides
from assistant.evaluation.gold import Expected, read_gold
from assistant.gate import Gate, Learned
from assistant.intent import Intent
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.sufficiency import find_gap
from assistant.training.answerability_pairs import Fact, facts, not_learned

OWN = Path(__file__).parent / "answered"
PENALTY = 0.01
"""L2 on the weights of standardised features."""
FOLDS = 5
MOST_REFUSED = 0.035
"""Share of the answerable questions that rules and gate together may refuse."""
OF_A_FACT = 0.2
"""What a question on a fact weighs beside one that was asked as people ask: there are three times
as many, and on questions that nothing was learned from one in twenty is better than all or none.
"""
HEADER = """\
# When the evidence answers (assistant/gate.py): weights of what speaks for it, and the chance that
# suffices. Made by assistant/training/answerability_gate.py from {questions} questions
# and {facts} on facts.
# curve: at a threshold, the share of the unanswerable and of the answerable of the first that are
# refused, in grouped cross-validation, rules included.
"""
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its features, or with none where the rules refuse it."""

    expected: Expected
    features: dict[str, float] | None
    weight: float = 1.0
    """How much it counts in the loss."""

    @property
    def group(self) -> int:
        """The fold it is judged in: questions near one document stay together."""
        near = self.expected.cite_any or self.expected.cite_all or (self.expected.question,)
        return int(hashlib.sha256(near[0].encode()).hexdigest(), 16) % FOLDS


def examples(assistant: Assistant, gate: Gate, questions: Iterable[Expected]) -> list[Example]:
    """What the gate sees of each question that search has something for."""
    return [one for row in questions if (one := _example(assistant, gate, row)) is not None]


def _example(assistant: Assistant, gate: Gate, expected: Expected) -> Example | None:
    reading = assistant.reader.read(expected.question)
    if assistant.intents.read(reading) is not Intent.QUESTION or sides(reading, assistant.reader):
        return None
    fits = assistant.fits(reading, Filters())
    if find_gap(reading, fits, assistant.cohorts.without_results):
        return Example(expected, None)
    return Example(expected, gate.features(reading, fits))


def on_facts(rows: Iterable[Fact]) -> Iterator[Expected]:
    """The questions on facts of documents that the answerability model has not learned from."""
    for number, row in enumerate(not_learned(rows)):
        for answerable, questions in ((True, row.yes), (False, row.nowhere)):
            for question in questions:
                yield _expected(f"fact-{number}", question, row.doc_id, answerable=answerable)


def _expected(row_id: str, question: str, doc_id: str, *, answerable: bool) -> Expected:
    kind = "fact" if answerable else "unanswerable"
    return Expected(row_id, question, kind, answerable, (), (), (doc_id,), ())


def learn(rows: Sequence[Example]) -> Learned:
    """Logistic regression on standardised features; ``threshold`` is not learned here."""
    names, values, right, weights = _table(rows)
    mean, spread = values.mean(axis=0), values.std(axis=0)
    scaled = (values - mean) / np.where(spread > 0, spread, 1.0)
    start = np.zeros(len(names) + 1)
    found = minimize(_loss, start, args=(scaled, right, weights), jac=True, method="L-BFGS-B").x
    slopes = found[1:] / np.where(spread > 0, spread, 1.0)
    named = {name: float(slope) for name, slope in zip(names, slopes, strict=True)}
    return Learned(named, float(found[0] - slopes @ mean), threshold=0.5)


def _table(rows: Sequence[Example]) -> tuple[list[str], Values, NDArray[np.bool_], Values]:
    """Names and values of the features, which rows are answerable, and what each weighs."""
    seen = [(row, row.features) for row in rows if row.features is not None]
    names = list(seen[0][1])
    values = np.array([[features[name] for name in names] for _, features in seen])
    right = np.array([row.expected.answerable for row, _ in seen])
    return names, values, right, np.array([row.weight for row, _ in seen])


def _loss(
    found: Values, values: Values, right: NDArray[np.bool_], weights: Values
) -> tuple[float, Values]:
    """Mean negative log likelihood with its gradient, each row by its weight."""
    logits = found[0] + values @ found[1:]
    signs = np.where(right, 1.0, -1.0)
    wrong = 1 / (1 + np.exp(signs * logits))
    shares = weights / weights.sum()
    loss = float(shares @ np.logaddexp(0, -signs * logits) + PENALTY * (found[1:] ** 2).sum())
    slope = -signs * wrong * shares
    return loss, np.concatenate(([slope.sum()], values.T @ slope + 2 * PENALTY * found[1:]))


def cross_validated(rows: Sequence[Example]) -> list[float]:
    """The chance of each question by weights learned from the other folds; 0 by rule."""
    by_fold = {fold: learn([r for r in rows if r.group != fold]) for fold in range(FOLDS)}
    return [
        0.0 if row.features is None else by_fold[row.group].chance(row.features) for row in rows
    ]


def curve(rows: Sequence[Example], chances: Sequence[float]) -> list[dict[str, float]]:
    """The shares refused at each threshold, in steps of a twentieth."""
    steps = [round(0.05 * step, 2) for step in range(20)]
    return [{"threshold": at, **refused(rows, chances, at)} for at in steps]


def refused(rows: Sequence[Example], chances: Sequence[float], at: float) -> dict[str, float]:
    """Which share of the unanswerable and of the answerable questions is below a threshold."""
    below = np.array(chances) < max(at, 1e-9)
    right = np.array([row.expected.answerable for row in rows])
    return {
        "unanswerable": round(float(below[~right].mean()), 3),
        "answerable": round(float(below[right].mean()), 3),
    }


def threshold_of(rows: Sequence[Example], chances: Sequence[float]) -> float:
    """The highest threshold that refuses no more answerable questions than it may."""
    steps = [round(0.01 * step, 2) for step in range(100)]
    return max(
        at for at in steps if at == 0 or refused(rows, chances, at)["answerable"] <= MOST_REFUSED
    )


def learned_from(rows: Sequence[Example], on_facts: Sequence[Example] = ()) -> dict[str, Any]:
    """What ``assistant/gate.yaml`` holds.

    Facts teach the weights too; threshold and curve are those of ``rows``, which are asked as
    people ask.
    """
    every = [*rows, *on_facts]
    chances = cross_validated(every)[: len(rows)]
    whole = learn(every)
    return {
        "weights": {name: round(weight, 3) for name, weight in whole.weights.items()},
        "constant": round(whole.constant, 3),
        "threshold": threshold_of(rows, chances),
        "curve": curve(rows, chances),
    }


def main() -> None:
    """Learn from the folders named on the command line and the project's own."""
    folders = [*map(Path, sys.argv[1:]), OWN]
    questions = [row for folder in folders for row in read_gold(folder).questions]
    taught = [row for row in questions if not row.kept_back]
    assistant = assemble(Settings.from_environment()).assistant
    if not isinstance(assistant.gate, Gate):
        raise TypeError("The assembled assistant has no gate to be learned.")
    rows = examples(assistant, assistant.gate, taught)
    of_facts = examples(assistant, assistant.gate, on_facts(facts()))
    others = [replace(one, weight=OF_A_FACT) for one in of_facts]
    path = Path(__file__).parents[1] / "gate.yaml"
    body = yaml.safe_dump(learned_from(rows, others), sort_keys=False)
    header = HEADER.format(questions=len(rows), facts=len(others))
    path.write_text(header + body, encoding="utf-8")


if __name__ == "__main__":
    main()

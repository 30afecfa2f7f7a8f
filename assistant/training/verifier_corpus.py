"""Train the verifier further, on what our own corpus says in several ways.

    python -m assistant.training.verifier_corpus --data ../shared/bench --start BASE --out RUN

``BASE`` is a folder of int8 weights that ``verifier_export`` wrote from runs of ``verifier``. One
epoch, about 20 minutes on one core. ``verifier_export RUN`` writes the weights that are shipped.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.cohorts import Cohorts
from assistant.training.verifier import AVERAGE, Log, Workers, choose_by, one_epoch
from assistant.training.verifier_model import configuration, float_weights
from assistant.training.verifier_pairs import Split, kept_back, labelled_pairs
from assistant.training.verifier_recipe import Optimiser, Recipe, epoch_batches, log_to, shown
from assistant.training.verifier_restated import Relevance, claimed_pairs, corpus_pairs
from index.documents import Document
from index.readers import read_corpus
from index.trials import trials_from
from index.weights import RERANKER, OnnxEncoder

if TYPE_CHECKING:
    from transformers import BertForSequenceClassification

RECIPE = Recipe(epochs=1, rate=1e-4, averaging=0.99)
TIMES_CLAIMED = 3
"""How often an epoch sees what was written for it."""
LABELLED = 1300
"""Pairs of the first training that are learned once more, so that they are not forgotten."""


def started(folder: Path) -> "BertForSequenceClassification":
    """The model with the weights of a folder that ``verifier_export`` wrote."""
    import torch
    from transformers import BertForSequenceClassification

    model: BertForSequenceClassification = BertForSequenceClassification(configuration())
    floats = float_weights(folder / "model.onnx")
    model.load_state_dict({name: torch.tensor(value) for name, value in floats.items()})
    return model


def training_pairs(data: Path, corpus: Path, relevance: Relevance, seed: int) -> Split:
    """Pairs to learn; by labelled ones, and by what was written on other documents, is chosen."""
    documents = read_corpus(corpus).documents
    made = corpus_pairs(documents, trials_of(corpus, documents), relevance, seed)
    claimed = claimed_pairs(documents)
    labelled = labelled_pairs(data)
    again = random.Random(seed).sample(labelled.train, min(LABELLED, len(labelled.train)))
    learned = [*made, *claimed * TIMES_CLAIMED]
    return Split(
        (*(pair for pair in learned if not kept_back(pair.group)), *again),
        (*(pair for pair in claimed if kept_back(pair.group)), *labelled.choose),
    )


def trials_of(corpus: Path, documents: Sequence[Document]) -> dict[str, str]:
    """For each document that is one of several reports of a trial, its first report."""
    trials = trials_from(corpus / "trials.yaml", [one.doc_id for one in documents])
    cohorts = Cohorts(trials, [one.study for one in documents])
    found = ((one.doc_id, cohorts.trial_of(one.doc_id)) for one in documents)
    return {doc_id: trial.reports[0].doc_id for doc_id, trial in found if trial}


def nearness(pairs: Sequence[tuple[str, str]]) -> list[float]:
    """The logits of the bundled cross-encoder."""
    return [float(row[0]) for row in OnnxEncoder(RERANKER).read(pairs, keep=lambda out: out)]


def train(pairs: Split, start: Path, out: Path, recipe: Recipe, log: Log) -> None:
    """One epoch from the weights in ``start``; the averaged weights are kept."""
    import torch

    torch.manual_seed(recipe.seed)
    batches = epoch_batches(pairs.train, recipe, 0)
    optimiser = Optimiser(started(start), recipe, steps=len(batches))
    one_epoch(optimiser, batches, Workers(), log)
    torch.save(optimiser.average, out / AVERAGE)
    log(f"epoch 1: {choose_by(optimiser.average, pairs.choose)}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with the folders named on the command line."""
    import torch

    parser = argparse.ArgumentParser(description="Train the verifier further on our corpus.")
    parser.add_argument("--data", type=Path, required=True, help="the benchmark folder")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--start", type=Path, required=True, help="the int8 weights to start from")
    parser.add_argument("--out", type=Path, required=True, help="the folder of the run")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args(arguments)
    torch.set_num_threads(asked.threads)
    asked.out.mkdir(parents=True, exist_ok=True)
    pairs = training_pairs(asked.data, asked.corpus, nearness, RECIPE.seed)
    with log_to(asked.out / "log.txt") as log:
        log(f"{len(pairs.train)} pairs: {'; '.join(shown(pairs.train))}")
        train(pairs, asked.start, asked.out, RECIPE, log)


if __name__ == "__main__":
    main()

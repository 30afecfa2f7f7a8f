"""Train the answerability model: does a sentence answer a question, or is it only near?

    python -m assistant.training.answerability --out FOLDER [--seed 0] [--start FOLDER]

Wants the index (``blincite index build``). Starts from the bundled reranker, whose head it keeps,
or from the weights of an earlier run, and writes a checkpoint after every epoch; started again with
the same folder, it goes on from the last. ``verifier_export`` makes int8 ONNX weights of one or
more such folders.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.answer import Filters
from assistant.assembly import assemble
from assistant.comparison import sides
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.training.answerability_compared import compared_pairs, comparisons
from assistant.training.answerability_pairs import (
    ANSWERS,
    Place,
    Search,
    answer_pairs,
    facts,
    shown_sentences,
)
from assistant.training.answerability_swaps import swapped_pairs
from assistant.training.answerability_unreported import (
    missing,
    unreported_pairs,
    without_silence,
)
from assistant.training.verifier_model import configuration, float_weights
from assistant.training.verifier_pairs import Pair, Split
from assistant.training.verifier_recipe import (
    Optimiser,
    Recipe,
    epoch_batches,
    log_to,
    outputs_of,
    resumed,
    tensors,
    tokenizer,
)
from index.readers import Corpus, read_corpus
from index.weights import RERANKER

if TYPE_CHECKING:
    import torch
    from transformers import BertForSequenceClassification

Log = Callable[[str], None]
AVERAGE = "average.pt"
CHECKPOINT = "checkpoint.pt"
YES_WEIGHT = 1.6
"""Of a pair that answers in the loss; there are three near misses to each."""


def recipe(seed: int, epochs: int, rate: float, warm_up: float) -> Recipe:
    """All pairs in each epoch; the last weights are kept, not their average."""
    return Recipe(
        epochs=epochs,
        batch=32,
        rate=rate,
        layer_decay=1.0,
        warm_up=warm_up,
        averaging=0.0,
        seed=seed,
    )


def one_output(start: Path | None = None) -> "BertForSequenceClassification":
    """``reranker_en`` in float, its own head with it, or the weights of the run in ``start``."""
    import torch
    from transformers import BertForSequenceClassification

    settings = configuration()
    settings.num_labels = 1
    model: BertForSequenceClassification = BertForSequenceClassification(settings)
    floats = float_weights(RERANKER.folder / "model.onnx")
    model.load_state_dict({name: torch.tensor(value) for name, value in floats.items()})
    if start:
        model.load_state_dict(torch.load(start / AVERAGE), strict=False)
    return model


def search_without_the_model(assistant: Assistant) -> Search:
    """What the assistant ranks first, by everything but the model that is to be trained."""
    assistant.answering = None

    def search(question: str) -> list[Place]:
        fits = assistant.fits(assistant.reader.read(question), Filters())
        return [(fit.doc_id, fit.text) for fit in fits]

    return search


def every_pair(corpus: Corpus, assistant: Assistant, seed: int) -> Split:
    """What is written, made and found: facts, comparisons, and what is said to be missing."""
    shown = shown_sentences(corpus.documents)
    search = search_without_the_model(assistant)
    rows = facts()
    pairs = answer_pairs(rows, corpus, search, seed)

    def split_up(question: str) -> list[str]:
        return [one.text for one in sides(assistant.reader.read(question), assistant.reader)]

    learned = (
        *without_silence(pairs.train, shown),
        *swapped_pairs(rows, shown, seed),
        *unreported_pairs(missing(), shown, search),
        *compared_pairs(comparisons(), shown, search, split_up),
    )
    return Split(learned, pairs.choose)


def train(pairs: Split, out: Path, how: Recipe, log: Log, start: Path | None = None) -> None:
    """Train for the epochs of the recipe, from the last checkpoint in ``out`` if there is one."""
    import torch

    torch.manual_seed(how.seed)
    epochs = [epoch_batches(pairs.train, how, epoch) for epoch in range(how.epochs)]
    model = one_output(start)
    optimiser = Optimiser(model, how, steps=sum(map(len, epochs)))
    checkpoint = out / CHECKPOINT
    for epoch in range(resumed(checkpoint, optimiser), how.epochs):
        _one_epoch(optimiser, epochs[epoch], log)
        torch.save({"epoch": epoch + 1, **optimiser.state()}, checkpoint)
        torch.save(optimiser.average, out / AVERAGE)
        log(f"epoch {epoch + 1}: AUC {_kept_back_auc(optimiser.average, pairs.choose):.3f}")


def _one_epoch(optimiser: Optimiser, batches: Sequence[Sequence[Pair]], log: Log) -> None:
    import torch

    read = tokenizer()
    loss_of = torch.nn.BCEWithLogitsLoss(pos_weight=torch.tensor(YES_WEIGHT))
    optimiser.model.train()
    start, total = time.monotonic(), 0.0
    for at, batch in enumerate(batches, 1):
        logits = optimiser.model(**tensors(batch, read)).logits[:, 0].float()
        loss = loss_of(logits, torch.tensor([float(pair.label == ANSWERS) for pair in batch]))
        loss.backward()
        optimiser.step()
        total += loss.item()
        if at % 20 == 0:
            seconds = (time.monotonic() - start) / at
            log(f"{at}/{len(batches)} mean loss {total / at:.3f}, {seconds:.1f} s a batch")


def _kept_back_auc(average: "dict[str, torch.Tensor]", pairs: Sequence[Pair]) -> float:
    """AUC of the averaged weights on the pairs kept back."""
    logits = [logit for [logit] in outputs_of(one_output(), average, pairs)]
    return auc([pair.label == ANSWERS for pair in pairs], logits)


def auc(right: Sequence[bool], scores: Sequence[float]) -> float:
    """How often a right one scores above a wrong one; a tie counts half."""
    values, flags = np.array(scores), np.array(right)
    above = np.sign(values[flags][:, None] - values[~flags][None, :])
    return float((above.mean() + 1) / 2)


def main() -> None:
    """Train with the folders named on the command line."""
    import torch

    parser = argparse.ArgumentParser(description="Train the answerability model.")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--out", type=Path, required=True, help="the folder for checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=6e-5, help="the highest learning rate")
    parser.add_argument("--warm-up", type=float, default=0.1, help="its share of the steps")
    parser.add_argument("--start", type=Path, help="the folder of the run to start from")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    asked.out.mkdir(parents=True, exist_ok=True)
    assistant = assemble(Settings.from_environment()).assistant
    pairs = every_pair(read_corpus(asked.corpus), assistant, asked.seed)
    how = recipe(asked.seed, asked.epochs, asked.rate, asked.warm_up)
    with log_to(asked.out / "log.txt") as log:
        log(f"{len(pairs.train)} pairs to learn, {len(pairs.choose)} kept back")
        train(pairs, asked.out, how, log, asked.start)


if __name__ == "__main__":
    main()

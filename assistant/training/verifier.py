"""Train the verifier: does a quote support a claim, contradict it, or say too little?

    python -m assistant.training.verifier --data ../shared/bench --out FOLDER [--seed 0]

Starts from the bundled reranker and writes a checkpoint after every epoch; started again with the
same folder, it goes on from the last. ``--try-out`` shows within minutes that all of it runs.
``verifier_export`` makes int8 ONNX weights of one or more such folders, ``verifier_scores``
measures them.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.training.verifier_made import made_pairs
from assistant.training.verifier_model import base_model
from assistant.training.verifier_pairs import Pair, Split, labelled_pairs
from assistant.training.verifier_recipe import (
    Optimiser,
    Recipe,
    epoch_batches,
    log_to,
    outputs_of,
    resumed,
    shown,
    tensors,
    tokenizer,
)
from assistant.training.verifier_scores import Scores, scores_of
from assistant.training.verifier_trials import trial_pairs

if TYPE_CHECKING:
    import torch

Log = Callable[[str], None]
AVERAGE = "average.pt"
STEPS_ALONE = 20
"""Between two times that the workers share their weights."""


@dataclass(frozen=True, slots=True)
class Workers:
    """How many processes train, each on its share of the batches, and which of them this is."""

    count: int = 1
    rank: int = 0

    def part_of(self, batches: Sequence[list[Pair]]) -> list[list[Pair]]:
        """The batches of this worker; each has as many, so that none waits for another."""
        return list(batches[self.rank : len(batches) - len(batches) % self.count : self.count])


def training_pairs(data: Path, corpus: Path, seed: int) -> Split:
    """Labelled pairs and pairs made by rule; what is chosen by is labelled by people alone."""
    labelled = labelled_pairs(data)
    made = [*made_pairs(data, corpus, seed), *trial_pairs(data, seed)]
    return Split((*labelled.train, *made), labelled.choose)


def a_few(pairs: Split, most: int) -> Split:
    """At most so many pairs of each part, from all over, to see that training runs."""
    return Split(_spread(pairs.train, most), _spread(pairs.choose, most))


def _spread(pairs: Sequence[Pair], most: int) -> tuple[Pair, ...]:
    return tuple(pairs[:: max(1, -(-len(pairs) // most))])


def train(pairs: Split, out: Path, recipe: Recipe, workers: Workers, log: Log) -> None:
    """Train for the epochs of the recipe, from the last checkpoint in ``out`` if there is one."""
    import torch

    torch.manual_seed(recipe.seed + workers.rank)
    epochs = [
        workers.part_of(epoch_batches(pairs.train, recipe, epoch)) for epoch in range(recipe.epochs)
    ]
    model = base_model()
    optimiser = Optimiser(model, recipe, steps=sum(len(batches) for batches in epochs))
    checkpoint = out / f"checkpoint-{workers.rank}.pt"
    for epoch in range(resumed(checkpoint, optimiser), recipe.epochs):
        one_epoch(optimiser, epochs[epoch], workers, log)
        torch.save({"epoch": epoch + 1, **optimiser.state()}, checkpoint)
        if workers.rank == 0:
            torch.save(optimiser.average, out / AVERAGE)
            log(f"epoch {epoch + 1}: {choose_by(optimiser.average, pairs.choose)}")


def one_epoch(
    optimiser: Optimiser, batches: Sequence[Sequence[Pair]], workers: Workers, log: Log
) -> None:
    import torch

    read = tokenizer()
    loss_of = torch.nn.CrossEntropyLoss(label_smoothing=optimiser.recipe.smoothing)
    optimiser.model.train()
    start, seen, total = time.monotonic(), 0, 0.0
    for at, batch in enumerate(batches, 1):
        logits = optimiser.model(**tensors(batch, read)).logits.float()
        loss = loss_of(logits, torch.tensor([pair.label for pair in batch]))
        loss.backward()
        optimiser.step()
        if workers.count > 1 and at % STEPS_ALONE == 0:
            optimiser.share(workers.count)
        seen, total = seen + len(batch), total + loss.item()
        if at % 25 == 0:
            rate = seen / (time.monotonic() - start)
            log(f"{at}/{len(batches)} mean loss {total / at:.3f}, {rate:.1f} pairs/s")


def choose_by(average: "dict[str, torch.Tensor]", pairs: Sequence[Pair]) -> str:
    """Scores of the averaged weights on the pairs kept back, by source."""
    outputs = np.array(outputs_of(base_model(), average, pairs))
    found: dict[str, Scores] = {}
    for kind in sorted({pair.kind for pair in pairs}):
        of_kind = [n for n, pair in enumerate(pairs) if pair.kind == kind]
        found[kind] = scores_of([pairs[n].label for n in of_kind], list(outputs[of_kind]))
    return "; ".join(f"{kind} {score}" for kind, score in found.items())


def main(arguments: Sequence[str] | None = None) -> None:
    """Train with the folders named on the command line."""
    asked = _asked(arguments)
    workers, recipe = _workers(asked), Recipe(seed=asked.seed)
    pairs = training_pairs(asked.data, asked.corpus, asked.seed)
    if asked.try_out:
        recipe, pairs = replace(recipe, epochs=1), a_few(pairs, most=3 * recipe.batch)
    with log_to(asked.out / f"log-{asked.rank}.txt") as log:
        log(f"{len(pairs.train)} pairs: {'; '.join(shown(pairs.train))}")
        train(pairs, asked.out, recipe, workers, log)


def _asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Train the verifier from the bundled reranker.")
    parser.add_argument("--data", type=Path, required=True, help="the benchmark folder")
    parser.add_argument("--corpus", type=Path, default=Path("docs_corpus"))
    parser.add_argument("--out", type=Path, required=True, help="the folder for checkpoints")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=1, help="processes that train together")
    parser.add_argument("--rank", type=int, default=0, help="which of them this one is")
    parser.add_argument("--try-out", action="store_true", help="one epoch of three batches at most")
    return parser.parse_args(arguments)


def _workers(asked: argparse.Namespace) -> Workers:
    """This worker, once it has met the others in the folder they share."""
    import torch

    torch.set_num_threads(asked.threads)
    asked.out.mkdir(parents=True, exist_ok=True)
    if asked.workers > 1:
        meeting = (asked.out / "meeting").resolve()
        torch.distributed.init_process_group(
            "gloo", init_method=f"file://{meeting}", rank=asked.rank, world_size=asked.workers
        )
    return Workers(asked.workers, asked.rank)


if __name__ == "__main__":
    main()

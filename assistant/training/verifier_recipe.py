"""How the verifier is trained: the numbers, the batches of an epoch, the steps of an optimiser."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.training.verifier_pairs import Pair
from index.weights import RERANKER

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from torch import nn

MAX_TOKENS = 128
LAYERS = 12


@dataclass(frozen=True, slots=True)
class Recipe:
    """Chosen by the pairs that are kept back; a share is of that kind's pairs, epoch by epoch."""

    epochs: int = 4
    batch: int = 24
    rate: float = 1.5e-4
    layer_decay: float = 0.9
    """Each layer below the last learns at this share of the rate of the one above."""
    warm_up: float = 0.06
    weight_decay: float = 0.01
    smoothing: float = 0.05
    averaging: float = 0.995
    """Of the moving average of the weights, which is what is kept."""
    made_share: tuple[float, ...] = (0.35, 0.25, 0.15, 0.05)
    trial_share: float = 0.4
    frozen_layers: int = 4
    """The lowest; the word vectors are frozen too."""
    seed: int = 0

    def share(self, kind: str, epoch: int) -> float:
        """How much of the pairs of a kind an epoch sees."""
        if kind in {"made-abstract", "made-corpus", "made-title"}:
            return self.made_share[min(epoch, len(self.made_share) - 1)]
        return self.trial_share if kind == "made-trial" else 1.0


def epoch_batches(pairs: Sequence[Pair], recipe: Recipe, epoch: int) -> list[list[Pair]]:
    """The batches of an epoch: pairs of like length together, batches in random order."""
    rng = random.Random(f"{recipe.seed}-{epoch}")
    chosen = [pair for pair in pairs if rng.random() < recipe.share(pair.kind, epoch)]
    chosen.sort(key=lambda pair: len(pair.claim) + len(pair.quote) + 60 * rng.random())
    size = recipe.batch
    batches = [chosen[at : at + size] for at in range(0, len(chosen), size)]
    rng.shuffle(batches)
    return batches


def tokenizer() -> "Tokenizer":
    from tokenizers import Tokenizer

    read = Tokenizer.from_file(str(RERANKER.folder / "tokenizer.json"))
    read.enable_padding()
    read.enable_truncation(MAX_TOKENS)
    return read


def tensors(batch: Sequence[Pair], read: "Tokenizer") -> "dict[str, torch.Tensor]":
    """The inputs of the model for a batch of pairs."""
    import torch

    rows = read.encode_batch([(pair.claim, pair.quote) for pair in batch])
    return {
        "input_ids": torch.tensor([row.ids for row in rows]),
        "attention_mask": torch.tensor([row.attention_mask for row in rows]),
        "token_type_ids": torch.tensor([row.type_ids for row in rows]),
    }


class Optimiser:
    """AdamW over float weights, of which the model holds a bfloat16 copy and we an average."""

    def __init__(self, model: "nn.Module", recipe: Recipe, steps: int) -> None:
        import torch

        self.recipe = recipe
        self.model = model
        self.learned = {
            name: value
            for name, value in model.named_parameters()
            if depth(name) >= recipe.frozen_layers
        }
        for name, value in model.named_parameters():
            value.requires_grad_(name in self.learned)
        self.floats = {n: v.detach().clone().float() for n, v in self.learned.items()}
        self.average = {name: value.clone() for name, value in self.floats.items()}
        groups = [
            {"params": [value], "lr": recipe.rate * depth_share(name, recipe.layer_decay)}
            for name, value in self.floats.items()
        ]
        self.adam = torch.optim.AdamW(groups, weight_decay=recipe.weight_decay)
        warm = int(recipe.warm_up * steps)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.adam, lambda step: min(step / max(1, warm), (steps - step) / (steps - warm))
        )
        model.bfloat16()

    def step(self) -> None:
        """One step down the gradients that the model has gathered."""
        import torch

        for name, value in self.learned.items():
            self.floats[name].grad = None if value.grad is None else value.grad.float()
            value.grad = None
        torch.nn.utils.clip_grad_norm_(self.floats.values(), 1.0)
        self.adam.step()
        self.schedule.step()
        with torch.no_grad():
            for name, value in self.learned.items():
                value.copy_(self.floats[name])
                self.average[name].lerp_(self.floats[name], 1 - self.recipe.averaging)

    def share(self, workers: int) -> None:
        """Make the weights of all workers the mean of theirs."""
        import torch
        from torch import distributed

        with torch.no_grad():
            for name, value in self.floats.items():
                distributed.all_reduce(value)
                value.div_(workers)
                self.learned[name].copy_(value)

    def state(self) -> dict[str, Any]:
        return {
            "floats": {name: value.detach() for name, value in self.floats.items()},
            "average": self.average,
            "adam": self.adam.state_dict(),
            "schedule": self.schedule.state_dict(),
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on from an earlier ``state``."""
        import torch

        with torch.no_grad():
            for name, value in self.learned.items():
                self.floats[name].copy_(state["floats"][name])
                value.copy_(state["floats"][name])
        self.average = state["average"]
        self.adam.load_state_dict(state["adam"])
        self.schedule.load_state_dict(state["schedule"])


def resumed(checkpoint: Path, optimiser: Optimiser) -> int:
    """The epochs that are done, with the optimiser as it was after them."""
    import torch

    if not checkpoint.is_file():
        return 0
    state = torch.load(checkpoint)
    optimiser.load(state)
    return int(state["epoch"])


def outputs_of(
    model: "nn.Module", average: "dict[str, torch.Tensor]", pairs: Sequence[Pair]
) -> list[list[float]]:
    """What a model with averaged weights says of each pair."""
    import torch

    model.load_state_dict(average, strict=False)
    model.bfloat16().train(mode=False)
    read, found = tokenizer(), dict[int, list[float]]()
    by_length = sorted(range(len(pairs)), key=lambda n: len(pairs[n].claim + pairs[n].quote))
    with torch.no_grad():
        for at in range(0, len(pairs), 32):
            numbers = by_length[at : at + 32]
            logits = model(**tensors([pairs[n] for n in numbers], read)).logits.float()
            found |= zip(numbers, logits.tolist(), strict=True)
    return [found[number] for number in range(len(pairs))]


@contextmanager
def log_to(path: Path) -> Iterator[Callable[[str], None]]:
    """A function that writes a line with the time of day."""
    with path.open("a", encoding="utf-8") as file:

        def log(line: str) -> None:
            file.write(f"{time.strftime('%H:%M:%S')} {line}\n")
            file.flush()

        yield log


def depth(name: str) -> int:
    """The layer of a weight: -1 for the word vectors, 12 for the head and what is before it."""
    if "embeddings" in name:
        return -1
    parts = name.split(".")
    return int(parts[parts.index("layer") + 1]) if "layer" in parts else LAYERS


def depth_share(name: str, decay: float) -> float:
    """The share of the learning rate of a weight: less the lower it is, twice at the head."""
    at = depth(name)
    return 2.0 if at == LAYERS else float(decay ** (LAYERS - 1 - at))


def shown(rows: Sequence[Pair]) -> Iterator[str]:
    """How many pairs of each kind there are, for the log."""
    for kind in sorted({pair.kind for pair in rows}):
        counts = [sum(p.kind == kind and p.label == label for p in rows) for label in range(3)]
        yield f"{kind}: {counts}"

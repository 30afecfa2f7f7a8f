"""Learn what a person wants from examples: ``assistant/training/intents.yaml``.

    python -m assistant.training.intent_weights

Writes ``assistant/intent_weights.npy``: logistic regression on the vectors of the bundled embedder,
without noise and seed. ``tests/intents.yaml`` holds other examples, from which nothing is learned.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.intent import WEIGHTS, Embedder, Intent
from index.data_files import read_yaml

LOOSENESS = 20.0
"""The inverse of the L2 penalty: of 3, 10, 20 and 30 the one with fewest errors on other examples.
"""


def examples() -> dict[Intent, list[str]]:
    """What people write, by intent."""
    return {
        Intent(name): texts
        for name, texts in read_yaml("assistant.training", "intents.yaml").items()
    }


def learned(by_intent: Mapping[Intent, Sequence[str]], embedder: Embedder) -> NDArray[np.float32]:
    """One row for each intent, in their order: a weight for each dimension, then a constant."""
    from sklearn.linear_model import LogisticRegression

    texts = [text for listed in by_intent.values() for text in listed]
    order = list(Intent)
    labels = [order.index(intent) for intent, listed in by_intent.items() for _ in listed]
    model = LogisticRegression(C=LOOSENESS, max_iter=3000)
    model.fit(embedder.embed_passages(texts), labels)
    return np.hstack([model.coef_, model.intercept_[:, None]]).astype(np.float32)


def main() -> None:
    """Learn from the examples and keep the weights."""
    from index.embedder import Embedder as Bundled

    np.save(WEIGHTS, learned(examples(), Bundled()))


if __name__ == "__main__":
    main()

"""Vectors of length 1, whose product is their cosine."""

import numpy as np
from numpy.typing import NDArray


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row, or a single vector, scaled to length 1; zeros stay zeros."""
    scaled: NDArray[np.float32] = rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9)
    return scaled

"""The main directions of token vectors."""

import numpy as np
import pytest

from assistant.training.token_basis import main_directions, second_moment
from index.embedder import Embedder
from index.token_rows import BASIS
from index.unit_vectors import unit_rows
from index.weights import EMBEDDER, OnnxEncoder

TEXTS = [f"Infants with blue fever lived {months} months longer." for months in range(120)]


def test_the_direction_with_the_largest_share_comes_first() -> None:
    moment = np.diag([0.1, 0.6, 0.3])

    directions = main_directions(moment, 2)

    assert directions.tolist() == [[0, 0], [1, 0], [0, 1]]


def test_the_second_moment_of_unit_vectors_has_a_trace_of_one() -> None:
    moment = second_moment(TEXTS, OnnxEncoder(EMBEDDER))

    assert np.trace(moment) == pytest.approx(1, abs=1e-4)
    assert np.allclose(moment, moment.T)


def test_the_stored_directions_are_perpendicular_units() -> None:
    basis = np.load(BASIS).astype(np.float64)

    assert basis.shape == (384, 128)
    assert np.allclose(basis.T @ basis, np.eye(128), atol=2e-3)


def test_what_the_directions_keep_tells_tokens_apart_as_the_whole_does() -> None:
    encoder = OnnxEncoder(EMBEDDER)
    [whole] = encoder.run(encoder.tokenize(TEXTS[:1]), lambda output, _: unit_rows(output))

    kept = Embedder().read_query(TEXTS[0]).vectors

    cosines = (whole[1:-1] @ whole[1:-1].T).ravel(), (kept @ kept.T).ravel()
    assert np.corrcoef(*cosines)[0, 1] > 0.95

"""Figures are read as people read them: measured on labelled sentences of the corpus.

tests/gold/figures.jsonl was labelled by reading, each sentence before the program read it. A label
names the term that was measured (none where no term does), the time point, the drugs of the arm
(those of a trial's name where no other is given) and the value as printed. A difference, and a
value before treatment, has no arm; a ratio of hazards, and a value "at a median follow-up", has no
time point.
"""

import json
from pathlib import Path

import pytest

from assistant.evaluation.figures import FigureScore, score_figures
from index.readers import Corpus

GOLD = Path(__file__).parent / "gold" / "figures.jsonl"
LABELLED = {"measure": "overall survival", "time": "2 years", "arm": None, "value": "80%"}


def labels(tmp_path: Path, *figures: dict[str, str | None]) -> Path:
    path = tmp_path / "figures.jsonl"
    row = {"sentence": "At 2 years, OS was 80%.", "figures": figures, "split": "dev"}
    path.write_text(json.dumps(row), encoding="utf-8")
    return path


def test_a_figure_that_is_read_as_it_is_labelled_is_right(tmp_path: Path) -> None:
    score = score_figures(labels(tmp_path, LABELLED))

    assert score == FigureScore(sentences=1, labelled=1, read=1, right=1)


def test_a_figure_under_another_key_is_wrong_and_missed(tmp_path: Path) -> None:
    score = score_figures(labels(tmp_path, {**LABELLED, "time": "4 years"}))

    assert (score.precision, score.recall) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("split", "precision", "recall"), [("dev", 0.97, 0.95), ("held", 0.95, 0.95)]
)
def test_figures_are_read_with_few_errors(split: str, precision: float, recall: float) -> None:
    score = score_figures(GOLD, split)

    assert score.precision >= precision
    assert score.recall >= recall


def test_at_least_200_sentences_are_labelled_and_each_is_of_the_corpus(real_corpus: Corpus) -> None:
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    texts = {document.doc_id: document.text for document in real_corpus.documents}

    assert len(rows) >= 200
    assert [row["id"] for row in rows if row["sentence"] not in texts[row["document"]]] == []

"""The whole way of the verifier: data, training, int8 weights."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

pytest.importorskip("onnx", reason="pip install 'blincite[training]'")

from onnxruntime import InferenceSession

from assistant.training import verifier, verifier_export

ROWS = 12
TINY_CORPUS = Path(__file__).parent / "corpus"
SENTENCES = ["Mice were kept warm.", "Drug A lowered fever in 12 of 20 mice.", "More is needed."]
ABSTRACT = {"title": "Drug A lowers fever", "abstract": SENTENCES}


def lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def claims(source: str, meta: dict[str, object]) -> bytes:
    """Rows on many articles: some of these are kept back."""
    row = {"claim": "Drug A lowers fever.", "evidence": SENTENCES, "label": "supported"}
    names = [name for name in meta if name != "article_licence"]
    rows = [
        {**row, "source": source, "split": split, "meta": meta | {names[0]: f"{at}"}}
        for at in range(ROWS)
        for split in ("train", "dev")
    ]
    return gzip.compress(lines(rows))


def prompt(number: int) -> dict[str, object]:
    arms = {"intervention": "drug A", "comparator": "placebo", "outcome": "fever"}
    kept = {"pmcid": f"PMC{number}", "label": "significantly decreased", "evidence": ["It fell."]}
    return {**kept, **arms, "split": "train", "article_licence": "cc-by"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A benchmark folder with a few invented rows in every file that training reads."""
    question = {"id": "1", "question": "Does drug A reduce fever?", "answer": "yes", "split": "cv"}
    files = {
        "scifact/claims.jsonl.gz": claims("scifact", {"doc_id": 0, "rationale_sets": [[1]]}),
        "scifact/corpus.jsonl.gz": gzip.compress(
            lines([{**ABSTRACT, "doc_id": 100 + at} for at in range(ROWS)])
        ),
        "scifact/qrels_dev.tsv": b"query\tdocument\tscore\n",
        "check-covid/claims.jsonl.gz": claims("check-covid", {"cord_id": "", "rationale": [1]}),
        "evidence-inference/claims.jsonl.gz": claims(
            "evidence-inference-2.0", {"pmcid": "", "article_licence": "cc-by"}
        ),
        "evidence-inference/prompts.jsonl": lines([prompt(at) for at in range(ROWS)]),
        "pubmedqa/pqal.jsonl.gz": gzip.compress(lines([{**question, "long_answer": SENTENCES[1]}])),
    }
    for name, content in files.items():
        path = tmp_path / "bench" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "bench"


def test_training_runs_from_the_data_to_int8_weights(data: Path, tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "weights"
    given = ["--data", str(data), "--corpus", str(TINY_CORPUS), "--out", str(run), "--try-out"]

    verifier.main([*given, "--threads", "1"])
    verifier_export.main([str(run), "--out", str(out)])

    log = (run / "log-0.txt").read_text(encoding="utf-8")
    assert log.count("epoch 1: ") == 1
    assert InferenceSession(str(out / "model.onnx")).get_outputs()[0].shape[1] == 3

"""What the verifier is trained on, and how an epoch is put together."""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.training.verifier import Workers
from assistant.training.verifier_edits import (
    changed_figure,
    changed_time,
    negated,
    overstated,
    reversed_direction,
    reworded,
    swapped_sides,
    turned_about,
)
from assistant.training.verifier_made import stated
from assistant.training.verifier_pairs import (
    CONTRADICTED,
    NOT_ENOUGH,
    SUPPORTED,
    Pair,
    check_covid,
    evidence_inference,
    kept_back,
    labelled_pairs,
    nearest,
    scifact,
    without_repeats,
)
from assistant.training.verifier_recipe import Recipe, depth, depth_share, epoch_batches
from assistant.training.verifier_trials import trial_pairs

SENTENCES = ["Mice were kept warm.", "Drug A lowered fever in 12 of 20 mice.", "More is needed."]


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(row) for row in rows).encode()


def scifact_row(label: str, *, split: str = "train", gold: list[list[int]], doc: int = 1) -> object:
    meta = {"doc_id": doc, "rationale_sets": gold}
    claim = "Drug A lowers fever in mice."
    kept = {"claim": claim, "evidence": SENTENCES, "label": label, "source": "scifact"}
    return {**kept, "split": split, "meta": meta}


def covid_row(label: str, split: str) -> object:
    meta = {"cord_id": "x1", "rationale": [2]}
    kept = {"claim": "Fever is rare.", "evidence": SENTENCES, "label": label}
    return {**kept, "split": split, "source": "check-covid", "meta": meta}


def trial_row(label: str, licence: str, split: str = "train") -> object:
    meta = {"pmcid": "PMC1", "article_licence": licence}
    kept = {"claim": "A raised B.", "evidence": ["A raised B.", "raised B"], "label": label}
    return {**kept, "split": split, "source": "evidence-inference-2.0", "meta": meta}


def prompt(label: str, split: str = "train", licence: str = "cc-by") -> object:
    kept = {"pmcid": "PMC1", "intervention": "drug A", "comparator": "placebo", "outcome": "fever"}
    return {**kept, "label": label, "evidence": ["It fell."], "split": split} | {
        "article_licence": licence
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A benchmark folder with a few invented rows of each set."""
    for name in ("scifact", "check-covid", "evidence-inference"):
        (tmp_path / name).mkdir()
    claims = {
        "scifact": lines(
            scifact_row("supported", gold=[[1], [0, 1]]),
            scifact_row("not_enough", gold=[]),
            scifact_row("contradicted", gold=[[1]], split="dev"),
        ),
        "check-covid": lines(
            covid_row("not_enough", "train"),
            covid_row("supported", "dev"),
            covid_row("supported", "test"),
        ),
        "evidence-inference": lines(
            trial_row("supported", "cc-by"),
            trial_row("supported", "cc-by-nc"),
            trial_row("supported", "cc-by", split="test"),
        ),
    }
    for name, rows in claims.items():
        (tmp_path / name / "claims.jsonl.gz").write_bytes(gzip.compress(rows))
    return tmp_path


def test_the_gold_sentences_of_scifact_are_the_quote(data: Path) -> None:
    first, _ = scifact(data, "train")

    assert first.quote == "Mice were kept warm. Drug A lowered fever in 12 of 20 mice."
    assert first.label == SUPPORTED


def test_a_scifact_claim_without_gold_gets_the_nearest_sentences(data: Path) -> None:
    _, second = scifact(data, "train")

    assert "Drug A lowered fever" in second.quote
    assert second.label == NOT_ENOUGH


def test_check_covid_keeps_the_sentences_of_its_annotators(data: Path) -> None:
    (pair,) = check_covid(data, "train")

    assert pair.quote == "More is needed."


def test_only_open_articles_are_trained_on(data: Path) -> None:
    pairs = list(evidence_inference(data, "train"))

    assert len(pairs) == 1


def test_a_span_within_another_is_said_once(data: Path) -> None:
    (pair,) = evidence_inference(data, "train")

    assert pair.quote == "A raised B."


def test_no_held_out_row_is_trained_on(data: Path) -> None:
    split = labelled_pairs(data)

    assert len([*split.train, *split.choose]) == 5
    assert [pair.kind for pair in split.choose if pair.group == "covid-x1"] == ["check-covid"]


def test_spans_keep_their_order_without_repeats() -> None:
    assert without_repeats(["b c", "a", "a b", "b c"]) == ["b c", "a b"]


def test_the_nearest_sentence_shares_most_words() -> None:
    assert 1 in nearest("drug A and fever", SENTENCES)


def test_a_tenth_of_the_articles_is_kept_back() -> None:
    kept = sum(kept_back(f"article-{number}") for number in range(1000))

    assert 60 < kept < 140


@pytest.mark.parametrize(
    ("edit", "text", "expected"),
    [
        (changed_time, "at 4 years", "at "),
        (reversed_direction, "Survival was longer.", "Survival was shorter."),
        (swapped_sides, "higher in mice than in rats", "higher in rats than mice"),
        (negated, "Fever was seen.", "Fever was not seen."),
        (negated, "Fever was not seen.", "Fever was seen."),
        (negated, "Drug A reduces fever.", "Drug A does not reduce fever."),
        (negated, "with no significant change", "with a significant change"),
        (overstated, "Drug A may help.", "Drug A will certainly help."),
        (turned_about, "higher in mice than in rats", "lower in rats than mice"),
    ],
)
def test_an_edit_changes_what_is_said(
    edit: Callable[[str, random.Random], str | None], text: str, expected: str
) -> None:
    edited = edit(text, random.Random(1))

    assert edited is not None
    assert edited != text
    assert edited.startswith(expected)


def test_a_figure_is_changed_to_another_of_its_shape() -> None:
    edited = changed_figure("It was 81.6% in all.", random.Random(1))

    assert edited is not None
    assert edited != "It was 81.6% in all."
    assert edited.split("%")[0].removeprefix("It was ")[-2] == "."


@pytest.mark.parametrize("edit", [changed_figure, changed_time, swapped_sides, negated, overstated])
def test_an_edit_that_does_not_fit_is_none(
    edit: Callable[[str, random.Random], str | None],
) -> None:
    assert edit("Nothing here.", random.Random(1)) is None


def test_rewording_drops_the_lead_in() -> None:
    assert reworded("CONCLUSIONS Mice ran.", random.Random(3)) == "Mice ran."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Does drug A reduce fever?", "Drug A reduce fever."),
        ("Is fever associated with rash?", "Fever is associated with rash."),
        ("Syncope in infants, a form of urticaria?", None),
    ],
)
def test_a_question_becomes_a_statement(question: str, expected: str | None) -> None:
    assert stated(question) == expected


def test_a_trial_prompt_teaches_both_ways_round(data: Path) -> None:
    rows = lines(prompt("significantly decreased"), prompt("significantly decreased", "test"))
    (data / "evidence-inference" / "prompts.jsonl").write_bytes(rows)

    pairs = trial_pairs(data, seed=1)

    assert [pair.label for pair in pairs] == [SUPPORTED, CONTRADICTED, SUPPORTED, CONTRADICTED]
    assert "lacebo" in pairs[2].claim
    assert not pairs[2].claim.startswith("Drug A significantly decreased")


def test_a_trial_prompt_of_a_closed_article_teaches_nothing(data: Path) -> None:
    rows = lines(prompt("significantly decreased", licence="cc-by-nc"))
    (data / "evidence-inference" / "prompts.jsonl").write_bytes(rows)

    assert trial_pairs(data, seed=1) == []


def many_pairs(kind: str) -> list[Pair]:
    return [Pair(f"claim {at}", "quote", SUPPORTED, kind, "group") for at in range(500)]


def test_an_epoch_is_the_same_in_every_run() -> None:
    pairs = many_pairs("made-abstract")

    assert epoch_batches(pairs, Recipe(), 1) == epoch_batches(pairs, Recipe(), 1)


def test_what_people_labelled_is_seen_whole_and_what_was_made_in_part() -> None:
    labelled = epoch_batches(many_pairs("scifact"), Recipe(), epoch=0)
    made = epoch_batches(many_pairs("made-abstract"), Recipe(made_share=(0.2,)), epoch=0)

    assert sum(len(batch) for batch in labelled) == 500
    assert 50 < sum(len(batch) for batch in made) < 160


def test_workers_share_the_batches_evenly() -> None:
    batches = epoch_batches(many_pairs("scifact"), Recipe(batch=100), epoch=0)

    parts = [Workers(2, rank).part_of(batches) for rank in (0, 1)]

    assert [len(part) for part in parts] == [2, 2]
    assert not any(batch in parts[1] for batch in parts[0])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bert.embeddings.word_embeddings.weight", -1),
        ("bert.encoder.layer.7.output.dense.weight", 7),
        ("classifier.weight", 12),
    ],
)
def test_the_depth_of_a_weight_is_its_layer(name: str, expected: int) -> None:
    assert depth(name) == expected


def test_lower_layers_learn_more_slowly() -> None:
    top = depth_share("bert.encoder.layer.11.output.dense.weight", 0.5)

    below = depth_share("bert.encoder.layer.10.output.dense.weight", 0.5)

    assert (top, below) == (1.0, 0.5)

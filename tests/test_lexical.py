"""Word search: exact names, abbreviations in both directions, the same after saving."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.errors import NoIndex
from index.lexical import WordIndex, words_of

MEETINGS = [
    ("EFS", "event-free survival"),
    ("DFS", "disease-free survival"),
    ("OS", "overall survival"),
    ("MLL", "KMT2A"),
    ("MLL-r", "KMT2A-rearranged"),
    ("MLL-rearranged", "KMT2A-r"),
    ("blina", "blinatumomab"),
    ("Blincyto", "blinatumomab"),
    ("blina", "Blincyto"),
    ("R/R", "relapsed or refractory"),
    ("EOI", "end of induction"),
    ("TP1", "time point 1"),
    ("iALL", "infant"),
    ("CRh", "complete remission"),
    ("ICANS", "neurotoxicity"),
    ("ALL", "acute lymphoblastic leukemia"),
    ("US", "United States"),
    ("t(4;11)", "KMT2A::AFF1"),
    ("leukaemia", "leukemia"),
]


def scores(query: str, *texts: str) -> list[float]:
    index = WordIndex.build([f"p{number}" for number in range(len(texts))], texts)
    return [float(score) for score in index.scores(query)]


@pytest.mark.parametrize(("short", "full"), MEETINGS)
def test_a_short_form_meets_the_full_form(short: str, full: str) -> None:
    other, meant = scores(f"{short} of quibrimab", "the colour was blue", f"the {full} was high")

    assert meant > other == 0


@pytest.mark.parametrize(("short", "full"), MEETINGS)
def test_the_full_form_meets_the_short_form(short: str, full: str) -> None:
    other, meant = scores(f"{full} of quibrimab", "the colour was blue", f"the {short} was high")

    assert meant > other == 0


@pytest.mark.parametrize("query", ["tell us all", "all of us", "All of it", "is it for us"])
@pytest.mark.parametrize("text", ["infants with ALL in the US", "United States", "leukaemia, ALL"])
def test_plain_words_do_not_meet_abbreviations(query: str, text: str) -> None:
    assert scores(query, text) == [0]


def test_plain_words_of_a_text_are_not_met_by_abbreviations() -> None:
    assert scores("ALL in the US", "All patients were among us, all of them") == [0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Interfant-06 and NCT90000001", ["interfant-06", "nct90000001"]),
        ("81.6% of 2021-000213-16", ["81.6%", "2021-000213-16"]),
        ("p = 0.03", ["p", "0.03"]),
    ],
)
def test_names_and_figures_are_single_words(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


def test_an_exact_name_beats_its_neighbour() -> None:
    sixth, twenty_first = scores("Interfant-21", "Interfant-06 was long", "Interfant-21 is open")

    assert twenty_first > sixth


def test_negation_is_kept() -> None:
    assert words_of("relapse without transplant, not with no risk under 1 year")[:1] == ["relaps"]
    assert {"without", "not", "no", "under"} <= set(words_of("without, not, no, under"))


def test_forms_of_a_word_share_their_stem() -> None:
    [score] = scores("randomising infants", "infants were randomised")

    assert score > 0


@pytest.mark.parametrize("query", ["", "zzzz", "???", "the of and"])
def test_a_query_without_a_known_word_scores_zero_everywhere(query: str) -> None:
    assert scores(query, "quibrimab was kept cold", "placebolin was not") == [0, 0]


def test_a_saved_index_gives_the_same_scores(tmp_path: Path) -> None:
    index = WordIndex.build(["a", "b", "c"], ["EFS was high", "OS was low", "no term at all"])
    index.save(tmp_path / "words")

    loaded = WordIndex.load(tmp_path / "words")

    assert (loaded.passage_ids, len(loaded)) == (("a", "b", "c"), 3)
    query = "event-free survival, low or high"
    assert np.array_equal(loaded.scores(query), index.scores(query))


SAVE = """
import sys
from pathlib import Path
from index.lexical import WordIndex

texts = ["quibrimab and EFS", "infants with blue fever"]
WordIndex.build(["a", "b"], texts).save(Path(sys.argv[1]))
"""


def test_two_processes_write_the_same_bytes(
    tmp_path: Path, python: Callable[..., "subprocess.Popen[str]"]
) -> None:
    runs = [python(SAVE, tmp_path / seed, PYTHONHASHSEED=seed) for seed in ("1", "2")]
    for run in runs:
        run.wait()

    one = {path.name: path.read_bytes() for path in (tmp_path / "1").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "2").iterdir()}

    assert one == two


@pytest.mark.parametrize("file", ["passage_ids.txt", "params.index.json", "data.csc.index.npy"])
@pytest.mark.parametrize("damage", ["removed", "cut"])
def test_damage_is_one_line_with_the_cure(tmp_path: Path, file: str, damage: str) -> None:
    folder = tmp_path / "generation-1" / "words"
    WordIndex.build(["a"], ["quibrimab"]).save(folder)
    (folder / file).unlink()
    if damage == "cut":
        (folder / file).write_bytes(b"\xff")

    with pytest.raises(NoIndex) as caught:
        WordIndex.load(folder)

    cure = f"Remove {tmp_path}/generation-1 and build again: blincite index build"
    assert str(caught.value) == f"{folder}: damaged. {cure}"


def test_an_id_for_each_passage_or_the_index_is_damaged(tmp_path: Path) -> None:
    WordIndex.build(["a", "b"], ["quibrimab", "placebolin"]).save(tmp_path / "words")
    (tmp_path / "words" / "passage_ids.txt").write_text("a", encoding="utf-8")

    with pytest.raises(NoIndex, match="words: damaged"):
        WordIndex.load(tmp_path / "words")


def test_a_folder_without_a_word_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="words: damaged"):
        WordIndex.load(tmp_path / "words")

"""The concrete classes, put together over an index."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assembly import Assembled, assemble, vocabulary_of
from assistant.claims.assembly import claim_desk
from assistant.errors import BadSetting
from assistant.settings import Settings
from index.errors import NoIndex
from index.generations import current_generation
from index.settings import IndexSettings

CLAIM = "Event-free survival was higher with quibrimab."


def test_the_assistant_reads_the_index_that_the_settings_name(built: IndexSettings) -> None:
    assembled = assemble(Settings(index=built))

    assert assembled.manifest.documents == assembled.catalogue.count() == 4
    assert assembled.assistant.documents == 4
    assert assembled.assistant.candidates == Settings().candidates


def test_an_assistant_answers_over_any_embedder(built: IndexSettings) -> None:
    answer = assemble(Settings(index=built)).assistant.ask("What was EFS in Lighthouse-1?")

    assert answer.claims
    assert set(answer.cited) <= {
        "aldermann-2091-lighthouse-1",
        "brandvik-2093-lighthouse-1-followup",
    }


def test_without_an_index_the_cure_is_named(tmp_path: Path) -> None:
    settings = Settings(index=IndexSettings(folder=tmp_path / "none"))

    with pytest.raises(NoIndex, match=r"no index\. Build it: blincite index build$"):
        assemble(settings)


def test_an_index_of_another_embedder_is_refused(built: IndexSettings, other_embedder: str) -> None:
    settings = Settings(index=replace(built, embedder=other_embedder))

    with pytest.raises(NoIndex) as caught:
        assemble(settings)

    assert str(caught.value) == (
        f"{built.folder}: built with {built.embedder}, but {other_embedder} is set. "
        "Build it again: blincite index build"
    )


@pytest.mark.parametrize(
    "known",
    ["quibrimab", "Aldermann", "Ødegård", "JIT", "Lighthouse", "Agency", "placebolin"],
)
def test_names_of_authors_journals_and_trials_are_words_of_the_corpus(
    built: IndexSettings, known: str
) -> None:
    vocabulary = vocabulary_of(current_generation(built.folder))

    assert vocabulary.foreign(known) == []


def test_the_real_corpus_is_assembled_whole(real: Assembled) -> None:
    assert real.assistant.documents == real.catalogue.count() == real.manifest.documents
    assert real.manifest.embedder == "BAAI/bge-small-en-v1.5"


def test_the_claim_desk_asks_the_verifier_that_is_set(built: IndexSettings) -> None:
    desk = claim_desk(Settings(index=built, verifier="no/such-model"))

    with pytest.raises(BadSetting, match="no/such-model cannot be loaded"):
        desk.check_one(CLAIM)


def test_the_claim_desk_asks_no_verifier_when_it_is_off(built: IndexSettings) -> None:
    desk = claim_desk(Settings(index=built, verifier="off"))

    assert desk.check_one(CLAIM).verdict is not None

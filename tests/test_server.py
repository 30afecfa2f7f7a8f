"""Vectors on a Chroma server: as in the folder, for many; each failure is one line."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from build_stand_ins import (
    PASSAGES,
    ChromaServer,
    content_of,
    free_port,
    stored_vectors,
    write_copies,
)

from assistant.assembly import assemble
from assistant.settings import Settings
from index.build import build_index, index_is_stale
from index.embedder import Embedder
from index.errors import IndexProblem, NoIndex, NoServer
from index.generations import current_generation, open_store
from index.manifest import Manifest
from index.settings import IndexSettings
from index.shards import SHARD
from index.store import ServerStore, Target

Edit = Callable[[str, str, str], None]
LABEL = "label-2092-quibrimab.md"
FEW = 19
"""Passages of tests/corpus as it is."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[ChromaServer]:
    """One that a test may kill."""
    with ChromaServer(tmp_path / "chroma") as server:
        yield server


@pytest.fixture
def on_server(settings: IndexSettings, server: ChromaServer) -> IndexSettings:
    return replace(settings, chroma=server.address)


def collection_of(settings: IndexSettings) -> str:
    collection = Manifest.read(current_generation(settings.folder)).collection
    assert collection is not None
    return collection


def is_there(settings: IndexSettings, collection: str) -> bool:
    assert settings.chroma is not None
    try:
        ServerStore(Target(settings.chroma, collection)).check()
    except NoIndex:
        return False
    return True


def test_an_index_on_a_server_is_that_of_the_folder(
    on_server: IndexSettings, built_once: Path
) -> None:
    report = build_index(on_server)

    in_folder = replace(on_server, folder=built_once, chroma=None)
    assert (report.embedded, report.manifest.passages) == (FEW, FEW)
    assert content_of(on_server) == content_of(in_folder)
    assert stored_vectors(on_server) == stored_vectors(in_folder)
    assert not (current_generation(on_server.folder) / "chroma").exists()


@pytest.mark.parametrize("where", [None, {"kind": "label"}, {"year": {"$gte": 2093}}])
def test_a_search_on_a_server_is_that_of_the_folder(
    on_server: IndexSettings, built: IndexSettings, where: dict[str, object] | None
) -> None:
    vector = Embedder(built.embedder).embed_query("storage of quibrimab")
    folder = open_store(built, current_generation(built.folder))
    on_server = replace(on_server, folder=built.folder.with_name("on server"))
    build_index(on_server)

    store = open_store(on_server, current_generation(on_server.folder))

    found = store.nearest(vector, k=5, where=where)
    assert len(found) >= 3
    assert found == folder.nearest(vector, k=5, where=where)
    folder.close()


def test_an_assistant_answers_from_a_server_as_from_the_folder(
    on_server: IndexSettings, built_once: Path
) -> None:
    build_index(on_server)
    in_folder = replace(on_server, folder=built_once, chroma=None)
    question = "For how many days may quibrimab be kept?"

    one, other = (assemble(Settings(index=where)).assistant for where in (on_server, in_folder))

    assert one.ask(question) == other.ask(question)


def test_a_second_build_on_a_server_changes_nothing(on_server: IndexSettings) -> None:
    build_index(on_server)

    assert build_index(on_server).unchanged
    assert not index_is_stale(on_server)


def test_each_generation_has_a_collection_named_after_it_and_the_last_two_stay(
    on_server: IndexSettings, edit: Edit
) -> None:
    build_index(on_server)
    names = [collection_of(on_server)]
    for days in (10, 11):
        edit(LABEL, f"at most {days} days", f"at most {days + 1} days")
        build_index(on_server)
        names.append(collection_of(on_server))

    assert [name.split("-", 2)[2] for name in names] == [f"generation-{n}" for n in (1, 2, 3)]
    assert [is_there(on_server, name) for name in names] == [False, True, True]


def test_two_indexes_share_a_server(on_server: IndexSettings) -> None:
    other = replace(on_server, folder=on_server.folder.with_name("other"))

    build_index(on_server)
    build_index(other)

    assert collection_of(on_server) != collection_of(other)
    assert stored_vectors(on_server) == stored_vectors(other)


def test_moving_to_a_server_embeds_nothing(built: IndexSettings, server: ChromaServer) -> None:
    moved = replace(built, chroma=server.address)
    with pytest.raises(NoIndex, match=r"in its folder, but BLINCITE_CHROMA is http.*index build$"):
        assemble(Settings(index=moved))

    report = build_index(moved)

    assert (report.embedded, report.unchanged) == (0, False)
    assert len(stored_vectors(moved)) == FEW
    with pytest.raises(NoIndex, match=r"on a Chroma server, but BLINCITE_CHROMA is not set\."):
        assemble(Settings(index=replace(moved, chroma=None)))


def test_a_collection_that_is_gone_is_one_line_and_the_next_build_cures_it(
    on_server: IndexSettings,
) -> None:
    build_index(on_server)
    store = open_store(on_server, current_generation(on_server.folder))
    assert isinstance(store, ServerStore)
    store.remove()

    with pytest.raises(NoIndex) as caught:
        assemble(Settings(index=on_server))
    report = build_index(on_server)

    assert str(caught.value) == (
        f"{on_server.chroma}: has no collection {store.collection}. "
        "Restart what reads it, or build the index again: blincite index build"
    )
    assert report.embedded == 0
    assert len(stored_vectors(on_server)) == FEW


def test_a_collection_that_lost_passages_is_filled_anew(on_server: IndexSettings) -> None:
    build_index(on_server)
    store = open_store(on_server, current_generation(on_server.folder))
    store.chroma.delete(ids=store.chroma.get()["ids"][:3])

    report = build_index(on_server)

    assert (report.embedded, report.unchanged) == (0, False)
    assert len(stored_vectors(on_server)) == FEW


def test_a_server_that_is_down_is_one_line_with_the_cure(settings: IndexSettings) -> None:
    address = f"http://127.0.0.1:{free_port()}"

    with pytest.raises(NoServer) as caught:
        build_index(replace(settings, chroma=address))

    assert str(caught.value) == (
        f"{address}: no Chroma server of version 1 answers. Start it "
        "(chroma run --path FOLDER --port PORT), or unset BLINCITE_CHROMA and build again."
    )


def test_a_server_of_another_kind_is_one_line_with_the_cure(
    settings: IndexSettings, tmp_path: Path
) -> None:
    silent = partial(Silent, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), silent) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{other.server_address[1]}"

        with pytest.raises(NoServer, match="no Chroma server of version 1 answers"):
            build_index(replace(settings, chroma=address))
        other.shutdown()


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None: ...


def test_a_server_killed_between_shards_fails_in_one_line_and_a_rerun_ends_right(
    settings: IndexSettings, corpus_folder: Path, tmp_path: Path, own_server: ChromaServer
) -> None:
    write_copies(corpus_folder)
    server = own_server
    on_server = replace(settings, chroma=server.address)
    alone = replace(settings, folder=tmp_path / "alone")
    build_index(alone)

    with pytest.raises(NoServer, match="no Chroma server of version 1 answers") as caught:
        build_index(on_server, lambda *_: server.kill())
    server.start()
    report = build_index(on_server)

    assert "\n" not in str(caught.value)
    assert report.embedded == PASSAGES - SHARD
    assert content_of(on_server) == content_of(alone)
    assert stored_vectors(on_server) == stored_vectors(alone)
    assert collection_of(on_server).endswith("-generation-1")


def test_a_refusal_of_the_server_is_one_line(on_server: IndexSettings) -> None:
    store = ServerStore(Target(str(on_server.chroma), "x"))

    with pytest.raises(IndexProblem, match=r"the Chroma server refuses: .*blincite index build$"):
        store.count()

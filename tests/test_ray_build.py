"""A build by Ray actors ends as that of one machine, whoever is killed on the way."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from build_stand_ins import (
    PASSAGES,
    ChromaServer,
    content_of,
    free_port,
    shards,
    stored_vectors,
    write_copies,
)

from index.build import build_index
from index.errors import IndexProblem, NoServer
from index.generations import current_generation
from index.ray_build import ray_hands
from index.readers import read_corpus
from index.settings import IndexSettings
from index.shards import SHARD, Plan
from index.store import Target

Python = Callable[..., "subprocess.Popen[str]"]
SECONDS = 240


@pytest.fixture(autouse=True)
def hard_limit() -> Iterator[None]:
    """Ray waits for ever where it has lost its way; a test does not."""

    def end(*_: object) -> None:
        raise TimeoutError(f"not done after {SECONDS} s")

    signal.signal(signal.SIGALRM, end)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    """Two workers on this machine."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    ray = pytest.importorskip("ray")
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        object_store_memory=80 * 2**20,
        log_to_driver=False,
        configure_logging=False,
    )
    yield ray
    ray.shutdown()


@pytest.fixture
def alone(settings: IndexSettings, corpus_folder: Path) -> IndexSettings:
    """Settings over a longer corpus and its index, built by this process alone."""
    write_copies(corpus_folder)
    alone = replace(settings, folder=settings.folder.with_name("alone"))
    build_index(alone)
    return alone


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path / "chroma") as server:
        yield server


def test_a_build_whose_actor_is_killed_ends_as_that_of_one_machine(
    ray: Any, settings: IndexSettings, alone: IndexSettings, corpus_folder: Path
) -> None:
    (corpus_folder / "broken.md").write_text("no front matter", encoding="utf-8")
    workers: list[list[str]] = []
    told: list[tuple[int, int]] = []

    def kill_one(done: int, total: int) -> None:
        told.append((done, total))
        workers.append(sorted(ray.util.list_named_actors()))
        if len(workers) == 1:
            ray.kill(ray.get_actor(workers[0][0]))

    with ray_hands("auto", settings.embedder) as hands:
        report = build_index(settings, kill_one, hands)

    assert (report.embedded, report.manifest.passages) == (PASSAGES, PASSAGES)
    assert [problem.split(":")[0] for problem in report.problems] == ["broken.md"]
    assert content_of(settings) == content_of(alone)
    assert stored_vectors(settings) == stored_vectors(alone)
    assert len(workers) == shards()
    # For a moment the dead actor has no successor yet.
    assert (len(workers[0]), max(len(names) for names in workers[1:])) == (2, 2)
    assert workers[0][0] not in workers[-1]
    assert told[-1] == (PASSAGES, PASSAGES)


def test_workers_read_the_token_vectors_that_one_machine_reads(
    ray: Any, settings: IndexSettings
) -> None:
    bundled = replace(settings, embedder=None)
    alone = replace(bundled, folder=settings.folder.with_name("alone"))
    build_index(alone)

    with ray_hands("auto", bundled.embedder) as hands:
        build_index(bundled, hands=hands)

    assert token_files(bundled) == token_files(alone)
    assert content_of(bundled) == content_of(alone)


def token_files(settings: IndexSettings) -> dict[str, bytes]:
    folder = current_generation(settings.folder) / "tokens"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


BUILD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from index.build import build_index
from index.readers import read_corpus
from index.ray_build import ray_hands
from index.settings import IndexSettings


def die(done, total):
    os.kill(os.getpid(), signal.SIGKILL)


corpus, folder, embedder, chroma, address = sys.argv[1:]
settings = IndexSettings(Path(corpus), Path(folder), embedder, chroma)
with ray_hands(address, embedder) as hands:
    build_index(settings, die, hands)
"""


def test_a_build_on_a_server_that_is_killed_whole_goes_on_where_it_was(
    ray: Any, settings: IndexSettings, alone: IndexSettings, server: ChromaServer, python: Python
) -> None:
    on_server = replace(settings, chroma=server.address)
    address = ray.get_runtime_context().gcs_address
    process = python(
        BUILD_AND_DIE,
        *(on_server.corpus, on_server.folder, on_server.embedder, server.address, address),
    )
    process.communicate(timeout=120)
    assert process.returncode == -9

    report = build_index(on_server)

    assert report.embedded == PASSAGES - SHARD
    assert content_of(on_server) == content_of(alone)
    assert stored_vectors(on_server) == stored_vectors(alone)
    assert sorted(path.name for path in on_server.folder.glob("generation-*")) == ["generation-1"]


class Deadly:
    """A piece of work that no worker survives."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (1,)


def test_work_that_kills_every_worker_is_given_up_in_one_line(
    ray: Any, settings: IndexSettings
) -> None:
    with (
        ray_hands("auto", settings.embedder) as hands,
        pytest.raises(IndexProblem, match=r"^3 workers died of one piece of work: [^\n]+$"),
    ):
        list(hands.embed([Deadly()], None))  # type: ignore[list-item]


def test_an_error_of_a_worker_is_the_error_of_the_build(ray: Any, settings: IndexSettings) -> None:
    documents = read_corpus(settings.corpus).documents
    shards = Plan.of(documents, settings.passage_size).shards(known=())
    target = Target(f"http://127.0.0.1:{free_port()}", "passages")

    with (
        ray_hands("auto", settings.embedder) as hands,
        pytest.raises(NoServer, match=r"^http://127.*: no Chroma server of version 1 answers"),
    ):
        list(hands.embed(shards, target))


BUILD = """
import sys

if sys.argv[2] == "without":
    sys.modules["ray"] = None
from assistant.cli import main

sys.argv = ["blincite", "index", "build", "--ray", sys.argv[1]]
main()
"""


def test_without_a_cluster_there_is_one_line_with_the_cure(python: Python) -> None:
    address = f"127.0.0.1:{free_port()}"
    process = python(BUILD, address, "with")

    _, problem = process.communicate(timeout=60)

    assert process.returncode == 1
    assert problem.strip() == (
        f"{address}: no Ray cluster answers. Start one (ray start --head), "
        "and name its address: blincite index build --ray HOST:6379"
    )


def test_where_ray_is_missing_the_package_and_the_command_are_named(python: Python) -> None:
    process = python(BUILD, "auto", "without")

    _, problem = process.communicate(timeout=60)

    assert process.returncode == 1
    assert problem.strip() == (
        "The package ray is not installed. It builds across machines: pip install 'blincite[ray]'"
    )

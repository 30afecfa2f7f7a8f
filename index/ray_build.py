"""The hands of a build as Ray actors, on this machine or on many."""

import os
import socket
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from index.embedder import Embedder
from index.errors import IndexProblem
from index.readers import Reading
from index.shards import Shard
from index.store import Target
from index.worker import Embedded, Worker

FILES = 64
"""Files that an actor reads at a time."""
TRIES = 3
"""How many workers may die of one piece of work before the build gives up."""


@contextmanager
def ray_hands(address: str, embedder: str | None) -> Iterator["RayHands"]:
    """One worker a CPU of the cluster at ``address``; ``auto`` is the one of this machine.

    Leaves a connection alone that was there before.
    """
    connected = _connect(address)
    hands = RayHands(embedder)
    try:
        yield hands
    finally:
        hands.close()
        if connected:
            _ray().shutdown()


class RayHands:
    """Workers as actors. A piece of work whose worker dies is given to another."""

    def __init__(self, embedder: str | None) -> None:
        self._embedder = embedder
        self._numbers = count(1)
        workers = max(1, int(_ray().cluster_resources().get("CPU", 1)))
        self._actors = [self._new_actor() for _ in range(workers)]

    def read(self, files: Sequence[Path]) -> list[Reading]:
        """The files must lie at the same path on every host."""
        batches = [files[start : start + FILES] for start in range(0, len(files), FILES)]
        readings = dict(self._each("read", [(batch,) for batch in batches]))
        return [reading for number in range(len(batches)) for reading in readings[number]]

    def embed(self, shards: Sequence[Shard], target: Target | None) -> Iterator[Embedded]:
        for _, embedded in self._each("embed", [(shard, target) for shard in shards]):
            yield embedded

    def close(self) -> None:
        for actor in self._actors:
            _ray().kill(actor)
        self._actors = []

    def _each(self, act: str, pieces: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        """The number of each piece of work with what came of it, as it is done."""
        ray = _ray()
        waiting, deaths = deque(range(len(pieces))), Counter[int]()
        running: dict[Any, tuple[Any, int]] = {}
        idle = list(self._actors)
        while waiting or running:
            while waiting and idle:
                actor, number = idle.pop(), waiting.popleft()
                running[getattr(actor, act).remote(*pieces[number])] = (actor, number)
            [done], _ = ray.wait(list(running), num_returns=1)
            actor, number = running.pop(done)
            try:
                yield number, _result(done)
            except WorkerLost as lost:
                deaths[number] += 1
                if deaths[number] == TRIES:
                    raise IndexProblem(
                        f"{TRIES} workers died of one piece of work: {lost}"
                    ) from lost
                waiting.appendleft(number)
                actor = self._replaced(actor)
            idle.append(actor)

    def _replaced(self, actor: Any) -> Any:
        fresh = self._new_actor()
        self._actors = [fresh if one is actor else one for one in self._actors]
        return fresh

    def _new_actor(self) -> Any:
        # Its name tells it apart in Ray's own lists.
        name = f"blincite-{os.getpid()}-{next(self._numbers)}"
        actor = _ray().remote(Worker).options(name=name, num_cpus=1)
        return actor.remote(Embedder(self._embedder))


class WorkerLost(IndexProblem):
    """An actor died, or its host did."""


def _result(done: Any) -> Any:
    """What a worker made; its own errors are raised here as they were there."""
    from ray.exceptions import RayActorError, RayError, RayTaskError

    try:
        return _ray().get(done)
    except RayTaskError as error:
        raise error.cause from error
    except RayActorError as error:
        raise WorkerLost(str(error).strip().splitlines()[0]) from error
    except RayError as error:
        raise IndexProblem(
            f"Ray: {type(error).__name__}. Run the same command again: it goes on where it was."
        ) from error


def _connect(address: str) -> bool:
    """Whether this opened a connection, rather than finding one open."""
    ray = _ray()
    if ray.is_initialized():
        return False
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, configure_logging=False)
    except (OSError, ValueError, RuntimeError) as refused:
        raise IndexProblem(
            f"{address}: no Ray cluster answers. Start one (ray start --head), "
            "and name its address: blincite index build --ray HOST:6379"
        ) from refused
    return True


def _knock(address: str) -> None:
    """OSError where nobody listens: Ray itself would try for minutes, then end the process."""
    host, colon, port = address.rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=5).close()


def _ray() -> Any:
    """The library, which sends no usage statistics; IndexProblem where it is missing."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    # One error ends the build; those of the other workers say the same.
    os.environ.setdefault("RAY_IGNORE_UNHANDLED_ERRORS", "1")
    try:
        import ray
    except ImportError as missing:
        raise IndexProblem(
            "The package ray is not installed. It builds across machines: "
            "pip install 'blincite[ray]'"
        ) from missing
    return ray

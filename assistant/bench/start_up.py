"""How long ``blincite chat`` takes to its first page and first answer, and its memory.

The page is driven over HTTP as a browser drives it, by the protocol of the release of Gradio that
pyproject.toml pins.
"""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

from assistant.bench.errors import StartFailed
from assistant.bench.spread import Spread
from assistant.settings import Settings

Say = Callable[[str], None]
PATIENCE = 300
"""Seconds until a page that does not come is given up."""
PAUSE = 0.02
"""Seconds between two looks at the page."""
CHAT = ("-c", "from assistant.cli import main; main()", "chat", "--port")
"""Arguments of Python before the number of the port."""
SESSION = "benchmark"


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the start of the program, and its peak memory where the system tells it."""

    page: float
    answer: float
    peak_mb: float | None
    page_cores: float | None = None
    """As ``page`` and …"""
    answer_cores: float | None = None
    """… as ``answer``, of all cores together: other programs that run change these little."""


def time_starts(
    settings: Settings,
    question: str,
    rounds: int,
    say: Say = lambda _: None,
    command: Sequence[str] = CHAT,
) -> list[Start]:
    """Start the page anew each round and ask it one question."""
    starts = []
    for number in range(1, rounds + 1):
        starts.append(time_start(settings, question, command))
        one = starts[-1]
        say(f"start {number} of {rounds}: page {one.page:.1f} s, answer {one.answer:.1f} s")
    return starts


def time_start(settings: Settings, question: str, command: Sequence[str] = CHAT) -> Start:
    """Start the page, wait until it is served, ask a question, wait for the whole answer."""
    port = _free_port()
    start = perf_counter()
    with _chat(settings, (*command, str(port))) as chat:
        _wait_for_page(chat, f"http://127.0.0.1:{port}/")
        page, page_cores = perf_counter() - start, cores_s(chat.pid)
        _ask(f"http://127.0.0.1:{port}", question)
        answer, answer_cores = perf_counter() - start, cores_s(chat.pid)
        return Start(page, answer, peak_memory_mb(chat.pid), page_cores, answer_cores)


def summary(starts: Sequence[Start]) -> dict[str, Any]:
    """Seconds and megabytes; null where the system does not tell the memory of a program."""
    return {
        "first_page_s": Spread.of([one.page for one in starts]),
        "first_answer_s": Spread.of([one.answer for one in starts]),
        "first_page_cores_s": _of_known([one.page_cores for one in starts]),
        "first_answer_cores_s": _of_known([one.answer_cores for one in starts]),
        "peak_memory_mb": _of_known([one.peak_mb for one in starts]),
    }


def _of_known(values: Sequence[float | None]) -> Spread | None:
    known = [value for value in values if value is not None]
    return Spread.of(known) if known else None


def cores_s(pid: int) -> float | None:
    """Seconds that a program has used of all cores so far; None where there is no /proc."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.is_file():
        return None
    # The name of the program, in brackets, may hold spaces.
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_memory_mb(pid: int) -> float | None:
    """The most memory that a program has held so far; None where there is no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return None
    found = re.search(r"^VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"), re.MULTILINE)
    return int(found[1]) / 1024 if found else None


@contextmanager
def _chat(settings: Settings, arguments: Sequence[str]) -> "Iterator[subprocess.Popen[str]]":
    """``blincite chat`` in a program of its own, ended at the end."""
    index = settings.index
    set_so = {
        "BLINCITE_CORPUS": str(index.corpus),
        "BLINCITE_INDEX": str(index.folder),
        "BLINCITE_EMBEDDER": index.embedder or "",
        "BLINCITE_HOST": "127.0.0.1",
    }
    chat = subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **set_so},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield chat
    finally:
        chat.kill()
        chat.communicate()


def _wait_for_page(chat: "subprocess.Popen[str]", address: str) -> None:
    given_up = perf_counter() + PATIENCE
    while perf_counter() < given_up:
        if chat.poll() is not None:
            said = chat.stderr.read().strip() if chat.stderr else ""
            raise StartFailed(f"blincite chat ended with {chat.returncode}: {said[-500:]}")
        try:
            _get(address).close()
        except (URLError, ConnectionError):
            sleep(PAUSE)
            continue
        return
    raise StartFailed(f"{address}: no page within {PATIENCE} s. Try: blincite chat")


def _ask(address: str, question: str) -> None:
    """Press the button of the page and wait for the whole answer."""
    with _get(f"{address}/config") as answer:
        config = json.load(answer)
    parts = {one["id"]: one["props"] for one in config["components"]}
    box = next(number for number, props in parts.items() if props.get("elem_id") == "box")
    event = next(
        one for one in config["dependencies"] if [box, "submit"] in map(list, one["targets"])
    )
    asked = {
        "data": [question if one == box else parts[one].get("value") for one in event["inputs"]],
        "fn_index": event["id"],
        "trigger_id": box,
        "session_hash": SESSION,
    }
    _get(f"{address}/gradio_api/queue/join", asked).close()
    with _get(f"{address}/gradio_api/queue/data?session_hash={SESSION}") as stream:
        _wait_for_answer(stream)


def _wait_for_answer(stream: Any) -> None:
    for line in stream:
        if not line.startswith(b"data:"):
            continue
        message = json.loads(line.removeprefix(b"data:"))
        if message["msg"] == "process_completed":
            if not message["success"]:
                raise StartFailed("The page gave no answer. See the lines of: blincite chat")
            return
    raise StartFailed("The page closed the connection before the answer was complete.")


def _get(address: str, body: dict[str, Any] | None = None) -> Any:
    """The answer to a request; posts ``body`` as JSON where there is one."""
    sent = json.dumps(body).encode() if body else None
    request = Request(address, sent, {"Content-Type": "application/json"})
    # The page is on this machine: a proxy of the environment does not know it.
    return build_opener(ProxyHandler({})).open(request, timeout=PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])

"""One writer at a time."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBusy


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of an index folder; IndexBusy says who holds it.

    The operating system lets go of the lock when its process ends, however it ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock, holder = FileLock(folder / "lock"), folder / "lock.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        who = holder.read_text(encoding="utf-8") if holder.is_file() else "an unknown process"
        raise IndexBusy(
            f"{folder}: being built by {who.strip()}. Wait until it ends, or end that process."
        ) from busy
    try:
        holder.write_text(_myself(), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _myself() -> str:
    since = datetime.now(UTC).strftime("%H:%M:%S UTC")
    return f"process {os.getpid()} on {socket.gethostname()} since {since}\n"

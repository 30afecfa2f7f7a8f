"""What builds across processes are tried with: a longer corpus, a Chroma server, and comparison."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from index.catalogue import Catalogue
from index.generations import current_generation, open_store
from index.settings import IndexSettings
from index.shards import SHARD

COPIES = 70
"""Of the label: with its three passages each, and 19 passages of the rest, four shards."""
PASSAGES = 3 * COPIES + 19
SECONDS = 60
"""Before a process that does not come up fails its test."""


def write_copies(corpus: Path) -> None:
    """Copies of the label that differ in id, name and words."""
    label = (corpus / "label-2092-quibrimab.md").read_text(encoding="utf-8")
    for number in range(COPIES):
        text = label.replace("label-2092-quibrimab", f"label-2092-copy{number}")
        text = text.replace('short: "', f'short: "Copy {number} of ')
        text = text.replace("10 days", f"10{number} days")
        (corpus / f"label-2092-copy{number}.md").write_text(text, encoding="utf-8")


def content_of(settings: IndexSettings) -> dict[str, object]:
    """All that must not depend on who built an index, with every vector as bytes."""
    generation = current_generation(settings.folder)
    catalogue = Catalogue(generation / "catalogue.sqlite")
    words = generation / "words"
    return {
        "documents": catalogue.documents(),
        "passages": catalogue.passages(),
        "trials": catalogue.trials(),
        "vectors": {content: v.tobytes() for content, v in catalogue.vectors().items()},
        "words": {path.name: path.read_bytes() for path in words.iterdir()},
    }


def stored_vectors(settings: IndexSettings) -> dict[str, bytes]:
    """What the vector store holds, folder or server, by passage."""
    store = open_store(settings, current_generation(settings.folder))
    found = store.chroma.get(include=["embeddings"])
    pairs = zip(found["ids"], found["embeddings"], strict=True)
    vectors = {passage_id: vector.astype("float32").tobytes() for passage_id, vector in pairs}
    store.close()
    return vectors


class ChromaServer:
    """A real ``chroma run`` over a folder, always on the same free port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def __enter__(self) -> "ChromaServer":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        command = Path(sys.executable).with_name("chroma")
        options = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(
            [str(command), "run", *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        )
        wait_for(self.port)

    def kill(self) -> None:
        """As ``kill -9`` does."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"Nothing listens on port {port} after {SECONDS} s.")


def shards() -> int:
    return -(-PASSAGES // SHARD)

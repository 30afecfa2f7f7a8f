"""The generations of an index: which is in use, the next, and where the vectors of each are.

An index is a folder of generations. A build fills a fresh one and then names it in the file
``CURRENT``, in one step: a build that is killed leaves the index as it was. The generation before
is kept until the next build, for those who still read it.
"""

import hashlib
import os
import re
import shutil
import socket
from dataclasses import replace
from pathlib import Path

from index.errors import NoIndex
from index.manifest import UNFINISHED, Manifest
from index.settings import IndexSettings
from index.store import ServerStore, Target, VectorStore


def current_generation(folder: Path) -> Path:
    """The folder of the index in use; NoIndex where none was built."""
    pointer = folder / "CURRENT"
    name = pointer.read_text(encoding="utf-8", errors="replace") if pointer.is_file() else ""
    if not re.fullmatch(r"generation-\d+\n?", name):
        raise NoIndex(f"{folder}: no index. Build it: blincite index build")
    return folder / name.strip()


def open_store(settings: IndexSettings, generation: Path) -> VectorStore:
    """The vectors of a generation, in its folder or on the server that the settings name."""
    collection = Manifest.read(generation).collection
    if (collection is None) != (settings.chroma is None):
        where = "in its folder" if collection is None else "on a Chroma server"
        raise NoIndex(
            f"{settings.folder}: the vectors are {where}, but BLINCITE_CHROMA is "
            f"{settings.chroma or 'not set'}. Change it, or build again: blincite index build"
        )
    if collection is None or settings.chroma is None:
        return VectorStore(generation / "chroma")
    return ServerStore(Target(settings.chroma, collection))


def begin(settings: IndexSettings, manifest: Manifest) -> tuple[Path, Manifest, bool]:
    """A generation to fill with its manifest, and whether a killed build has begun to.

    Only what lies on a server is worth going on with: it is stored shard by shard, and whole.
    """
    for path in sorted(settings.folder.glob("generation-*")):
        begun = Manifest.read_unfinished(path)
        if begun and begun.collection and settings.chroma and begun.same_content(manifest):
            _empty(path)
            return path, begun, True
    path = settings.folder / f"generation-{_next_number(settings.folder)}"
    path.mkdir(parents=True)
    if settings.chroma:
        manifest = replace(manifest, collection=_collection(path))
    manifest.write(path, UNFINISHED)
    return path, manifest, False


def swap_in(settings: IndexSettings, generation: Path, before: Path | None) -> None:
    """Make a finished generation the one in use; all but it and the one before are removed."""
    fresh = settings.folder / "CURRENT.new"
    fresh.write_text(generation.name + "\n", encoding="utf-8")
    os.replace(fresh, settings.folder / "CURRENT")
    for path in settings.folder.glob("generation-*"):
        if path not in (generation, before):
            _remove(settings, path)


def _remove(settings: IndexSettings, generation: Path) -> None:
    """With its collection, where the server that holds it is the one in use."""
    collection = Manifest.collection_of(generation)
    if settings.chroma and collection:
        ServerStore(Target(settings.chroma, collection)).remove()
    shutil.rmtree(generation)


def _empty(generation: Path) -> None:
    """Leave nothing of an unfinished generation but what it is to become."""
    for path in generation.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != UNFINISHED:
            path.unlink()


def _next_number(folder: Path) -> int:
    numbers = [int(path.name.split("-")[1]) for path in folder.glob("generation-*")]
    return max(numbers, default=0) + 1


def _collection(generation: Path) -> str:
    """Named after the generation and the folder it lies in: a server may serve many indexes."""
    place = f"{socket.gethostname()}:{generation.parent.resolve()}"
    return f"blincite-{hashlib.sha256(place.encode()).hexdigest()[:12]}-{generation.name}"

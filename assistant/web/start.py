"""The command ``blincite chat``: make the index ready, serve the pages, load the models."""

import socket
from datetime import date

from assistant.assembly import assemble
from assistant.errors import BadSetting
from assistant.settings import Settings
from assistant.web.app import serve
from index.build import build_index, current_generation, index_is_stale
from index.cli import STALE, counting, say_problems, stderr
from index.errors import NoIndex


def start(settings: Settings, *, port: int | None = None) -> None:
    """Serve until interrupted. Builds the index where there is none; says so where it is stale."""
    port = port or settings.port
    _ensure_free(settings.host, port)
    _ensure_index(settings)
    assembled = assemble(settings)

    def when_up() -> None:
        stderr.print(f"Blincite is at http://{settings.host}:{port}  (Ctrl+C ends it)")
        # The models load while the first question is typed.
        assembled.assistant.ask("What is blinatumomab?")

    serve(
        assembled.assistant,
        assembled.catalogue,
        in_words(assembled.manifest.corpus_date),
        host=settings.host,
        port=port,
        when_up=when_up,
    )


def in_words(iso_date: str | None) -> str:
    """``22 November 2026`` of ``2026-11-22``."""
    if iso_date is None:
        return "unknown date"
    day = date.fromisoformat(iso_date)
    return f"{day.day} {day:%B %Y}"


def _ensure_free(host: str, port: int) -> None:
    """BadSetting where the page cannot be served; asked before anything heavy is loaded."""
    try:
        socket.create_server((host, port)).close()
    except OSError as refused:
        raise BadSetting(
            f"{host}:{port}: taken by another program, or no address of this machine. "
            "Name another port: blincite chat --port 7861"
        ) from refused


def _ensure_index(settings: Settings) -> None:
    try:
        current_generation(settings.index.folder)
    except NoIndex:
        with counting("Embedding passages") as progress:
            report = build_index(settings.index, progress)
        say_problems(report.problems)
        return
    if settings.index.corpus.is_dir() and index_is_stale(settings.index):
        stderr.print(STALE)

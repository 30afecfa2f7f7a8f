"""The web page of Blincite: built, then served on this machine."""

import os
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.cards import Origin
from assistant.web.keeping import Keeper
from assistant.web.privacy import ContentPolicy, silence
from assistant.web.shapes import Assistant, Library
from assistant.web.unkept import Unkept

if TYPE_CHECKING:
    import gradio as gr
    from starlette.routing import BaseRoute


def build(
    assistant: Assistant, library: Library, corpus_date: str, keeper: Keeper | None = None
) -> "gr.Blocks":
    """All pages; ``corpus_date`` is in words, such as ``22 November 2026``.

    Without a ``keeper`` nothing is written, and nothing is known of earlier questions.
    """
    # Importing gradio takes seconds, and `silence` has to come before it.
    import gradio as gr

    from assistant.web.ask_page import AskPage
    from assistant.web.earlier_page import EarlierPage
    from assistant.web.library_page import LibraryPage

    keeper = keeper or Keeper(Unkept(), Origin(), library)
    page: gr.Blocks = gr.Blocks(title="Blincite", fill_width=True, analytics_enabled=False)
    with page:
        AskPage(assistant, library, corpus_date, keeper).build(page)
    with page.route("Library", "/library"):
        LibraryPage(library, corpus_date).build(page)
    with page.route("Earlier questions", "/earlier"):
        EarlierPage(keeper.records, corpus_date).build(page)
    # Two answers at once: an answer is arithmetic, and a third would slow both.
    page.queue(default_concurrency_limit=2)
    return page


def serve(
    assistant: Assistant,
    library: Library,
    corpus_date: str,
    keeper: Keeper,
    *,
    at: tuple[str, int] = ("127.0.0.1", 7860),
    when_up: Callable[[], object] = lambda: None,
) -> None:
    """Serve the pages at a host and a port until interrupted; ``when_up`` once they are open."""
    silence(os.environ)
    page = build(assistant, library, corpus_date, keeper)
    settings = launch_settings(keeper)
    host, port = at
    page.launch(
        server_name=host, server_port=port, quiet=True, prevent_thread_lock=True, **settings
    )
    when_up()
    page.block_thread()


def launch_settings(keeper: Keeper | None = None) -> dict[str, Any]:
    """Arguments of ``Blocks.launch``: our look and addresses; nothing that sends questions."""
    from starlette.middleware import Middleware

    from assistant.web.head import head
    from assistant.web.theme import theme

    return {
        "theme": theme(),
        "favicon_path": str(files("assistant.web").joinpath("static", "favicon.svg")),
        "head": head(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "share": False,
        "app_kwargs": {"middleware": [Middleware(ContentPolicy)], "routes": _routes(keeper)},
    }


def _routes(keeper: Keeper | None) -> "Sequence[BaseRoute]":
    """Addresses of our own, which come before those of Gradio."""
    from assistant.web.card_route import card_routes

    return card_routes(keeper.records, keeper.library) if keeper else []

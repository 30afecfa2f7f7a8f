"""The web page of Blincite: built, then served on this machine."""

import os
from collections.abc import Callable
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.web.privacy import ContentPolicy, silence
from assistant.web.shapes import Assistant, Library

if TYPE_CHECKING:
    import gradio as gr


def build(assistant: Assistant, library: Library, corpus_date: str) -> "gr.Blocks":
    """All pages; ``corpus_date`` is in words, such as ``22 November 2026``."""
    # Importing gradio takes seconds, and `silence` has to come before it.
    import gradio as gr

    from assistant.web.ask_page import AskPage
    from assistant.web.library_page import LibraryPage

    page: gr.Blocks = gr.Blocks(title="Blincite", fill_width=True, analytics_enabled=False)
    with page:
        AskPage(assistant, library, corpus_date).build()
    with page.route("Library", "/library"):
        LibraryPage(library, corpus_date).build(page)
    # Two answers at once: an answer is arithmetic, and a third would slow both.
    page.queue(default_concurrency_limit=2)
    return page


def serve(
    assistant: Assistant,
    library: Library,
    corpus_date: str,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    when_up: Callable[[], object] = lambda: None,
) -> None:
    """Serve the pages until interrupted; ``when_up`` is called once they can be opened."""
    silence(os.environ)
    page = build(assistant, library, corpus_date)
    settings = launch_settings()
    page.launch(
        server_name=host, server_port=port, quiet=True, prevent_thread_lock=True, **settings
    )
    when_up()
    page.block_thread()


def launch_settings() -> dict[str, Any]:
    """Arguments of ``Blocks.launch``: our look; nothing that keeps or sends questions."""
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
        "app_kwargs": {"middleware": [Middleware(ContentPolicy)]},
    }

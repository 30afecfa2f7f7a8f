"""The web page of Blincite: built, then served on this machine."""

import io
import os
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from assistant.web.check_run import Checks
from assistant.web.keeping import Keeper
from assistant.web.privacy import ContentPolicy, silence
from assistant.web.session import Admits, LoginFirst
from assistant.web.shapes import Assistant, Desk, Library

if TYPE_CHECKING:
    import gradio as gr
    from starlette.routing import BaseRoute

MCP = "/gradio_api/mcp/"
"""The address at which agents find the tool ``check_claim``."""
GREETING = "Blincite asks who you are. Whoever runs it here gives out names and passwords."


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the pages."""

    assistant: Assistant
    desk: Desk
    library: Library
    corpus_date: str
    """In words, such as ``22 November 2026``."""
    keeper: Keeper
    checks: Checks = field(default_factory=Checks)
    admits: Admits | None = None
    """Who may open the pages; None: everybody who can reach them."""


def build(behind: Behind) -> "gr.Blocks":
    """All pages, and the one tool of agents."""
    # Importing gradio takes seconds, and `silence` has to come before it.
    import gradio as gr
    from gradio.events import api

    from assistant.web.ask_page import AskPage
    from assistant.web.check_page import CheckPage
    from assistant.web.check_tool import check_claim_tool
    from assistant.web.earlier_page import EarlierPage
    from assistant.web.library_page import LibraryPage

    library, corpus_date, keeper = behind.library, behind.corpus_date, behind.keeper
    page: gr.Blocks = gr.Blocks(title="Blincite", fill_width=True, analytics_enabled=False)
    with page:
        AskPage(behind.assistant, library, corpus_date, keeper).build(page)
        # Every public event is a tool of agents: those of the pages are private, this is the one.
        api(check_claim_tool(behind.desk))
    with page.route("Check", "/check"):
        CheckPage(behind.desk, library, corpus_date, behind.checks).build(page)
    with page.route("Library", "/library"):
        LibraryPage(library, corpus_date).build(page)
    with page.route("Earlier questions", "/earlier"):
        EarlierPage(keeper.records, corpus_date).build(page)
    # Two answers at once: an answer is arithmetic, and a third would slow both.
    page.queue(default_concurrency_limit=2)
    return page


def serve(
    behind: Behind,
    *,
    at: tuple[str, int] = ("127.0.0.1", 7860),
    when_up: Callable[[], object] = lambda: None,
) -> None:
    """Serve the pages at a host and a port until interrupted; ``when_up`` once they are open."""
    silence(os.environ)
    page = build(behind)
    host, port = at
    # Gradio announces its tools on stdout, however quiet it is told to be.
    with redirect_stdout(io.StringIO()):
        page.launch(
            server_name=host,
            server_port=port,
            quiet=True,
            prevent_thread_lock=True,
            **launch_settings(behind),
        )
    when_up()
    page.block_thread()


def launch_settings(behind: Behind) -> dict[str, Any]:
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
        # The tool of agents calls the page without a name, so that a login would refuse it anyway.
        "mcp_server": behind.admits is None,
        "auth": behind.admits,
        "auth_message": GREETING,
        "app_kwargs": {
            "middleware": [Middleware(ContentPolicy), Middleware(LoginFirst)],
            "routes": _routes(behind),
        },
    }


def _routes(behind: Behind) -> "Sequence[BaseRoute]":
    """Addresses of our own, which come before those of Gradio."""
    from assistant.web.card_route import card_routes
    from assistant.web.check_routes import check_routes

    keeper = behind.keeper
    return [*card_routes(keeper.records, keeper.library), *check_routes(behind.checks)]

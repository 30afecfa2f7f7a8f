"""Who is asking: Gradio's login, for the addresses that it does not protect itself."""

from collections.abc import Awaitable, Callable
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.web.privacy import App, Message, Receive, Send

Admits = Callable[[str, str], Awaitable[bool]]
"""Whether a name may come in with a password."""
OPEN: Final = frozenset(
    {
        *("/", "/check", "/library", "/earlier"),  # to strangers, Gradio shows its login there
        *("/check/", "/library/", "/earlier/"),
        *("/login", "/login/", "/logout"),
        *("/favicon.ico", "/theme.css", "/robots.txt", "/manifest.json"),
        "/gradio_api/startup-events",  # asked by the server itself before it says that it is up
    }
)
OPEN_FOLDERS: Final = ("/assets/", "/static/", "/svelte/")
"""Scripts and styles of Gradio, which the login page needs."""


def user_of(request: Request) -> str | None:
    """The name that this browser is logged in with; None without a login."""
    app = request.app
    # Gradio finds its user in the same way, but offers no function for it.
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    token = request.cookies.get(names[0]) or request.cookies.get(names[1])
    name: str | None = app.tokens.get(token)
    return name


class LoginFirst:
    """ASGI middleware: where there is a login, strangers get the login page and nothing else.

    Gradio protects its own addresses, one by one; this one protects ours, the tool of agents, and
    whatever is added later.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not _may_pass(Request(scope)):
            # A page that reads files shows the problem; all others go by the status.
            refusal = JSONResponse({"problem": "Log in first: open this page again."}, 401)
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _may_pass(request: Request) -> bool:
    path = request.scope["path"]
    if request.app.auth is None or path in OPEN or path.startswith(OPEN_FOLDERS):
        return True
    return user_of(request) is not None

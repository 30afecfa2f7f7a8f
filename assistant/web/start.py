"""The command ``blincite chat``: make the index ready, serve the pages, load the models."""

import ipaddress
import socket

from assistant.assembly import Assembled, assemble
from assistant.card_text import in_words
from assistant.cards import origin_of
from assistant.claims.assembly import desk_of
from assistant.errors import BadSetting
from assistant.history import History
from assistant.login import Login
from assistant.settings import Settings
from assistant.web.app import MCP, Behind, serve
from assistant.web.keeping import Keeper
from assistant.web.unkept import Unkept
from index.build import build_index, index_is_stale
from index.cli import STALE, counting, say_problems, stderr
from index.errors import NoIndex
from index.generations import current_generation

OPEN = (
    "Earlier questions are not kept: others can open this page without a login, and would read "
    "them. They are kept on 127.0.0.1, or with a login (BLINCITE_LOGIN)."
)
UNENCRYPTED = (
    "Passwords travel unencrypted to this address. Put a server with HTTPS in front of it, and "
    "serve the page on 127.0.0.1."
)


def start(settings: Settings, *, port: int | None = None) -> None:
    """Serve until interrupted. Builds the index where there is none; says so where it is stale."""
    port = port or settings.port
    _ensure_free(settings.host, port)
    login = _login(settings)
    _ensure_index(settings)
    assembled = assemble(settings)
    if generator := assembled.assistant.generator:
        # A missing package or key is said now, not at the first question.
        generator.load()

    def when_up() -> None:
        stderr.print(f"Blincite is at http://{settings.host}:{port}  (Ctrl+C ends it)")
        if login is None:
            stderr.print(f"Agents find the tool check_claim at http://{settings.host}:{port}{MCP}")
        # The models load while the first question is typed.
        assembled.assistant.warm_up()

    serve(
        Behind(
            assembled.assistant,
            desk_of(assembled),
            assembled.catalogue,
            in_words(date) if (date := assembled.manifest.corpus_date) else "unknown date",
            _keeper(settings, assembled),
            admits=login.admits if login else None,
        ),
        at=(settings.host, port),
        when_up=when_up,
    )


def _login(settings: Settings) -> Login | None:
    """Who may open the page, where a file says so; asked before anything heavy is loaded."""
    if settings.login is None:
        return None
    if not is_this_machine(settings.host):
        stderr.print(UNENCRYPTED)
    return Login(settings.login)


def _keeper(settings: Settings, assembled: Assembled) -> Keeper:
    """Earlier questions in a file, unless they are off or strangers could read them."""
    private = is_this_machine(settings.host) or settings.login is not None
    kept = settings.history and private
    if settings.history and not kept:
        stderr.print(OPEN)
    records = History(settings.history_path) if kept else Unkept()
    return Keeper(records, origin_of(assembled.manifest), assembled.catalogue)


def is_this_machine(host: str) -> bool:
    """Whether only programs of this machine can open a page that is served on ``host``."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


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

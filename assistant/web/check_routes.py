"""Addresses of the Check page: a report as a file, and the words of an uploaded file."""

import logging
from typing import Final
from urllib.parse import unquote

from anyio import fail_after, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from assistant.claims.files import MOST_BYTES, text_from, too_big
from assistant.claims.report import KINDS, report_of
from assistant.claims.text import BadText
from assistant.web.check_run import Checks
from assistant.web.session import user_of

GONE: Final = "This check is no longer in memory. Check the text again.\n"
PATIENCE: Final = 60.0
"""Seconds that reading a file may take."""
MEDIA: Final = {
    ".md": "text/markdown; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
}
log = logging.getLogger(__name__)


def check_routes(checks: Checks) -> list[Route]:
    """Both addresses. Neither writes a file; a report is for the owner of its check alone."""

    async def report(request: Request) -> Response:
        check_id, _, kind = request.path_params["name"].rpartition(".")
        run = checks.find(user_of(request) or "", check_id)
        if run is None or f".{kind}" not in KINDS:
            return PlainTextResponse(GONE, 404)
        content = await run_in_threadpool(report_of, run.checked, f".{kind}")
        return Response(content, headers=_as_file(kind), media_type=MEDIA[f".{kind}"])

    async def read(request: Request) -> Response:
        name = unquote(request.query_params.get("name", "")) or "The file"
        try:
            return JSONResponse({"text": await _words(name, await _content(request, name))})
        except BadText as bad:
            return JSONResponse({"problem": str(bad)}, 422)
        # The outermost door: a file may be broken in ways that no reader foresees.
        except Exception as error:  # noqa: BLE001
            log.error("A file could not be read: %s", type(error).__name__)
            problem = f"{name}: damaged, or not what its ending says. Paste the text instead."
            return JSONResponse({"problem": problem}, 422)

    return [
        Route("/words-of-file", read, methods=["POST"]),
        Route("/checked/{name}", report),
    ]


async def _words(name: str, content: bytes) -> str:
    """The text of a file; BadText where reading it takes too long."""
    try:
        with fail_after(PATIENCE):
            return await to_thread.run_sync(text_from, name, content, abandon_on_cancel=True)
    except TimeoutError as late:
        raise BadText(f"{name}: it takes too long to read. Paste the text instead.") from late


def _as_file(kind: str) -> dict[str, str]:
    """Downloaded, but for the page that is printed. No browser keeps a copy for later."""
    shown = "inline" if kind == "html" else "attachment"
    return {
        "content-disposition": f'{shown}; filename="blincite-check.{kind}"',
        "cache-control": "no-store",
    }


async def _content(request: Request, name: str) -> bytes:
    """The bytes of the request, held in memory; BadText as soon as they are too many."""
    size = int(request.headers.get("content-length", 0))
    if size > MOST_BYTES:
        raise too_big(name, size)
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > MOST_BYTES:
            raise too_big(name, len(content))
    return bytes(content)

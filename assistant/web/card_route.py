"""The addresses ``/card/ID.json`` and ``/card/ID.md``: an answer as a file."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from assistant.card_text import as_markdown
from assistant.cards import Card, as_json_today, changes
from assistant.errors import AssistantProblem
from assistant.web.session import user_of
from assistant.web.shapes import Library, Records

GONE = "No answer is kept under this id. Ask its question again.\n"
Writer = Callable[[Card, Library], str]


def card_routes(records: Records, library: Library) -> list[Route]:
    """Both addresses, for the owner of the card alone."""

    def route(suffix: str, media_type: str, write: Writer) -> Route:
        async def answer(request: Request) -> Response:
            card_id = request.path_params["card_id"]
            text = await run_in_threadpool(_text, user_of(request) or "", card_id, write)
            if text is None:
                return PlainTextResponse(GONE, 404)
            name = f'attachment; filename="blincite-{card_id}.{suffix}"'
            return Response(text, headers={"content-disposition": name}, media_type=media_type)

        return Route(f"/card/{{card_id}}.{suffix}", answer)

    def _text(owner: str, card_id: str, write: Writer) -> str | None:
        try:
            card = records.card(owner, card_id)
        except AssistantProblem:
            return None
        return write(card, library) if card else None

    return [
        route("json", "application/json", _json),
        route("md", "text/markdown; charset=utf-8", _markdown),
    ]


def _json(card: Card, library: Library) -> str:
    return as_json_today(card, changes(card.answer, library))


def _markdown(card: Card, library: Library) -> str:
    return as_markdown(card, changes(card.answer, library))

"""Stand-ins for the tests of the chat model: what models say, and an endpoint that fails."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from threading import Event, Thread
from typing import Any

from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage, AIMessageChunk

from assistant.answer import Answer
from assistant.chat_stream import ChatModel
from assistant.generation import Generator
from assistant.verification import check_claim


def says(reply: str) -> ChatModel:
    """A chat model of LangChain that streams the same reply, word by word, to everything."""
    return GenericFakeChatModel(messages=repeat(AIMessage(reply)))


def generator(model: ChatModel, seconds: float = 30.0) -> Generator:
    return Generator("test:model", lambda: model, check_claim, seconds=seconds)


def last(model: ChatModel, answer: Answer, seconds: float = 30.0) -> Answer:
    """What is shown in the end."""
    *_, finished = generator(model, seconds).generate(answer)
    return finished


@dataclass
class Obedient:
    """A model that does whatever an order in its task tells it to, and rewords otherwise."""

    replies: Mapping[str, str]
    """What it writes, by the order that it finds."""
    otherwise: str
    obeyed: int = 0

    def stream(self, messages: Any, /) -> Iterator[AIMessageChunk]:
        _, asked = messages[-1]
        reply = self.otherwise
        for order, wanted in self.replies.items():
            if json.dumps(order, ensure_ascii=False)[1:-1] in asked:
                self.obeyed += 1
                reply = wanted
        yield from map(AIMessageChunk, repeat("and so on ") if reply == "{endless}" else [reply])


@dataclass
class Listening:
    """A model that keeps what it was told."""

    reply: str
    heard: list[tuple[str, str]] = field(default_factory=list)

    def stream(self, messages: Any, /) -> Iterator[AIMessageChunk]:
        self.heard += messages
        yield AIMessageChunk(self.reply)


def event(text: str = "", ended: str | None = None, **delta: str) -> str:
    """One event of a streamed reply, in the form that OpenAI gave it."""
    choice = {"index": 0, "delta": {"content": text, **delta}, "finish_reason": ended}
    body = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m"}
    return f"data: {json.dumps({**body, 'choices': [choice]})}\n\n"


DONE = "data: [DONE]\n\n"


@dataclass
class Endpoint:
    """A server that answers every request in one way; ``hangs`` after its last event."""

    status: int = 200
    events: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    hangs: bool = False
    closed: Event = field(default_factory=Event)

    def serve(self) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (_Reply,), {"plan": self}))
        Thread(target=server.serve_forever, daemon=True).start()
        return server


class _Reply(BaseHTTPRequestHandler):
    plan: Endpoint

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.plan.status)
        for name, value in {"Content-Type": "text/event-stream", **self.plan.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for one in self.plan.events:
            self.wfile.write(one.encode())
            self.wfile.flush()
        if self.plan.hangs:
            self.plan.closed.wait(60)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the output of tests is theirs."""

"""The words of a chat model as they arrive, or why they stopped."""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any, Final, Protocol

from assistant.errors import AssistantProblem

log = logging.getLogger(__name__)

Messages = Sequence[tuple[str, str]]
"""Who speaks (``system``, ``human``) and what is said."""
_DECLINED: Final = frozenset({"content_filter", "refusal", "safety", "blocklist", "prohibited"})
"""How providers name the end of an answer that they, or their model, would not give."""
_REASONS: Final = (
    ("Timeout", "did not answer in time"),
    ("RateLimit", "is over its rate limit"),
    ("Refusal", "declined to answer"),
    ("Authentication", "does not accept the key it was given"),
    ("PermissionDenied", "does not accept the key it was given"),
    ("NotFound", "is not known to its provider"),
    ("Connect", "cannot be reached"),
    ("JSONDecode", "sent something that cannot be read"),
)
_STATUS: Final = {
    401: "does not accept the key it was given",
    403: "does not accept the key it was given",
    404: "is not known to its provider",
    408: "did not answer in time",
    429: "is over its rate limit",
}


class Chunk(Protocol):
    """A part of a reply; ``langchain_core.messages.AIMessageChunk`` is one."""

    @property
    def text(self) -> str: ...
    @property
    def response_metadata(self) -> Mapping[str, Any]: ...
    @property
    def additional_kwargs(self) -> Mapping[str, Any]: ...


class ChatModel(Protocol):
    """Any chat model of LangChain."""

    def stream(self, input: Any, /) -> Iterator[Any]: ...


class Interrupted(AssistantProblem):
    """A chat model's reply that cannot be used; the message completes "The chat model …"."""


def words_of(model: ChatModel, messages: Messages, *, seconds: float) -> Iterator[str]:
    """The text of a reply, piece by piece; Interrupted where it fails, or takes too long."""
    for chunk in _in_time(model, messages, seconds):
        if _declines(chunk):
            raise Interrupted("declined to answer")
        if text := str(chunk.text):
            yield text


def _in_time(model: ChatModel, messages: Messages, seconds: float) -> Iterator[Chunk]:
    """The chunks, read in a thread of their own: not every provider's client has a time-out."""
    arrived: SimpleQueue[Chunk | Interrupted | None] = SimpleQueue()
    stopped = Event()
    Thread(target=_read, args=(model, messages, arrived, stopped), daemon=True).start()
    until = monotonic() + seconds
    try:
        while (found := arrived.get(timeout=max(0.0, until - monotonic()))) is not None:
            if isinstance(found, Interrupted):
                raise found
            yield found
    except Empty:
        raise Interrupted(f"did not answer within {seconds:g} seconds") from None
    finally:
        stopped.set()


def _read(
    model: ChatModel,
    messages: Messages,
    arrived: "SimpleQueue[Chunk | Interrupted | None]",
    stopped: Event,
) -> None:
    try:
        for chunk in _until(stopped, model.stream(messages)):
            arrived.put(chunk)
    # The door to code that is not ours: each provider raises its own errors, and those of the
    # libraries below it. Whatever it is, the reader gets the quotes and is told.
    except Exception as error:  # noqa: BLE001
        # Not the message: it may hold a part of the key, or of the question.
        log.warning("The chat model failed with %s.", type(error).__name__)
        arrived.put(Interrupted(_reason(error)))
    else:
        arrived.put(None)


def _until(stopped: Event, chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    for chunk in chunks:
        if stopped.is_set():
            return
        yield chunk


def _reason(error: Exception) -> str:
    """What happened, from the names of the error's classes: providers share no base class."""
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    status = getattr(error, "status_code", None)
    if status in _STATUS:
        return _STATUS[status]
    known = (reason for part, reason in _REASONS if part in names)
    return next(known, f"failed ({type(error).__name__})")


def _declines(chunk: Chunk) -> bool:
    said = chunk.response_metadata
    ends = (str(said.get(name, "")).lower() for name in ("finish_reason", "stop_reason"))
    return bool(chunk.additional_kwargs.get("refusal")) or not _DECLINED.isdisjoint(ends)

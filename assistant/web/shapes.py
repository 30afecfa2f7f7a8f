"""What the pages need from the assistant and from the corpus."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Answer, Filters
from assistant.cards import Card
from assistant.claims.records import CheckedText
from assistant.history import Conversation
from index.documents import Document, Study
from index.trials import Trial


class Assistant(Protocol):
    """Answers a question claim by claim."""

    def stream(self, question: str, turns: Sequence[Answer], filters: Filters) -> Iterator[Answer]:
        """Growing answers to ``question``; the last one is complete.

        ``turns`` are the earlier answers of the conversation, oldest first.
        """
        ...


class Desk(Protocol):
    """Checks a text sentence by sentence."""

    def stream(self, text: str) -> Iterator[CheckedText]:
        """The check of ``text``, growing; only the last is complete."""
        ...

    def check(self, text: str) -> CheckedText: ...

    def count(self, text: str) -> int:
        """How many sentences a text has; BadText where it cannot be checked."""
        ...


class Library(Protocol):
    """Reads the stored corpus."""

    def count(self) -> int: ...

    def studies(self) -> tuple[Study, ...]: ...

    def study(self, doc_id: str) -> Study:
        """KeyError where there is none."""
        ...

    def document(self, doc_id: str) -> Document:
        """KeyError where there is none."""
        ...

    def trial(self, key: str) -> Trial | None: ...


class Records(Protocol):
    """Keeps conversations and answer cards; an owner is the name of a login, or empty."""

    @property
    def lasting(self) -> bool:
        """Whether what is kept is still there after a restart."""
        ...

    def keep(self, owner: str, conversation_id: str, card: Card) -> None: ...

    def card(self, owner: str, card_id: str) -> Card | None: ...

    def turns(self, owner: str, conversation_id: str) -> tuple[Card, ...]: ...

    def conversations(self, owner: str) -> tuple[Conversation, ...]: ...

    def forget(self, owner: str, conversation_id: str) -> None: ...

    def forget_all(self, owner: str) -> None: ...

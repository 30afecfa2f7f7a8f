"""Stands in for the history where it is off: the latest cards in memory, for export only."""

from collections import OrderedDict
from typing import Final

from assistant.cards import Card
from assistant.history import Conversation

LATEST: Final = 100
"""Cards that can be exported; older ones are dropped."""


class Unkept:
    """Writes nothing, lists nothing, and has forgotten everything after a restart."""

    lasting = False

    def __init__(self) -> None:
        self._cards: OrderedDict[tuple[str, str], Card] = OrderedDict()

    def keep(self, owner: str, conversation_id: str, card: Card) -> None:
        self._cards[owner, card.card_id] = card
        if len(self._cards) > LATEST:
            self._cards.popitem(last=False)

    def card(self, owner: str, card_id: str) -> Card | None:
        return self._cards.get((owner, card_id))

    def turns(self, owner: str, conversation_id: str) -> tuple[Card, ...]:
        return ()

    def conversations(self, owner: str) -> tuple[Conversation, ...]:
        return ()

    def forget(self, owner: str, conversation_id: str) -> None:
        """Nothing is kept that could be forgotten."""

    def forget_all(self, owner: str) -> None:
        for key in [key for key in self._cards if key[0] == owner]:
            del self._cards[key]

"""What a person may set about the assistant, as values that are passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from assistant.errors import BadSetting
from index.settings import IndexSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """The defaults answer on this machine, with no key and no network."""

    index: IndexSettings = field(default_factory=IndexSettings)
    candidates: int = 10
    """Passages that are read sentence by sentence."""
    host: str = "127.0.0.1"
    """Where the page is served; BLINCITE_HOST. Another address opens it to the network."""
    port: int = 7860
    """BLINCITE_PORT."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The defaults, but for what the environment names."""
        settings = cls(index=IndexSettings.from_environment(environment))
        if host := environment.get("BLINCITE_HOST"):
            settings = replace(settings, host=host)
        if port := environment.get("BLINCITE_PORT"):
            settings = replace(settings, port=_port(port))
        return settings


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"BLINCITE_PORT is {text!r}. It must be a number from 1 to 65535.")
    return int(text)

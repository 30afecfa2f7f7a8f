"""What a person may set about the assistant, as values that are passed down."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

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
    history: bool = True
    """Whether earlier questions are kept on this machine; BLINCITE_HISTORY=off keeps none."""
    history_path: Path = Path(".blincite/history.sqlite")
    """The file that keeps them; BLINCITE_HISTORY_FILE."""
    login: Path | None = None
    """The file of those who may open the page; BLINCITE_LOGIN. None: no login is asked for."""
    verifier: str | None = None
    """Reads claims beside quotes for the claim desk; BLINCITE_VERIFIER. None, said as ``bundled``:
    the one that knows this corpus; ``general``: the one that does not; ``off``: nothing does; else
    any cross-encoder by name or path."""
    chat_model: str | None = None
    """``provider:model`` of any LangChain provider; BLINCITE_CHAT_MODEL. None: no language model.

    The question and the quotes that answer it are sent to it.
    """
    chat_timeout: float = 30.0
    """Seconds that a reply may take, first to last word; BLINCITE_CHAT_TIMEOUT."""
    chat_tokens: int = 400
    """Tokens of a reply at most; BLINCITE_CHAT_TOKENS."""
    chat_temperature: float | None = 0.0
    """BLINCITE_CHAT_TEMPERATURE; ``default``, here None, leaves it to a model that refuses 0."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """The defaults, but for what the environment names."""
        settings = cls(index=IndexSettings.from_environment(environment))
        if host := environment.get("BLINCITE_HOST"):
            settings = replace(settings, host=host)
        if port := environment.get("BLINCITE_PORT"):
            settings = replace(settings, port=_port(port))
        if history := environment.get("BLINCITE_HISTORY"):
            settings = replace(settings, history=_on_or_off("BLINCITE_HISTORY", history))
        if file := environment.get("BLINCITE_HISTORY_FILE"):
            settings = replace(settings, history_path=Path(file).expanduser())
        if (login := environment.get("BLINCITE_LOGIN")) is not None:
            settings = replace(settings, login=_login(login))
        if verifier := environment.get("BLINCITE_VERIFIER"):
            settings = replace(settings, verifier=None if verifier == "bundled" else verifier)
        return replace(settings, **_chat(environment))


def _chat(environment: Mapping[str, str]) -> dict[str, Any]:
    """What the environment says of the chat model."""
    readers: dict[str, Callable[[str, str], Any]] = {
        "model": _chat_model,
        "timeout": _positive,
        "tokens": lambda name, text: int(_positive(name, text)),
        "temperature": _temperature,
    }
    names = {part: f"BLINCITE_CHAT_{part.upper()}" for part in readers}
    return {
        f"chat_{part}": readers[part](name, environment[name])
        for part, name in names.items()
        if environment.get(name)
    }


def _chat_model(name: str, text: str) -> str:
    provider, colon, model = text.partition(":")
    if not (provider and colon and model):
        raise BadSetting(f"{name} is {text!r}. It must be provider:model, such as ollama:llama3.2.")
    return text


def _positive(name: str, text: str) -> float:
    number = _number(name, text)
    if not 1 <= number <= 100_000:
        raise BadSetting(f"{name} is {text!r}. It must be a number from 1 to 100000.")
    return number


def _temperature(name: str, text: str) -> float | None:
    return None if text == "default" else _number(name, text)


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as wrong:
        raise BadSetting(f"{name} is {text!r}. It must be a number.") from wrong


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"BLINCITE_PORT is {text!r}. It must be a number from 1 to 65535.")
    return int(text)


def _login(text: str) -> Path:
    # Elsewhere an empty variable is none. Here it would open the page to everybody.
    if not text.strip():
        raise BadSetting("BLINCITE_LOGIN is empty. Name the file of logins, or unset it.")
    return Path(text).expanduser()


def _on_or_off(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise BadSetting(f"{name} is {text!r}. It must be on or off.")
    return text == "on"

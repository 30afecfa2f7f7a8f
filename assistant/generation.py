"""Quotes to prose, by a chat model: a sentence is shown once it has passed its checks."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from assistant.answer import Answer
from assistant.chat_stream import ChatModel, Interrupted, words_of
from assistant.citations import sentences_of
from assistant.composer import SENTENCES
from assistant.errors import BadSetting
from assistant.prompts import CANNOT_ANSWER, messages
from assistant.rewording import Checker, Rewording, extractive
from assistant.settings import Settings

LONGEST = 8000
"""Characters of a reply; one that goes on is broken."""
EXTRAS = ("openai", "anthropic", "ollama")
"""Providers whose package is an extra of Blincite."""
TOKENS = {"ollama": "num_predict"}
"""What a provider calls the longest reply, where that is not ``max_tokens``."""


class Generator:
    """Rewords the quotes of an answer; what the model cannot do, or does badly, the quotes do."""

    def __init__(
        self, name: str, load: Callable[[], ChatModel], check: Checker, *, seconds: float
    ) -> None:
        self.name = name
        self._load = load
        self._check = check
        self._seconds = seconds

    def generate(self, answer: Answer) -> Iterator[Answer]:
        """The answer in the words of the model, growing; only the last one is ``complete``.

        An answer without claims stays as it is, and the model is not asked. BadSetting where
        there is no such model.
        """
        rewording = Rewording(answer, self._check)
        if not rewording.evidence:
            yield rewording.finished(self.name) if answer.claims else answer
            return
        try:
            yield from self._growing(rewording)
        except Interrupted as why:
            yield extractive(answer, f"The chat model {self.name} {why}; these are quotes.")
        else:
            yield rewording.finished(self.name)

    def load(self) -> None:
        """Make the model now, so that a wrong setting is known on start."""
        assert self._model is not None

    @cached_property
    def _model(self) -> ChatModel:
        return self._load()

    def _growing(self, rewording: Rewording) -> Iterator[Answer]:
        for sentence in sentences_of(self._pieces(rewording)):
            if CANNOT_ANSWER in sentence.text:
                raise Interrupted("found no answer in what was found")
            if rewording.take(sentence):
                yield rewording.growing(self.name)
            if rewording.full:
                return

    def _pieces(self, rewording: Rewording) -> Iterator[str]:
        quotes = {piece.key: piece.quote for piece in rewording.evidence}
        said = messages(rewording.answer.query, quotes, sentences=SENTENCES)
        length = 0
        for piece in words_of(self._model, said, seconds=self._seconds):
            length += len(piece)
            if length > LONGEST:
                raise Interrupted("did not come to an end")
            yield piece


def generator_of(settings: Settings, check: Checker) -> Generator | None:
    """The generator that the settings name; None where they name no chat model."""
    if settings.chat_model is None:
        return None
    return Generator(
        settings.chat_model, lambda: load(settings), check, seconds=settings.chat_timeout
    )


def load(settings: Settings) -> ChatModel:
    """A chat model of LangChain by its name, such as ``ollama:llama3.2``; BadSetting if none."""
    # Importing LangChain's models takes seconds.
    from langchain.chat_models import init_chat_model

    name = settings.chat_model or ""
    try:
        model: ChatModel = init_chat_model(name, **_options(settings))
    except ImportError as missing:
        raise BadSetting(f"BLINCITE_CHAT_MODEL is {name!r}. {_cure(name, missing)}") from missing
    # Each provider has errors of its own for a missing key or an unknown name.
    except Exception as wrong:
        first = (str(wrong) or type(wrong).__name__).splitlines()[0]
        raise BadSetting(f"BLINCITE_CHAT_MODEL is {name!r}: {first}") from wrong
    return model


def _options(settings: Settings) -> dict[str, Any]:
    provider = (settings.chat_model or "").partition(":")[0]
    options = {
        "temperature": settings.chat_temperature,
        "timeout": settings.chat_timeout,
        TOKENS.get(provider, "max_tokens"): settings.chat_tokens,
        # Waiting for a second try would cost the reader more than the quotes, which are there.
        "max_retries": 0,
    }
    return {name: value for name, value in options.items() if value is not None}


def _cure(name: str, missing: ImportError) -> str:
    """Which package is missing, and the command that installs it."""
    provider = name.partition(":")[0]
    if provider not in EXTRAS:
        return str(missing)
    package = f"langchain-{provider}"
    return f"It needs the package {package}. Install it: pip install 'blincite[{provider}]'"

"""What a chat model writes to the questions of a gold folder, and what of it is shown.

BLINCITE_CHAT_MODEL=provider:model python -m assistant.evaluation.generated ../shared/gold
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Annotated, Any

import typer

from assistant.answer import Answer, Claim
from assistant.assembly import assemble
from assistant.chat_stream import ChatModel
from assistant.citations import sentences_of
from assistant.entailment import verifier_of
from assistant.errors import BadSetting
from assistant.evaluation.gold import Expected, read_gold
from assistant.evaluation.matching import holds_answer
from assistant.generation import Generator, load
from assistant.render import plain_answer
from assistant.rewording import Checker
from assistant.settings import Settings
from assistant.verification import check_claim
from index.figures import figures_in


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a reply that is played again."""

    text: str
    response_metadata: dict[str, Any]
    additional_kwargs: dict[str, Any]


class Recorder:
    """A chat model whose replies are kept."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model
        self.reply = ""

    def stream(self, messages: Any, /) -> Iterator[Any]:
        self.reply = ""
        for chunk in self.model.stream(messages):
            self.reply += chunk.text
            yield chunk


class WithKeys:
    """A reply played again, with a key for each sentence that names none: each must be checked."""

    def __init__(self, reply: str) -> None:
        self.sentences = list(sentences_of([reply]))

    def stream(self, messages: Any, /) -> Iterator[Piece]:
        for sentence in self.sentences:
            # The last one may have been cut off; with a key it would look whole.
            whole = sentence.text.endswith((".", "!", "?"))
            keys = "".join(f"[{key}]" for key in sentence.keys or ("E1",)) if whole else ""
            yield Piece(f"{sentence.text.rstrip('.')} {keys}.\n", {}, {})


class Replayed:
    """The replies of an earlier run, by question."""

    def __init__(self, replies: Mapping[str, str]) -> None:
        self.replies = replies

    @classmethod
    def read(cls, file: Path) -> "Replayed":
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        return cls({row["question"]: row["reply"] for row in rows})

    def stream(self, messages: Any, /) -> Iterator[Piece]:
        question = json.loads(messages[-1][1])["question"]
        yield Piece(self.replies[question], {}, {})


@dataclass(frozen=True, slots=True)
class Reworded:
    """One question: the answer in quotes, the reply, and the answers made of it."""

    expected: Expected
    quoted: Answer
    reply: str
    shown: Answer
    with_keys: Answer
    seconds: float


def reworded(
    settings: Settings, asked: Iterable[tuple[Expected, Answer]], model: ChatModel
) -> Iterator[Reworded]:
    """Have the model reword every answer that has claims."""
    recorder = Recorder(model)
    check = partial(check_claim, verifier=verifier_of(settings.verifier))
    generator = _generator(settings, check, recorder)
    for expected, quoted in asked:
        if quoted.claims:
            start = perf_counter()
            *_, shown = generator.generate(quoted)
            seconds = perf_counter() - start
            again = _generator(settings, check, WithKeys(recorder.reply))
            *_, with_keys = again.generate(quoted)
            yield Reworded(expected, quoted, recorder.reply, shown, with_keys, seconds)


def _asked(settings: Settings, questions: Sequence[Expected]) -> Iterator[tuple[Expected, Answer]]:
    """Every question with its answer in quotes."""
    assistant = assemble(replace(settings, chat_model=None)).assistant
    for expected in questions:
        yield expected, assistant.ask(expected.question)


def _generator(settings: Settings, check: Checker, model: ChatModel) -> Generator:
    name = settings.chat_model or ""
    return Generator(name, lambda: model, check, seconds=settings.chat_timeout)


def measures(rows: Sequence[Reworded]) -> dict[str, Any]:
    """Counts over all questions; ``unsupported`` are figures that stand in no quote cited."""
    return {
        "questions": len(rows),
        "figures written": sum(len(figures_in(row.reply)) for row in rows),
        "figures written, unsupported": sum(len(_made_up(row)) for row in rows),
        "as written": _shown(rows, [row.shown for row in rows]),
        "with a key for every sentence": _shown(rows, [row.with_keys for row in rows]),
        "seconds, p50": round(median(row.seconds for row in rows), 1) if rows else None,
    }


def _made_up(row: Reworded) -> frozenset[str]:
    """Figures of a reply that stand in none of the quotes that it was given."""
    return figures_in(row.reply) - _figures(claim.text for claim in row.quoted.claims)


def _shown(rows: Sequence[Reworded], answers: Sequence[Answer]) -> dict[str, int]:
    claims = [claim for answer in answers for claim in answer.claims]
    asked = [(row.expected, answer) for row, answer in zip(rows, answers, strict=True)]
    return {
        "sentences shown": len(claims),
        "of them reworded": sum(not _is_quote(claim) for claim in claims),
        "sentences withheld": sum(len(answer.withheld) for answer in answers),
        "unsupported figures shown": sum(len(_unsupported(claim)) for claim in claims),
        "answers with every figure asked for": sum(
            holds_answer(plain_answer(answer), expected) for expected, answer in asked
        ),
    }


def _unsupported(claim: Claim) -> frozenset[str]:
    return figures_in(claim.text) - _figures(citation.quote for citation in claim.citations)


def _is_quote(claim: Claim) -> bool:
    return any(claim.text == citation.quote for citation in claim.citations)


def _figures(texts: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*map(figures_in, texts))


def main(
    folder: Annotated[Path, typer.Argument(help="A gold folder.")],
    questions: Annotated[int, typer.Option(help="How many, from the first.")] = 100,
    replies: Annotated[
        Path | None, typer.Option(help="Write what was written and shown, as JSON lines.")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(help="Take the replies from such a file, not from the model.")
    ] = None,
) -> None:
    """Measure the chat model that BLINCITE_CHAT_MODEL names; prints one JSON object."""
    settings = Settings.from_environment()
    if settings.chat_model is None:
        raise BadSetting("BLINCITE_CHAT_MODEL is not set. Name a model, such as ollama:llama3.2.")
    asked = _asked(settings, read_gold(folder).questions[:questions])
    model = Replayed.read(replay) if replay else load(settings)
    rows = []
    for row in reworded(settings, asked, model):
        rows.append(row)
        if replies:
            with replies.open("a", encoding="utf-8") as file:
                file.write(json.dumps(_record(row), ensure_ascii=False) + "\n")
    typer.echo(json.dumps(measures(rows), indent=1))


def _record(row: Reworded) -> dict[str, Any]:
    shown = {name: [c.text for c in a.claims] for name, a in _answers(row)}
    return {"question": row.quoted.query, "reply": row.reply, **shown, "notes": row.shown.caveats}


def _answers(row: Reworded) -> list[tuple[str, Answer]]:
    return [("quoted", row.quoted), ("shown", row.shown), ("with_keys", row.with_keys)]


if __name__ == "__main__":
    typer.run(main)

"""``blincite bench speed``: build rate, latency of answers, start of the page."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.bench import build_rate, latency, start_up
from assistant.bench.datasets import SAMPLE
from assistant.settings import Settings
from index.build import build_index
from index.documents import Document
from index.readers import corpus_files, read_corpus
from index.settings import IndexSettings

Say = Callable[[str], None]
Builds = Callable[
    [IndexSettings, Sequence[Document]], tuple[dict[str, build_rate.Build], dict[str, str]]
]
"""The ways to build an index of a corpus, and why others are left out."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is timed; ``None`` is all there is."""

    rounds: int = 3
    queries: int | None = None

    @property
    def documents(self) -> int | None:
        return SAMPLE * self.queries if self.queries else None


def run(
    settings: Settings,
    questions: Sequence[str],
    extent: Extent,
    say: Say = lambda _: None,
    *,
    builds: Builds = build_rate.builds,
    chat: Sequence[str] = start_up.CHAT,
) -> dict[str, Any]:
    """Everything that the command prints, but for the machine and the versions."""
    questions = questions[: extent.queries]
    with _sampled(settings, extent.documents) as on_sample:
        built, missing = _builds(on_sample, extent.rounds, say, builds)
        build_index(on_sample.index)
        answers = _answers(on_sample, questions, extent.rounds, say)
        starts = start_up.time_starts(on_sample, questions[0], extent.rounds, say, chat)
    return {
        "rounds": extent.rounds,
        "build": built,
        "answer": answers,
        "start": start_up.summary(starts),
        "missing": missing,
    }


def _builds(
    settings: Settings, rounds: int, say: Say, builds: Builds
) -> tuple[dict[str, Any], dict[str, str]]:
    documents = read_corpus(settings.index.corpus).documents
    ways, missing = builds(settings.index, documents)
    seconds = build_rate.time_builds(ways, rounds, say)
    tokens = build_rate.count_tokens([document.text for document in documents])
    return build_rate.summary(seconds, tokens), missing


def _answers(settings: Settings, questions: Sequence[str], rounds: int, say: Say) -> dict[str, Any]:
    watch = latency.Stopwatch()
    assistant = latency.timed_assistant(settings, watch)
    return latency.summary(latency.time_answers(assistant, watch, questions, rounds, say))


@contextmanager
def _sampled(settings: Settings, documents: int | None) -> Iterator[Settings]:
    """Settings over the corpus, or its first documents, with a temporary folder for the index."""
    with TemporaryDirectory(prefix="blincite-bench-") as name:
        folder = Path(name)
        index = replace(settings.index, folder=folder / "index")
        if documents is not None:
            index = replace(index, corpus=_copied(index.corpus, documents, folder / "corpus"))
        yield replace(settings, index=index)


def _copied(corpus: Path, documents: int, folder: Path) -> Path:
    """The first documents of a corpus in a folder; without trials, whose reports are not all in."""
    folder.mkdir()
    for path in corpus_files(corpus)[:documents]:
        shutil.copy(path, folder)
    return folder

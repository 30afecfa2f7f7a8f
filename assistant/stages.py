"""What the pipeline asks of each of its stages."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from assistant.answer import Answer, Evidence, Filters
from assistant.fit import Fit
from assistant.intent import Intent
from assistant.question import Reading
from assistant.rerank import ScoredSentence
from assistant.retrieval import Candidate
from assistant.sufficiency import Gap


class Retriever(Protocol):
    def retrieve(
        self,
        query: str,
        k: int,
        filters: Filters | None = None,
        within: frozenset[str] | None = None,
    ) -> list[Candidate]: ...


class Reranker(Protocol):
    def rerank(
        self, question: str, sentences: Sequence[ScoredSentence]
    ) -> list[ScoredSentence]: ...


class Answering(Protocol):
    def read(
        self, question: str, sentences: Sequence[ScoredSentence], count: int
    ) -> list[ScoredSentence]: ...


class IntentReader(Protocol):
    def read(self, reading: Reading) -> Intent: ...
    def read_follow_up(self, reading: Reading) -> Intent: ...


class Prover(Protocol):
    def prove(self, answer: Answer) -> Answer: ...


class Contrary(Protocol):
    def find(self, reading: Reading, answer: Answer) -> tuple[Evidence, ...] | None: ...


class Gate(Protocol):
    def find_gap(self, reading: Reading, fits: Sequence[Fit]) -> Gap | None: ...


class Silence(Protocol):
    def as_told(self, gap: Gap, reading: Reading, fits: Sequence[Fit]) -> Gap: ...


class Generator(Protocol):
    def load(self) -> None: ...
    def generate(self, answer: Answer) -> Iterator[Answer]: ...

"""What a person wants of Blincite: a question of the field, or something else."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.question import Reading, last_question
from index.data_files import read_yaml
from index.terms import plain


class Intent(StrEnum):
    """See intents.yaml for examples of each."""

    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITIES = "capabilities"
    ONE_PATIENT = "one_patient"
    INSTRUCTION = "instruction"
    OTHER_TOPIC = "other_topic"
    QUESTION = "question"


class Embedder(Protocol):
    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


NEIGHBOURS = 5
SURE = 0.6
LIKELY = 0.35
CERTAIN = 0.85
"""The share from which a follow-up is no question: "how many?" looks like small talk as well."""
NEVER_FOLLOWS_UP = frozenset({Intent.GREETING, Intent.THANKS, Intent.OTHER_TOPIC})
COMMON = frozenset(
    {"setting", "severity", "place", "design", "quality", "dosing", "population", "outcome"}
)
"""Kinds of term that other fields of medicine use as well."""
_ONE_PERSON = re.compile(
    r"\b(?:my|our|he|she|him|her|his|hers|mother|father)\b|\b(?:bed|room|ward) \d"
    r"|\b(?:I|we) (?:am|are|have|had|was|were)\b"
    r"|\b(?:should|shall|can|may|must|do|could|ought) (?:I|we)\b"
    r"|\bI (?:should|can|may|must|do|push)\b"
    r"|\b(?:this|the|our) (?:\d+[- ](?:day|week|month|year)[- ]old|baby|child|boy|girl|patient)\b"
    r"|\b(?:tonight|tomorrow|right now|today)\b"
    r"|^(?:please )?(?:write|sign|prescribe|order|calculate|prepare|program|draw up)\b",
    re.IGNORECASE,
)
"""Words that point at one person, at a person who must act now, or give an order."""
_OF_A_STUDY = re.compile(r"\b(?:that|this|the|which|any|a) (?:trial|study|series|cohort|report)\b")


class IntentReader:
    """The intent of the examples that are nearest in meaning, each weighed by its cosine."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def read_follow_up(self, reading: Reading) -> Intent:
        """The intent of a text that leans on the turns before: a question, unless it is certain."""
        intent = self.read(reading)
        if intent is Intent.ONE_PATIENT:
            return intent
        certain = intent in NEVER_FOLLOWS_UP and self.shares(reading.text)[intent] >= CERTAIN
        return intent if certain else Intent.QUESTION

    def read(self, reading: Reading) -> Intent:
        """The intent with the largest share among the nearest examples.

        Examples cannot tell a terse question of the field ("germline?") from small talk, so another
        intent also needs a sign of its own: advice on one patient a word that points at a person,
        anything else a text that names nothing of the field.
        """
        shares = self.shares(reading.text)
        intent = max(shares, key=lambda one: shares[one])
        if shares[Intent.ONE_PATIENT] >= LIKELY and _asks_for_one(reading):
            return Intent.ONE_PATIENT
        if intent is Intent.ONE_PATIENT:
            return Intent.QUESTION
        if intent is Intent.INSTRUCTION:
            return intent if shares[intent] >= SURE else Intent.QUESTION
        of_the_field = bool(reading.names) or any(t.kind not in COMMON for t in reading.terms)
        return Intent.QUESTION if of_the_field else intent

    def shares(self, text: str) -> dict[Intent, float]:
        """For each intent its share, 0 to 1, of the similarity of the nearest examples."""
        vectors, intents = self._examples
        cosines = vectors @ self._embedder.embed_passages([text])[0]
        nearest = np.argsort(-cosines, kind="stable")[:NEIGHBOURS]
        # The cosines of bge-small crowd between 0.4 and 1; a power spreads them.
        weights = np.maximum(cosines[nearest], 0.0) ** 8
        shares = dict.fromkeys(Intent, 0.0)
        for position, weight in zip(nearest, weights / weights.sum(), strict=True):
            shares[intents[position]] += float(weight)
        return shares

    @cached_property
    def _examples(self) -> tuple[NDArray[np.float32], list[Intent]]:
        by_intent = read_yaml("assistant", "intents.yaml")
        texts = [text for examples in by_intent.values() for text in examples]
        intents = [Intent(name) for name, examples in by_intent.items() for _ in examples]
        return self._embedder.embed_passages(texts), intents


def _asks_for_one(reading: Reading) -> bool:
    """Whether the words point at one person.

    A case may be told before a question on what a study found: that is no question for advice.
    """
    text = plain(reading.text)
    asked = last_question(text)
    of_a_study = any(name.typed in asked for name in reading.names) or _OF_A_STUDY.search(asked)
    return bool(_ONE_PERSON.search(asked if of_a_study else text))

"""What a person wants of Blincite: a question of the field, or something else."""

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.question import Reading, last_question
from index.terms import plain


class Intent(StrEnum):
    """See ``assistant/training/intents.yaml`` for examples of each."""

    GREETING = "greeting"
    THANKS = "thanks"
    CAPABILITIES = "capabilities"
    ONE_PATIENT = "one_patient"
    INSTRUCTION = "instruction"
    OTHER_TOPIC = "other_topic"
    QUESTION = "question"


class Embedder(Protocol):
    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]: ...


WEIGHTS = Path(__file__).with_name("intent_weights.npy")
SURE = 0.6
"""The share from which a text that names things of the field may be an instruction."""
LIKELY = 0.4
"""The share from which a text that points at one person asks for advice on that person …"""
BEYOND_DOUBT = 0.8
"""… and from which it does so whether or not it points at one."""
CERTAIN = 0.45
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
    """The intent of a text by the vector of its meaning, as learned from examples."""

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
        """The intent with the largest share.

        A vector cannot tell a terse question of the field ("germline?") from small talk, so another
        intent also needs a sign of its own: advice on one patient a word that points at a person,
        unless it is beyond doubt, anything else a text that names nothing of the field.
        """
        shares = self.shares(reading.text)
        intent = max(shares, key=lambda one: shares[one])
        for_one = shares[Intent.ONE_PATIENT]
        if for_one >= BEYOND_DOUBT or (for_one >= LIKELY and _asks_for_one(reading)):
            return Intent.ONE_PATIENT
        if intent is Intent.ONE_PATIENT:
            return Intent.QUESTION
        if intent is Intent.INSTRUCTION:
            return intent if shares[intent] >= SURE else Intent.QUESTION
        of_the_field = bool(reading.names) or any(t.kind not in COMMON for t in reading.terms)
        return Intent.QUESTION if of_the_field else intent

    def shares(self, text: str) -> dict[Intent, float]:
        """How likely each intent is; together 1."""
        logits = self._weights[:, :-1] @ self._embedder.embed_passages([text])[0]
        odds = np.exp(logits + self._weights[:, -1])
        return dict(zip(Intent, (odds / odds.sum()).tolist(), strict=True))

    @cached_property
    def _weights(self) -> NDArray[np.float32]:
        """Of each intent, as ``assistant/training/intent_weights.py`` learned them."""
        weights: NDArray[np.float32] = np.load(WEIGHTS)
        return weights


def _asks_for_one(reading: Reading) -> bool:
    """Whether the words point at one person.

    A case may be told before a question on what a study found: that is no question for advice.
    """
    text = plain(reading.text)
    asked = last_question(text)
    of_a_study = any(name.typed in asked for name in reading.names) or _OF_A_STUDY.search(asked)
    return bool(_ONE_PERSON.search(asked if of_a_study else text))

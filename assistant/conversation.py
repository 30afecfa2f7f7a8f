"""A follow-up to a question that stands alone."""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Evidence
from assistant.body_weight import patient_weights
from assistant.question import MEASURES, SUBGROUPS, QuestionReader, Reading

TURNS = 10
"""How far back a conversation is read."""
SHORT = 7
"""A question of at most so many words may lean on the one before it."""
FRAGMENT = 3
"""A question of at most so many words, none of the field, asks the one before on."""
_OPENING = re.compile(
    r"^(?:(?:and|or|but|also|so|then|ok|what about|how about|same for|same|just|only|vs\.?|versus"
    r"|no,?|i meant?|for|in|at|with)\b[ ,]*)+",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|those|these|this|that|there|each|both|same|ones?|he|she"
    r"|the trial|the study)\b",
    re.IGNORECASE,
)
_AHEAD = "who|when|where|why|is|are|was|were|do|does|did|has|have|had|can|could|will"
_WHOLE = re.compile(rf"^(?:{_AHEAD})\b", re.IGNORECASE)
"""How a question begins that is whole in as few words as a fragment: "who runs it"."""
_SENTENCE = re.compile(
    rf"\b(?:{_AHEAD}|what|which|how|list|compare|define|give|show|tell)\b", re.IGNORECASE
)
_TOPICS = MEASURES | {"procedure", "dosing", "registry", "place", "design", "outcome", "quality"}
"""Kinds of term that say what is asked, rather than of whom."""


def stand_alone(question: str, turns: Sequence[Answer], reader: QuestionReader) -> str:
    """The question with what it leaves unsaid carried over from the turns before.

    A fragment ("and AALL2321?", "at 4 years?") takes the place of its like in the question
    before; a whole sentence gets what it leaves open in brackets. What a question names itself
    is never replaced.
    """
    asked = _asked(turns)
    now = reader.read(question)
    if not asked or not leans_back(now):
        return question
    before = reader.read(asked[-1].query)
    if _says_nothing_itself(now):
        return f"{before.text.rstrip(' ?.')}, {question}"
    if not _is_sentence(now):
        swapped = _swapped(now, before)
        if swapped:
            return swapped
    carried = _carried(now, before) + _last_study(now, before, asked[-1], reader)
    return _completed(question, carried) if carried else question


def other_readings(
    question: str, query: str, turns: Sequence[Answer], reader: QuestionReader
) -> list[str]:
    """What a question completed to ``query`` may mean as well; which, is for the evidence to say.

    The study of the last bottom line, where no study is named. A whole sentence may be on the study
    alone, without the patients and the treatment that were spoken of, and a fragment that says what
    it asks on another time than the last.
    """
    asked = _asked(turns)
    answered = [turn for turn in asked if turn.claims]
    if not answered:
        return []
    now, completed = reader.read(question), reader.read(query)
    last = [reader.name_of(_bottom_line(answered[-1]).study)]
    kept = [] if completed.names else [_completed(query, last)]
    if query == question:
        return kept
    if _is_whole(now):
        return [*kept, _completed(question, [name.label for name in completed.names] or last)]
    before = reader.read(asked[-1].query)
    if now.measures and not now.times and before.times & completed.times:
        carried = [part for part in _carried(now, before) if part not in before.times]
        return [*kept, _completed(question, carried)] if carried else kept
    return kept


def carried_on(now: Reading, before: Reading) -> str:
    """The second of two questions asked at once, with whom the first one speaks of."""
    carried = _carried(now, before)
    return _completed(now.text, carried) if carried else now.text


def _asked(turns: Sequence[Answer]) -> list[Answer]:
    """The turns that were questions, of those that are read."""
    return [turn for turn in turns[-TURNS:] if turn.reply is None]


def _completed(question: str, carried: Sequence[str]) -> str:
    return f"{question.rstrip(' ?')} ({', '.join(carried)})?"


def _bottom_line(answer: Answer) -> Evidence:
    return answer.evidence_for(answer.claims[0].citations[0].key)


def leans_back(reading: Reading) -> bool:
    """Whether a question needs the one before: it is short or points back, and not whole."""
    words = len(reading.text.split())
    whole = bool(reading.names) and _asks(reading)
    points_back = _POINTS_BACK.search(reading.text) or _OPENING.match(reading.text)
    return not whole and (words <= SHORT or (bool(points_back) and words <= 2 * SHORT))


def _asks(reading: Reading) -> bool:
    return bool(reading.of_kind(*_TOPICS)) or _is_whole(reading)


def _is_whole(reading: Reading) -> bool:
    """Whether a question is a sentence of more than a few words, or of few with a verb ahead."""
    words = len(reading.text.split())
    few = FRAGMENT - 1 if _WHOLE.match(reading.text) else FRAGMENT
    return _is_sentence(reading) and words > few


def _is_sentence(reading: Reading) -> bool:
    """Whether more than a fragment stands behind an opening such as "what about"."""
    return bool(_SENTENCE.search(_OPENING.sub("", reading.text.strip())))


def _says_nothing_itself(now: Reading) -> bool:
    """Whether a fragment ("per arm?", "why?", "and if not") only asks the last question on."""
    of_the_field = now.names or now.terms or now.times or now.numbers
    return not of_the_field and len(now.text.split()) <= FRAGMENT and not _is_whole(now)


def _swapped(now: Reading, before: Reading) -> str | None:
    """The question before with the one name of a fragment in the place of its own name."""
    if len(now.names) == 1 and before.names and not now.terms and not now.times:
        return before.text.replace(before.names[0].typed, now.names[0].typed)
    return None


def _last_study(now: Reading, before: Reading, answer: Answer, reader: QuestionReader) -> list[str]:
    """The study of the last bottom line, where a question names neither study nor outcome."""
    if now.names or before.names or now.measures or not answer.claims:
        return []
    return [reader.name_of(_bottom_line(answer).study)]


def _carried(now: Reading, before: Reading) -> list[str]:
    """What the question before said of which this one says nothing."""
    carried = _carried_topic(now, before)
    if not now.names:
        carried += [name.label for name in before.names]
    kinds = [("drug",), ("population",), tuple(SUBGROUPS)]
    # A whole sentence would say itself which arm it means; "it" may be a procedure.
    kinds += [("procedure",)] if _is_whole(now) and _POINTS_BACK.search(now.text) else [("arm",)]
    for alike in kinds:
        if not now.of_kind(*alike):
            carried += before.of_kind(*alike)
    if not patient_weights(now.text):
        carried += [f"{weight:g} kg" for weight in sorted(patient_weights(before.text))]
    return list(dict.fromkeys(carried))


def _carried_topic(now: Reading, before: Reading) -> list[str]:
    """The measure and time point for a fragment without; the time alone for a like measure."""
    if _is_whole(now):
        return []
    if not now.of_kind(*(_TOPICS - {"statistic"})):
        topics = [name for name in before.of_kind(*_TOPICS) if name not in now.measures]
        return topics + (sorted(before.times) if not now.times else [])
    alike = _survival(now) and _survival(before)
    return sorted(before.times) if alike and not now.times else []


def _survival(reading: Reading) -> bool:
    return any(name.endswith("survival") for name in reading.measures)

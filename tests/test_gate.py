"""Refusing what the sentences found are only near to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant_stand_ins import FIRST, OTHER, fit, read

from assistant.fit import Fit
from assistant.gate import READ, Gate, learned
from index.documents import Study
from index.lexical import words_of

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
FEVER = "Fever was seen in 10% of the infants who received quibrimab."
SURE, UNSURE = 8.0, -8.0


@dataclass
class Says:
    """A reader that finds every sentence to answer alike, and notes what it read."""

    logit: float
    read: list[tuple[str, str]] = field(default_factory=list)

    def logits(self, question: str, sentences: Sequence[str]) -> list[float]:
        self.read += [(question, sentence) for sentence in sentences]
        return [self.logit] * len(sentences)


KNOWN = frozenset(words_of(f"{EFS} {FEVER} thyroid dysfunction"))


def gate(reader: Says) -> Gate:
    """A gate for which every word is rare, and few stand in the corpus at all."""
    return Gate(reader, rarity=lambda word: 5.0 if word in KNOWN else 7.0)


def found(question: str, *texts: str, of: Study = FIRST, relevance: float = 5.0) -> list[Fit]:
    return [fit(text, -n, of, question, relevance) for n, text in enumerate(texts)]


def chance(question: str, *fits: Fit, logit: float = SURE) -> float:
    return learned().chance(gate(Says(logit)).features(read(question), fits))


def test_a_sentence_that_answers_leaves_no_gap() -> None:
    question = "What was event-free survival at 2 years with quibrimab?"

    assert gate(Says(SURE)).find_gap(read(question), found(question, EFS)) is None


def test_sentences_that_are_only_near_leave_a_gap_that_names_what_they_lack() -> None:
    question = "What was the thyroid dysfunction rate with quibrimab, pls?"

    gap = gate(Says(UNSURE)).find_gap(read(question), found(question, FEVER, relevance=-3.0))

    assert gap is not None
    assert gap.reason == (
        "the nearest sentences, from Aldermann 2091, do not mention “thyroid” or “dysfunction”"
    )


def test_what_the_nearest_sentences_hold_is_not_said_to_be_missing() -> None:
    question = "How many infants with fever received quibrimab?"

    gap = gate(Says(UNSURE)).find_gap(read(question), found(question, FEVER, relevance=-5.5))

    assert gap is not None
    assert gap.reason == (
        "the nearest sentences, from Aldermann 2091, "
        "are close to this but do not state what is asked"
    )


def test_the_surer_the_reader_the_likelier_an_answer() -> None:
    question = "What was EFS at 2 years?"
    fits = found(question, EFS)

    assert chance(question, *fits, logit=UNSURE) < chance(question, *fits, logit=SURE)


def test_a_sentence_with_the_words_of_the_question_is_likelier_to_answer() -> None:
    question = "What was event-free survival at 2 years?"

    with_words = chance(question, *found(question, EFS), logit=UNSURE)

    assert with_words > chance(question, *found(question, FEVER), logit=UNSURE)


def test_a_sentence_of_another_trial_is_less_likely_to_answer() -> None:
    question = "What was event-free survival in Lighthouse-1?"

    elsewhere = chance(question, *found(question, EFS, of=OTHER))

    assert elsewhere < chance(question, *found(question, EFS, of=FIRST))


def test_only_the_best_sentences_are_read() -> None:
    question = "What is known of quibrimab?"
    reader = Says(SURE)

    gate(reader).features(read(question), found(question, *[EFS] * (READ + 3)))

    assert len(reader.read) == READ


def test_a_question_is_read_as_typed_and_with_its_abbreviations_in_full() -> None:
    question = "EFS with quibrimab?"
    reader = Says(SURE)

    gate(reader).features(read(question), found(question, EFS))

    assert [asked for asked, _ in reader.read] == [
        "EFS with quibrimab?",
        "event-free survival with quibrimab?",
    ]


def test_every_feature_has_a_weight() -> None:
    question = "What was EFS at 2 years?"

    features = gate(Says(SURE)).features(read(question), found(question, EFS))

    assert features.keys() == learned().weights.keys()


def test_the_threshold_is_one_of_the_curve() -> None:
    assert 0.0 < learned().threshold < 1.0

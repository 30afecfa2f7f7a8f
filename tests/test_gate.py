"""Refusing what the sentences found are only near to."""

from collections.abc import Sequence
from dataclasses import replace

from assistant_stand_ins import FIRST, OTHER, fit, read

from assistant.fit import Fit
from assistant.gate import READ, Gate, learned
from index.documents import Study
from index.lexical import words_of

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
FEVER = "Fever was seen in 10% of the infants who received quibrimab."
SURE, UNSURE = 6.0, -7.0


KNOWN = frozenset(words_of(f"{EFS} {FEVER} thyroid dysfunction"))


# Every word is rare, and few stand in the corpus at all.
GATE = Gate(rarity=lambda word: 5.0 if word in KNOWN else 7.0)


def found(
    question: str, *texts: str, of: Study = FIRST, relevance: float = 5.0, answers: float = SURE
) -> list[Fit]:
    fits = [fit(text, -n, of, question, relevance) for n, text in enumerate(texts)]
    return [replace(one, scored=replace(one.scored, answers=answers)) for one in fits]


def chance(question: str, fits: Sequence[Fit]) -> float:
    return learned().chance(GATE.features(read(question), fits))


def test_a_sentence_that_answers_leaves_no_gap() -> None:
    question = "What was event-free survival at 2 years with quibrimab?"

    assert GATE.find_gap(read(question), found(question, EFS)) is None


def test_sentences_that_are_only_near_leave_a_gap_that_names_what_they_lack() -> None:
    question = "What was the thyroid dysfunction rate with quibrimab, pls?"

    gap = GATE.find_gap(read(question), found(question, FEVER, relevance=-3.0, answers=UNSURE))

    assert gap is not None
    assert gap.reason == (
        "the nearest sentences, from Aldermann 2091, do not mention “thyroid” or “dysfunction”"
    )


def test_an_everyday_word_is_not_said_to_be_missing_unless_it_is_a_term() -> None:
    question = "Since quibrimab was given, what was the thyroid seizure rate?"
    everyday = frozenset({"since", "given", "seizure", "rate"})
    known = Gate(rarity=lambda word: 7.0 if word == " " else 5.0, everyday=everyday)

    gap = known.find_gap(read(question), found(question, EFS, relevance=-3.0, answers=UNSURE))

    assert gap is not None
    assert gap.reason.endswith("do not mention “thyroid” or “seizure”")


def test_what_the_nearest_sentences_hold_is_not_said_to_be_missing() -> None:
    question = "How many infants with fever received quibrimab?"

    gap = GATE.find_gap(read(question), found(question, FEVER, relevance=-5.5, answers=2 * UNSURE))

    assert gap is not None
    assert gap.reason == (
        "the nearest sentences, from Aldermann 2091, "
        "are close to this but do not state what is asked"
    )


def test_the_surer_the_reader_the_likelier_an_answer() -> None:
    question = "What was EFS at 2 years?"
    unsure, sure = (found(question, EFS, answers=logit) for logit in (UNSURE, SURE))

    assert chance(question, unsure) < chance(question, sure)


def test_a_sentence_with_the_words_of_the_question_is_likelier_to_answer() -> None:
    question = "What was event-free survival at 2 years?"

    with_words = chance(question, found(question, EFS, answers=UNSURE))

    assert with_words > chance(question, found(question, FEVER, answers=UNSURE))


def test_a_sentence_of_another_trial_is_less_likely_to_answer() -> None:
    question = "What was event-free survival in Lighthouse-1?"

    elsewhere = chance(question, found(question, EFS, of=OTHER))

    assert elsewhere < chance(question, found(question, EFS, of=FIRST))


def test_only_the_best_sentences_are_looked_at() -> None:
    question = "What is known of quibrimab?"
    best, far = found(question, *[FEVER] * READ), found(question, EFS)

    features = GATE.features(read(question), [*best, *far])

    assert features == GATE.features(read(question), best)


def test_every_feature_has_a_weight() -> None:
    question = "What was EFS at 2 years?"

    features = GATE.features(read(question), found(question, EFS))

    assert features.keys() == learned().weights.keys()


def test_the_threshold_is_one_of_the_curve() -> None:
    assert 0.0 < learned().threshold < 1.0

"""Evidence to a draft: the bottom line first, nothing twice, every part of the question."""

import pytest
from assistant_stand_ins import FIRST, GROWN, LATER, OTHER, fit, read

from assistant.composer import MORE, SENTENCES, WORDS, Draft, compose
from assistant.fit import Fit

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
OS = "At 2 years, overall survival was 90.3% with quibrimab and 85.1% with placebolin."
FEVER = "Fever was seen in 10.5% of the infants who received quibrimab."
DOSE = "Infants received quibrimab as a continuous infusion."


def texts(draft: Draft) -> list[str]:
    return [shown.text for shown in draft.shown]


def made(*fits: Fit, question: str = "What was survival?") -> list[str]:
    return texts(compose(read(question), sorted(fits, key=lambda one: -one.score)))


def numbered(count: int, words: int = 8) -> list[Fit]:
    """Sentences that fit about alike, each with a figure and words of its own."""
    filling = " ".join(["quibrimab"] * (words - 4))
    return [
        fit(f"Survival {filling} was {n}.{n}% here.", score=9 - n / 100, question="survival?")
        for n in range(1, count + 1)
    ]


def test_the_sentence_that_fits_best_is_the_bottom_line() -> None:
    shown = made(fit(FEVER, score=7.0), fit(EFS, score=8.0), fit(OS, score=7.5))

    assert shown[0] == EFS


def test_one_sentence_is_an_answer() -> None:
    assert made(fit(EFS, score=-3.0)) == [EFS]


def test_no_more_sentences_than_the_limit_are_shown() -> None:
    assert len(compose(read("survival?"), numbered(20)).shown) == SENTENCES


@pytest.mark.parametrize("words", [20, 45, 70, WORDS])
def test_no_more_words_than_the_limit_are_shown(words: int) -> None:
    draft = compose(read("survival?"), numbered(20, words=20), words=words)

    assert len(draft.shown) >= 1
    assert sum(len(text.split()) for text in texts(draft)) <= words


def test_a_sentence_for_which_there_is_no_room_makes_room_for_a_shorter_one() -> None:
    long = " ".join(["quibrimab"] * WORDS) + " 12.5%."

    assert made(fit(EFS, 8.0), fit(long, 7.9), fit(FEVER, 7.8)) == [EFS, FEVER]


def test_the_same_figures_are_not_shown_twice() -> None:
    again = "In Lighthouse-1, EFS was 71.5% against 50.2%."

    assert made(fit(EFS, 8.0), fit(again, 7.9, LATER), fit(OS, 7.0)) == [EFS, OS]


def test_the_same_words_are_not_shown_twice() -> None:
    again = DOSE.replace("Infants received", "All infants received")

    assert made(fit(DOSE, 8.0), fit(again, 7.9, LATER)) == [DOSE]


def test_the_same_words_with_another_figure_are_shown() -> None:
    heavy = "After the fever has gone for good, restart quibrimab at 8 mg a day if above 45 kg."
    light = "After the fever has gone for good, restart quibrimab at 5 mg a day if below 45 kg."

    assert made(fit(heavy, 8.0), fit(light, 7.0)) == [heavy, light]


def test_what_fits_far_worse_than_the_bottom_line_is_left_out() -> None:
    assert made(fit(EFS, 20.0), fit(FEVER, -20.0)) == [EFS]


def test_every_named_trial_is_shown() -> None:
    question = "survival in Lighthouse-1 and D-HARB"
    fits = [fit(one.text, one.score, FIRST, question) for one in numbered(6)]
    of_the_other = fit("Survival was 33.3% in D-HARB.", fits[0].score - 1, OTHER, question)

    draft = compose(read(question), [*fits, of_the_other])

    assert of_the_other in draft.shown


def test_the_best_of_each_side_of_a_comparison_is_shown() -> None:
    in_infants, in_adults = numbered(6), [fit("Survival was 33.3%.", 1.0, GROWN)]

    draft = compose(
        read("survival of infants versus adults"),
        [*in_infants, *in_adults],
        compared=[in_infants, in_adults],
    )

    assert in_infants[0] in draft.shown
    assert in_adults[0] in draft.shown


def test_a_side_of_which_nothing_was_found_is_no_hindrance() -> None:
    assert texts(compose(read("survival?"), [fit(EFS, 8.0)], compared=[[fit(EFS, 8.0)], []])) == [
        EFS
    ]


def test_each_measure_that_is_asked_is_shown() -> None:
    question = "EFS and OS at 2 years"
    others = [
        fit(f"At 2 years, event-free survival was {n}.1% in group {n}.", 9.0, question=question)
        for n in range(30, 36)
    ]

    draft = compose(read(question), [*others, fit(OS, 8.0, question=question)])

    assert OS in texts(draft)


def test_each_time_point_that_is_asked_is_shown() -> None:
    question = "EFS at 2 and at 5 years, with 2 years first"
    others = [
        fit(f"At 2 years, event-free survival was {n}.1% in group {n}.", 9.0, question=question)
        for n in range(30, 36)
    ]
    later = fit("At 5 years, event-free survival was 68.0%.", 8.0, question=question)

    assert later in compose(read("EFS at 2 years and at 5 years"), [*others, later]).shown


def test_the_later_report_of_the_same_patients_is_shown() -> None:
    question = "EFS in infants"
    first = [fit(one.text, one.score, FIRST, question) for one in numbered(6)]
    later = fit("At 5 years, event-free survival was 68.0%.", 8.0, LATER, question)

    draft = compose(
        read(question),
        [*first, later],
        later_reports=lambda doc_id: (LATER.doc_id,) if doc_id == FIRST.doc_id else (),
    )

    assert later in draft.shown


def test_sentences_of_one_study_stand_together() -> None:
    shown = [
        one.doc_id
        for one in compose(
            read("survival?"),
            [
                fit(EFS, 8.0, FIRST),
                fit("Survival was 33.3%.", 7.9, OTHER),
                fit(OS, 7.8, FIRST),
                fit(FEVER, 7.7, GROWN),
            ],
        ).shown
    ]

    assert shown == [FIRST.doc_id, FIRST.doc_id, OTHER.doc_id, GROWN.doc_id]


def test_further_sentences_wait_behind_more_evidence() -> None:
    draft = compose(read("survival?"), numbered(30))

    assert 1 <= len(draft.more) <= MORE
    assert not set(texts(draft)) & {one.text for one in draft.more}


def test_more_evidence_repeats_nothing() -> None:
    again = "In Lighthouse-1, EFS was 71.5% against 50.2%."

    draft = compose(read("survival?"), [fit(EFS, 8.0), fit(again, 7.9, LATER)])

    assert draft.more == ()


def test_the_same_evidence_makes_the_same_draft() -> None:
    drafts = [compose(read("EFS and OS?"), numbered(12)) for _ in range(3)]

    assert drafts == [drafts[0]] * 3


def test_a_side_of_a_comparison_is_told_of_all_its_patients() -> None:
    question = "EFS in Lighthouse-1 vs D-HARB"
    some = fit("In the high-risk group, event-free survival was 40.4%.", 8.0, question=question)
    whole = fit("Event-free survival was 71.5% with quibrimab.", 7.5, question=question)
    other = fit("Event-free survival was 55.5% with quibrimab.", 7.0, of=OTHER, question=question)

    draft = compose(read(question), [some, other, whole], compared=[[some, whole], [other]])

    assert texts(draft)[0] == whole.text


def test_a_side_is_told_of_some_where_nothing_close_is_on_all() -> None:
    question = "EFS in Lighthouse-1 vs D-HARB"
    some = fit("In the high-risk group, event-free survival was 40.4%.", 8.0, question=question)
    far = fit("Event-free survival was 71.5% with quibrimab.", 2.0, question=question)

    draft = compose(read(question), [some, far], compared=[[some, far], [far]])

    assert texts(draft)[0] == some.text


def test_a_side_is_told_by_a_report_of_its_study_rather_than_by_a_mention() -> None:
    question = "EFS in Lighthouse-1 vs D-HARB"
    side = "EFS in Lighthouse-1"
    mention = fit("Lighthouse-1 had an EFS of 71.5%.", 8.0, of=OTHER, question=side)
    report = fit("Event-free survival was 71.5% with quibrimab.", 7.5, question=side)

    draft = compose(read(question), [mention, report], compared=[[mention, report]])

    assert texts(draft)[0] == report.text


def test_a_sentence_that_tells_one_side_leaves_the_other_to_the_next() -> None:
    both, next_best = fit(EFS, 8.0), fit(OS, 7.0)

    draft = compose(read("survival: A vs B"), [both, next_best], [[both], [both, next_best]])

    assert texts(draft)[:2] == [EFS, OS]

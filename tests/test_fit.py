"""How well a sentence fits: what is asked before what is not, other things being equal."""

from dataclasses import replace

import pytest
from assistant_stand_ins import FIRST, GROWN, LATER, OTHER, read, scored
from assistant_stand_ins import fit as given

from assistant.fit import NO_ANSWER, exclusive_groups, fit, fit_sentences, opposed, term_names
from index.documents import Study
from index.terms import terms

EFS = "At 2 years, event-free survival was 71.5% with quibrimab and 50.2% with placebolin."
FEVER = "Fever was seen in 10% of the infants who received quibrimab."


def best(question: str, *sentences: str | tuple[str, Study]) -> str:
    """The sentence that fits best where the cross-encoder holds all for equally relevant."""
    pairs = [one if isinstance(one, tuple) else (one, FIRST) for one in sentences]
    return fit_sentences(read(question), [scored(text, of) for text, of in pairs])[0].text


@pytest.mark.parametrize(
    ("question", "fitting", "other"),
    [
        ("What was EFS?", EFS, FEVER),
        ("EFS?", EFS, "At 2 years, overall survival was 90.3% with quibrimab."),
        ("EFS at 5 years?", "At 5 years, event-free survival was 68.0%.", EFS),
        ("How many infants had a fever?", FEVER, "Fever was seen in some infants."),
        (
            "EFS of infants with CNS disease?",
            "In infants with CNS disease, event-free survival was 60.1%.",
            "In all infants, event-free survival was 71.5%.",
        ),
    ],
)
def test_a_sentence_with_what_is_asked_comes_first(question: str, fitting: str, other: str) -> None:
    assert best(question, other, fitting) == fitting
    assert best(question, fitting, other) == fitting


def test_a_sentence_of_the_named_trial_comes_first() -> None:
    of_the_trial = ("Event-free survival was 68.0% with quibrimab.", LATER)

    assert best("EFS in Lighthouse-1?", (EFS, OTHER), of_the_trial) == of_the_trial[0]


def test_a_sentence_that_names_the_trial_is_of_it_as_well() -> None:
    naming = "In Lighthouse-1, event-free survival was 71.5%."

    assert fit(read("EFS in Lighthouse-1?"), scored(naming, OTHER)).named


def test_a_sentence_on_the_population_asked_for_comes_first() -> None:
    in_adults, in_infants = "EFS was 40.0% with quibrimab.", "EFS was 71.5% with quibrimab."

    assert best("EFS in infants?", (in_adults, GROWN), (in_infants, FIRST)) == in_infants
    assert best("EFS in adults?", (in_adults, GROWN), (in_infants, FIRST)) == in_adults


def test_a_result_comes_before_an_aside() -> None:
    result, aside = scored(EFS), scored(EFS, section="Background")

    first, _ = fit_sentences(read("EFS at 2 years?"), [aside, result])

    assert first.scored == result


def test_a_more_relevant_sentence_comes_first() -> None:
    twin = EFS.replace("71.5%", "71.6%")

    ranked = fit_sentences(read("EFS?"), [scored(EFS), scored(twin, relevance=3.0)])

    assert ranked[0].text == twin


def test_sentences_that_fit_alike_are_sorted_by_their_place() -> None:
    sentences = [scored(EFS, of) for of in (LATER, FIRST)]

    forwards = fit_sentences(read("EFS?"), sentences)

    assert forwards == fit_sentences(read("EFS?"), sentences[::-1])


def test_what_is_not_asked_neither_fits_nor_misses() -> None:
    found = fit(read("what is known"), scored(EFS))

    assert (found.measure, found.time, found.named, found.population) == (None,) * 4


@pytest.mark.parametrize(
    ("question", "measure", "time"),
    [
        ("EFS at 2 years?", True, True),
        ("EFS at 5 years?", True, False),
        ("OS at 2 years?", False, True),
    ],
)
def test_what_is_asked_fits_or_misses(question: str, measure: bool, time: bool) -> None:
    found = fit(read(question), scored(EFS))

    assert (found.measure, found.time) == (measure, time)


def test_a_sentence_without_a_time_point_misses_none() -> None:
    assert fit(read("fever at 2 years?"), scored(FEVER)).time is None


@pytest.mark.parametrize(
    "text",
    [
        "Lighthouse-2 has not reported results.",
        "Overall survival was not reported in Lighthouse-1.",
        "No results of Lighthouse-2 are available.",
        "The dose in newborns is unknown.",
        "Quibrimab was not studied in pregnancy.",
        "The interval could not be read.",
    ],
)
def test_a_sentence_may_say_that_nothing_is_known(text: str) -> None:
    assert given(text, score=0).says_absent


@pytest.mark.parametrize("text", [EFS, "The rate was 10%, and its interval was not reported."])
def test_a_sentence_with_a_figure_says_something(text: str) -> None:
    assert not given(text, score=0).says_absent


def test_a_sentence_on_what_is_missing_answers_nothing_however_sure_the_model() -> None:
    silent = replace(scored("Overall survival by sex was not reported."), answers=7.0)
    told = replace(scored(EFS), answers=7.0)

    assert fit(read("OS by sex"), silent).answers == NO_ANSWER
    assert fit(read("EFS"), told).answers == 7.0


def test_the_parts_of_a_sentence_are_its_terms_and_time_points() -> None:
    assert {"event-free survival", "2 year"} <= given(EFS, score=0).parts
    assert "infant" in term_names(FEVER)


def test_a_figure_is_known_again_without_its_percent_sign() -> None:
    assert best("was it 71.5 or 50.2?", FEVER, EFS) == EFS


def test_a_subgroup_that_is_not_asked_for_is_counted() -> None:
    sentence = scored("In the high-risk group, event-free survival was 40.4%.")

    assert fit(read("EFS?"), sentence).unasked == 1
    assert fit(read("EFS in the high-risk group?"), sentence).unasked == 0


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("EFS of KMT2A-r infants", "EFS was 74% in KMT2A-germline infants."),
        ("OS in low-risk patients", "OS was 40% in high-risk patients."),
        ("remission in Ph-negative adults", "Remission was reached by 90% of Ph-positive adults."),
    ],
)
def test_a_sentence_on_others_than_are_asked_about_is_opposed(question: str, sentence: str) -> None:
    assert opposed(term_names(question), term_names(sentence)) == 1


@pytest.mark.parametrize(
    "sentence", ["EFS was 41%.", "EFS was 41% in KMT2A-rearranged and 74% in germline infants."]
)
def test_a_sentence_on_nobody_else_or_on_both_is_not_opposed(sentence: str) -> None:
    assert opposed(term_names("EFS of KMT2A-r infants"), term_names(sentence)) == 0


def test_what_excludes_each_other_are_terms_of_the_field() -> None:
    named = {name for group in exclusive_groups() for name in group}

    assert named <= {term.name for term in terms()}

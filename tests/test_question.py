"""A question, read: measures, time points, names, and what it wants."""

import pytest
from assistant_stand_ins import FIRST, LATER, LIGHTHOUSE, OTHER, PLANNED, READER, read, study, whole

from assistant.question import (
    QuestionReader,
    Reading,
    last_question,
    short_name,
    spellings,
    surname,
    times_in,
    written_in_full,
)
from assistant.vocabulary import Vocabulary
from index.readers import Corpus


def names(question: str) -> list[str]:
    return [name.label for name in read(question).names]


def documents(question: str) -> set[str]:
    return set().union(*(name.doc_ids for name in read(question).names))


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2-yr DFS", "2 year"),
        ("2 yr DFS", "2 year"),
        ("2y DFS", "2 year"),
        ("2-year DFS", "2 year"),
        ("DFS at two years", "2 year"),
        ("DFS at 2 Years", "2 year"),
        ("DFS 2\u2013year", "2 year"),
        ("DFS at 2\u00a0years", "2 year"),
        ("6mo OS", "6 month"),
        ("OS at six months", "6 month"),
        ("18 mths", "18 month"),
        ("2.5 years", "2.5 year"),
        ("OS at 12 months", "1 year"),
        ("OS at twelve months", "1 year"),
        ("24-month EFS", "2 year"),
        ("OS at eighteen months", "18 month"),
        ("0 months", "0 month"),
        ("72 h", "72 hour"),
        ("after 28 days", "28 day"),
        ("wk 3 or 4 wks", "4 week"),
    ],
)
def test_time_points_are_read_as_people_write_them(written: str, time: str) -> None:
    assert times_in(written) == {time}


@pytest.mark.parametrize(
    "written",
    [
        "infants under 1 year",
        "children aged 2 years",
        "younger than 6 months",
        "a 3-month-old infant",
        "infants 6 months of age",
        "older than 60 years",
        "patients ≥ 65 years",
        "age <90 days",
        "from 1 year",
        "Interfant-06 in 2006",
        "2 yearlings",
        "grade 3",
    ],
)
def test_ages_and_other_numbers_are_no_time_points(written: str) -> None:
    assert times_in(written) == frozenset()


def test_several_time_points_are_all_read() -> None:
    assert times_in("EFS at 2 and OS at 4 years, relapse by 18 months") == {"4 year", "18 month"}


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("2-yr DFS", "2-year disease-free survival"),
        ("OS at two yrs", "overall survival at 2-year"),
        ("EFS in infants with MLL-r ALL", "event-free survival in infants with"),
        ("blina", "blinatumomab"),
    ],
)
def test_abbreviations_are_written_in_full(written: str, full: str) -> None:
    assert written_in_full(written).startswith(full)


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("EFS in Lighthouse-1", "Lighthouse-1"),
        ("EFS in lighthouse 1", "Lighthouse-1"),
        ("EFS in LIGHTHOUSE1?", "Lighthouse-1"),
        ("EFS in Lighthouse\u20111", "Lighthouse-1"),
        ("EFS in Lighthouse-1 (infants)", "Lighthouse-1"),
        ("lh-one EFS", "Lighthouse-1"),
        ("nct90000001", "Lighthouse-1"),
        ("OS, DHARB", "D-HARB"),
        ("OS, d-harb", "D-HARB"),
        ("OS, D HARB", "D-HARB"),
        ("what did van der Zee find", "van der Zee"),
        ("what did Van Der Zee find", "van der Zee"),
        ("ALDERMANN et al, EFS", "Aldermann"),
        ("EFS (Aldermann 2091)", "Aldermann 2091"),
    ],
)
def test_names_are_found_as_people_type_them(typed: str, label: str) -> None:
    assert names(typed) == [label]


def test_a_trial_means_all_its_reports() -> None:
    assert documents("EFS in Lighthouse-1") == {FIRST.doc_id, LATER.doc_id}


def test_a_report_that_only_compares_with_a_trial_does_not_report_on_it() -> None:
    assert documents("EFS in D-HARB") == {OTHER.doc_id}


def test_an_alias_that_trials_share_names_them_all() -> None:
    assert documents("EFS in the beacons") == {FIRST.doc_id, LATER.doc_id, PLANNED.doc_id}


def test_a_name_inside_a_longer_one_does_not_count() -> None:
    assert names("EFS in Aldermann 2091") == ["Aldermann 2091"]


@pytest.mark.parametrize("typed", ["Lighthouse-12", "alighthouse-1", "hbr", "Lighthouses"])
def test_a_name_inside_another_word_is_none(typed: str) -> None:
    assert names(f"EFS in {typed}") == []


def test_several_names_come_in_the_order_of_the_question() -> None:
    assert names("D-HARB or Lighthouse-2, and Lighthouse-1") == [
        "D-HARB",
        "Lighthouse-2",
        "Lighthouse-1",
    ]


def test_a_collection_is_known_by_the_name_that_its_title_begins_with() -> None:
    gulls = study("gulls-2092", "Gullman 2092", title="Project GULLS: a collection of cases")

    reading = QuestionReader([gulls], [], Vocabulary([], whole)).read(
        "What did Project GULLS find?"
    )

    assert [name.doc_ids for name in reading.names] == [{"gulls-2092"}]


def test_a_name_keeps_the_words_by_which_it_was_typed() -> None:
    (name,) = read("EFS in lighthouse 1?").names

    assert name.typed == "lighthouse 1"


@pytest.mark.parametrize(
    ("typed", "document"),
    [
        ("EFS in Interfant 06", "pieters-2019-interfant-06"),
        ("EFS in interfant06", "pieters-2019-interfant-06"),
        ("Interfant-99 EFS", "pieters-2007-interfant-99"),
        ("DALBA", "foa-2020-dalba"),
        ("D-ALBA OS", "foa-2024-dalba-longterm"),
        ("aall1731 DFS", "gupta-2025-aall1731"),
        ("what did van der Sluis report", "vandersluis-2023-blinatumomab-infant"),
        ("Van der Sluis NEJM 2023", "vandersluis-2023-blinatumomab-infant"),
        ("TOWER trial", "kantarjian-2017-tower"),
        ("NCT02013167", "kantarjian-2017-tower"),
        ("mini-HCVD", "mdacc-minihcvd-ino-blina-older"),
        ("mini hcvd", "jabbour-2023-minihcvd-ino-blina-salvage"),
    ],
)
def test_the_trials_and_authors_of_the_corpus_are_found(
    real_corpus: Corpus, typed: str, document: str
) -> None:
    studies = (document.study for document in real_corpus.documents)
    reader = type(READER)(studies, real_corpus.trials, READER._vocabulary)

    found = reader.read(typed).names

    assert document in set().union(*(name.doc_ids for name in found))


def test_a_trial_that_is_an_english_word_needs_its_capitals(real_corpus: Corpus) -> None:
    studies = (document.study for document in real_corpus.documents)
    reader = type(READER)(studies, real_corpus.trials, READER._vocabulary)

    assert reader.read("a bold new study").names == ()


@pytest.mark.parametrize(
    ("question", "measures"),
    [
        ("EFS and OS in infants", ["event-free survival", "overall survival"]),
        ("CRS with blina", ["cytokine release syndrome"]),
        ("dose of blina in infants", []),
    ],
)
def test_measures_are_the_terms_whose_value_is_asked(question: str, measures: list[str]) -> None:
    assert read(question).measures == measures


@pytest.mark.parametrize(
    "question",
    [
        "how many infants relapsed",
        "rate of fever",
        "EFS in Lighthouse-1",
        "median follow-up",
        "how often was fever seen",
        "what proportion had a rash",
    ],
)
def test_a_figure_is_wanted(question: str) -> None:
    assert read(question).wants_figure


@pytest.mark.parametrize("question", ["who was eligible", "how is the drug stored", "what is it"])
def test_no_figure_is_wanted(question: str) -> None:
    assert not read(question).wants_figure


@pytest.mark.parametrize(
    "question",
    ["EFS, Lighthouse-1 v D-HARB", "compare the two", "does it differ", "quibrimab or placebolin"],
)
def test_a_comparison_is_recognised(question: str) -> None:
    assert read(question).compares


def test_a_study_is_named_by_its_trial_or_by_itself() -> None:
    alone = type(FIRST)(**{f: getattr(FIRST, f) for f in FIRST.__slots__} | {"trial": None})

    assert READER.name_of(FIRST) == "Lighthouse-1"
    assert READER.name_of(alone) == "Aldermann 2091"


def test_the_short_name_of_a_trial_has_no_brackets() -> None:
    assert short_name(LIGHTHOUSE) == "Lighthouse-1"


@pytest.mark.parametrize(
    ("author", "name"),
    [("van der Sluis IM", "van der Sluis"), ("Ødegård Ø", "Ødegård Ø"), ("Kim C-H", "Kim")],
)
def test_a_surname_is_an_author_without_initials(author: str, name: str) -> None:
    assert surname(author) == name


@pytest.mark.parametrize(
    ("name", "written"),
    [("Kim", ("Kim",)), ("Foà", ("Foà", "Foa")), ("Lörk", ("Lörk", "Lork", "Loerk"))],
)
def test_an_accent_may_be_left_out_or_spelled_out(name: str, written: tuple[str, ...]) -> None:
    assert spellings(name) == written


@pytest.mark.parametrize(
    ("short", "typed", "known"),
    [
        ("Öster-Åkesson 2090 (follow-up)", "what did Oster Akesson find?", True),
        ("Bramble 2090", "Bramble's cohort: EFS", True),
        ("Harbour delivery 2090", "how far is the harbour?", False),
        ("HLG 2090 survey", "Survey 2090: EFS", False),
    ],
)
def test_a_study_without_a_list_of_authors_is_called_by_the_name_it_is_cited_by(
    short: str, typed: str, known: bool
) -> None:
    unsigned = study("unsigned", short, authors=())
    reading = QuestionReader([unsigned], [], Vocabulary([], whole)).read(typed)

    assert any(name.doc_ids == {"unsigned"} for name in reading.names) is known


def test_a_name_is_no_foreign_word() -> None:
    unsigned = study("unsigned", "Qvörxley 2090", authors=())
    reader = QuestionReader([unsigned], [], Vocabulary(["survival"], list))

    assert reader.read("Qvorxley: survival").foreign == ()


def test_a_short_name_is_not_cut_out_of_longer_words() -> None:
    unsigned = study("unsigned", "Thro 2090", authors=())
    reader = QuestionReader([unsigned], [], Vocabulary(["thrombosis"], list))

    assert reader.read("Thrombosis in Thro?").foreign == ()


@pytest.mark.parametrize("question", ["", "?", "((((", "a" * 2000, "\U0001f476 " * 500, "EFS\\"])
def test_anything_can_be_read(question: str) -> None:
    assert isinstance(read(question), Reading)


def test_a_case_told_before_a_question_is_not_what_is_asked() -> None:
    told = "A woman of 62 with nephropathy. Her husband is worried. What was the OS in TOWER?"

    assert last_question(told) == "What was the OS in TOWER?"


@pytest.mark.parametrize("text", ["OS in TOWER?", "OS at 2.5 years vs. chemo?", "A case. No more."])
def test_a_text_without_a_case_is_asked_whole(text: str) -> None:
    assert last_question(text) == text

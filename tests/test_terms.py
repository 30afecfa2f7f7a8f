"""The terms of the field and their other forms."""

import re
from collections import Counter

import pytest

from index.readers import Corpus
from index.terms import (
    _form_pattern,
    _matches,
    plain,
    spelled_out,
    terms,
    terms_in,
    with_term_tokens,
)


def names(text: str) -> list[str]:
    return [term.name for term in terms_in(text)]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("EFS", "event-free survival"),
        ("event free survival", "event-free survival"),
        ("MLL", "KMT2A"),
        ("MLL-r", "KMT2A-rearranged"),
        ("t(4;11)", "KMT2A-AFF1"),
        ("blina", "blinatumomab"),
        ("Blincyto", "blinatumomab"),
        ("R/R", "relapsed or refractory"),
        ("EOI", "induction"),
        ("TP1", "time point 1"),
        ("iALL", "infant"),
        ("CRh", "complete remission"),
        ("ICANS", "neurotoxicity"),
        ("dex", "dexamethasone"),
        ("Dex", "dexamethasone"),
    ],
)
def test_a_form_stands_for_its_term(written: str, name: str) -> None:
    assert names(f"the {written} of it") == [name]


def test_every_form_of_the_list_finds_its_own_term() -> None:
    wrong = [
        (form, term.name)
        for term in terms()
        for form in (term.name, *term.forms)
        if names(form.rstrip("*")) != [term.name]
    ]

    assert wrong == []


def test_no_two_terms_share_a_form() -> None:
    forms = Counter(
        plain(form).lower().replace("-", " ")
        for term in terms()
        for form in {plain(f).lower().replace("-", " "): f for f in (term.name, *term.forms)}
    )

    assert [form for form, count in forms.items() if count > 1] == []


def test_no_two_terms_share_a_token() -> None:
    tokens = Counter(term.token for term in terms())

    assert [token for token, count in tokens.items() if count > 1] == []


@pytest.mark.parametrize(
    "text",
    [
        "tell us all of it",
        "All patients were treated",
        "Us too",
        "Mr Smith",
        "mas o menos",
        "ds",
    ],
)
def test_plain_words_are_not_abbreviations(text: str) -> None:
    assert terms_in(text) == []


def test_capitals_make_the_abbreviation() -> None:
    assert names("ALL in the US") == ["acute lymphoblastic leukaemia", "United States"]


@pytest.mark.parametrize("text", ["EFSX", "MLLT1X", "preEFS", "TP12", "HR-1"])
def test_a_form_inside_another_word_is_not_met(text: str) -> None:
    assert terms_in(text) == []


@pytest.mark.parametrize("written", ["relapse", "relapses", "Relapsing"])
def test_letters_may_follow_a_form_with_a_star(written: str) -> None:
    assert names(written) == ["relapse"]


def test_the_longest_form_wins() -> None:
    assert names("KMT2A-rearranged B-ALL") == [
        "KMT2A-rearranged",
        "acute lymphoblastic leukaemia",
    ]


def test_terms_come_in_the_order_of_first_mention_and_once() -> None:
    assert names("OS, EFS, OS and overall survival") == ["overall survival", "event-free survival"]


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2013", "\u2212"])
def test_any_dash_is_a_hyphen(dash: str) -> None:
    assert names(f"KMT2A{dash}r") == ["KMT2A-rearranged"]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u2009", "\u202f"])
def test_any_space_is_a_space(space: str) -> None:
    assert names(f"event-free{space}survival") == ["event-free survival"]


def test_a_text_gets_one_token_for_each_term() -> None:
    assert with_term_tokens("EFS and OS") == "EFS and OS termeventfreesurvival termoverallsurvival"


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("EFS in MLL ALL", "event-free survival in KMT2A acute lymphoblastic leukaemia"),
        ("blina for infants", "blinatumomab for infants"),
        ("tell us all", "tell us all"),
        ("All infants in the US", "All infants in the United States"),
        ("Blincyto", "Blincyto"),
        ("no term here", "no term here"),
    ],
)
def test_abbreviations_are_spelled_out(written: str, full: str) -> None:
    assert spelled_out(written) == full


def every_form_at_every_start(text: str) -> list[tuple[int, int]]:
    """Where forms stand, by trying all that begin with a letter wherever a word or sign begins."""
    forms = {f for term in terms() for f in (term.name, *term.forms)}
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        by_letter.setdefault(form[0].lower(), []).append(_form_pattern(form))
    patterns = {c: re.compile("|".join(some), re.IGNORECASE) for c, some in by_letter.items()}
    found, end = [], 0
    for start in re.finditer(r"(?<!\w)\S", text):
        pattern = patterns.get(start[0].lower())
        if start.start() >= end and pattern and (match := pattern.match(text, start.start())):
            end = match.end()
            found.append((start.start(), end))
    return found


def test_the_forms_of_the_whole_corpus_are_those_that_trying_all_would_find(
    real_corpus: Corpus,
) -> None:
    text = plain("\n".join(document.text for document in real_corpus.documents))

    assert [match.span() for match in _matches(text)] == every_form_at_every_start(text)

"""The list of terms itself: each line is well formed, and no two lines disagree."""

import re
from collections import Counter
from importlib.resources import files
from itertools import chain
from pathlib import Path

import pytest
import yaml

from index.lexical import STOP_WORDS, words_of
from index.terms import PLAIN_WORDS, Term, plain, spelled_out, terms, terms_in

KINDS = {
    *("endpoint", "response", "safety", "statistic", "outcome"),
    *("arm", "drug", "population", "setting", "genetics", "disease"),
    *("procedure", "dosing", "design", "quality", "registry", "place", "severity"),
}
DOCUMENTS = Path(__file__).parents[1] / "docs_corpus"
ASKED_AND_REFUSED = {"neurocognitive outcome"}
"""No document names these: kept, so that a question about them asks for a measure."""
POPULATIONS = {"infant", "newborn", "child", "adult", "older adult", "Down syndrome"}


def names(text: str) -> list[str]:
    return [term.name for term in terms_in(text)]


def spellings(term: Term) -> list[str]:
    """The name and all forms as a person may type them."""
    return [written.rstrip("*") for written in (term.name, *term.forms)]


def key(form: str) -> str:
    """What the matcher takes for the same: capitals do not count, nor hyphens for spaces."""
    return plain(form).lower().replace("-", " ")


def is_named(term: Term, text: str) -> bool:
    """Whether a form stands in a text, which is in small letters and without hyphens."""
    words = (re.escape(key(form)) for form in (term.name, *term.forms))
    patterns = (word[:-2] if word.endswith(r"\*") else word + r"\b" for word in words)
    return any(re.search(r"\b" + pattern, text) for pattern in patterns)


def test_every_term_stands_on_a_line_of_its_own() -> None:
    lines = (files("index") / "terms.yaml").read_text(encoding="utf-8").splitlines()

    entries = [yaml.safe_load(line) for line in lines if line.startswith("-")]

    assert [entry[0]["name"] for entry in entries] == [term.name for term in terms()]
    assert [line for line in lines if line and line[0] not in "-#"] == []


def test_every_line_has_a_name_a_kind_and_forms_in_words() -> None:
    text = (files("index") / "terms.yaml").read_text(encoding="utf-8")

    for entry in yaml.safe_load(text):
        assert list(entry) == ["name", "kind", "forms"], entry
        assert all(isinstance(form, str) and form.strip() for form in entry["forms"]), entry


def test_every_name_is_unique() -> None:
    counts = Counter(key(term.name) for term in terms())

    assert [name for name, count in counts.items() if count > 1] == []


def test_no_form_belongs_to_two_terms() -> None:
    owners = chain.from_iterable({key(form) for form in (t.name, *t.forms)} for t in terms())

    assert [form for form, count in Counter(owners).items() if count > 1] == []


def test_no_form_is_written_twice() -> None:
    for term in terms():
        counts = Counter(form.lower() for form in (term.name, *term.forms))
        assert [form for form, count in counts.items() if count > 1] == [], term.name


def test_no_form_is_held_by_a_stem_of_its_own_term() -> None:
    for term in terms():
        stems = tuple(form.rstrip("*").lower() for form in term.forms if form.endswith("*"))
        held = [f for f in term.forms if not f.endswith("*") and f.lower().startswith(stems)]
        assert not stems or held == [], term.name


def test_kinds_are_those_that_questions_are_read_by() -> None:
    assert {term.kind for term in terms()} <= KINDS


def test_populations_are_the_age_groups_of_studies_and_down_syndrome() -> None:
    assert {term.name for term in terms() if term.kind == "population"} == POPULATIONS


def test_no_form_is_a_function_word_of_english() -> None:
    common = STOP_WORDS - PLAIN_WORDS

    wrong = [(t.name, form) for t in terms() for form in spellings(t) if form.lower() in common]

    assert wrong == []


def test_spaces_and_hyphens_are_typed_as_they_come() -> None:
    typed = [
        (way, term.name)
        for term in terms()
        for form in (term.name, *term.forms)
        for way in {form.rstrip("*").replace("-", " "), form.rstrip("*").replace(" ", "-")}
    ]

    assert [(way, name) for way, name in typed if names(way) != [name]] == []


def test_every_form_and_its_term_meet_in_word_search_in_both_directions() -> None:
    apart = [
        (form, term.name)
        for term in terms()
        for form in spellings(term)
        if words_of(term.token)[0] not in set(words_of(form)) & set(words_of(term.name))
    ]

    assert apart == []


def test_every_term_is_named_by_a_document() -> None:
    # A word of the list no longer counts as foreign, so a term without a document would hide a gap.
    texts = (path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.glob("*.md")))
    corpus = key(" ".join(texts))

    unnamed = {term.name for term in terms() if not is_named(term, corpus)}

    assert unnamed == ASKED_AND_REFUSED


def test_a_name_is_already_written_in_full() -> None:
    changed = [term.name for term in terms() if spelled_out(term.name).lower() != term.name.lower()]

    assert changed == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("blina", "blinatumomab"),
        ("Blincyto", "blinatumomab"),
        ("iALL", "infant"),
        ("MLL", "KMT2A"),
        ("EFS", "event-free survival"),
        ("DFS", "disease-free survival"),
        ("CRh", "complete remission"),
        ("ICANS", "neurotoxicity"),
        ("R/R", "relapsed or refractory"),
        ("EOI", "induction"),
        ("TP1", "time point 1"),
    ],
)
def test_the_abbreviations_that_were_asked_for_are_covered(written: str, name: str) -> None:
    assert names(written) == [name]


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("leukaemia", "leukemia"),
        ("anaemia", "anemia"),
        ("oedema", "edema"),
        ("diarrhoea", "diarrhea"),
        ("haemorrhage", "hemorrhage"),
        ("tumour lysis", "tumor lysis"),
        ("randomised", "randomized"),
        ("paediatric", "pediatric"),
        ("multicentre", "multicenter"),
        ("stabiliser", "stabilizer"),
        ("hypogammaglobulinaemia", "hypogammaglobulinemia"),
        ("licence", "license"),
    ],
)
def test_british_and_american_spelling_are_one_term(british: str, american: str) -> None:
    assert names(british) == names(american) != []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("how many infants had a relapse", ["infant", "relapse"]),
        ("how many children relapsed", ["child", "relapse"]),
        ("children in first relapse", ["child", "first relapse"]),
        ("relapsed or refractory ALL", ["relapsed or refractory", "acute lymphoblastic leukaemia"]),
        ("relapsed children", ["relapsed or refractory"]),
    ],
)
def test_relapse_is_a_measure_and_relapsed_disease_a_setting(written: str, read: list[str]) -> None:
    assert names(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("MRD-negative", ["minimal residual disease", "negative"]),
        ("SC blinatumomab", ["subcutaneous", "blinatumomab"]),
        ("relapsed MLL-r", ["relapse", "KMT2A-rearranged"]),
        ("antibodies to blinatumomab", ["immunogenicity", "blinatumomab"]),
        ("severe CRS", ["grade 3 or higher", "cytokine release syndrome"]),
        ("RAS mutations", ["RAS pathway", "mutation"]),
    ],
)
def test_a_form_swallows_no_other_term(written: str, read: list[str]) -> None:
    assert names(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("thrombocytopenia", ["thrombocytopenia"]),
        ("survivors", ["survivors"]),
        ("infants without an MLL rearrangement", ["infant", "KMT2A-germline"]),
        ("ALL beyond infancy", ["acute lymphoblastic leukaemia", "child"]),
        ("T-ALL", ["T-cell acute lymphoblastic leukaemia"]),
        ("PCR of immunoglobulin genes", ["polymerase chain reaction"]),
        ("long-term side effects", ["late effects"]),
        ("febrile neutropenia", ["febrile neutropenia"]),
        ("hazard of early death", ["hazard ratio", "death"]),
        ("its course", ["cycle"]),
    ],
)
def test_like_words_are_told_apart(written: str, read: list[str]) -> None:
    assert names(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "Work out what to give tonight",
        "under 1% of blasts",
        "the M2 result",
        "it has to fit, neither fits",
        "pros and cons",
        "the New England Journal",
    ],
)
def test_plain_english_names_no_term(written: str) -> None:
    assert names(written) == []


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("CR (not CRh)", "complete remission (not CRh)"),
        ("FDA label", "FDA label"),
        ("INO-VATE", "INO-VATE"),
        ("cost per QALY", "cost per QALY"),
        ("SAEs", "serious adverse event"),
        ("poor response (PPR)", "poor response (PPR)"),
        ("TKI", "tyrosine kinase inhibitor"),
    ],
)
def test_writing_in_full_loses_nothing(written: str, full: str) -> None:
    assert spelled_out(written) == full

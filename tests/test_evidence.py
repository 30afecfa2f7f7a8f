"""The two-way proof: each test changes one thing in a document or dossier of an invented trial."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.errors import UnreadableDocument
from index.evidence.check import EvidenceReport, Share, check_evidence
from index.evidence.quantities import quantities
from index.readers import Corpus, read_corpus

PROJECT = Path(__file__).parent.parent
EVIDENCE = PROJECT.parent / "shared" / "evidence"
EXCEPTIONS = PROJECT / "docs_corpus" / "exceptions.yaml"

MATTER: dict[str, Any] = {
    "id": "marlow-2090-skylark",
    "short": "Marlow 2090",
    "title": "Quibrimab in blue fever",
    "authors": ["Marlow A"],
    "journal": "Journal of Invented Trials",
    "year": 2090,
    "volume": "12",
    "pages": "1-9",
    "doi": "10.9999/skylark",
    "pmid": None,
    "pmcid": None,
    "nct": ["NCT90000009"],
    "eudract": [],
    "other_ids": [],
    "kind": "trial report",
    "trial": "skylark-7",
    "design": "randomised phase 2 trial",
    "phase": "2",
    "randomised": True,
    "comparator": "placebolin",
    "n": 60,
    "population": "adults with blue fever",
    "age_group": ["adult"],
    "line": ["any"],
    "follow_up": "median 26.3 months",
    "read": "abstract",
    "verified": "high",
    "status": "not checked",
    "links": [],
}
SENTENCES = {
    "Bottom line": "At 2 years, survival in Skylark-7 was 81.6% with quibrimab.",
    "Background": "Skylark-7 studied quibrimab in adults with blue fever.",
    "Methods": "Skylark-7 gave 15 mcg/m²/day of quibrimab for two courses to 60 adults.",
    "Results": "Survival was 81.6% (95% CI 60.8-92.0, P = 0.03) with quibrimab in Skylark-7.",
    "Conclusions": "Quibrimab may help adults with blue fever.",
    "Limitations": "Median follow-up of Skylark-7 was 26.3 months.",
    "Related reports": "Skylark-7 has no other report.",
}
FINDINGS: list[dict[str, Any]] = [
    {
        "kind": "outcome",
        "measure": "2-year survival",
        "value": "81.6%",
        "n": 60,
        "ci95": "60.8-92.0",
        "p": "0.03",
        "source": "https://example.org/skylark",
    },
    {
        "kind": "fact",
        "fact": "Dose 15 micrograms/m2/day, 2 courses.",
        "value": "15 micrograms/m2/day; 2",
        "source": "https://example.org/skylark",
    },
]
DOSSIER: dict[str, Any] = {
    "id": "marlow-2090-skylark",
    "title": "Quibrimab in blue fever",
    "authors": ["Marlow A"],
    "published_in": "Journal of Invented Trials",
    "year": 2090,
    "volume": "12",
    "pages": "1-9",
    "doi": "10.9999/skylark",
    "nct": ["NCT90000009"],
    "population": "adults with blue fever, followed for a median of 26.3 months",
    "design": "Phase II, randomised",
    "findings": FINDINGS,
    "confidence": "high",
}
TRIAL = {
    "key": "skylark-7",
    "name": "Skylark-7",
    "reports": [{"document": "marlow-2090-skylark", "role": "primary"}],
}


class Desk:
    """A corpus of one document and its dossier in a temporary folder."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.evidence = folder / "evidence"
        self.exceptions = self.corpus / "exceptions.yaml"
        self.corpus.mkdir()
        self.evidence.mkdir()
        (self.corpus / "trials.yaml").write_text(yaml.safe_dump([TRIAL]), encoding="utf-8")
        self.document()
        self.dossier()

    def document(self, sentences: dict[str, str] | None = None, **matter: Any) -> None:
        """Write the document with some sentences or fields of its front matter changed."""
        fields = {**MATTER, **matter}
        told = {**SENTENCES, **(sentences or {})}
        body = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in told.items())
        front = yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)
        path = self.corpus / f"{fields['id']}.md"
        path.write_text(f"---\n{front}---\n\n{body}\n", encoding="utf-8")

    def dossier(self, *more: dict[str, Any], **fields: Any) -> None:
        """Write the dossier with more findings, or with some of its fields changed."""
        findings = [*FINDINGS, *({"source": "https://example.org", **f} for f in more)]
        self.write({**DOSSIER, "findings": findings, **fields})

    def write(self, dossier: dict[str, Any]) -> None:
        text = yaml.safe_dump(dossier, allow_unicode=True)
        (self.evidence / f"{dossier['id']}.yaml").write_text(text, encoding="utf-8")

    def leave_out(self, **entry: str) -> None:
        self.exceptions.write_text(yaml.safe_dump([entry]), encoding="utf-8")

    def check(self) -> EvidenceReport:
        return check_evidence(read_corpus(self.corpus), self.evidence, self.exceptions)

    def problem(self) -> str:
        """The only problem there is."""
        (line,) = self.check().problems
        return line


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_document_that_holds_its_dossier_has_no_problem(desk: Desk) -> None:
    report = desk.check()

    assert report.problems == ()
    assert report.dossiers == Share(1, 1)
    assert report.verified_figures == Share(2, 2)
    assert report.document_figures.good == report.document_figures.total


def test_a_wrong_digit_is_caught(desk: Desk) -> None:
    desk.document({"Bottom line": "At 2 years, survival in Skylark-7 was 81.7% with quibrimab."})

    assert desk.problem() == (
        "marlow-2090-skylark.md, Bottom line: 81.7% is not in the dossier. Correct it after the "
        "dossier, or take it out. In: At 2 years, survival in Skylark-7 was 81.7% with quibrimab."
    )
    assert desk.check().document_figures.good == desk.check().document_figures.total - 1


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("15 mcg/m²/day", "15 mcg/day", "15 mcg stands in the dossier as 15 mcg/m2"),
        ("15 mcg/m²/day", "15 mg/m²/day", "15 mg/m2 stands in the dossier as 15 mcg/m2"),
        ("60 adults", "60% of adults", "60% stands in the dossier as 60."),
        ("for two courses", "for three courses", "3 is not in the dossier"),
    ],
)
def test_a_figure_moved_to_another_unit_is_caught(
    desk: Desk, right: str, wrong: str, named: str
) -> None:
    desk.document({"Methods": SENTENCES["Methods"].replace(right, wrong)})

    assert any(named in line for line in desk.check().problems)


def test_a_number_word_counts_as_its_digit(desk: Desk) -> None:
    desk.document({"Methods": SENTENCES["Methods"].replace("two courses", "2 courses")})

    assert desk.check().problems == ()


def test_a_missing_verified_figure_is_caught(desk: Desk) -> None:
    desk.dossier({"kind": "safety", "measure": "nausea", "value": "7 of 60 (12%)"})

    report = desk.check()

    assert report.problems == (
        "marlow-2090-skylark.md: 7, 12% of the verified finding 'nausea' is missing. Write it into "
        "the document, or name it with a reason in exceptions.yaml.",
    )
    assert report.verified_figures == Share(2, 3)


def test_a_figure_in_the_front_matter_alone_is_missing_from_the_text(desk: Desk) -> None:
    desk.dossier({"kind": "outcome", "measure": "longest follow-up", "value": "48.2 months"})
    desk.document(follow_up="median 26.3 months, at most 48.2 months")

    assert "48.2 month of the verified finding 'longest follow-up' is missing" in desk.problem()


def test_a_figure_from_memory_is_refused(desk: Desk) -> None:
    desk.dossier({"kind": "outcome", "measure": "relapse", "value": "13.3%", "source": "memory"})
    desk.document({"Conclusions": "Relapse in Skylark-7 was 13.3% with quibrimab."})

    assert "13.3% stands in the dossier from memory or as unverified. Take it out." in (
        desk.problem()
    )


def test_a_figure_from_memory_is_not_asked_for(desk: Desk) -> None:
    desk.dossier({"kind": "outcome", "measure": "relapse", "value": "13.3%", "source": "memory"})

    assert desk.check().verified_figures == Share(2, 2)


def test_an_unverified_interval_is_refused(desk: Desk) -> None:
    desk.dossier(
        {
            "kind": "outcome",
            "measure": "relapse",
            "value": "13.3%",
            "unverified": {"ci95": "95% CI 4.1-28.1"},
        }
    )
    desk.document({"Conclusions": "Relapse in Skylark-7 was 13.3% (95% CI 4.1-28.1)."})

    faults = desk.check().problems

    assert [line.split(": ")[1].split(" stands")[0] for line in faults] == [
        "4.1 95% CI",
        "28.1 95% CI",
    ]


def test_an_interval_beside_another_result_is_caught(desk: Desk) -> None:
    desk.dossier({"kind": "outcome", "measure": "relapse", "value": "13.3%"})
    desk.document({"Conclusions": "Relapse in Skylark-7 was 13.3% (95% CI 60.8-92.0)."})

    assert (
        "60.8 95% CI belongs to another result of the dossier than 13.3"
        in (desk.check().problems[0])
    )


@pytest.mark.parametrize("sign", ["<", ">"])
def test_another_sign_before_a_p_value_is_caught(desk: Desk, sign: str) -> None:
    desk.document({"Results": SENTENCES["Results"].replace("P =", f"P {sign}")})

    assert any(f"0.03 P {sign}" in line for line in desk.check().problems)


def test_a_wrong_figure_in_the_front_matter_is_caught(desk: Desk) -> None:
    desk.document(follow_up="median 25.3 months")

    assert desk.problem().startswith("marlow-2090-skylark.md, field follow_up: 25.3 month is not")


def test_the_phase_may_be_written_in_roman_numerals(desk: Desk) -> None:
    desk.dossier(design="Phase I/II, randomised")
    desk.document(design="randomised phase 1/2 trial", phase="1/2")

    assert desk.check().problems == ()


def test_another_phase_is_caught(desk: Desk) -> None:
    desk.document(phase="3")

    assert desk.problem().startswith("marlow-2090-skylark.md, field phase: 3 phase is not")


def test_an_iso_date_is_the_written_date(desk: Desk) -> None:
    desk.dossier({"kind": "fact", "fact": "Opened 2089-12-15.", "value": "2089-12-15"})
    desk.document({"Conclusions": "Skylark-7 opened on 15 December 2089."})

    assert desk.check().problems == ()


def test_another_day_of_the_month_is_caught(desk: Desk) -> None:
    desk.dossier({"kind": "fact", "fact": "Opened 2089-12-15.", "value": "2089-12-15"})
    desk.document({"Conclusions": "Skylark-7 opened on 16 December 2089."})

    assert "2089-12-16 date is not in the dossier" in desk.check().problems[0]


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("doi", "10.9999/other", "10.9999/other is not that of the dossier"),
        ("pmid", "12345678", "12345678 is not that of the dossier"),
        ("nct", ["NCT90000008"], "NCT90000008 is not that of the dossier"),
        ("doi", None, "10.9999/skylark of the dossier is missing"),
        ("year", 2091, "2091 is not that of the dossier"),
        ("verified", "low", "the dossier says high"),
        ("title", "Placebolin in blue fever", "is not that of the dossier"),
    ],
)
def test_the_bibliography_is_that_of_the_dossier(
    desk: Desk, field: str, value: object, fault: str
) -> None:
    desk.document(**{field: value})

    assert any(f"field {field}: {fault}" in line for line in desk.check().problems)


@pytest.mark.parametrize(
    ("field", "in_dossier"),
    [("doi", "doi"), ("volume", "volume"), ("year", "year"), ("journal", "published_in")],
)
def test_a_bibliography_that_was_not_verified_is_absent(
    desk: Desk, field: str, in_dossier: str
) -> None:
    desk.dossier(unverified={in_dossier: "from memory"})

    assert f"field {field}: {MATTER[field]} was not verified (from memory)" in desk.problem()


def test_authors_after_the_first_that_were_read_are_left_out(desk: Desk) -> None:
    desk.dossier(unverified={"authors": "after the first, from memory"})
    desk.document(authors=["Marlow A", "Brandvik B", "et al."])

    assert "field authors: Brandvik B was not verified" in desk.problem()


def test_a_register_number_that_the_dossier_does_not_hold_is_caught(desk: Desk) -> None:
    desk.document({"Conclusions": "Skylark-7 is registered as NCT90000001."})

    assert "Conclusions: NCT90000001 is not in the dossier" in desk.problem()


def test_a_related_report_may_be_described_with_its_own_figures(desk: Desk) -> None:
    later = {"id": "marlow-2095-heron", "nct": [], "doi": "10.9999/heron"}
    desk.write({**DOSSIER, **later})
    desk.document(short="Marlow 2095", trial=None, **later)
    desk.dossier(year=2089)
    desk.document(
        {"Related reports": "Marlow 2095, published in 2090, is the later report."}, year=2089
    )

    assert desk.check().problems == ()


def test_the_figures_of_a_related_report_stay_out_of_the_other_sections(desk: Desk) -> None:
    later = {"id": "marlow-2095-heron", "nct": [], "doi": "10.9999/heron"}
    desk.write({**DOSSIER, **later})
    desk.document(short="Marlow 2095", trial=None, **later)
    desk.dossier(year=2089)
    desk.document(
        {"Conclusions": "Marlow 2095, published in 2090, is the later report."}, year=2089
    )

    assert "Conclusions: 2090 is not in the dossier" in desk.problem()


def test_a_conflict_counts_for_the_dossiers_that_it_names(desk: Desk) -> None:
    desk.write(
        {
            "id": "notes-2026-source-conflicts",
            "findings": [
                {
                    "kind": "conflict",
                    "fact": "One page prints 18.6%.",
                    "value": "18.6%",
                    "source": "dossiers",
                    "dossiers": ["marlow-2090-skylark"],
                }
            ],
        }
    )
    desk.document({"Conclusions": "A page that prints 18.6% for Skylark-7 is wrong."})

    report = desk.check()

    assert report.problems == ()
    assert report.dossiers == Share(1, 1)


def test_a_figure_may_be_left_out_with_a_reason(desk: Desk) -> None:
    desk.dossier({"kind": "safety", "measure": "nausea", "value": "12%"})
    desk.leave_out(dossier="marlow-2090-skylark", figure="12%", reason="The source withdrew it.")

    report = desk.check()

    assert report.problems == ()
    assert report.verified_figures == Share(2, 3)


def test_an_exception_without_a_reason_is_a_problem(desk: Desk) -> None:
    desk.dossier({"kind": "safety", "measure": "nausea", "value": "12%"})
    desk.leave_out(dossier="marlow-2090-skylark", figure="12%", reason=" ")

    assert "exceptions.yaml: 12% of marlow-2090-skylark has no reason" in desk.problem()


def test_an_exception_that_excuses_nothing_is_a_problem(desk: Desk) -> None:
    desk.leave_out(dossier="marlow-2090-skylark", figure="12%", reason="The source withdrew it.")

    assert "12% of marlow-2090-skylark is not missing from the document" in desk.problem()


def test_a_dossier_without_a_document_is_named(desk: Desk) -> None:
    desk.write({**DOSSIER, "id": "brandvik-2093-heron"})

    report = desk.check()

    assert report.problems == (
        "brandvik-2093-heron.md: no such document, but a dossier. Write it, or mend what keeps it "
        "out.",
    )
    assert report.dossiers == Share(1, 2)
    assert report.verified_figures == Share(2, 4)


def test_a_document_without_a_dossier_is_named(desk: Desk) -> None:
    desk.document(id="brandvik-2093-heron", short="Brandvik 2093")

    assert desk.problem().startswith("brandvik-2093-heron.md: there is no dossier of this id.")


def test_a_folder_that_is_not_there_is_named(desk: Desk) -> None:
    with pytest.raises(UnreadableDocument, match="nowhere: no such folder"):
        check_evidence(read_corpus(desk.corpus), desk.evidence / "nowhere", desk.exceptions)


@pytest.mark.parametrize("text", ["findings: [", "- a list", "title: no findings"])
def test_a_dossier_that_cannot_be_read_is_named(desk: Desk, text: str) -> None:
    (desk.evidence / "broken.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(UnreadableDocument, match=r"^broken\.yaml: "):
        desk.check()


def test_exceptions_of_another_form_are_named(desk: Desk) -> None:
    desk.exceptions.write_text("- figure: 12%\n", encoding="utf-8")

    with pytest.raises(UnreadableDocument, match=r"^exceptions\.yaml: not a list of entries"):
        desk.check()


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("44.0% and 44 %", ["44%", "44%"]),
        ("1,009 infants, 27,690/uL", ["1009", "27690"]),
        ("MRD below 5x10^-4 or 10^-4", ["5e-4", "1e-4"]),
        ("300 x10^9/L", ["300 10^9"]),
        ("15 \u00b5g/m\u00b2 per day", ["15 mcg/m2"]),
        ("2-year survival", ["2 year"]),
        ("grade III-IV", ["3 grade", "4 grade"]),
        ("HR 0.62 (95% CI 0.39-0.98; P <0.001)", ["0.62", "95 confidence", "0.39 95% CI"]),
        ("MT103-211, t(4;11) and CD19", []),
    ],
)
def test_figures_are_read_with_their_units(text: str, figures: list[str]) -> None:
    found = [str(figure) for figure in quantities(text)]

    assert found[: len(figures)] == figures
    assert bool(found) == bool(figures)


def test_a_list_shares_its_unit() -> None:
    first, second, last = quantities("87, 86 and 85%")

    assert first.stands_in(quantities("87%"))
    assert second.stands_in(quantities("86%"))
    assert last.units == frozenset(["%"])


needs_evidence = pytest.mark.skipif(not EVIDENCE.is_dir(), reason=f"{EVIDENCE} does not exist")


@needs_evidence
def test_the_corpus_and_the_evidence_prove_each_other(real_corpus: Corpus) -> None:
    report = check_evidence(real_corpus, EVIDENCE, EXCEPTIONS)

    assert report.problems == ()
    assert report.dossiers.good == report.dossiers.total
    assert report.verified_figures.good >= 0.99 * report.verified_figures.total
    assert report.document_figures.good == report.document_figures.total


WRONG_DIGITS = [
    ("vandersluis-2023-blinatumomab-infant", "81.6%", "81.5%", "81.5%"),
    ("vandersluis-2023-blinatumomab-infant", "in 214 historical", "in 241 historical", "241"),
    ("fda-2025-blincyto-dosing", "15 mcg/m²/day", "15 mcg/day", "15 mcg stands"),
    ("fda-2025-blincyto-dosing", "dexamethasone 5 mg/m²", "dexamethasone 6 mg/m²", "6 mg/m2"),
    ("kantarjian-2017-tower", "95% CI 0.55-0.93", "95% CI 0.55-0.95", "0.95 95% CI"),
]


@pytest.fixture(scope="module")
def problems_of_wrong_digits(real_corpus: Corpus) -> tuple[str, ...]:
    """What the check says of the corpus with all of WRONG_DIGITS in it; a check takes seconds."""
    changed = real_corpus
    for doc_id, right, wrong, _ in WRONG_DIGITS:
        changed = _with_text(changed, doc_id, right=right, wrong=wrong)
    return check_evidence(changed, EVIDENCE, EXCEPTIONS).problems


@needs_evidence
@pytest.mark.parametrize(("doc_id", "named"), [(row[0], row[3]) for row in WRONG_DIGITS])
def test_a_wrong_digit_in_a_real_document_is_caught(
    problems_of_wrong_digits: tuple[str, ...], doc_id: str, named: str
) -> None:
    of_document = [line for line in problems_of_wrong_digits if line.startswith(f"{doc_id}.md, ")]

    assert any(f": {named}" in line for line in of_document)


def _with_text(corpus: Corpus, doc_id: str, *, right: str, wrong: str) -> Corpus:
    """The corpus with the first ``right`` of a document replaced; padded, so no offset moves."""
    (document,) = (document for document in corpus.documents if document.doc_id == doc_id)
    assert right in document.text
    text = document.text.replace(right, wrong.ljust(len(right)), 1)
    others = tuple(other for other in corpus.documents if other.doc_id != doc_id)
    return replace(corpus, documents=(*others, replace(document, text=text)))

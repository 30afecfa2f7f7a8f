"""Tiny records for the tests of the page, and stand-ins for what stands behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from threading import Event

from assistant.answer import Answer, Check, Citation, Claim, Evidence, Filters, Verdict
from index.documents import Document, Section, Study
from index.errors import NoIndex
from index.trials import Report, Trial

STUDY = Study(
    doc_id="smith-2023-trial",
    short="Smith 2023",
    title="Blinatumomab in Infants",
    authors=("Smith A", "Jones B", "Kim C", "Lee D"),
    journal="Journal of Infants",
    year=2023,
    volume="12(3)",
    pages="45-56",
    doi="10.1000/abc.123",
    pmid="12345678",
    pmcid=None,
    nct=("NCT00000001",),
    eudract=("2016-000000-17",),
    other_ids=(),
    kind="trial report",
    trial="infant-trial",
    design="single-arm phase 2 trial with historical controls",
    phase="2",
    randomised=False,
    comparator="214 historical controls of Interfant-06",
    n=30,
    population="infants under 1 year with newly diagnosed ALL",
    age_group=("infant",),
    line=("newly diagnosed",),
    follow_up="median 26.3 months (range 3.9-48.2)",
    read="abstract",
    verified="medium",
    status="not checked",
    links=(),
)
LATER = replace(STUDY, doc_id="smith-2026-follow-up", short="Smith 2026", year=2026, doi=None)
HOSTILE = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
SURVIVAL = "At 2 years, disease-free survival was 81.6% in 30 infants and 49.4% in 214 controls."
RESIDUAL = "After the course, 28 of 30 (93%) infants had residual disease below 5x10^-4."
DOSE = "Infants received 15 mcg/m²/day for 28 days."
RELEASE = "Cytokine release syndrome occurred in 3 of 30 (10%) infants."
FOLLOWED = "At 4 years, disease-free survival was 83.3% (95% CI 64.5-92.7) in the same 30 infants."
TEXT = (
    f"Bottom line\n\n{SURVIVAL}\n\n"
    f"Results\n\n{RESIDUAL} {DOSE} White cells were above 300 x10^9/L in 3 infants. "
    f"{RELEASE}"
)


def document(study: Study = STUDY, text: str = TEXT) -> Document:
    second = text.index("\n\nResults\n\n")
    sections = (
        Section("Bottom line", 13, second),
        Section("Results", second + len("\n\nResults\n\n"), len(text)),
    )
    return Document(study, text, sections)


LATER_TEXT = f"Bottom line\n\n{FOLLOWED}\n\nResults\n\nNo further relapse was seen."
DOCUMENTS = (document(), document(LATER, LATER_TEXT))
TRIAL = Trial(
    key="infant-trial",
    name="The infant trial",
    cohort="30 infants",
    status="reported",
    aliases=(),
    numbers=(),
    reports=(
        Report(STUDY.doc_id, "primary", "2-year figures"),
        Report(LATER.doc_id, "follow-up", "4-year figures"),
    ),
    note=None,
)


def evidence(key: str, quote: str, of: Document = DOCUMENTS[0]) -> Evidence:
    """Evidence for ``quote``, cut out of ``of`` with its paragraph."""
    start = of.text.index(quote)
    first = of.text.rfind("\n\n", 0, start) + 2
    last = of.text.find("\n\n", start)
    last = len(of.text) if last < 0 else last
    section = next(part for part in of.sections if part.start <= start < part.end)
    place = (start, start + len(quote), of.text[first:last], first, last)
    return Evidence(key, of.study, section.heading, quote, *place, score=1.0)


def claim(piece: Evidence, text: str | None = None, verdict: Verdict = Verdict.SUPPORTED) -> Claim:
    citation = Citation(piece.key, piece.quote)
    return Claim(piece.quote if text is None else text, (citation,), verdict)


def answer(*pieces: Evidence, question: str = "What was survival?") -> Answer:
    claims = tuple(claim(piece) for piece in pieces)
    return Answer(question, question, claims, evidence=pieces, documents_searched=2)


def doubted(question: str = "Is there doubt?") -> Answer:
    """An answer with checks, a withheld sentence and evidence against."""
    piece, other = evidence("E1", SURVIVAL), evidence("E2", RELEASE)
    arms = Check("figures", True, "81.6%: disease-free survival, 2 years.")
    wrong = Check("figures", False, "93.3% is overall survival, not disease-free survival.")
    said = "At 2 years, disease-free survival was 93.3%."
    return replace(
        answer(piece, question=question),
        claims=(replace(claim(piece), checks=(arms,)),),
        withheld=(replace(claim(piece, said, Verdict.CONTRADICTED), checks=(arms, wrong)),),
        against=(other,),
    )


def compared(question: str = "Which arms?") -> Answer:
    """An answer whose figures share a measure: two time points, two arms."""
    two = "At 2 years, DFS was 81.6% with blinatumomab and 49.4% in the control group."
    four = "At 4 years, DFS was 83.3% (95% CI 64.5-92.7) with blinatumomab and 44.0% in controls."
    first, later = evidence("E1", SURVIVAL), evidence("E2", FOLLOWED, DOCUMENTS[1])
    return answer(replace(first, quote=two), replace(later, quote=four), question=question)


def abstention(question: str = "And at 10 years?") -> Answer:
    return Answer(
        question,
        "10-year disease-free survival in infants",
        abstained_because="Nothing found in 2 documents on survival at 10 years.",
        searched_for="disease-free survival · 10 years",
        nearest=evidence("E1", SURVIVAL),
        would_answer="A later report of these infants.",
        documents_searched=2,
    )


class Shelf:
    """A library of two documents."""

    def count(self) -> int:
        return len(DOCUMENTS)

    def studies(self) -> tuple[Study, ...]:
        return tuple(kept.study for kept in DOCUMENTS)

    def study(self, doc_id: str) -> Study:
        return self.document(doc_id).study

    def document(self, doc_id: str) -> Document:
        return {kept.doc_id: kept for kept in DOCUMENTS}[doc_id]

    def trial(self, key: str) -> Trial | None:
        return TRIAL if key == TRIAL.key else None


class Scripted:
    """An assistant that answers by the words of the question; ``gate`` holds a slow answer back."""

    def __init__(self) -> None:
        self.gate = Event()
        self.seen: list[tuple[int, Filters]] = []

    def stream(self, question: str, turns: Sequence[Answer], filters: Filters) -> Iterator[Answer]:
        self.seen.append((len(turns), filters))
        if "fail" in question:
            raise NoIndex("The index is older than the corpus. Run `blincite index build`.")
        if "10 years" in question:
            yield abstention(question)
        elif "doubt" in question:
            yield doubted(question)
        elif "arms" in question:
            yield compared(question)
        elif "hello" in question:
            yield Answer(question, question, reply="Ask about a trial.")
        else:
            yield from self._grow(question)

    def _grow(self, question: str) -> Iterator[Answer]:
        pieces = (
            evidence("E1", SURVIVAL),
            evidence("E2", RESIDUAL),
            evidence("E3", FOLLOWED, DOCUMENTS[1]),
        )
        yield replace(answer(pieces[0], question=question), complete=False)
        if "slow" in question:
            self.gate.wait(20)
        more = (claim(evidence("E4", DOSE)),)
        whole = answer(*pieces, question=question)
        yield replace(
            whole,
            more=more,
            evidence=(*pieces, evidence("E4", DOSE)),
            caveats=("The trial had one arm.",),
        )

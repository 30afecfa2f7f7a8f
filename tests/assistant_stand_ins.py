"""Stand-ins for the tests of the assistant: invented trials, and what is read and found of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from assistant.answer import Answer, Citation, Claim, Evidence, Verdict
from assistant.cohorts import Cohorts
from assistant.fit import Fit
from assistant.fit import fit as fitted
from assistant.question import QuestionReader, Reading
from assistant.rerank import ScoredSentence, sentences_in
from assistant.retrieval import Candidate
from assistant.vocabulary import Vocabulary
from index.documents import Document, Section, Study
from index.passages import passages_of
from index.trials import Report, Trial

Pieces = Callable[[str], Sequence[str]]


def study(doc_id: str, short: str, **fields: Any) -> Study:
    """An invented report on infants; ``fields`` replace what it says by default."""
    plain = Study(
        doc_id=doc_id,
        short=short,
        title="Quibrimab in Infants",
        authors=(),
        journal="Journal of Invented Trials",
        year=2091,
        volume=None,
        pages=None,
        doi=None,
        pmid=None,
        pmcid=None,
        nct=(),
        eudract=(),
        other_ids=(),
        kind="trial report",
        trial=None,
        design="randomised phase 3 trial",
        phase="3",
        randomised=True,
        comparator="placebolin",
        n=120,
        population="infants under 1 year with blue fever",
        age_group=("infant",),
        line=("newly diagnosed",),
        follow_up=None,
        read="full text",
        verified="high",
        status="not checked",
        links=(),
    )
    return replace(plain, **fields)


FIRST = study("aldermann-2091", "Aldermann 2091", authors=("Aldermann A",), trial="lighthouse-1")
LATER = study("brandvik-2093", "Brandvik 2093", authors=("Brandvik B",), trial="lighthouse-1")
PLANNED = study("lighthouse-2-record", "Lighthouse-2 record", kind="registry record")
PLANNED = replace(PLANNED, trial="lighthouse-2")
OTHER = study("van-der-zee-2092", "van der Zee 2092", authors=("van der Zee AB",), trial="harbour")
GROWN = study(
    "crane-2090",
    "Crane 2090",
    title="Quibrimab in Adults",
    authors=("Crane C",),
    population="adults with blue fever",
    age_group=("adult",),
)
STUDIES = (FIRST, LATER, PLANNED, OTHER, GROWN)


def trial(key: str, name: str, *reports: tuple[Study, str], **fields: Any) -> Trial:
    """A trial with reports in time order, each with its role."""
    listed = tuple(Report(one.doc_id, role, "") for one, role in reports)
    plain = Trial(key, name, "120 infants", "reported", (), (), listed, None)
    return replace(plain, **fields)


LIGHTHOUSE = trial(
    "lighthouse-1",
    "Lighthouse-1 (infants)",
    (FIRST, "primary"),
    (LATER, "follow-up"),
    aliases=("LH-ONE", "the beacons"),
    numbers=("NCT90000001",),
)
UNREPORTED = trial(
    "lighthouse-2",
    "Lighthouse-2",
    (PLANNED, "registry"),
    aliases=("the beacons",),
    status="recruiting, no results",
)
HARBOUR = trial(
    "harbour", "D-HARB (ZEE2116)", (OTHER, "primary"), (GROWN, "context"), aliases=("DHARB", "HBR")
)
TRIALS = (LIGHTHOUSE, UNREPORTED, HARBOUR)
COHORTS = Cohorts(TRIALS, STUDIES)


def whole(word: str) -> Sequence[str]:
    """A tokenizer that knows every word, so that none is strange."""
    return [word]


def reader(texts: Iterable[str] = (), pieces: Pieces = whole) -> QuestionReader:
    """A reader that knows the invented trials."""
    return QuestionReader(STUDIES, TRIALS, Vocabulary(texts, pieces))


READER = reader()


def read(question: str) -> Reading:
    return READER.read(question)


def candidate(
    text: str, of: Study = FIRST, section: str = "Results", score: float = 0.5
) -> Candidate:
    """One passage that holds all of ``text``, behind the heading of its section."""
    start = len(section) + 2
    document = Document(of, f"{section}\n\n{text}", (Section(section, start, start + len(text)),))
    (passage,) = passages_of(document, size=10_000)
    return Candidate(passage, text, of, score)


def scored(
    text: str, of: Study = FIRST, section: str = "Results", relevance: float = 0.0
) -> ScoredSentence:
    """One sentence as the cross-encoder hands it on."""
    (sentence,) = sentences_in([candidate(text, of, section)])
    return replace(sentence, relevance=relevance)


def fit(
    text: str, score: float, of: Study = FIRST, question: str = "", relevance: float = 0.0
) -> Fit:
    """A sentence with what it holds of a question, and a score that is given, not worked out."""
    return replace(fitted(read(question), scored(text, of, relevance=relevance)), score=score)


def evidence(quote: str, of: Study = FIRST, key: str = "E1") -> Evidence:
    place = (9, 9 + len(quote), quote, 9, 9 + len(quote))
    return Evidence(key, of, "Results", quote, *place, score=1.0)


def answer(question: str, *pieces: Evidence, query: str | None = None) -> Answer:
    """An answer that shows each piece of evidence as a claim."""
    claims = (
        Claim(one.quote, (Citation(one.key, one.quote),), Verdict.SUPPORTED) for one in pieces
    )
    return Answer(question, query or question, tuple(claims), evidence=pieces)

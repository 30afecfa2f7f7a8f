"""The study card that opens beside an answer."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote as in_address

from markupsafe import Markup

from assistant.answer import Check, Evidence
from assistant.cards import Fate, change
from assistant.references import authors, published
from assistant.web import study_words
from assistant.web.checks_view import check_items
from assistant.web.icons import icon
from assistant.web.markup import external, internal, label, typeset
from assistant.web.numbering import Numbered
from assistant.web.reports_view import reports
from assistant.web.shapes import Library
from assistant.web.study_words import Fact
from index.documents import Study

PLACE: Final = "place"
"""The check whether a quote is in its place, which is made again whenever it is shown."""
PLACES: Final = {
    Fate.UNCHANGED: "Found word for word in the stored text",
    Fate.MOVED: "Found word for word in the stored text, at another place than when it was quoted",
    Fate.GONE: "No longer in the stored text: the document was changed or taken out since",
}


def panel(
    cards: Iterable[Numbered],
    library: Library,
    checks: Mapping[int, Sequence[Check]] | None = None,
) -> Markup:
    """All cards of a conversation; the page shows one of them at a time.

    ``checks`` has, for the number of a card, the checks of the sentences that cite it.
    """
    known, checks = list(cards), checks or {}
    drawn = Markup("").join(
        card(one, library, checks.get(one.number, ()), position=position, of=len(known))
        for position, one in enumerate(known, start=1)
    )
    return Markup(
        '<aside class="evidence" aria-label="Evidence"><h2 class="sr">Evidence</h2>{}</aside>'
    ).format(drawn)


def card(
    one: Numbered, library: Library, checks: Sequence[Check], *, position: int, of: int
) -> Markup:
    """One piece of evidence with its study; hidden until its citation is followed."""
    evidence, study = one.evidence, one.evidence.study
    return Markup('<div class="card" id="e{}" data-card="{}" hidden>{}</div>').format(
        one.number,
        one.number,
        Markup("").join(
            (
                _header(one.number, position=position, of=of),
                _study(study),
                _passage(evidence),
                _checks(evidence, library, checks),
                _facts(study),
                reports(study, library, beside=True),
                _links(evidence),
            )
        ),
    )


def _header(number: int, *, position: int, of: int) -> Markup:
    return Markup(
        '<header><span class="label">Evidence <span class="cite" aria-hidden="true">{}</span>'
        '<span class="sr">{}</span></span>{}<span class="meta num">{} of {}</span>{}{}</header>'
    ).format(
        number,
        number,
        step_button("data-step", "-1", "Previous evidence", "previous"),
        position,
        of,
        step_button("data-step", "1", "Next evidence", "next"),
        step_button("data-close", "", "Close evidence", "close"),
    )


def step_button(attribute: str, value: str, name: str, drawing: str) -> Markup:
    """A button of a card's header; the script knows it by its attribute."""
    return Markup('<button type="button" class="icon" {}="{}" aria-label="{}">{}</button>').format(
        attribute, value, name, icon(drawing)
    )


def _study(study: Study) -> Markup:
    return Markup(
        '<section class="study"><h3 tabindex="-1">{}</h3><p class="meta">{}</p></section>'
    ).format(typeset(study.title), byline(study))


def byline(study: Study) -> Markup:
    """Authors, journal, year and pages."""
    names = authors(study)
    return Markup('{}<i>{}</i> <span class="nb">{}</span>').format(
        f"{names} " if names.endswith(".") else f"{names}. " if names else "",
        study.journal or "",
        published(study),
    )


def _passage(evidence: Evidence) -> Markup:
    return Markup(
        '<section><div class="pmeta">{}<span class="meta">sentence {} of {}</span></div>'
        '<blockquote class="passage">{}</blockquote></section>'
    ).format(label(evidence.section), evidence.position, evidence.of, marked(evidence))


def marked(evidence: Evidence) -> Markup:
    """The passage with the cited sentence marked at its stored offsets."""
    start = evidence.start - evidence.passage_start
    end = evidence.end - evidence.passage_start
    text = evidence.passage
    return Markup("{}<mark>{}</mark>{}").format(
        typeset(text[:start]), typeset(text[start:end]), typeset(text[end:])
    )


def _checks(evidence: Evidence, library: Library, checks: Sequence[Check]) -> Markup:
    """Whether the quote is in its place today, then what was checked of the sentence."""
    fate = change(evidence, library).fate
    in_place = Check(PLACE, fate is not Fate.GONE, PLACES[fate])
    others = (check for check in checks if check.name != PLACE)
    return Markup(
        '<section><ul class="checks" aria-label="Checks of this citation">{}</ul></section>'
    ).format(check_items((in_place, *others)))


def _facts(study: Study) -> Markup:
    return Markup('<section><dl class="facts">{}</dl></section>').format(
        fact_rows(study_words.facts(study))
    )


def fact_rows(facts: Iterable[Fact]) -> Markup:
    """Facts of a study as a list, a retraction or correction marked."""
    return Markup("").join(
        Markup("<dt{warn}>{name}</dt><dd{warn}>{value}</dd>").format(
            warn=Markup(' class="warn"') if name == "Status" else "",
            name=name,
            value=typeset(value),
        )
        for name, value in facts
    )


def _links(evidence: Evidence) -> Markup:
    address = study_address(evidence.doc_id, evidence.start, evidence.end)
    return Markup('<section class="links">{}{}</section>').format(
        internal(address, "Study page", beside=True), outside(evidence.study)
    )


def study_address(doc_id: str, start: int | None = None, end: int | None = None) -> str:
    """The page of a study, at a sentence where one is given."""
    place = "" if start is None or end is None else f"&from={start}&to={end}"
    return f"/library?study={in_address(doc_id)}{place}"


def outside(study: Study) -> Markup:
    """Links to publisher, PubMed and registers, for the identifiers that were verified."""
    return Markup("").join(external(to, text, icon("away")) for to, text in _addresses(study))


def _addresses(study: Study) -> Iterator[tuple[str, str]]:
    if study.doi:
        yield f"https://doi.org/{in_address(study.doi, safe='/')}", "DOI"
    if study.pmid:
        yield f"https://pubmed.ncbi.nlm.nih.gov/{in_address(study.pmid)}/", "PubMed"
    for nct in study.nct:
        yield f"https://clinicaltrials.gov/study/{in_address(nct)}", nct
    for eudract in study.eudract:
        query = in_address(eudract)
        yield (
            f"https://www.clinicaltrialsregister.eu/ctr-search/search?query={query}",
            f"EudraCT {eudract}",
        )

"""The sentences of a check in order, each with its verdict."""

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from assistant.answer import Verdict
from assistant.claims.records import Checked
from assistant.web.check_run import Run
from assistant.web.check_words import look, verdict
from assistant.web.markup import typeset
from assistant.web.study_words import capital

GAP: Final = re.compile(r"[^\w\n]*\n\s*\n")
OVERSTATED: Final = re.compile(r"the claim says “(.+?)”")


def ledger(run: Run, rows: Iterable[Markup]) -> Markup:
    """Every sentence, in order."""
    return Markup(
        '<ol class="ledger" id="ledger" data-of="{}" aria-label="Checked sentences">{}</ol>'
    ).format(run.check_id, Markup("").join(rows))


def row(one: Checked, number: int, *, ends_paragraph: bool) -> Markup:
    """One sentence with its verdict; a link to its evidence where it was checked."""
    inside = Markup("{}<span class=s>{}{}</span>").format(verdict(one.word), _said(one), _why(one))
    return Markup('<li class="{}{}">{}</li>').format(
        look(one.word),
        " para" if ends_paragraph else "",
        Markup('<a href="/check#s{number}" data-e="{number}">{inside}</a>').format(
            number=number, inside=inside
        )
        if one.checkable
        else Markup("<p>{}</p>").format(inside),
    )


def ends_paragraph(one: Checked, text: str) -> bool:
    """Whether an empty line follows the sentence."""
    return bool(GAP.match(text, one.end))


def _why(one: Checked) -> Markup:
    why = one.why if one.checkable else capital(one.why.removeprefix("This is "))
    lines = [why if one.verdict is not Verdict.SUPPORTED else None, one.overstated]
    return Markup("").join(
        Markup('<span class="why">{}</span>').format(typeset(line)) for line in lines if line
    )


def _said(one: Checked) -> Markup:
    """The sentence, the words that differ from the source underlined."""
    places = _merged(_hits(one))
    parts: list[Markup] = []
    done = 0
    for start, end in places:
        parts.append(typeset(one.text[done:start]))
        parts.append(Markup('<em class="hit">{}</em>').format(typeset(one.text[start:end])))
        done = end
    return Markup("").join((*parts, typeset(one.text[done:])))


def _hits(one: Checked) -> list[tuple[int, int]]:
    """Where the words of the parts that differ stand in the sentence."""
    against = one.best_against if one.verdict in (Verdict.CONTRADICTED, Verdict.MIXED) else None
    wrong = [part.claim for part in against.differing] if against else []
    wrong += OVERSTATED.findall(one.overstated or "")
    found = (re.search(rf"(?<!\w){re.escape(words)}(?!\w)", one.text, re.I) for words in wrong)
    return sorted(match.span() for match in found if match)


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged

"""What stands over the sentences of a check: heading, summary, progress, sieve."""

from collections import Counter
from typing import Final

from markupsafe import Markup

from assistant.claims.pack import items_of
from assistant.web.check_proof import proof_line
from assistant.web.check_run import Run
from assistant.web.check_words import LOOKS
from assistant.web.icons import icon
from assistant.web.markup import plural
from assistant.web.shapes import Library
from assistant.web.study_words import capital
from assistant.web.talk_view import with_commands

REPORTS: Final = (
    (".md", "Markdown"),
    (".docx", "Word"),
    (".html", "Page to print"),
    (".json", "JSON"),
)
PACKS: Final = ((".csv", "Teaching pack, CSV"), (".tsv", "Teaching pack, Anki"))
FEW: Final = 4
"""So many sentences are seen at a glance; more may be sifted by verdict."""


def heading(run: Run | None, documents: int) -> Markup:
    """The welcome, or the title of a check with what can be done with it."""
    if run is None:
        return Markup(
            '<section class="start"><h1 class="question">Does the text say what the sources say?'
            '</h1><p class="read">Each sentence of a claim, a slide or an article is held against '
            "{}: a verdict, the words it rests on, and where the two differ.</p></section>"
        ).format(plural(documents, "document"))
    return Markup(
        '<div class="head"><h1 class="question" tabindex="-1">Checked text, '
        '<span class="nb">{}</span></h1><div class="acts">{}{}</div></div>'
    ).format(
        plural(run.total, "sentence"),
        Markup(
            '<button type="button" class="quiet" data-retext aria-expanded="false">{}Edit text'
            "</button>"
        ).format(icon("edit")),
        _reports(run),
    )


def _reports(run: Run) -> Markup:
    """The report in every form, once there is something to report; until then its place."""
    summary = Markup("{}Report").format(icon("export"))
    if run.busy or not run.checked.sentences:
        return Markup('<span class="quiet later" aria-hidden="true">{}</span>').format(summary)
    forms = (*REPORTS, *(PACKS if items_of(run.checked) else ()))
    links = Markup(" ").join(
        Markup('<a href="/checked/{}{}"{}>{}</a>').format(
            run.check_id,
            ending,
            Markup(' target="_blank"' if ending == ".html" else " download"),
            words,
        )
        for ending, words in forms
    )
    return Markup(
        '<details class="export"><summary class="quiet">{}</summary><p>{}</p></details>'
    ).format(summary, links)


def tally(run: Run) -> Markup:
    """Summary, a drawing of it, and the sieve."""
    return Markup(
        '<div class="turn tally" data-check="{}" aria-busy="{}"><p class="sum">{}.</p>{}{}</div>'
    ).format(
        run.check_id,
        "true" if run.busy else "false",
        run.checked.summary,
        _meter(run),
        _sieve(run),
    )


def _meter(run: Run) -> Markup:
    """The counts as lengths; the words above it say the same."""
    counts = Counter(one.word for one in run.checked.sentences)
    lengths = [(look, counts[word]) for word, (look, _) in LOOKS.items() if look != "off"]
    parts = [*lengths, ("rest", run.left if run.busy else 0)]
    return Markup('<div class="meter" aria-hidden="true">{}</div>').format(
        Markup("").join(
            Markup('<i class="{}" style="flex:{}"></i>').format(look, count)
            for look, count in parts
            if count
        )
    )


def how_far(run: Run, library: Library) -> Markup:
    """What is still to do, with a way to stop it; or how it ended."""
    if run.problem:
        return Markup(
            '<div class="refusal problem"><p class="label">Not all checked</p><p>{}</p>'
            '<p class="read">{}</p><p><button type="button" class="textlink" data-recheck>'
            "Check again</button></p></div>"
        ).format(with_commands(run.problem.cause), with_commands(run.problem.cure))
    if run.busy:
        return Markup(
            '<p class="progress"><span class="tick" aria-hidden="true"></span>{}'
            '<button type="button" class="textlink" data-stop>Stop</button></p>'
        ).format(_doing(run))
    if run.checked.complete:
        return proof_line(run.checked, library)
    return Markup('<p class="progress still">{}</p>').format(_stopped(run))


def _doing(run: Run) -> str:
    more = "more " if run.checked.sentences else ""
    noun = "sentence" if run.left == 1 else "sentences"
    whose = "its quotes" if run.left == 1 else "their quotes"
    return f"Checking {run.left:,} {more}{noun} against {whose}"


def _stopped(run: Run) -> str:
    done = len(run.checked.sentences)
    if not done:
        return "Stopped before the first sentence."
    return f"Stopped after {done:,} of {plural(run.total, 'sentence')}; the others are unchecked."


def _sieve(run: Run) -> Markup:
    """Show only the sentences of one verdict; the style sheet does the rest.

    All choices are always there, so that the chosen one stays while the counts grow.
    """
    counts = Counter(one.word for one in run.checked.sentences)
    options = [("all", "All", len(run.checked.sentences))]
    options += [(look, capital(word), counts[word]) for word, (look, _) in LOOKS.items()]
    return Markup('<fieldset class="show"{}><legend class="sr">Show</legend>{}</fieldset>').format(
        Markup("" if run.total > FEW else " hidden"),
        Markup("").join(
            Markup(
                '<label{}><input type="radio" name="show" value="{}"{}>'
                '<span>{} <b class="num">{}</b></span></label>'
            ).format(
                Markup("" if count else ' class="nil"'),
                look,
                Markup(" checked" if look == "all" else ""),
                words,
                count,
            )
            for look, words, count in options
        ),
    )


def spoken(run: Run | None) -> Markup:
    """The one line that a screen reader hears."""
    return Markup('<p class="sr" role="status">{}</p>').format(_status(run) if run else "")


def _status(run: Run) -> str:
    if run.problem:
        return f"Not all checked. {run.problem.cause}"
    if run.stopped:
        return "Stopped"
    if run.busy:
        return f"Checking {plural(run.total, 'sentence')}"
    return f"Check complete, {run.checked.summary}"

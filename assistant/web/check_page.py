"""The Check page: which part changes when."""

from collections.abc import Iterator
from math import ceil
from typing import Any, Final

import gradio as gr
from markupsafe import Markup

from assistant.claims.text import MOST_WORDS, BadText
from assistant.web.check_card import card, panel
from assistant.web.check_ledger import ends_paragraph, ledger, row
from assistant.web.check_run import Checks, Run, check, in_steps, stop
from assistant.web.check_start import chooser, examples
from assistant.web.check_view import heading, how_far, spoken, tally
from assistant.web.masthead import disclaimer, masthead
from assistant.web.note_view import note
from assistant.web.shapes import Desk, Library

Updates = tuple[Any, ...]

PLAIN: Final[dict[str, Any]] = {"apply_default_css": False, "js_on_load": None}
PANELS: Final = 10
FEWEST: Final = 40
"""Cards of a panel, at least."""
HINT: Final = "Paste a claim, a slide or an article"
PARTS: Final = 7 + PANELS
"""Parts of the page that a check changes."""
NOT_KEPT: Final = (
    "This check is no longer in memory: checks are kept nowhere, and end with the server. "
    "Check the text again."
)


def unchanged(parts: int) -> Updates:
    """So many parts of the page as they are."""
    return (gr.skip(),) * parts


class Drawing:
    """Rows and cards of a check; each sentence is drawn once, however often the page grows."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.rows: list[Markup] = []
        self.cards: list[Markup] = []

    def grow(self, run: Run) -> tuple[Any, ...]:
        """The ledger, then the cards in panels, of which those that stay as they are are skipped.

        The browser compares all of a panel with what it shows, so a long text has several.
        """
        before = len(self.cards)
        for number, one in enumerate(run.checked.sentences[before:], before + 1):
            last = ends_paragraph(one, run.checked.text)
            self.rows.append(row(one, number, ends_paragraph=last))
            self.cards.append(card(one, self.library, number=number, of=run.total))
        size = max(FEWEST, ceil(run.total / PANELS))
        panels = (
            panel(self.cards[start : start + size], first=start + 1)
            if not before or before < start + size <= len(self.cards) + size
            else gr.skip()
            for start in range(0, PANELS * size, size)
        )
        return (ledger(run, self.rows), *panels)


class CheckPage:
    """The parts of the Check page and what a text does to them."""

    def __init__(self, desk: Desk, library: Library, corpus_date: str, checks: Checks) -> None:
        self.desk = desk
        self.library = library
        self.corpus_date = corpus_date
        self.checks = checks

    def build(self, page: gr.Blocks) -> None:
        """Lay out the page inside the current route of ``page``, then wire it."""
        head = masthead("Check", skip_to="text", skip_words="Skip to the text")
        gr.HTML(head, elem_id="top", **PLAIN)
        with gr.Row(elem_id="two"):
            with gr.Column(elem_id="talk"):
                self.heading = gr.HTML(
                    heading(None, self.library.count()), elem_id="heading", **PLAIN
                )
                with gr.Column(elem_id="paste"):
                    self._paste()
                self.tally = gr.HTML("", elem_id="tally", **PLAIN)
                self.far = gr.HTML("", elem_id="far", **PLAIN)
                self.ledger = gr.HTML("", elem_id="checked", **PLAIN)
                gr.HTML(disclaimer(self.corpus_date), elem_id="disclaimer", **PLAIN)
            with gr.Column(elem_id="evidence"):
                self.panels = [gr.HTML("", **PLAIN) for _ in range(PANELS)]
        self.status = gr.HTML(spoken(None), elem_id="spoken", **PLAIN)
        # The button of the progress line presses this one: Gradio's events need its components.
        self.stop = gr.Button("Stop", elem_id="stop", visible="hidden")
        self.check_id = gr.Textbox(elem_id="check-id", visible="hidden")
        self._wire(page)

    def _paste(self) -> None:
        self.note = gr.HTML(note(None), elem_id="note", **PLAIN)
        self.text = gr.Textbox(
            label="The text to check",
            show_label=False,
            placeholder=HINT,
            lines=7,
            max_lines=18,
            container=False,
            elem_id="text",
        )
        with gr.Row(elem_id="paste-acts"):
            gr.HTML(chooser(MOST_WORDS), elem_id="chooser", **PLAIN)
            self.go = gr.Button("Check", variant="primary", elem_id="go")
        gr.HTML(examples(), elem_id="examples", **PLAIN)

    def _wire(self, page: gr.Blocks) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        shown: list[gr.components.Component] = [self.heading, self.note, self.tally, self.far]
        shown += [self.status, self.check_id, self.ledger, *self.panels]
        # The page itself keeps a second check back while one is running; "once" would take no
        # check after a stop, because Gradio counts the stopped one as running.
        running = self.go.click(self._check, [self.text], shown, trigger_mode="multiple", **quiet)
        self.stop.click(self._stop, [self.check_id], shown, cancels=[running], **quiet)
        page.load(self._open, None, [self.text, *shown], **quiet)

    def _check(self, text: str, request: gr.Request) -> Iterator[Updates]:
        drawing = Drawing(self.library)
        try:
            for run in in_steps(self._kept(request.username or "", check(self.desk, text))):
                yield self._show(run, drawing)
        except BadText as bad:
            yield (gr.skip(), note(str(bad)), *unchanged(PARTS - 2))

    def _kept(self, owner: str, runs: Iterator[Run]) -> Iterator[Run]:
        for run in runs:
            self.checks.keep(owner, run)
            yield run

    def _show(self, run: Run, drawing: Drawing) -> Updates:
        """Heading, note, tally, progress, status, the id of the check, ledger and panels."""
        title = heading(run, self.library.count())
        far = how_far(run, self.library)
        above = (title, note(None), tally(run), far, spoken(run), run.check_id)
        return (*above, *drawing.grow(run))

    def _stop(self, check_id: str, request: gr.Request) -> Updates:
        owner = request.username or ""
        run = self.checks.find(owner, check_id)
        if run is None:
            return unchanged(PARTS)
        self.checks.keep(owner, stop(run))
        return self._show(stop(run), Drawing(self.library))

    def _open(self, request: gr.Request) -> Updates:
        """The check that the address names, with its text; the empty page without one."""
        check_id = dict(request.query_params).get("check")
        if check_id is None:
            return unchanged(PARTS + 1)
        run = self.checks.find(request.username or "", check_id)
        if run is None:
            return (*unchanged(2), note(NOT_KEPT), *unchanged(PARTS - 2))
        return (run.checked.text, *self._show(stop(run), Drawing(self.library)))

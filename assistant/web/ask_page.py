"""The Ask page: which part changes when."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import gradio as gr

from assistant.answer import Filters
from assistant.web import filters as filtering
from assistant.web.asking import ask
from assistant.web.checks_view import checks_by_card
from assistant.web.evidence_view import panel
from assistant.web.keeping import Keeper, Kept
from assistant.web.masthead import disclaimer, masthead
from assistant.web.next_questions import next_questions
from assistant.web.note_view import note
from assistant.web.numbering import Numbered, Numbering, number
from assistant.web.questions import objection
from assistant.web.shapes import Assistant, Library
from assistant.web.starters import starters
from assistant.web.talk_view import About, address, spoken, talk
from assistant.web.turns import Turn, stop

Updates = tuple[Any, ...]
Turns = tuple[Turn, ...]
Cards = tuple[Numbered, ...]

PLAIN: Final[dict[str, Any]] = {"apply_default_css": False, "js_on_load": None}
SEND_FILTERS: Final = """
element.addEventListener('blincite:filters', e => trigger('click', e.detail));
"""
FIRST: Final = "Ask about a trial, an outcome, a dose"
LATER: Final = "Ask a follow-up, or something new"


class AskPage:
    """The parts of the Ask page and what a question does to them."""

    def __init__(
        self, assistant: Assistant, library: Library, corpus_date: str, keeper: Keeper
    ) -> None:
        self.assistant = assistant
        self.library = library
        self.corpus_date = corpus_date
        self.keeper = keeper

    def build(self, page: gr.Blocks) -> None:
        """Lay out the page inside the current route of ``page``, then wire it."""
        self.turns: gr.State = gr.State(())
        self.filters: gr.State = gr.State(Filters())
        gr.HTML(
            masthead("Ask", skip_to="box", skip_words="Skip to the question box"),
            elem_id="top",
            **PLAIN,
        )
        with gr.Row(elem_id="two"):
            with gr.Column(elem_id="talk"):
                self.talk = gr.HTML(self._talk(Kept()), elem_id="turns", **PLAIN)
                with gr.Column(elem_id="ask"):
                    self._composer()
                gr.HTML(starters(), elem_id="starters", **PLAIN)
            self.panel = gr.HTML(panel((), self.library), elem_id="evidence", **PLAIN)
        self.status = gr.HTML(spoken((), 0), elem_id="spoken", **PLAIN)
        # Buttons of the conversation press these two: events of Gradio need a component of Gradio.
        self.stop = gr.Button("Stop", elem_id="stop", visible="hidden")
        self.anew = gr.Button("New question", elem_id="anew", visible="hidden")
        # The browser keeps which conversation this is, so that it outlives a restart of the server.
        self.conversation = gr.Textbox(elem_id="conversation", visible="hidden")
        self._wire(page)

    def _composer(self) -> None:
        self.note = gr.HTML(note(None), elem_id="note", **PLAIN)
        with gr.Row(elem_id="form"):
            self.box = gr.Textbox(
                label="Your question",
                show_label=False,
                placeholder=FIRST,
                lines=1,
                max_lines=8,
                container=False,
                elem_id="box",
            )
            self.send = gr.Button("Ask", variant="primary", elem_id="send")
        with gr.Row(elem_id="under"):
            self.form = gr.HTML(
                filtering.form(self.library.studies()),
                elem_id="filters",
                apply_default_css=False,
                js_on_load=SEND_FILTERS,
            )
            self.chips = gr.HTML(filtering.chips(Filters()), elem_id="chips", **PLAIN)
            gr.HTML(disclaimer(self.corpus_date), elem_id="disclaimer", **PLAIN)

    def _wire(self, page: gr.Blocks) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        shown = [self.box, self.note, self.talk, self.panel, self.status]
        shown += [self.turns, self.conversation]
        running = gr.on(
            [self.box.submit, self.send.click],
            self._answer,
            [self.box, self.turns, self.filters, self.conversation],
            shown,
            # "once" would take no question after a stop: Gradio counts the stopped one as running.
            # The page itself keeps a second question in the box while an answer grows.
            trigger_mode="multiple",
            **quiet,
        )
        before = [self.turns, self.conversation]
        self.stop.click(self._stop, before, shown, cancels=[running], **quiet)
        self.anew.click(self._anew, None, shown, cancels=[running], **quiet)
        self.form.click(self._filter, None, [self.filters, self.chips], **quiet)
        page.load(self._open, None, shown, **quiet)

    def _answer(
        self,
        question: str,
        turns: Turns,
        filters: Filters,
        conversation: str,
        request: gr.Request,
    ) -> Iterator[Updates]:
        wrong = objection(question)
        if wrong:
            yield (gr.skip(), note(wrong), *[gr.skip()] * 5)
            return
        owner = request.username or ""
        if conversation and not turns:
            turns = self.keeper.conversation(owner, conversation).turns
        cleared: Any = gr.Textbox(value="", placeholder=LATER)
        cards: Cards = ()
        for grown in ask(self.assistant, question.strip(), turns, filters):
            kept = self.keeper.keep(owner, conversation, grown)
            conversation = kept.conversation
            yield (cleared, *self._show(kept, cards))
            cleared, cards = gr.skip(), number(turn.answer for turn in grown).cards

    def _show(self, kept: Kept, cards: Cards | None = None) -> Updates:
        """Note, talk, panel, status, turns and conversation; a panel of the same cards stays."""
        numbering = number(turn.answer for turn in kept.turns)
        same = numbering.cards == cards
        return (
            note(kept.problem),
            self._talk(kept),
            gr.skip() if same else self._panel(kept, numbering),
            spoken(kept.turns, self.library.count()) + self._address(kept),
            kept.turns,
            kept.conversation,
        )

    def _talk(self, kept: Kept) -> str:
        numbering = number(turn.answer for turn in kept.turns)
        about = About(self.library.count(), self.corpus_date, self.keeper.lasting)
        return talk(kept.turns, numbering, about, self._offers(kept.turns))

    def _address(self, kept: Kept) -> str:
        return address(kept.conversation) if self.keeper.lasting else address("")

    def _panel(self, kept: Kept, numbering: Numbering) -> str:
        checks = checks_by_card([turn.answer for turn in kept.turns], numbering)
        return panel(numbering.cards, self.library, checks)

    def _open(self, request: gr.Request) -> Updates:
        """What the address asks for: an answer, a conversation, or the empty page."""
        address = dict(request.query_params)
        if card_id := address.get("answer"):
            kept = self.keeper.answer(request.username or "", card_id)
        elif conversation := address.get("conversation"):
            kept = self.keeper.conversation(request.username or "", conversation)
        else:
            return (gr.skip(),) * 7
        return (gr.Textbox(placeholder=LATER if kept.turns else FIRST), *self._show(kept))

    def _offers(self, turns: Sequence[Turn]) -> list[tuple[str, ...]]:
        """The next questions of each turn, without those that were asked up to it."""
        asked = [turn.question for turn in turns]
        return [
            next_questions(turn.answer, self.library, asked[:place])
            for place, turn in enumerate(turns, start=1)
        ]

    def _stop(self, turns: Turns, conversation: str) -> Updates:
        return (gr.skip(), *self._show(Kept(stop(turns), conversation)))

    def _anew(self) -> Updates:
        return (gr.Textbox(value="", placeholder=FIRST), *self._show(Kept()))

    def _filter(self, event: gr.EventData) -> Updates:
        # What the page sent with the event; Gradio has no public name for it.
        sent = event._data or {}  # noqa: SLF001
        chosen = filtering.read(sent, self.library.studies())
        return chosen, filtering.chips(chosen)

"""The page of earlier questions: read, opened, deleted."""

from typing import Any, Final

import gradio as gr
from markupsafe import Markup

from assistant.history import BadHistory
from assistant.web.earlier_view import earlier
from assistant.web.masthead import disclaimer, masthead
from assistant.web.shapes import Records

PLAIN: Final[dict[str, Any]] = {"apply_default_css": False}
ALL: Final = "all"
OFF: Final = (
    "Nothing is kept: BLINCITE_HISTORY is off, or others can open this page without a login."
)
FORGET: Final = """
element.addEventListener('click', e => {
  const what = e.target.closest('[data-forget]');
  if (what) trigger('click', { forget: what.dataset.forget });
});
"""


class EarlierPage:
    """The parts of the page and what deleting does to them."""

    def __init__(self, records: Records, corpus_date: str) -> None:
        self.records = records
        self.corpus_date = corpus_date

    def build(self, page: gr.Blocks) -> None:
        """Lay out the page inside the current route of ``page``."""
        head = masthead("Earlier questions", skip_to="shelf", skip_words="Skip to the list")
        gr.HTML(head, elem_id="top", js_on_load=None, **PLAIN)
        shown = gr.HTML("", elem_id="library", js_on_load=FORGET, **PLAIN)
        gr.HTML(disclaimer(self.corpus_date), elem_id="foot", js_on_load=None, **PLAIN)

        # Gradio finds request and event by these annotations.
        def load(request: gr.Request) -> Markup:
            return self.read(request.username or "")

        def forget(request: gr.Request, event: gr.EventData) -> Markup:
            sent = event._data or {}  # noqa: SLF001  # Gradio has no public name for it
            return self.forget(request.username or "", str(sent.get("forget", "")))

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        page.load(load, None, shown, **quiet)
        shown.click(forget, None, shown, **quiet)

    def read(self, owner: str) -> Markup:
        """The list of an owner, or why there is none."""
        if not self.records.lasting:
            return earlier((), owner, problem=OFF)
        try:
            return earlier(self.records.conversations(owner), owner)
        except BadHistory as problem:
            return earlier((), owner, problem=str(problem))

    def forget(self, owner: str, what: str) -> Markup:
        """Delete one conversation, or ``all``, and show what is left."""
        try:
            if what == ALL:
                self.records.forget_all(owner)
            elif what:
                self.records.forget(owner, what)
        except BadHistory as problem:
            return earlier((), owner, problem=str(problem))
        return self.read(owner)

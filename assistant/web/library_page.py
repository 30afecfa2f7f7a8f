"""The Library page: all documents, or the one that the address names."""

from collections.abc import Mapping
from typing import Any, Final

import gradio as gr
from markupsafe import Markup

from assistant.web.library_view import shelf
from assistant.web.masthead import disclaimer, masthead
from assistant.web.shapes import Library
from assistant.web.study_view import Span, missing, study_page

PLAIN: Final[dict[str, Any]] = {"apply_default_css": False, "js_on_load": None}


class LibraryPage:
    """The parts of the Library page and what the address does to them."""

    def __init__(self, library: Library, corpus_date: str) -> None:
        self.library = library
        self.corpus_date = corpus_date

    def build(self, page: gr.Blocks) -> None:
        """Lay out the page inside the current route of ``page``."""
        head = masthead("Library", skip_to="shelf", skip_words="Skip to the library")
        gr.HTML(head, elem_id="top", **PLAIN)
        shown = gr.HTML("", elem_id="library", **PLAIN)
        gr.HTML(disclaimer(self.corpus_date), elem_id="foot", **PLAIN)

        # Gradio finds the request by this annotation.
        def load(request: gr.Request) -> Markup:
            return self.read(dict(request.query_params))

        page.load(load, None, shown, show_progress="hidden", api_visibility="private")

    def read(self, address: Mapping[str, str]) -> Markup:
        """The page that ``?study=…&from=…&to=…`` asks for; all documents without it."""
        doc_id = address.get("study")
        if doc_id is None:
            return shelf(self.library.studies())
        try:
            document = self.library.document(doc_id)
        except KeyError:
            return missing(doc_id)
        return study_page(document, self.library, _span(address, len(document.text)))


def _span(address: Mapping[str, str], length: int) -> Span | None:
    start, end = address.get("from", ""), address.get("to", "")
    if not (start.isdecimal() and end.isdecimal()):
        return None
    return (int(start), int(end)) if int(start) < int(end) <= length else None

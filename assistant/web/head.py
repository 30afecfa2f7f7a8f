"""The style sheets and scripts of the page, as one piece for its head."""

from importlib.resources import files
from typing import Final

STYLES: Final = ("tokens.css", "gradio.css", "page.css", "library.css", "earlier.css", "check.css")
SCRIPTS: Final = ("theme.js", "evidence.js", "ask.js", "library.js", "check.js")


def head() -> str:
    """Styles first. Gradio rewrites ``css=``, so the sheets travel as they are."""
    styles = "".join(f"<style>{_text(name)}</style>" for name in STYLES)
    return styles + "".join(f"<script>{_text(name)}</script>" for name in SCRIPTS)


def _text(name: str) -> str:
    return files("assistant.web").joinpath("static", name).read_text("utf-8")

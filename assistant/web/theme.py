"""The ground that Gradio paints before our style sheet is there."""

import gradio as gr

SANS = ("system-ui", "Segoe UI", "Noto Sans", "sans-serif")


def theme() -> gr.themes.Base:
    """Only the colours of the first paint; the rest is in the style sheets."""
    # Plain strings: a font of Google's would be fetched from Google.
    return gr.themes.Base(font=list(SANS), font_mono=["monospace"]).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#15181b",
        body_text_color="#1a1d21",
        body_text_color_dark="#ebe8e2",
    )

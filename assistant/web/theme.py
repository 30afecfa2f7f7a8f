"""The ground that Gradio paints before our style sheet is there."""

import gradio as gr

SANS = ("system-ui", "Segoe UI", "Noto Sans", "sans-serif")


def theme() -> gr.themes.Base:
    """The colours of the first paint and of the login; the rest is in the style sheets."""
    # Plain strings: a font of Google's would be fetched from Google.
    return gr.themes.Base(font=list(SANS), font_mono=["monospace"]).set(
        body_background_fill="#fbfaf7",
        body_background_fill_dark="#15181b",
        body_text_color="#1a1d21",
        body_text_color_dark="#ebe8e2",
        # The login page has no style sheet of ours, so what it shows is coloured here.
        background_fill_primary="#fbfaf7",
        background_fill_primary_dark="#15181b",
        background_fill_secondary="#fbfaf7",
        background_fill_secondary_dark="#15181b",
        block_label_text_color="#444b53",
        block_label_text_color_dark="#c0c5ca",
        block_title_text_color="#444b53",
        block_title_text_color_dark="#c0c5ca",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1c2024",
        input_border_width="1px",
        input_border_color="#868b90",
        input_border_color_dark="#78818a",
        input_border_color_focus="#0a66c2",
        input_border_color_focus_dark="#7db7ff",
        button_primary_background_fill="#0b5468",
        button_primary_background_fill_hover="#0b5468",
        button_primary_background_fill_dark="#86cbd9",
        button_primary_background_fill_hover_dark="#86cbd9",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#0c2027",
        error_text_color="#9c2226",
        error_text_color_dark="#f4a6a0",
    )

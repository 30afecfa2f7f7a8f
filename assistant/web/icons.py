"""The line drawings of the page."""

from typing import Final

from markupsafe import Markup

PATHS: Final = {
    "previous": '<path d="M10 3.5 5.5 8l4.5 4.5"/>',
    "next": '<path d="m6 3.5 4.5 4.5L6 12.5"/>',
    "close": '<path d="m4 4 8 8m0-8-8 8"/>',
    "tick": '<circle cx="8" cy="8" r="6.6"/><path d="m5 8.2 2.1 2.1L11.2 6"/>',
    "cross": '<path d="M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3z"/>'
    '<path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4"/>',
    "half": '<circle cx="8" cy="8" r="6.4"/>'
    '<path d="M8 1.6a6.4 6.4 0 0 1 0 12.8z" fill="currentColor"/>',
    "dashed": '<circle cx="8" cy="8" r="6.4" stroke-dasharray="2.6 2.4"/>',
    "dash": '<path d="M3.5 8h9"/>',
    "edit": '<path d="m10.5 3 2.5 2.5-7 7-3 .5.5-3z"/>',
    "file": '<path d="M4 1.8h5l3 3v9.4H4z"/><path d="M9 1.8v3h3"/>',
    "copy": '<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5h-1v-8h8v1"/>',
    "link": '<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.8.8"/>'
    '<path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.8-.8"/>',
    "export": '<path d="M8 2v8M4.8 6.8 8 10l3.2-3.2M2.5 11v2.5h11V11"/>',
    "clock": '<circle cx="8" cy="8" r="6.4"/><path d="M8 4.5V8l2.4 1.6"/>',
    "away": '<path d="M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13 3 7.5 8.5"/>',
    "filter": '<path d="M2.5 4.5h11M4.5 8h7M6.5 11.5h3"/>',
    "moon": '<path d="M13.3 9.6A5.7 5.7 0 0 1 6.4 2.7a5.7 5.7 0 1 0 6.9 6.9z"/>',
    "new": '<path d="M8 3v10M3 8h10"/>',
    "sort": '<path d="M5 6.5 8 3.5l3 3M5 9.5l3 3 3-3"/>',
}


def icon(name: str) -> Markup:
    """A drawing as high as the text, silent to screen readers: a word stands beside it."""
    return Markup('<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>').format(
        Markup(PATHS[name])
    )

"""Stored text as HTML: figures, doses and powers set well, every character kept."""

import re
from typing import Final

from markupsafe import Markup, escape

UNBROKEN: Final = 14
"""Longer hyphenated words, such as KMT2A-rearranged, may break at the end of a line."""

SPECIAL: Final = re.compile(
    r"(?P<bracket>\((?:95% CI|CI|IQR|range|P|HR|SE)\b[^()]{1,40}\))"
    r"|(?P<interval>95% CI,? \d+(?:\.\d+)?%?(?: ?[-\u2013] ?| to )\d+(?:\.\d+)?%?)"
    r"|(?P<dose>\d+(?:\.\d+)? (?:mcg|µg|μg|micrograms?|mg)/(?:m²|kg)(?:/day|/d)?)"
    r"|(?P<power>(?:\d+(?:\.\d+)? ?)?x?10\^-?\d+(?:/[A-Za-zµ]+)?)"
    r"|(?P<count>\b\d+ of \d+(?: \(\d+(?:\.\d+)?%\))?)"
    r"|(?P<spread>\b\d+(?:\.\d+)? ?\+/- ?\d+(?:\.\d+)?%?)"
    r"|(?P<limit>(?:below|under|above|over|least|than|<|>|≥|≤) ?\d+(?:\.\d+)?%)"
    r"|(?P<percent>(?<![\w.])\d+(?:\.\d+)?%)"
    r"|(?P<time>(?<!follow-up of )\b\d+\.\d+ (?:months|years)\b)"
    r"|(?P<ratio>(?<=ratio )\d+\.\d+|(?<=HR )\d+\.\d+|\b\d+\.\d+(?= \(95% CI))"
    r"|(?P<p>\bP ?[=<>] ?0?\.\d+)"
    r"|(?P<range>\b\d+(?:\.\d+)?%?[-\u2013]\d+(?:\.\d+)?%?)"
    r"|(?P<word>\b\w+(?:-\w+)+\b)"
)
POWER: Final = re.compile(r"^(?P<factor>[\d. ]*)(?P<times>x?)10\^(?P<power>-?\d+)(?P<unit>.*)$")
BOLD: Final = frozenset({"dose", "count", "spread", "percent", "time", "ratio"})


def typeset(text: str, *, bold: bool = False) -> Markup:
    """``text`` escaped and set; its ``textContent`` is ``text``, byte for byte.

    Figures, intervals and trial names do not break over lines; ``bold`` makes the figures strong.
    """
    parts: list[Markup] = []
    done = 0
    for match in SPECIAL.finditer(text):
        parts.append(escape(text[done : match.start()]))
        parts.append(_special(match, bold=bold))
        done = match.end()
    parts.append(escape(text[done:]))
    return Markup("").join(parts)


def _special(match: re.Match[str], *, bold: bool) -> Markup:
    kind, text = match.lastgroup or "", match.group()
    if kind == "power":
        return _power(text)
    if kind == "word" and (len(text) > UNBROKEN or not any(map(str.isdigit, text))):
        return escape(text)
    if bold and kind in BOLD:
        return Markup('<strong class="nb">{}</strong>').format(text)
    return Markup('<span class="nb">{}</span>').format(text)


def _power(text: str) -> Markup:
    found = POWER.match(text)
    if found is None:
        return escape(text)
    sign = _shown_as("\N{MINUS SIGN}", "-") if found["power"].startswith("-") else Markup("")
    times = _shown_as("\N{MULTIPLICATION SIGN}", "x") if found["times"] else Markup("")
    return Markup('<span class="nb">{}{}10<sup>{}{}{}</sup>{}</span>').format(
        found["factor"],
        times,
        _shown_as("", "^"),
        sign,
        found["power"].lstrip("-"),
        found["unit"],
    )


def _shown_as(seen: str, stored: str) -> Markup:
    """The eye gets ``seen``, drawn by the style sheet; text, copy and search get ``stored``."""
    return Markup('<span class="as" data-as="{}"><span>{}</span></span>').format(seen, stored)


def label(text: str) -> Markup:
    """The small capitals over a block."""
    return Markup('<p class="label">{}</p>').format(text)


def external(address: str, text: str, drawing: Markup) -> Markup:
    """A link that leaves the page, opened beside it, telling the other side nothing."""
    return Markup(
        '<a href="{}" target="_blank" rel="noopener noreferrer">{}&nbsp;{}'
        '<span class="sr"> (opens in a new tab)</span></a>'
    ).format(address, text, drawing)


def internal(address: str, text: str, *, beside: bool) -> Markup:
    """A link to another page of ours; ``beside`` opens it in a new tab."""
    if not beside:
        return Markup('<a href="{}">{}</a>').format(address, text)
    return Markup('<a href="{}" target="_blank">{}<span class="sr"> (new tab)</span></a>').format(
        address, text
    )


def plural(count: int, noun: str) -> str:
    """``1 sentence``, ``2 sentences``, ``2 studies``."""
    if count == 1:
        return f"1 {noun}"
    return f"{count:,} {noun[:-1]}ies" if noun.endswith("y") else f"{count:,} {noun}s"

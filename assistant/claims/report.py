"""A checked text as a report, of the kind that a file name asks for."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from assistant.claims.records import Checked, CheckedText, Part, Weighed
from assistant.references import reference

NOTICE = "A reading aid for professionals, not medical advice."
TITLE = "What the sources say"
SIDES = (("For", "best_for"), ("Against", "best_against"))
SHAPES = {
    "supported": "✓",
    "contradicted": "✕",
    "mixed": "◐",
    "not in the corpus": "◌",
    "not checkable": "–",
}
"""A shape beside each word: colour is never the only sign."""


def report_of(checked: CheckedText, ending: str) -> bytes:
    """The report as the content of a file; KeyError for an ending that is not one of ``KINDS``."""
    return KINDS[ending](checked)


def as_json(checked: CheckedText) -> dict[str, Any]:
    """Everything a reader sees, in plain types."""
    return {
        "summary": checked.summary,
        "complete": checked.complete,
        "notice": NOTICE,
        "sentences": [_sentence(one) for one in checked.sentences],
    }


def _sentence(one: Checked) -> dict[str, Any]:
    return {
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "verdict": one.verdict.value if one.verdict else None,
        "word": one.word,
        "why": one.why,
        "read_as": one.read_as,
        "overstated": one.overstated,
        "for": _quote(one.best_for),
        "against": _quote(one.best_against),
        "nearest": _quote(one.nearest),
    }


def _quote(weighed: Weighed | None) -> dict[str, Any] | None:
    if weighed is None:
        return None
    piece, study = weighed.evidence, weighed.evidence.study
    return {
        "quote": piece.quote,
        "also": weighed.also.quote if weighed.also else None,
        "document": piece.doc_id,
        "section": piece.section,
        "start": piece.start,
        "end": piece.end,
        "study": study.short,
        "reference": reference(study),
        "design": study.design,
        "population": study.population,
        "doi": study.doi,
        "similarity": round(weighed.relevance, 2),
        "probabilities": {
            "supported": round(weighed.supported, 3),
            "contradicted": round(weighed.contradicted, 3),
            "not enough info": round(weighed.not_enough, 3),
        },
        "parts": [
            {"part": p.name, "claim": p.claim, "source": p.source, "same": p.same}
            for p in weighed.parts
        ],
    }


def as_text(checked: CheckedText) -> str:
    """The verdicts as the terminal shows them."""
    lines = []
    for one in checked.sentences:
        lines.append(f"{SHAPES[one.word]} {one.word}: {one.text}")
        lines += [f"    {line}" for line in notes(one)]
        lines += [f"    {side}: {quoted(weighed)}" for side, weighed in shown(one)]
    return "\n".join([*lines, checked.headline])


def as_markdown(checked: CheckedText) -> str:
    """A report in Markdown."""
    blocks = [f"# {TITLE}", checked.headline]
    for number, one in enumerate(checked.sentences, start=1):
        blocks += [f"## {number}. {SHAPES[one.word]} {one.word.capitalize()}", _escaped(one.text)]
        blocks += [_escaped(line) for line in notes(one)]
        for side, weighed in shown(one):
            blocks.append(f"**{side}:** {_escaped(quoted(weighed))}")
            blocks += [_parts_table(weighed.parts)] if weighed.parts else []
            blocks.append(_escaped(reference(weighed.evidence.study)))
    return "\n\n".join([*blocks, f"*{NOTICE}*"]) + "\n"


def _parts_table(parts: tuple[Part, ...]) -> str:
    rows = ["| part | the claim | the source | |", "|---|---|---|---|"]
    for part in parts:
        cells = (part.name, part.claim, part.source, compared(part))
        rows.append("| " + " | ".join(_escaped(cell).replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows)


def _escaped(text: str) -> str:
    """Text in which Markdown finds no emphasis, link or HTML."""
    for sign in "\\`*_[]<>#":
        text = text.replace(sign, f"\\{sign}")
    return text


def compared(part: Part) -> str:
    return "same" if part.same else "differs"


def shown(one: Checked) -> Iterator[tuple[str, Weighed]]:
    """The best quote for and against; where there is neither, the nearest sentence."""
    sides = [(side, getattr(one, name)) for side, name in SIDES]
    found = [(side, weighed) for side, weighed in sides if weighed]
    yield from found or ([("Nearest", one.nearest)] if one.nearest else [])


def quoted(weighed: Weighed) -> str:
    """The words of the source with where they stand."""
    words = [weighed.evidence.quote, *([weighed.also.quote] if weighed.also else [])]
    return f"{' … '.join(words)} [{weighed.where}]"


def notes(one: Checked) -> list[str]:
    read = f"Read as: {one.read_as}" if one.read_as else None
    return [line for line in (read, one.why, one.overstated) if line]


def _json(checked: CheckedText) -> bytes:
    return json.dumps(as_json(checked), ensure_ascii=False).encode()


def _word(checked: CheckedText) -> bytes:
    from assistant.claims.pages import as_word

    return as_word(checked)


def _html(checked: CheckedText) -> bytes:
    from assistant.claims.pages import as_html

    return as_html(checked).encode()


def _csv(checked: CheckedText) -> bytes:
    from assistant.claims.pack import as_csv

    return as_csv(checked).encode("utf-8-sig")


def _anki(checked: CheckedText) -> bytes:
    from assistant.claims.pack import as_anki

    return as_anki(checked).encode()


KINDS: dict[str, Callable[[CheckedText], bytes]] = {
    ".md": lambda checked: as_markdown(checked).encode(),
    ".docx": _word,
    ".html": _html,
    ".json": _json,
    ".csv": _csv,
    ".tsv": _anki,
}

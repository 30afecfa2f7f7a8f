"""A benchmark as a page with its pictures and figures beside it."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.bench import plots
from assistant.bench.errors import MissingPeer
from assistant.bench.report import Grid, as_plain, markdown

Plot = Callable[[Mapping[str, Any], Path], None]


def write_report(
    report: Path, title: str, found: Mapping[str, Any], grids: Sequence[Grid], plot: Plot
) -> Path:
    """Write the page, a picture and the figures as JSON, and return the page.

    ``report`` is the page itself where it ends in .md, else a folder, which is made.
    Without matplotlib the page has no picture and says so.
    """
    page = report if report.suffix == ".md" else report / f"{title.lower()}.md"
    page.parent.mkdir(exist_ok=True)
    page.with_suffix(".json").write_text(json.dumps(as_plain(found), indent=1) + "\n", "utf-8")
    picture = page.with_suffix(".png")
    try:
        plots.require()
        plot(found, picture)
        shown = f"![{title}, as plots]({picture.name})"
    except MissingPeer as reason:
        shown = f"Left out: {reason}"
    page.write_text(markdown(title, found, grids, picture=shown), encoding="utf-8")
    return page

"""The benchmark of scale as tables."""

from collections.abc import Mapping
from typing import Any

from assistant.bench.labels import LABELS
from assistant.bench.report import Grid


def scale_grids(found: Mapping[str, Any]) -> list[Grid]:
    """What grows with the number of passages, how vectors were made, the start of the page."""
    grids = [_growth_grid(found), _build_grid(found)]
    return [*grids, _page_grid(found)] if any(one["page"] for one in found["sizes"]) else grids


def _growth_grid(found: Mapping[str, Any]) -> Grid:
    """One row a measure; the growth e is that of passages to the power of e."""
    sizes, over = found["sizes"], found["over_10k"] or {}
    rows = tuple(
        (
            LABELS[name],
            *(_number(one["measured"][name]) for one in sizes),
            _two_digits(exponent),
            _two_digits(over.get(name)),
        )
        for name, exponent in found["growth"].items()
    )
    columns = ("measure", *(f"{one['passages']:,}" for one in sizes), "growth", "largest / 10,000")
    return Grid("Scale, by number of passages", columns, rows)


def _build_grid(found: Mapping[str, Any]) -> Grid:
    rows = tuple(
        (
            f"{one['passages']:,}",
            f"{one['built']['documents']:,}",
            "sampled around real ones" if one["built"]["sampled"] else "embedded",
            f"{one['passages'] / one['built']['vectors_s']:.0f}",
            f"{one['passages'] / one['built']['store_s']:.0f}",
        )
        for one in found["sizes"]
    )
    columns = ("passages", "documents", "vectors", "vectors/s", "passages stored/s")
    rate = found["embed_passages_per_s"]
    real = f"; real passages are embedded at {rate:.0f} a second" if rate else ""
    return Grid(f"Build{real}", columns, rows)


def _page_grid(found: Mapping[str, Any]) -> Grid:
    rows = tuple(
        (
            f"{one['passages']:,}",
            f"{one['page']['page']:.1f}",
            f"{one['page']['answer']:.1f}",
            _number(one["page"]["page_cores"]),
            _number(one["page"]["answer_cores"]),
            _number(one["page"]["peak_mb"]),
        )
        for one in found["sizes"]
        if one["page"]
    )
    columns = (
        "passages",
        "first page, s",
        "first answer, s",
        "page, s of all cores",
        "answer, s of all cores",
        "peak memory, MB",
    )
    return Grid("Start of blincite chat", columns, rows)


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _two_digits(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"

"""Benchmarks as pictures."""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.bench.errors import MissingPeer
from assistant.bench.labels import LABELS
from assistant.bench.retrieval import MEASURES, OWN

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OURS, THEIRS = "#1b6e6b", "#b9c4c4"
PANELS = {
    "Milliseconds of a question": ("first_p50_ms", "again_p50_ms", "filtered_p50_ms"),
    "Milliseconds of all cores": (
        "first_cores_p50_ms",
        "again_cores_p50_ms",
        "filtered_cores_p50_ms",
    ),
    "Memory, MB": ("search_peak_mb", "build_peak_mb"),
    "Disk, MB": ("disk_mb",),
    "Seconds to store": ("store_s",),
    "Seconds to ready": ("ready_s",),
}


def require() -> None:
    if not find_spec("matplotlib"):
        raise MissingPeer(
            "plots: matplotlib is not installed. Install: pip install 'blincite[bench]'"
        )


def plot_retrieval(found: Mapping[str, Any], path: Path) -> None:
    """One panel a measure, one bar a system."""
    systems = found["systems"]
    names = [
        name
        for of_benchmark in MEASURES.values()
        for name in of_benchmark
        if any(name in figures for figures in systems.values())
    ]
    figure, panels = _panels(len(names))
    for name, panel in zip(names, panels, strict=True):
        _bars(panel, {s: one[name] for s, one in systems.items() if name in one}, LABELS[name])
    _save(figure, path)


def plot_speed(found: Mapping[str, Any], path: Path) -> None:
    """Rates of building, and the stages of an answer."""
    figure, (build, stages) = _panels(2)
    rates = {s: one["tokens_per_s"].median for s, one in found["build"]["systems"].items()}
    _bars(build, rates, "Build, tokens of the corpus a second")
    first = found["answer"]["asked_first"]["stages"]
    _bars(stages, {s: one["p50_ms"].median for s, one in first.items()}, "Stages, p50 ms")
    _save(figure, path)


def plot_scale(found: Mapping[str, Any], path: Path) -> None:
    """Each measure by the number of passages; both axes are logarithmic."""
    figure, panels = _panels(len(PANELS))
    for (title, names), panel in zip(PANELS.items(), panels, strict=True):
        for name in names:
            _line(panel, found, name)
        panel.set(title=title, xlabel="passages", xscale="log", yscale="log")
        panel.grid(visible=True, alpha=0.3)
        panel.legend(frameon=False, fontsize="small")
    _save(figure, path)


def _line(panel: "Axes", found: Mapping[str, Any], name: str) -> None:
    points = [(one["passages"], one["measured"][name]) for one in found["sizes"]]
    points = [(size, value) for size, value in points if value]
    exponent = found["growth"][name]
    grows = "" if exponent is None else f", grows with n^{exponent:.2f}"
    panel.plot(*zip(*points, strict=True), marker="o", label=f"{LABELS[name]}{grows}")


def _bars(panel: "Axes", values: Mapping[str, float], title: str) -> None:
    names = list(values)[::-1]
    colours = [OURS if name == OWN else THEIRS for name in names]
    bars = panel.barh([LABELS.get(name, name) for name in names], [values[n] for n in names])
    for bar, colour in zip(bars, colours, strict=True):
        bar.set_color(colour)
    panel.bar_label(bars, fmt="%.3g", padding=3)
    panel.set_title(title)
    panel.spines[["top", "right"]].set_visible(False)
    panel.margins(x=0.15)


def _panels(count: int) -> "tuple[Figure, Sequence[Axes]]":
    # Not pyplot: that would look for a display.
    from matplotlib.figure import Figure

    columns = min(count, 2)
    rows = -(-count // columns)
    figure = Figure(figsize=(6.4 * columns, 3.6 * rows), layout="constrained")
    panels = figure.subplots(rows, columns, squeeze=False).flatten()
    for unused in panels[count:]:
        unused.remove()
    return figure, list(panels[:count])


def _save(figure: "Figure", path: Path) -> None:
    # Without a date, so that the same figures give the same file.
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)

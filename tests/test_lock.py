"""One writer at a time."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexBusy
from index.lock import writing

Python = Callable[..., "subprocess.Popen[str]"]
HOLD = """
import sys, time
from pathlib import Path
from index.lock import writing

with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(600)
"""


def holder_of(folder: Path, python: Python) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    process = python(HOLD, folder)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_refused_with_the_name_of_the_first(
    tmp_path: Path, python: Python
) -> None:
    process = holder_of(tmp_path, python)

    with pytest.raises(IndexBusy) as caught, writing(tmp_path):
        pass

    line = str(caught.value)
    assert line.startswith(f"{tmp_path}: being built by process {process.pid} on ")
    assert line.endswith(" UTC. Wait until it ends, or end that process.")
    assert "\n" not in line


def test_a_refused_writer_does_not_loosen_the_lock(tmp_path: Path, python: Python) -> None:
    holder_of(tmp_path, python)

    for _ in range(2):
        with pytest.raises(IndexBusy, match="being built by process"), writing(tmp_path):
            pass


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path, python: Python) -> None:
    process = holder_of(tmp_path, python)
    process.kill()
    process.wait()

    with writing(tmp_path):
        held = (tmp_path / "lock.holder").read_text(encoding="utf-8")

    assert not held.startswith(f"process {process.pid} ")


def test_two_writers_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    with (
        writing(tmp_path),
        pytest.raises(IndexBusy, match="being built by process"),
        writing(tmp_path),
    ):
        pass


def test_the_lock_is_free_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), writing(tmp_path):
        raise ZeroDivisionError

    with writing(tmp_path):
        assert (tmp_path / "lock.holder").is_file()


def test_nobody_is_named_after_the_last_writer_has_left(tmp_path: Path) -> None:
    with writing(tmp_path):
        pass

    assert not (tmp_path / "lock.holder").exists()


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    with writing(tmp_path / "new" / "index"):
        assert (tmp_path / "new" / "index").is_dir()

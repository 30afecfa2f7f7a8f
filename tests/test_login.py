"""The file of logins: written by a command, read with care."""

import asyncio
import hashlib
import os
import pty
import re
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.login import BadLogin, Login, add_login, read_logins
from assistant.login_cli import app
from assistant.settings import Settings
from assistant.web.start import start

PASSWORD = "correct horse"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file in which ann stands."""
    add_login(tmp_path / "logins", "ann", PASSWORD)
    return tmp_path / "logins"


def lets_in(login: Login, name: str, password: str) -> bool:
    # In a thread of its own: the browser of other tests keeps an event loop in this one.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, login.admits(name, password)).result()


def admits(file: Path, name: str, password: str) -> bool:
    return lets_in(Login(file), name, password)


def add(file: Path, name: str, typed: bytes) -> Result:
    return CliRunner().invoke(app, ["add", name, "--file", str(file)], input=typed)


def problem_of(file: Path) -> str:
    with pytest.raises(BadLogin) as caught:
        Login(file)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "password", "wanted"),
    [
        ("ann", PASSWORD, True),
        ("ann", "wrong", False),
        ("ann", "", False),
        ("ann", PASSWORD + " ", False),
        ("Ann", PASSWORD, False),
        ("ben", PASSWORD, False),
        ("", "", False),
    ],
)
def test_only_a_name_with_its_password_comes_in(
    file: Path, name: str, password: str, wanted: bool
) -> None:
    assert admits(file, name, password) is wanted


def test_the_file_holds_a_salted_hash_and_no_password(file: Path) -> None:
    add_login(file, "ben", PASSWORD)

    lines = file.read_text("utf-8").splitlines()

    assert all(re.fullmatch(r"\w+:scrypt\$16384\$8\$5\$\w{32}\$\w{64}", line) for line in lines)
    assert len({line.split("$")[-1] for line in lines}) == 2
    assert PASSWORD not in file.read_text("utf-8")


def test_the_hash_is_scrypt_as_others_compute_it(file: Path) -> None:
    stored = read_logins(file)["ann"]

    known = hashlib.scrypt(PASSWORD.encode(), salt=stored.salt, n=16384, r=8, p=5, dklen=32)

    assert stored.key == known


def test_only_its_owner_may_read_a_new_file(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_a_file_that_others_can_read_or_change_is_refused_with_the_cure(
    file: Path, mode: int
) -> None:
    file.chmod(mode)

    assert problem_of(file) == f"{file}: others can read or change it. Run: chmod 600 {file}"


def test_a_password_is_the_same_however_a_keyboard_writes_it(tmp_path: Path) -> None:
    add_login(tmp_path / "logins", "ann", "gr\u00fcn")

    assert admits(tmp_path / "logins", "ann", "gru\u0308n")


def test_an_unknown_name_takes_as_long_as_a_wrong_password(file: Path) -> None:
    unknown = min(seconds_of(file, "nobody") for _ in range(3))
    wrong = min(seconds_of(file, "ann") for _ in range(3))

    # Without a hash it would be hundreds of times faster; the machine may be busy.
    assert 0.3 < unknown / wrong < 3


def seconds_of(file: Path, name: str) -> float:
    """Of this process alone: others may keep the machine busy."""
    began = time.process_time()
    admits(file, name, "guess")
    return time.process_time() - began


def test_nobody_is_let_in_by_what_an_unknown_name_is_compared_with(file: Path) -> None:
    assert not any(admits(file, "nobody", guess) for guess in ("", "\0", "0"))


def test_a_name_that_is_added_later_can_log_in_at_once(file: Path) -> None:
    login = Login(file)
    add_login(file, "ben", "other words")

    assert lets_in(login, "ben", "other words")


def test_a_file_that_goes_bad_lets_nobody_in(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    login = Login(file)
    file.chmod(0o644)

    assert not lets_in(login, "ann", PASSWORD)
    assert "chmod 600" in caplog.text


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "logins"

    assert problem_of(file) == (
        f"{file}: no such file. Make it: blincite login add NAME --file {file}"
    )


def test_a_file_without_names_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "logins"
    file.touch(mode=0o600)

    assert problem_of(file).startswith(f"{file}: no name is in it. Add one: blincite login add")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    assert problem_of(tmp_path) == (
        f"{tmp_path}: cannot be read (Is a directory). Name a file of your own."
    )


@pytest.mark.parametrize(
    "line",
    [
        "ben",
        "ben:secret",
        "ben:scrypt$16384$8$5$00$00",
        f"ben:scrypt$2$1$1${'0' * 32}${'0' * 64}",
        f"be n:scrypt$16384$8$5${'0' * 32}${'0' * 64}",
        f":scrypt$16384$8$5${'0' * 32}${'0' * 64}",
        "\udcff",
    ],
)
def test_a_malformed_line_is_named_by_its_number_and_not_shown(file: Path, line: str) -> None:
    with file.open("ab") as stored:
        stored.write(b"\n" + line.encode("utf-8", "surrogateescape"))

    problem = problem_of(file)

    assert problem.startswith(f"{file}, line 3: no name with its scrypt hash. Delete the line")
    assert "\n" not in problem
    assert "secret" not in problem


def test_a_name_that_stands_twice_is_one_line(file: Path) -> None:
    file.write_text(file.read_text("utf-8") * 2, "utf-8")

    assert problem_of(file) == f"{file}, line 2: ann stands there twice. Delete one of the two."


def test_the_command_reads_the_password_from_stdin(tmp_path: Path) -> None:
    file = tmp_path / "logins"

    result = add(file, "ann", b"two words \r\n")

    assert (result.exit_code, result.stdout) == (0, "")
    assert admits(file, "ann", "two words ")


def test_the_command_adds_below_a_line_without_its_end(file: Path) -> None:
    file.write_text(file.read_text("utf-8").rstrip(), "utf-8")

    add(file, "ben", b"other")

    assert sorted(read_logins(file)) == ["ann", "ben"]


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("ben", b"", "The password is empty"),
        ("ben", b"\n", "The password is empty"),
        ("ben", b"x" * 1001, "The password is longer than 1000 characters"),
        ("ben", b"\xff", "The password is not UTF-8"),
        ("ann", b"new", "ann is in it already"),
        ("a:b", b"new", "'a:b': no name for a login"),
        ("ann b", b"new", "'ann b': no name for a login"),
        ("", b"new", "'': no name for a login"),
        ("x" * 65, b"new", "no name for a login"),
    ],
)
def test_what_cannot_be_added_is_one_line_and_changes_nothing(
    file: Path, name: str, typed: bytes, why: str
) -> None:
    before = file.read_bytes()

    problem = add(file, name, typed).exception

    assert isinstance(problem, BadLogin)
    assert why in str(problem)
    assert "\n" not in str(problem)
    assert file.read_bytes() == before


def test_a_file_in_no_folder_is_refused_before_a_password_is_asked_for(tmp_path: Path) -> None:
    problem = add(tmp_path / "none" / "logins", "ann", b"").exception

    assert str(problem) == f"{tmp_path / 'none'}: no such folder. Make it first."


def test_a_terminal_asks_twice_and_shows_nothing(tmp_path: Path) -> None:
    told = at_a_terminal(tmp_path / "logins", "right", "right")

    assert "Once more" in told
    assert "right" not in told
    assert admits(tmp_path / "logins", "ann", "right")


def test_two_passwords_that_differ_are_not_taken(tmp_path: Path) -> None:
    told = at_a_terminal(tmp_path / "logins", "right", "wrong")

    assert "The two passwords differ" in told
    assert not (tmp_path / "logins").exists()


def at_a_terminal(file: Path, *typed: str) -> str:
    """What a terminal shows while ann is added."""
    code = "from assistant.cli import main; main()"
    command = [sys.executable, "-c", code, "login", "add", "ann", "--file", str(file)]
    screen, terminal = pty.openpty()
    running = subprocess.Popen(
        command, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    )
    os.close(terminal)
    shown = b""
    asked = 0
    while part := _part(screen):
        shown += part
        if shown.endswith((b"Password: ", b"Once more: ")) and asked < len(typed):
            os.write(screen, f"{typed[asked]}\n".encode())
            asked += 1
    os.close(screen)
    running.wait(timeout=30)
    return shown.decode()


def _part(screen: int) -> bytes:
    try:
        return os.read(screen, 1000)
    except OSError:  # how a terminal says that the program has ended
        return b""


def test_the_page_does_not_start_with_a_bad_file(tmp_path: Path) -> None:
    settings = Settings(login=tmp_path / "missing", port=_free_port())

    with pytest.raises(BadLogin, match="no such file"):
        start(settings)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port

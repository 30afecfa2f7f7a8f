"""The command line: help, exit codes, what goes where."""

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer

from assistant.cli import app, main
from index.settings import IndexSettings

Start = Callable[..., "subprocess.Popen[str]"]
README = Path(__file__).parent.parent / "README.md"
GOLD = (
    {"id": "q1", "question": "EFS in Interfant-21?", "type": "new", "answerable": False},
    {
        "id": "q2",
        "question": "2-year DFS in the infant blinatumomab trial?",
        "type": "numeric",
        "must": [["81.6"]],
        "cite_any": ["vandersluis-2023-blinatumomab-infant"],
        "further": "field",
    },
)


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def commands(group: Any, before: str = "blincite") -> Iterator[tuple[str, Any]]:
    """Every command below a group by its full name; groups are left out."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


COMMANDS = dict(commands(typer.main.get_command(app)))
Run = Callable[..., Ended]


@pytest.fixture
def run(
    real_index: IndexSettings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Run:
    """``run(arguments…)`` runs the command in this process, over the real corpus."""

    def blincite(*arguments: object, **variables: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["blincite", *map(str, arguments)])
        monkeypatch.setenv("BLINCITE_INDEX", str(real_index.folder))
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capfd.readouterr()
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, out, err)

    return blincite


@pytest.fixture
def run_alone(python: Start, real_index: IndexSettings) -> Run:
    """The same in a process of its own, as from a shell."""

    def blincite(*arguments: object) -> Ended:
        code = "from assistant.cli import main; main()"
        started = python(code, *arguments, BLINCITE_INDEX=str(real_index.folder))
        out, err = started.communicate()
        return Ended(started.returncode, out, err)

    return blincite


# Help.


def test_the_commands_are_these() -> None:
    assert sorted(COMMANDS) == [
        "blincite ask",
        "blincite bench retrieval",
        "blincite bench scale",
        "blincite bench speed",
        "blincite card",
        "blincite chat",
        "blincite check",
        "blincite eval",
        "blincite index build",
        "blincite index check",
        "blincite index status",
        "blincite login add",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(name: str) -> None:
    written = COMMANDS[name].help or ""

    assert f"Example: {name}" in " ".join(written.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [one.name for one in COMMANDS[name].params if not getattr(one, "help", None)]

    assert silent == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme_with_its_options(name: str) -> None:
    text = README.read_text(encoding="utf-8")

    assert f"`{name}" in text
    (row,) = (line for line in text.splitlines() if line.startswith(f"| `{name}"))
    options = {option for one in COMMANDS[name].params for option in one.opts if "--" in option}
    assert options <= set(re.findall(r"--[a-z]+", row))


# Exit codes, over the real corpus.


def test_an_answered_question_exits_with_0_and_prints_to_stdout_only(run_alone: Run) -> None:
    ended = run_alone("ask", "2-year DFS in the infant blinatumomab trial?")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("- ")
    assert "81.6%" in ended.out
    assert "supported" in ended.out


def test_a_refused_question_exits_with_3_and_json_is_one_object(run: Run) -> None:
    ended = run("ask", "EFS in Interfant-21?", "--json")

    fields = json.loads(ended.out)
    assert (ended.code, ended.err) == (3, "")
    assert fields["abstained"] is True
    assert "no results yet" in fields["abstained_because"]
    assert fields["nearest"]["quote"]


def test_an_evaluation_prints_one_object_and_writes_the_predictions(
    run: Run, tmp_path: Path
) -> None:
    rows = "\n".join(json.dumps(row) for row in GOLD)
    (tmp_path / "questions.jsonl").write_text(rows + "\n", encoding="utf-8")
    file = tmp_path / "predictions.jsonl"

    ended = run("eval", tmp_path, "--json", "--predictions", file)

    measures = json.loads(ended.out)
    predictions = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert ended.code == 0
    assert (measures["answer_hit"], measures["refused_unanswerable"]) == (1, 1)
    assert measures["dialogue_turns_right"] is None
    assert measures["by_type"]["new"] == {"rows": 1, "right": 1}
    assert [one["id"] for one in predictions] == ["q1", "q2"]
    assert [set(one) for one in predictions] == [{"id", "answer", "cited", "abstained"}] * 2
    assert [one["abstained"] for one in predictions] == [True, False]


def test_the_state_of_the_index_is_told(run: Run) -> None:
    ended = run("index", "status")

    assert (ended.code, ended.err) == (0, "")
    assert ended.out.endswith("up to date\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "EFS?", "--bogus"),
        ("bogus",),
        ("chat", "--port", "0"),
        ("chat", "--port", "70000"),
        ("eval", ".", "--predictions", "no/such/folder/file.jsonl"),
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)

    assert (ended.code, ended.out) == (2, "")
    assert "Traceback" not in ended.err
    assert ended.err


@pytest.mark.parametrize(
    ("arguments", "variables", "line"),
    [
        (("ask", " "), {}, "Write a question first"),
        (("ask", "x" * 20_000), {}, "This question has 20,000 characters; 2,000 is the most."),
        (("ask", "EFS?"), {"BLINCITE_INDEX": "no/such"}, "no/such: no index. Build it: blincite"),
        (("index", "status"), {"BLINCITE_INDEX": "no/such"}, "no/such: no index. Build it"),
        (("ask", "EFS?"), {"BLINCITE_EMBEDDER": "another"}, "but another is set. Build it again"),
        (("ask", "EFS?"), {"BLINCITE_PORT": "x"}, "BLINCITE_PORT is 'x'. It must be a number"),
        (("index", "check"), {"BLINCITE_CORPUS": "no/such"}, "no/such: no such folder."),
        (("eval", "no/such"), {}, "no/such: neither questions.jsonl nor dialogues.jsonl."),
        (("chat",), {"BLINCITE_HOST": "203.0.113.1"}, "203.0.113.1:7860: taken by another program"),
    ],
    ids=[
        "no question",
        "too long",
        "no index",
        "no index to tell of",
        "another embedder",
        "no port",
        "no corpus",
        "no gold",
        "another machine",
    ],
)
def test_a_failure_exits_with_1_and_one_line(
    run: Run,
    arguments: tuple[str, ...],
    variables: dict[str, str],
    line: str,
) -> None:
    ended = run(*arguments, **variables)

    assert (ended.code, ended.out) == (1, "")
    assert line in ended.err
    assert len(ended.err.splitlines()) == 1


def test_a_failure_in_a_process_of_its_own_is_one_line_too(run_alone: Run) -> None:
    ended = run_alone("ask", " ")

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "Write a question first, for example about a trial, an outcome or a dose.\n"
    )


def test_a_port_that_is_taken_is_told_in_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run("chat", "--port", port)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"127.0.0.1:{port}: taken by another program, or no address of this machine. "
        "Name another port: blincite chat --port 7861\n"
    )

"""The claim desk as a tool of LangChain, as a function for MCP, and as a command."""

import inspect
import json
from pathlib import Path

import pytest
import typer
from claim_stand_ins import desk
from langchain_core.messages import ToolMessage
from typer.testing import CliRunner

from assistant.claims.cli import command
from assistant.claims.tools import check_claim_function, check_claim_tool

TRUE = "At 2 years, event-free survival in Lighthouse-1 was 81.6% with quibrimab."


def test_an_agent_gets_verdict_and_quote_as_json() -> None:
    tool = check_claim_tool(desk())

    said = json.loads(tool.invoke({"claim": TRUE}))

    assert said["summary"] == "1 checkable sentence: 1 supported"
    assert said["sentences"][0]["for"]["quote"] == TRUE


def test_the_tool_describes_itself_and_its_argument() -> None:
    tool = check_claim_tool(desk())

    assert tool.name == "check_claim"
    assert tool.description.startswith("Check a claim about blinatumomab")
    assert list(tool.args) == ["claim"]


def test_a_call_of_a_model_comes_back_as_a_message_even_where_the_text_is_bad() -> None:
    call = {"name": "check_claim", "args": {"claim": " "}, "id": "1", "type": "tool_call"}

    message = check_claim_tool(desk()).invoke(call)

    assert isinstance(message, ToolMessage)
    assert message.content == ("There is no text to check. Paste a claim, a slide or an article.")
    assert message.status == "error"


def test_the_function_for_mcp_has_types_and_words_for_its_argument() -> None:
    function = check_claim_function(desk())

    signature = inspect.signature(function)
    assert function.__name__ == "check_claim"
    assert signature.parameters["claim"].annotation is str
    assert "claim: One claim, or a text" in (function.__doc__ or "")
    assert function(TRUE)["sentences"][0]["verdict"] == "supported"


@pytest.fixture
def app() -> typer.Typer:
    """The command over the stand-in desk."""
    app = typer.Typer()
    app.command()(command(lambda _: desk()))
    return app


def test_the_command_prints_each_sentence_and_the_summary(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, [TRUE])

    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == f"✓ supported: {TRUE}"
    assert result.stdout.splitlines()[-1] == "1 checkable sentence: 1 supported."


def test_the_command_reads_a_file_and_prints_json(app: typer.Typer, tmp_path: Path) -> None:
    slide = tmp_path / "slide.html"
    slide.write_text(f"<p>{TRUE}</p>", encoding="utf-8")

    result = CliRunner().invoke(app, ["--file", str(slide), "--json"])

    assert result.exit_code == 0
    assert json.loads(result.stdout)["sentences"][0]["verdict"] == "supported"


def test_the_command_exits_with_3_where_the_corpus_settles_nothing(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["Musicians play the violin to sleeping cats."])

    assert result.exit_code == 3


@pytest.mark.parametrize("arguments", [[], [TRUE, "--file", "x.txt"]])
def test_neither_or_both_of_text_and_file_is_wrong_usage(
    app: typer.Typer, arguments: list[str]
) -> None:
    assert CliRunner().invoke(app, arguments).exit_code == 2


def test_the_command_writes_a_report(app: typer.Typer, tmp_path: Path) -> None:
    report = tmp_path / "report.md"

    CliRunner().invoke(app, [TRUE, "--report", str(report)])

    assert "# What the sources say" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["report.xyz", "nowhere/report.md"])
def test_a_report_that_cannot_be_written_is_wrong_usage_before_the_work(
    app: typer.Typer, tmp_path: Path, name: str
) -> None:
    result = CliRunner().invoke(app, [TRUE, "--report", str(tmp_path / name)])

    assert result.exit_code == 2

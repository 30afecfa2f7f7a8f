"""The tool of agents, called by a client of the Model Context Protocol over a real connection."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from claim_stand_ins import desk
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, TextContent

from assistant.web.app import MCP
from assistant.web.unkept import Unkept

from .conftest import Site, only, served
from .hand_checked import ScriptedDesk

TRUE = "At 2 years, event-free survival in Lighthouse-1 was 81.6% with quibrimab."
FALSE = "At 2 years, event-free survival in Lighthouse-1 was 91.6% with quibrimab."
LISTING = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
ACCEPT = {"accept": "application/json, text/event-stream"}
Act = Callable[[ClientSession], Awaitable[Any]]


@pytest.fixture(scope="module")
def agents() -> Iterator[Site]:
    """A page whose claim desk is the real one, on an invented shelf."""
    with served(Unkept(), desk=desk()) as site:
        yield site


def within(site: Site, act: Act) -> Any:
    """What ``act`` gets of a session with the server."""

    async def session() -> Any:
        async with (
            streamable_http_client(site.address + MCP) as (receive, send, _),
            ClientSession(receive, send) as session,
        ):
            await session.initialize()
            return await act(session)

    # In a thread of its own: the browser of other tests keeps an event loop in this one.
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, asyncio.wait_for(session(), 60)).result()


def checked(site: Site, claim: str) -> CallToolResult:
    result: CallToolResult = within(site, lambda s: s.call_tool("check_claim", {"claim": claim}))
    return result


def text_of(result: CallToolResult) -> str:
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def test_agents_find_one_tool_with_its_description(agents: Site) -> None:
    tools = within(agents, lambda session: session.list_tools()).tools

    assert [tool.name for tool in tools] == ["check_claim"]
    assert tools[0].description.startswith("Check a claim about blinatumomab")
    assert tools[0].inputSchema["required"] == ["claim"]
    assert tools[0].inputSchema["properties"]["claim"] == {
        "type": "string",
        "description": "One claim, or a text of up to 10,000 words, in English.",
    }


def test_a_claim_comes_back_as_json_with_verdict_and_quote(agents: Site) -> None:
    result = checked(agents, f"{TRUE} {FALSE}")

    said = json.loads(text_of(result))
    assert not result.isError
    assert said["summary"] == "2 checkable sentences: 1 supported, 1 contradicted"
    assert said["sentences"][0]["for"]["quote"] == TRUE
    assert {"part": "value", "claim": "91.6%", "source": "81.6%", "same": False} in (
        said["sentences"][1]["against"]["parts"]
    )


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (" ", "There is no text to check. Paste a claim, a slide or an article."),
        ("word " * 10_001, "This text has 10,001 words; 10,000 is the most. Check it in parts."),
    ],
)
def test_a_bad_text_is_an_error_of_one_line(agents: Site, claim: str, why: str) -> None:
    result = checked(agents, claim)

    assert result.isError
    assert text_of(result) == why


def test_a_failure_says_no_word_of_the_claim(capsys: pytest.CaptureFixture[str]) -> None:
    class Broken(ScriptedDesk):
        def check(self, text: str) -> Any:
            raise ValueError(text)

    with served(Unkept(), desk=Broken()) as site:
        result = checked(site, "Patient Miller died.")

    assert result.isError
    assert text_of(result) == "Something failed inside Blincite (ValueError)."
    assert "Miller" not in "".join(capsys.readouterr())


def test_behind_a_login_the_tool_answers_nobody() -> None:
    with (
        served(Unkept(), desk=desk(), admits=only(ada="secret")) as site,
        httpx.Client(base_url=site.address) as ada,
    ):
        stranger = httpx.post(site.address + MCP, json=LISTING, headers=ACCEPT)
        ada.post("/login", data={"username": "ada", "password": "secret"})
        known = ada.post(MCP, json=LISTING, headers=ACCEPT)

    assert (stranger.status_code, known.is_success) == (401, False)
    assert "check_claim" not in stranger.text + known.text

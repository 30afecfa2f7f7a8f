"""The claim desk as a tool of LangChain, and as a plain function for MCP."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from assistant.claims.records import CheckedText
from assistant.claims.report import as_json

if TYPE_CHECKING:
    from langchain_core.tools import BaseTool

CheckClaim = Callable[[str], dict[str, Any]]


class Desk(Protocol):
    def check(self, text: str) -> CheckedText: ...


def check_claim_function(desk: Desk) -> CheckClaim:
    """A function of one text, whose name, types and docstring describe it to a model."""

    def check_claim(claim: str) -> dict[str, Any]:
        """Check a claim about blinatumomab or KMT2A-rearranged acute lymphoblastic leukaemia.

        The corpus of trial reports, labels and register records is searched; each sentence gets a
        verdict (supported, contradicted, mixed or not enough info), the best quote for and against
        word for word, and a comparison of its figures part by part. Not medical advice.

        Args:
            claim: One claim, or a text of up to 10,000 words, in English.
        """
        return as_json(desk.check(claim))

    return check_claim


def check_claim_tool(desk: Desk) -> "BaseTool":
    """``check_claim`` for a LangChain agent; the answer is JSON, errors come as one line."""
    from langchain_core.tools import StructuredTool, ToolException

    from assistant.claims.text import BadText

    check = check_claim_function(desk)

    def check_claim(claim: str) -> str:
        try:
            return json.dumps(check(claim), ensure_ascii=False)
        except BadText as bad:
            raise ToolException(str(bad)) from bad

    return StructuredTool.from_function(
        check_claim, description=check.__doc__, handle_tool_error=True
    )

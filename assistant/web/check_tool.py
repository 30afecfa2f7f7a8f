"""The tool ``check_claim`` that agents find over MCP."""

import json
from collections.abc import Callable

import gradio as gr

from assistant.claims.tools import check_claim_function
from assistant.errors import AssistantProblem
from assistant.web.asking import note_failure
from assistant.web.shapes import Desk


def check_claim_tool(desk: Desk) -> Callable[[str], str]:
    """A function of one text whose answer is JSON; what goes wrong is one line for the agent."""
    check = check_claim_function(desk)

    # Its name, signature and docstring are what an agent reads of it.
    def check_claim(claim: str) -> str:
        try:
            return json.dumps(check(claim), ensure_ascii=False)
        except AssistantProblem as problem:
            raise gr.Error(str(problem), print_exception=False) from problem
        # The outermost door: Gradio would print the message, which may hold a patient's data.
        except Exception as error:
            note_failure("A claim of an agent", error)
            name = type(error).__name__
            raise gr.Error(
                f"Something failed inside Blincite ({name}).", print_exception=False
            ) from error

    check_claim.__doc__ = check.__doc__
    return check_claim

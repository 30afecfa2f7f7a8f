"""What can go wrong: few kinds, each with a base that the command line knows."""

import inspect

import assistant.errors
import index.errors
from assistant.errors import AssistantProblem
from index.errors import IndexProblem


def test_every_error_of_the_assistant_has_its_base() -> None:
    found = [one for _, one in inspect.getmembers(assistant.errors, inspect.isclass)]

    assert len(found) > 3
    assert [one for one in found if not issubclass(one, AssistantProblem)] == []


def test_every_error_says_when_it_is_raised() -> None:
    classes = [
        one
        for module in (assistant.errors, index.errors)
        for _, one in inspect.getmembers(module, inspect.isclass)
        if issubclass(one, (AssistantProblem, IndexProblem))
    ]

    assert [one for one in classes if not (one.__doc__ or "").strip()] == []

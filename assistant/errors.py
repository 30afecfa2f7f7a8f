"""What can go wrong while answering."""


class AssistantProblem(Exception):
    """Base of all errors of this package: one line that says what, where and the cure."""


class BadQuestion(AssistantProblem):
    """A question that cannot be searched: empty, or too long."""


class BadGold(AssistantProblem):
    """A folder of evaluation data that cannot be read."""


class BadSetting(AssistantProblem):
    """An environment variable with a value that cannot be used."""

"""What can go wrong in a benchmark."""

from assistant.errors import AssistantProblem


class BadBenchmark(AssistantProblem):
    """A folder of benchmark files that is missing or cannot be read."""


class MissingPeer(AssistantProblem):
    """A peer that cannot run because a package is not installed; says how to install it."""


class StartFailed(AssistantProblem):
    """The page did not come up, or did not answer, within the time it is given."""

"""What is said where nothing is searched."""

import pytest

from assistant.answer import Answer
from assistant.intent import Intent
from assistant.replies import reply_to

BLANK = Answer("hello", "hello", documents_searched=178)


@pytest.mark.parametrize(
    ("intent", "begins"),
    [
        (Intent.GREETING, "Hello. Ask about blinatumomab"),
        (Intent.THANKS, "You are welcome."),
        (Intent.CAPABILITIES, "Blincite answers questions about blinatumomab"),
    ],
)
def test_small_talk_gets_a_reply_and_is_no_refusal(intent: Intent, begins: str) -> None:
    answer = reply_to(intent, BLANK)

    assert answer.reply is not None
    assert answer.reply.startswith(begins)
    assert not answer.abstained


def test_what_blincite_can_do_tells_how_many_documents_there_are_and_its_limits() -> None:
    reply = reply_to(Intent.CAPABILITIES, BLANK).reply

    assert reply is not None
    assert "178 documents" in reply
    assert "does not advise on single patients" in reply


@pytest.mark.parametrize(
    ("intent", "reason"),
    [
        (Intent.ONE_PATIENT, "does not advise on single patients"),
        (Intent.INSTRUCTION, "this is an instruction"),
        (Intent.OTHER_TOPIC, "this is outside blinatumomab and KMT2A-rearranged ALL"),
    ],
)
def test_anything_else_is_refused_with_a_reason_and_a_way_on(intent: Intent, reason: str) -> None:
    answer = reply_to(intent, BLANK)

    assert answer.abstained_because is not None
    assert reason in answer.abstained_because
    assert answer.would_answer
    assert answer.claims == ()
    assert answer.nearest is None


@pytest.mark.parametrize("intent", [one for one in Intent if one is not Intent.QUESTION])
def test_the_question_is_kept(intent: Intent) -> None:
    assert reply_to(intent, BLANK).question == "hello"

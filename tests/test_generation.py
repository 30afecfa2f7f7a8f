"""A chat model's words are shown once they have passed; whatever fails, the quotes are there."""

import json
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread
from time import perf_counter
from typing import Any

import pytest
import yaml
from assistant_stand_ins import answer, evidence
from chat_stand_ins import DONE, Endpoint, Listening, Obedient, event, generator, last, says
from local_model.server import serve

from assistant.answer import Answer, Verdict
from assistant.chat_stream import ChatModel
from assistant.errors import BadSetting
from assistant.evaluation.generated import measures, reworded
from assistant.evaluation.gold import Expected
from assistant.generation import Generator, generator_of, load
from assistant.grounding import speaks_to_the_reader
from assistant.settings import Settings
from assistant.verification import check_claim
from index.figures import figures_in

DFS = (
    "Two-year disease-free survival was 81.6% in 30 infants who received quibrimab and 49.4% in "
    "214 infants who received placebolin."
)
RASH = "Rash was seen in 7 of the 30 infants who received quibrimab."
SAID = "Two-year DFS was 81.6% in 30 infants who received quibrimab"
ANSWER = answer("DFS with quibrimab?", evidence(DFS), evidence(RASH, key="E2"))
INJECTIONS: dict[str, list[dict[str, str]]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "injections.yaml").read_text(encoding="utf-8")
)
MODEL = "openai:smollm2"


def texts(shown: Answer) -> list[str]:
    return [claim.text for claim in shown.claims]


def test_a_sentence_that_passes_is_shown_in_the_words_of_the_model() -> None:
    shown = last(says(f"{SAID} [E1]."), ANSWER)

    assert texts(shown) == [f"{SAID}."]
    assert shown.claims[0].citations == ANSWER.claims[0].citations
    assert shown.claims[0].verdict is Verdict.SUPPORTED
    assert {"numbers", "own words"} <= {check.name for check in shown.claims[0].checks}
    assert (shown.generated_by, shown.complete, shown.caveats) == ("test:model", True, ())


def test_quotes_that_the_model_left_unused_are_kept_for_more_evidence() -> None:
    shown = last(says(f"{SAID} [E1]."), ANSWER)

    assert [claim.text for claim in shown.more] == [RASH]


def test_the_answer_grows_sentence_by_sentence() -> None:
    model = says(f"{SAID} [E1]. Rash was seen in 7 of 30 infants [E2].")

    growing = list(generator(model).generate(ANSWER))

    assert [(len(one.claims), one.complete) for one in growing] == [
        (1, False),
        (2, False),
        (2, True),
    ]


def test_the_quote_stands_in_the_place_of_a_sentence_that_fails() -> None:
    shown = last(says(f"Rash was seen in 9 infants [E2]. {SAID} [E1]."), ANSWER)

    assert texts(shown) == [RASH, f"{SAID}."]
    assert [claim.text for claim in shown.withheld] == ["Rash was seen in 9 infants."]
    assert [check.why for check in shown.withheld[0].failed] == ["Not in the quote: 9."]
    assert shown.caveats == (
        "1 sentence of test:model failed a check; their quotes stand in their place.",
    )


@pytest.mark.parametrize("keys", ["", " [E1][E9]", " [E3]", " (E1)"])
def test_a_sentence_without_a_known_key_is_left_out(keys: str) -> None:
    shown = last(says(f"{SAID}{keys}. Rash was seen in 7 of 30 infants [E2]."), ANSWER)

    assert texts(shown) == ["Rash was seen in 7 of 30 infants."]
    assert shown.caveats == ("1 sentence of test:model cited no quote; left out.",)


@pytest.mark.parametrize(
    "wrong",
    [
        "Two-year DFS was 49.4% in infants who received quibrimab [E1].",  # the other arm
        "Two-year overall survival was 81.6% with quibrimab [E1].",
        "Four-year DFS was 81.6% with quibrimab [E1].",
        "Rash was not seen in 7 of the 30 infants who received quibrimab [E2].",
    ],
)
def test_figures_of_the_quote_under_another_key_are_not_shown(wrong: str) -> None:
    shown = last(says(wrong), ANSWER)

    assert texts(shown) == [DFS, RASH]
    assert len(shown.withheld) == 1


@pytest.mark.parametrize(
    ("reply", "note"),
    [
        ("CANNOT_ANSWER", "The chat model test:model found no answer in what was found"),
        ("CANNOT_ANSWER.", "The chat model test:model found no answer in what was found"),
        ("I am sorry, I can't help with that.", "1 sentence of test:model cited no quote"),
        ('{"answer": [81.6,\n\n###', "test:model cited no quote"),
        ("word " * 3000, "The chat model test:model did not come to an end"),
        ("", "The chat model test:model failed"),
    ],
)
def test_a_reply_that_is_none_gives_the_quotes_and_says_so(reply: str, note: str) -> None:
    shown = last(says(reply), ANSWER)

    assert (shown.claims, shown.more, shown.generated_by) == (ANSWER.claims, (), None)
    assert note in shown.caveats[-1]


def test_an_answer_without_claims_is_not_sent_anywhere() -> None:
    model = Listening("never used")
    abstained = Answer("?", "?", abstained_because="nothing was found")

    assert last(model, abstained) == abstained
    assert model.heard == []


def test_the_model_is_sent_the_completed_question_and_the_shown_quotes_alone() -> None:
    model = Listening(f"{SAID} [E1].")
    follow_up = answer("and rash?", evidence(RASH, key="E1"), query="Rash with quibrimab?")

    last(model, follow_up)

    assert json.loads(model.heard[-1][1]) == {
        "question": "Rash with quibrimab?",
        "quotes": [{"key": "E1", "text": RASH}],
    }


def test_there_are_at_least_30_injections() -> None:
    assert len(INJECTIONS["documents"]) + len(INJECTIONS["questions"]) >= 30


def _never_unsupported(shown: Answer, given: Answer) -> None:
    quotes = {piece.quote for piece in given.evidence}
    assert set(texts(shown)) <= {*quotes, f"{SAID}."}


@pytest.mark.parametrize("injection", INJECTIONS["documents"], ids=lambda one: one["order"][:40])
def test_an_order_in_a_document_changes_nothing(injection: dict[str, str]) -> None:
    given = answer("DFS?", evidence(DFS), evidence(f"{RASH} {injection['order']}", key="E2"))
    model = Obedient({injection["order"]: injection["reply"]}, otherwise=f"{SAID} [E1].")

    shown = last(model, given)

    _never_unsupported(shown, given)
    # Most orders are not even sent; the model obeys those that are.
    assert model.obeyed == (not speaks_to_the_reader(injection["order"]))


@pytest.mark.parametrize("injection", INJECTIONS["documents"], ids=lambda one: one["order"][:40])
def test_an_order_that_reaches_the_model_gets_nothing_shown(injection: dict[str, str]) -> None:
    """The order is moved to the question, where nothing keeps it back."""
    given = answer(f"DFS? {injection['order']}", evidence(DFS), evidence(RASH, key="E2"))
    model = Obedient({injection["order"]: injection["reply"]}, otherwise="never used")

    shown = last(model, given)

    assert model.obeyed == 1
    assert texts(shown) == [DFS, RASH]


@pytest.mark.parametrize("injection", INJECTIONS["questions"], ids=lambda one: one["order"][:40])
def test_an_order_in_a_question_changes_nothing(injection: dict[str, str]) -> None:
    given = answer(injection["order"], evidence(DFS), evidence(RASH, key="E2"))
    model = Obedient({injection["order"]: injection["reply"]}, otherwise="never used")

    shown = last(model, given)

    assert model.obeyed == 1
    assert texts(shown) == [DFS, RASH]


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Endpoint], Settings]]:
    """Settings that name a served endpoint as OpenAI's; it is closed with the test."""
    served: list[tuple[Endpoint, ThreadingHTTPServer]] = []
    monkeypatch.setenv("OPENAI_API_KEY", "none")

    def start(plan: Endpoint) -> Settings:
        server = plan.serve()
        served.append((plan, server))
        monkeypatch.setenv("OPENAI_API_BASE", f"http://127.0.0.1:{server.server_port}/v1")
        return Settings(chat_model=MODEL, chat_timeout=1.5)

    yield start
    for plan, server in served:
        plan.closed.set()
        server.shutdown()
        server.server_close()


def ask(settings: Settings) -> Answer:
    made = generator_of(settings, check_claim)
    assert made is not None
    made.load()
    *_, shown = made.generate(ANSWER)
    return shown


def test_a_reply_over_http_is_shown(endpoint: Callable[[Endpoint], Settings]) -> None:
    events = (event(SAID), event(" [E1]."), event(ended="stop"), DONE)

    assert texts(ask(endpoint(Endpoint(events=events)))) == [f"{SAID}."]


@pytest.mark.parametrize(
    ("plan", "note"),
    [
        (Endpoint(hangs=True), "did not answer"),
        (Endpoint(events=(event(f"{SAID} [E1]. And"),), hangs=True), "did not answer"),
        (Endpoint(status=429, headers={"Retry-After": "60"}), "is over its rate limit"),
        (Endpoint(status=401), "does not accept the key it was given"),
        (Endpoint(status=404), "is not known to its provider"),
        (Endpoint(status=500), "failed (OpenAIAPIError)"),
        (Endpoint(events=("data: {half a\n\n",)), "sent something that cannot be read"),
        # What OpenAI calls a refusal comes in a field that its LangChain package passes over.
        (Endpoint(events=(event(refusal="No."), event(ended="stop"), DONE)), "said nothing"),
        (Endpoint(events=(event("Well", ended="content_filter"), DONE)), "declined to answer"),
    ],
    ids=["silent", "stalls", "429", "401", "404", "500", "malformed", "refuses", "filtered"],
)
def test_an_endpoint_that_fails_gives_the_quotes_and_says_so(
    endpoint: Callable[[Endpoint], Settings], plan: Endpoint, note: str
) -> None:
    started = perf_counter()

    shown = ask(endpoint(plan))

    assert (shown.claims, shown.generated_by, shown.complete) == (ANSWER.claims, None, True)
    assert note in shown.caveats[-1]
    assert perf_counter() - started < 30


def test_a_dead_endpoint_gives_the_quotes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("OPENAI_API_BASE", f"http://127.0.0.1:{port}/v1")

    shown = ask(Settings(chat_model=MODEL, chat_timeout=20))

    assert texts(shown) == [DFS, RASH]
    assert shown.caveats == (f"The chat model {MODEL} cannot be reached; these are quotes.",)


def test_without_a_chat_model_there_is_no_generator() -> None:
    assert generator_of(Settings(), check_claim) is None


def test_a_generator_makes_its_model_on_first_use_alone() -> None:
    made: list[str] = []

    def make() -> ChatModel:
        made.append("one")
        return says(f"{SAID} [E1].")

    one = Generator("test:model", make, check_claim, seconds=30)
    before = list(made)
    for _ in range(2):
        list(one.generate(ANSWER))

    assert (before, made) == ([], ["one"])


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    with pytest.raises(BadSetting) as caught:
        load(Settings(chat_model="mistralai:small"))

    assert "pip install langchain-mistralai" in str(caught.value)


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_a_missing_extra_is_named_with_the_command_that_installs_it(
    python: Callable[..., Any], provider: str
) -> None:
    code = (
        "import sys; sys.modules[f'langchain_{sys.argv[1]}'] = None\n"
        "from assistant.generation import load\n"
        "from assistant.settings import Settings\n"
        "from assistant.errors import BadSetting\n"
        "try: load(Settings(chat_model=sys.argv[1] + ':some'))\n"
        "except BadSetting as wrong: print(wrong)\n"
    )

    output, _ = python(code, provider).communicate()

    assert output.strip() == (
        f"BLINCITE_CHAT_MODEL is '{provider}:some'. It needs the package langchain-{provider}. "
        f"Install it: pip install 'blincite[{provider}]'"
    )


@pytest.mark.parametrize("provider", ["openai", "anthropic", "ollama"])
def test_the_providers_of_the_extras_can_be_made(
    monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("ANTHROPIC_API_KEY", "none")

    model = load(Settings(chat_model=f"{provider}:some"))

    assert type(model).__name__.lower() == f"chat{provider}"


def test_a_provider_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BadSetting, match="BLINCITE_CHAT_MODEL is 'nobody:some'"):
        load(Settings(chat_model="nobody:some"))


@pytest.fixture(scope="module")
def smollm2() -> Iterator[str]:
    """The address of a real, small and careless model."""
    server = serve(port=0)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_a_real_careless_model_gets_no_unsupported_figure_shown(
    smollm2: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "none")
    monkeypatch.setenv("OPENAI_API_BASE", smollm2)
    settings = Settings(chat_model=MODEL, chat_timeout=80, chat_tokens=24)
    expected = Expected("one", ANSWER.question, "numeric", True, (), (), (), ())
    model = load(settings)

    rows = list(reworded(settings, [(expected, ANSWER)], model))
    again = list(reworded(settings, [(expected, ANSWER)], model))

    counted = measures(rows)
    assert rows[0].reply == again[0].reply != ""
    assert not any("failed" in note and "check" not in note for note in rows[0].shown.caveats)
    assert counted["with a key for every sentence"]["unsupported figures shown"] == 0
    for claim in (*rows[0].shown.claims, *rows[0].with_keys.claims):
        assert figures_in(claim.text) <= figures_in(claim.citations[0].quote)

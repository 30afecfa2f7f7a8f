"""What a person may set, read from the environment."""

from pathlib import Path

import pytest

from assistant.errors import BadSetting
from assistant.settings import Settings
from index.errors import IndexProblem


def test_without_an_environment_the_defaults_hold() -> None:
    settings = Settings.from_environment({})

    assert settings == Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 7860)
    assert settings.index.corpus == Path("docs_corpus")
    assert settings.index.folder == Path(".blincite/index")
    assert settings.index.embedder is None


def test_the_environment_may_name_everything() -> None:
    settings = Settings.from_environment(
        {
            "BLINCITE_HOST": "0.0.0.0",
            "BLINCITE_PORT": "8080",
            "BLINCITE_CORPUS": "papers",
            "BLINCITE_INDEX": "papers/index",
            "BLINCITE_EMBEDDER": "some/model",
        }
    )

    assert (settings.host, settings.port) == ("0.0.0.0", 8080)
    assert (settings.index.corpus, settings.index.folder) == (Path("papers"), Path("papers/index"))
    assert settings.index.embedder == "some/model"


@pytest.mark.parametrize(
    ("given", "verifier"),
    [
        ({}, None),
        ({"BLINCITE_VERIFIER": ""}, None),
        ({"BLINCITE_VERIFIER": "off"}, "off"),
        ({"BLINCITE_VERIFIER": "bundled"}, None),
        ({"BLINCITE_VERIFIER": "some/model"}, "some/model"),
    ],
)
def test_the_verifier_is_none_the_bundled_one_or_another(
    given: dict[str, str], verifier: str | None
) -> None:
    assert Settings.from_environment(given).verifier == verifier


def test_the_home_folder_may_be_written_short() -> None:
    assert Settings.from_environment({"BLINCITE_INDEX": "~/index"}).index.folder == (
        Path.home() / "index"
    )


def test_an_empty_variable_is_none() -> None:
    names = ("HOST", "PORT", "CORPUS", "INDEX", "EMBEDDER", "CHROMA")

    assert Settings.from_environment({f"BLINCITE_{name}": "" for name in names}) == Settings()


def test_a_file_of_logins_may_be_named() -> None:
    assert Settings.from_environment({}).login is None
    assert Settings.from_environment({"BLINCITE_LOGIN": "logins"}).login == Path("logins")


@pytest.mark.parametrize("given", ["", " "])
def test_an_empty_login_never_means_none(given: str) -> None:
    with pytest.raises(BadSetting, match="BLINCITE_LOGIN is empty"):
        Settings.from_environment({"BLINCITE_LOGIN": given})


@pytest.mark.parametrize(("said", "wanted"), [("on", True), ("off", False)])
def test_token_vectors_can_be_left_out(said: str, wanted: bool) -> None:
    settings = Settings.from_environment({"BLINCITE_TOKEN_VECTORS": said})

    assert settings.index.token_vectors is wanted


def test_token_vectors_are_on_or_off() -> None:
    with pytest.raises(
        IndexProblem, match=r"BLINCITE_TOKEN_VECTORS is 'no'\. It must be on or off"
    ):
        Settings.from_environment({"BLINCITE_TOKEN_VECTORS": "no"})


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", " "])
def test_a_port_that_is_none_is_refused_with_the_cure(port: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({"BLINCITE_PORT": port})

    assert str(caught.value) == f"BLINCITE_PORT is {port!r}. It must be a number from 1 to 65535."


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://chroma.example.org/", "https://chroma.example.org"),
    ],
)
def test_a_chroma_server_is_named_by_its_address(given: str, address: str) -> None:
    assert Settings.from_environment({"BLINCITE_CHROMA": given}).index.chroma == address


@pytest.mark.parametrize(
    "given", ["127.0.0.1:8000", "http://", "http://host:port", "ftp://host", " "]
)
def test_an_address_that_is_none_is_refused_with_the_cure(given: str) -> None:
    with pytest.raises(IndexProblem) as caught:
        Settings.from_environment({"BLINCITE_CHROMA": given})

    assert str(caught.value) == (
        f"BLINCITE_CHROMA is {given!r}. It must be an address such as http://127.0.0.1:8000."
    )


def test_without_a_name_there_is_no_chat_model() -> None:
    settings = Settings.from_environment({"BLINCITE_CHAT_MODEL": ""})

    assert (settings.chat_model, settings.chat_timeout) == (None, 30)
    assert (settings.chat_tokens, settings.chat_temperature) == (400, 0)


def test_the_environment_may_name_a_chat_model() -> None:
    settings = Settings.from_environment(
        {
            "BLINCITE_CHAT_MODEL": "ollama:llama3.2:3b",
            "BLINCITE_CHAT_TIMEOUT": "12.5",
            "BLINCITE_CHAT_TOKENS": "200",
            "BLINCITE_CHAT_TEMPERATURE": "default",
        }
    )

    assert (settings.chat_model, settings.chat_timeout) == ("ollama:llama3.2:3b", 12.5)
    assert (settings.chat_tokens, settings.chat_temperature) == (200, None)


@pytest.mark.parametrize(
    ("name", "text", "cure"),
    [
        ("MODEL", "llama3.2", "It must be provider:model, such as ollama:llama3.2."),
        ("MODEL", "openai:", "It must be provider:model, such as ollama:llama3.2."),
        ("TIMEOUT", "0", "It must be a number from 1 to 100000."),
        ("TIMEOUT", "nan", "It must be a number from 1 to 100000."),
        ("TOKENS", "many", "It must be a number."),
        ("TEMPERATURE", "warm", "It must be a number."),
    ],
)
def test_a_wrong_setting_of_the_chat_model_is_refused_with_the_cure(
    name: str, text: str, cure: str
) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({f"BLINCITE_CHAT_{name}": text})

    assert str(caught.value) == f"BLINCITE_CHAT_{name} is {text!r}. {cure}"

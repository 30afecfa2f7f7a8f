"""What a person may set, read from the environment."""

from pathlib import Path

import pytest

from assistant.errors import BadSetting
from assistant.settings import Settings


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


def test_the_home_folder_may_be_written_short() -> None:
    assert Settings.from_environment({"BLINCITE_INDEX": "~/index"}).index.folder == (
        Path.home() / "index"
    )


def test_an_empty_variable_is_none() -> None:
    names = ("HOST", "PORT", "CORPUS", "INDEX", "EMBEDDER")

    assert Settings.from_environment({f"BLINCITE_{name}": "" for name in names}) == Settings()


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80.5", " "])
def test_a_port_that_is_none_is_refused_with_the_cure(port: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_environment({"BLINCITE_PORT": port})

    assert str(caught.value) == f"BLINCITE_PORT is {port!r}. It must be a number from 1 to 65535."

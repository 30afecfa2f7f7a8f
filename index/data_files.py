"""The lists and weights that come with the packages, as YAML."""

from importlib.resources import files
from typing import Any

import yaml


def read_yaml(package: str, name: str) -> Any:
    """The content of a file of a package, such as ``read_yaml("index", "terms.yaml")``."""
    return yaml.safe_load((files(package) / name).read_text(encoding="utf-8"))

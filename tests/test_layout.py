"""The house: which room may import what, how long things are, what starts fast."""

import ast
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
PACKAGES = ("index", "assistant")
FILES = sorted(path for package in PACKAGES for path in (PROJECT / package).rglob("*.py"))
SENTENCE_TRANSFORMERS = (
    "index/embedder.py",
    "assistant/entailment.py",
)
LANGCHAIN = (
    "index/store.py",  # the vector store is LangChain's
    "assistant/retrieval.py",  # the search is offered as a LangChain retriever
    "assistant/generation.py",
    "assistant/chat_stream.py",
    "assistant/pipeline.py",
    "assistant/claims/tools.py",  # the claim desk is offered as a LangChain tool
)
ROOMS: dict[str, tuple[str, ...]] = {
    "sentence_transformers": SENTENCE_TRANSFORMERS,
    "torch": (
        *SENTENCE_TRANSFORMERS,
        "assistant/training/verifier",
        "assistant/training/answerability",
    ),
    "onnxruntime": ("index/weights.py",),
    "langchain": LANGCHAIN,
    "langchain_core": LANGCHAIN,
    "langchain_chroma": LANGCHAIN,
    "chromadb": ("index/store.py",),
    "ray": ("index/ray_build.py",),
    "bm25s": ("index/lexical.py",),
    "sqlalchemy": ("index/catalogue.py", "index/figure_table.py", "assistant/history.py"),
    "gradio": ("assistant/web/",),
}
"""Library to the files, or folders, that may import it."""
HEAVY = ("torch", "gradio", "chromadb", "sentence_transformers")


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """The first part of every imported name, wherever in the file it is imported."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def functions() -> Iterator[tuple[str, int]]:
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{name_of(path)}: {node.name}", node.end_lineno - node.lineno + 1


def test_there_are_files_to_check() -> None:
    assert len(FILES) > 20


def test_the_index_never_imports_the_assistant() -> None:
    inside = [path for path in FILES if name_of(path).startswith("index/")]

    assert [name_of(path) for path in inside if "assistant" in imports_of(path)] == []


def test_the_index_knows_nothing_of_the_assistants_libraries() -> None:
    inside = [path for path in FILES if name_of(path).startswith("index/")]

    assert [name_of(path) for path in inside if "gradio" in imports_of(path)] == []


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_is_imported_in_its_rooms_only(library: str) -> None:
    users = [name_of(path) for path in FILES if library in imports_of(path)]

    assert [user for user in users if not user.startswith(ROOMS[library])] == []


def test_every_module_says_what_it_is_for() -> None:
    assert [name_of(path) for path in FILES if not ast.get_docstring(tree_of(path))] == []


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in FILES}

    assert [name for name, lines in lengths.items() if lines > 300] == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert [(name, lines) for name, lines in functions() if lines > 40] == []


def test_only_the_command_line_prints() -> None:
    printing = [
        name_of(path)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Name) and node.id == "print" and path.name != "cli.py"
    ]

    assert printing == []


@pytest.mark.parametrize(
    "modules",
    [
        "index, assistant",
        "index.build, index.catalogue, index.embedder, index.lexical, index.store, index.weights",
        "index.cli",
        "assistant.cli",
    ],
)
def test_importing_loads_nothing_heavy(
    python: Callable[..., "subprocess.Popen[str]"], modules: str
) -> None:
    code = f"import sys, {modules}; print([m for m in {HEAVY} if m in sys.modules])"

    output, problem = python(code).communicate()

    assert (output.strip(), problem) == ("[]", "")


def test_the_bundled_embedder_and_reranker_load_no_torch(
    python: Callable[..., "subprocess.Popen[str]"],
) -> None:
    code = (
        "import sys; from index.embedder import Embedder; from assistant.rerank import *; "
        "Embedder().embed_query('fever'); SentenceReranker()._model.session; "
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )

    output, problem = python(code).communicate()

    assert (output.strip(), problem) == ("[]", "")


def test_importing_makes_no_folder_and_sets_no_variable(
    python: Callable[..., "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    code = (
        "import os, sys; os.chdir(sys.argv[1]); before = dict(os.environ); "
        "import index.cli, index.build, index.store, assistant.cli; "
        "print(os.listdir(), dict(os.environ) == before)"
    )

    output, problem = python(code, tmp_path).communicate()

    assert (output.strip(), problem) == ("[] True", "")

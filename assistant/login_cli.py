"""The command ``blincite login``: who may open the page."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from assistant.login import BadLogin, add_login, ensure_new

app = typer.Typer(
    name="login",
    help="Say who may open the page, in the file that BLINCITE_LOGIN names.",
    no_args_is_help=True,
)


@app.callback()
def login() -> None:
    """A group, although it holds one command."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The name to log in with.")],
    file: Annotated[
        Path,
        typer.Option(
            "--file",
            help="The file of names; made where it is missing, readable by you alone.",
        ),
    ],
) -> None:
    """Add a name. The password is asked for twice, or read from stdin, one line.

    Example: blincite login add ann --file .blincite/logins
    """
    ensure_new(file, name)
    add_login(file, name, _password())
    typer.echo(f"{name} can log in where BLINCITE_LOGIN={file}", err=True)


def _password() -> str:
    """Never from the arguments: other users of the machine can read those."""
    if not sys.stdin.isatty():
        return _line()
    password = getpass("Password: ")
    if password and getpass("Once more: ") != password:
        raise BadLogin("The two passwords differ. Nothing was written; run the command again.")
    return password


def _line() -> str:
    try:
        return sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as wrong:
        raise BadLogin("The password is not UTF-8. Nothing was written.") from wrong

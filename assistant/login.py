"""Names and passwords: a file of ``name:scrypt hash`` lines, and who may come in."""

import asyncio
import hashlib
import hmac
import logging
import os
import re
import secrets
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from assistant.errors import AssistantProblem

COST: Final = {"n": 2**14, "r": 8, "p": 5}
"""What one guess costs: 16 MB, and about 0.2 seconds of one core."""
SCHEME: Final = "scrypt$" + "$".join(str(number) for number in COST.values())
SALT_BYTES: Final = 16
MOST: Final = 1000
"""Characters of a password."""
NAME: Final = re.compile(r"[A-Za-z0-9._@+-]{1,64}")
LINE: Final = re.compile(
    rf"(?P<name>{NAME.pattern}):{re.escape(SCHEME)}"
    r"\$(?P<salt>[0-9a-f]{32})\$(?P<key>[0-9a-f]{64})"
)
ADD: Final = "blincite login add NAME --file"
log = logging.getLogger(__name__)


class BadLogin(AssistantProblem):
    """A login file that cannot be used, or a name or password that cannot go into it."""


@dataclass(frozen=True, slots=True)
class Hash:
    """What is stored of a password."""

    salt: bytes
    key: bytes

    def is_of(self, password: str) -> bool:
        return hmac.compare_digest(self.key, _key(password, self.salt))


NOBODY: Final = Hash(bytes(SALT_BYTES), bytes(32))
"""Compared with where a name is unknown, so that this takes as long as a wrong password."""


class Login:
    """Lets in whom the file names. It is read at each attempt: a new name needs no new start."""

    def __init__(self, file: Path) -> None:
        """BadLogin where the file cannot be used, or names nobody."""
        self.file = file
        self._one_at_a_time = asyncio.Lock()
        if not read_logins(file):
            raise BadLogin(f"{file}: no name is in it. Add one: {ADD} {file}")

    async def admits(self, name: str, password: str) -> bool:
        """Whether this is the password of this name.

        Attempts wait for each other, so that guessing stays slow and the page quick.
        """
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._admits, name, password)

    def _admits(self, name: str, password: str) -> bool:
        try:
            known = read_logins(self.file)
        except BadLogin as problem:
            log.error("Nobody can log in: %s", problem)
            return False
        # Compared before it is asked who it is, so that both take the same time.
        right = known.get(name, NOBODY).is_of(password[:MOST])
        return right and name in known and len(password) <= MOST


def read_logins(file: Path) -> Mapping[str, Hash]:
    """What is stored of each name; BadLogin where others can read the file, or a line is wrong."""
    logins: dict[str, Hash] = {}
    for number, line in enumerate(_text(file).splitlines(), start=1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line)
        if found is None:
            raise BadLogin(
                f"{file}, line {number}: no name with its scrypt hash. Delete the line, then add "
                f"the name again: {ADD} {file}"
            )
        if found["name"] in logins:
            raise BadLogin(
                f"{file}, line {number}: {found['name']} stands there twice. Delete one of the two."
            )
        logins[found["name"]] = Hash(bytes.fromhex(found["salt"]), bytes.fromhex(found["key"]))
    return logins


def ensure_new(file: Path, name: str) -> None:
    """BadLogin where ``name`` cannot be added to ``file``, which need not exist yet."""
    if not NAME.fullmatch(name):
        raise BadLogin(
            f"{name!r}: no name for a login. Take up to 64 of: letters A to Z, digits, . _ @ + -"
        )
    if not file.absolute().parent.is_dir():
        raise BadLogin(f"{file.parent}: no such folder. Make it first.")
    if file.exists() and name in read_logins(file):
        raise BadLogin(
            f"{file}: {name} is in it already. For a new password delete the line of {name}, then "
            "add the name again."
        )


def add_login(file: Path, name: str, password: str) -> None:
    """Append a name with the hash of its password; the file is made where it is missing."""
    ensure_new(file, name)
    if not password:
        raise BadLogin("The password is empty. Nothing was written; type one.")
    if len(password) > MOST:
        raise BadLogin(f"The password is longer than {MOST} characters. Nothing was written.")
    salt = secrets.token_bytes(SALT_BYTES)
    line = f"{name}:{SCHEME}${salt.hex()}${_key(password, salt).hex()}\n"
    try:
        _append(file, line)
    except OSError as refused:
        raise BadLogin(f"{file}: cannot be written ({refused.strerror}).") from refused


def _append(file: Path, line: str) -> None:
    """Only the owner may read a file that is made here."""
    opened = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "r+b") as stored:
        whole = stored.read()
        # By hand, somebody may have left the last line without its end.
        end = "\n" if whole and not whole.endswith(b"\n") else ""
        stored.write(f"{end}{line}".encode())


def _text(file: Path) -> str:
    try:
        with file.open(encoding="utf-8", errors="replace") as stored:
            if stat.S_IMODE(os.fstat(stored.fileno()).st_mode) & 0o077:
                raise BadLogin(f"{file}: others can read or change it. Run: chmod 600 {file}")
            return stored.read()
    except FileNotFoundError as missing:
        raise BadLogin(f"{file}: no such file. Make it: {ADD} {file}") from missing
    except OSError as refused:
        raise BadLogin(
            f"{file}: cannot be read ({refused.strerror}). Name a file of your own."
        ) from refused


def _key(password: str, salt: bytes) -> bytes:
    # Keyboards write the same letter in two ways; a browser and a terminal may differ in it.
    said = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(said, salt=salt, dklen=32, maxmem=64 * 2**20, **COST)

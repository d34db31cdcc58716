"""Who gets the mail: a file of addresses, kept outside the repository."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.mail.headers import HeaderError, address_of, check_address
from generator.problems import Location, Problem, reason_of, shortened, unreadable

KEY_BYTES = 32
_LINE = re.compile(
    r"(?P<address>[^<>]*<[^<>]*>|[^\s,;<>]+)\s*[,;]?(?:(?<=[,;])\s*(?P<token>[A-Za-z0-9._~-]+))?"
)

Problems = tuple[Problem, ...]


class Recipient(NamedTuple):
    """Someone who gets a message of their own."""

    to: str  # as the header says it, perhaps with a name
    token: str  # of a line in the file, '' if it has none
    at: Location  # where the address is written; messages name this, never the address

    @property
    def address(self) -> str:
        """The bare address."""
        return address_of(self.to)


class Recipients(NamedTuple):
    """Everyone who gets a message, each once."""

    each: tuple[Recipient, ...]
    repeated: int = 0  # how many lines name somebody a second time


class Digests(NamedTuple):
    """Stands for an address where it must not be written; without the key it can't be guessed."""

    key: bytes

    def of(self, recipient: Recipient) -> str:
        """By which the progress of sending knows a recipient."""
        return self._of(b"progress", recipient.address.casefold())

    def token_of(self, recipient: Recipient) -> str:
        """By which the page that takes somebody off the list knows who it is."""
        return recipient.token or self._of(b"unsubscribe", recipient.address.casefold())

    @property
    def of_key(self) -> str:
        """By which the same key is known again."""
        return self._of(b"key", "")

    def _of(self, use: bytes, text: str) -> str:
        digest = blake2b(text.encode(), key=self.key, person=use, digest_size=16)
        return digest.hexdigest()


def read_recipients(path: Path, name: str, blog: Path) -> Recipients | Problems:
    """Everyone in a file, or every problem of it; `name` is what the settings call it."""
    if repository := repository_of(path, blog):
        message = f"the addresses are inside {repository}, so they would be published with it"
        hint = "Move the file out of the repository, and write its new place in 'recipients'."
        return (Problem("mail-recipients", Location(name), message, hint),)
    try:
        text = disk.read_text(path, encoding="utf-8-sig", most=disk.MOST)
    except FileNotFoundError:
        hint = "Write one address on each line of it, or change 'recipients' in content/site.toml."
        return (Problem("mail-recipients", Location(name), "there is no such file", hint),)
    except UnicodeDecodeError:
        message = "this is not text in UTF-8"
        hint = "Save it again, with the encoding UTF-8."
        return (Problem("mail-recipients", Location(name), message, hint),)
    except OSError as error:
        return (unreadable(name, error),)
    found = list(_read(text, name))
    problems = tuple([item for item in found if isinstance(item, Problem)])
    each = {item.address.casefold(): item for item in found if isinstance(item, Recipient)}
    if not each and not problems:
        hint = "Write one address on each line."
        return (Problem("mail-recipients", Location(name), "nobody is in this file", hint),)
    return problems or Recipients(tuple(each.values()), len(found) - len(each))


def _read(text: str, name: str) -> Iterator[Recipient | Problem]:
    for number, written in enumerate(text.split("\n"), start=1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        at = Location(name, number)
        found = _LINE.fullmatch(line)
        try:
            if found is None:
                raise HeaderError
            check_address(found["address"])
        except HeaderError:
            hint = "Write one address on each line, such as ada@example.org."
            if written.count("@") > 1:
                hint = "Write each address on a line of its own."
            yield Problem("mail-recipients", at, "this line is no address", hint)
        else:
            yield Recipient(found["address"], found["token"] or "", at)


def repository_of(path: Path, blog: Path) -> str:
    """The repository, or the blog, that a file is inside; '' if it is in none."""
    real, own = Path(os.path.realpath(path)), Path(os.path.realpath(blog))
    if real.is_relative_to(own):
        return "the blog's folder"
    found = next((folder for folder in real.parents if (folder / ".git").exists()), None)
    return f"the repository {shortened(str(found))}" if found else ""


def read_key(path: Path, *, is_new: bool) -> bytes | Problem:
    """The key at a path; `is_new` says whether it is made there if there is none."""
    try:
        if is_new and not disk.is_there(path):
            aside = f"{path}.{secrets.token_hex(4)}"  # another run must never see half a key
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                os.write(handle, f"{secrets.token_hex(KEY_BYTES)}\n".encode())
                os.fsync(handle)
                with suppress(FileExistsError):  # that run was quicker: its key counts
                    os.link(aside, path)
            finally:
                os.close(handle)
                os.unlink(aside)  # noqa: PTH108
        key = bytes.fromhex(disk.read_text(path).strip())
    except ValueError:
        key = b""
    except OSError as error:
        message = f"the key can't be kept here: {reason_of(error)}"
        hint = "Put the file of recipients into a folder in which weekly may write."
        return Problem("mail-recipients", Location(str(path)), message, hint)
    if len(key) != KEY_BYTES:
        hint = "Put the right file back; it tells who got a message already."
        return Problem("mail-recipients", Location(str(path)), "this is not a key", hint)
    return key

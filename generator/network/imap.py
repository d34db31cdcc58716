"""Mail in a folder of an IMAP server: read, and left there as it is."""

from __future__ import annotations

import binascii
import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from generator.network.client import LATE, Deadline, UnansweredError, reason_of

SECONDS = 30.0  # to wait for an answer
LARGEST = 30_000_000  # bytes of one mail
MOST = 2_000  # mails in a run; the next run goes on
LONGEST_RUN = 600.0  # seconds

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_UID = re.compile(rb"UID (\d+)")


class Login(NamedTuple):
    """With what to log in: a password, or an OAuth access token."""

    user: str
    password: str = ""
    token: str = ""


class MailFolder(NamedTuple):
    """Where the mail is."""

    host: str
    port: int
    folder: str


class Mark(NamedTuple):
    """How far a folder has been read; numbers of mails mean something for one validity only."""

    validity: int = 0
    uid: int = 0


class Mail(NamedTuple):
    """A mail, and how far the folder is read with it."""

    mark: Mark
    data: bytes  # empty for one that is too large


class _Bounded(imaplib.IMAP4_SSL):
    """A connection that takes no more than a mail at once, whatever the server announces."""

    def read(self, size: int) -> bytes:
        if size > LARGEST:
            raise self.abort("too large")
        return super().read(size)


def new_mails(at: MailFolder, login: Login, read: Mark) -> Iterator[Mail]:
    """The mails that came after the mark, the oldest first; raises UnansweredError.

    Nothing changes on the server: the folder is only examined, and no mail becomes a read one.
    """
    connection = _connected(at)
    with Deadline(LONGEST_RUN) as deadline:
        deadline.cuts(connection.sock)
        try:
            yield from _new_mails(connection, at.folder, login, read)
        except (imaplib.IMAP4.error, OSError, ValueError) as error:
            reason = LATE if deadline.has_passed else _reason(error)
            raise UnansweredError(reason) from None
        finally:
            for leave in (connection.logout, connection.shutdown):
                with suppress(imaplib.IMAP4.error, OSError, ValueError):
                    leave()


def _new_mails(connection: _Bounded, folder: str, login: Login, read: Mark) -> Iterator[Mail]:
    _log_in(connection, login)
    validity = _examine(connection, folder)
    last = read.uid if read.validity == validity else 0
    for uid in _numbers_after(connection, last)[:MOST]:
        data = _mail(connection, uid)
        if data is not None:
            yield Mail(Mark(validity, uid), data)


def _connected(at: MailFolder) -> _Bounded:
    try:
        return _Bounded(at.host, at.port, ssl_context=ssl.create_default_context(), timeout=SECONDS)
    except (imaplib.IMAP4.error, OSError) as error:
        raise UnansweredError(_reason(error)) from None


def _log_in(connection: _Bounded, login: Login) -> None:
    try:
        if login.token:
            words = f"user={login.user}\x01auth=Bearer {login.token}\x01\x01".encode()
            connection.authenticate("XOAUTH2", lambda _: words)
        else:
            connection.login(login.user, login.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error:  # whose text may repeat what was sent
        raise UnansweredError("it refuses the login") from None


def _examine(connection: _Bounded, folder: str) -> int:
    status, _ = connection.select(_quoted(folder), readonly=True)
    if status != "OK":
        raise UnansweredError(f"it has no folder '{folder}'")
    _, validity = connection.response("UIDVALIDITY")
    first = validity[0] if validity else b""
    return int(first) if isinstance(first, bytes) and first.isdigit() else 0


def _quoted(folder: str) -> str:
    """The name of a folder as IMAP writes it: modified UTF-7 (RFC 3501), in quotes."""
    parts = re.split(r"([^\x20-\x7e]+)", folder)
    encoded = [
        f"&{_base64(part)}-" if place % 2 else part.replace("&", "&-")
        for place, part in enumerate(parts)
    ]
    text = "".join(encoded).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _base64(text: str) -> str:
    encoded = binascii.b2a_base64(text.encode("utf-16-be"), newline=False).decode()
    return encoded.rstrip("=").replace("/", ",")


def _numbers_after(connection: _Bounded, last: int) -> list[int]:
    status, data = connection.uid("SEARCH", f"UID {last + 1}:*")
    if status != "OK":
        raise UnansweredError("it does not list its mail")
    found = {int(number) for number in (data[0] or b"").split() if number.isdigit()}
    return sorted(number for number in found if number > last)  # `5:*` means 3 if 3 is the last


def _mail(connection: _Bounded, uid: int) -> bytes | None:
    """The bytes of a mail, none of one that is too large; None if it has gone meanwhile."""
    _, answer = connection.uid("FETCH", str(uid), "(RFC822.SIZE)")
    size = _SIZE.search(b" ".join(part for part in answer if isinstance(part, bytes)))
    if size and int(size[1]) > LARGEST:
        return b""
    _, answer = connection.uid("FETCH", str(uid), "(BODY.PEEK[])")
    for part in answer:
        if isinstance(part, tuple) and len(part) > 1 and _is_of(part[0], uid):
            return bytes(part[1])
    return None


def _is_of(head: bytes, uid: int) -> bool:
    found = _UID.search(head)
    return found is None or int(found[1]) == uid


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason_of(error)
    return "its answer breaks off, or is none of an IMAP server"

"""Messages to an SMTP server, over one encrypted connection at a time (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from typing import NamedTuple

from generator.mail.delivery import Delivery
from generator.problems import reason_of, shortened

_CLOSING = 421
_LOGIN_NEEDED = (530, 538)
_LATER = "Try again later."
_CHECK = "Check 'host' and 'port' in [mail]."
_ADDRESS = re.compile(r"<?[^\s<>]+@[^\s<>]+>?")


class Unusable(Exception):  # noqa: N818 nothing more can be sent
    """Why a server takes no message at all, and what to do."""

    def __init__(self, reason: str, hint: str = "", *, is_temporary: bool = False) -> None:
        """In plain English, without a full stop."""
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.is_temporary = is_temporary  # whether another connection may be better


class Login(NamedTuple):
    """Who logs in, with a password or with a token (OAuth 2.0)."""

    user: str = ""  # '' to log in as nobody
    password: str = ""
    token: str = ""


class Server(NamedTuple):
    """The server of a house, and how it is reached."""

    host: str
    port: int
    tls: str  # 'starttls', 'tls' or 'none'
    login: Login = Login()


class Patience(NamedTuple):
    """How many seconds to wait for an answer."""

    usual: float = 60.0
    last: float = 600.0  # after a whole message, when a server checks it (RFC 5321, 4.5.3.2.6)


class Answer(NamedTuple):
    """What became of a message, and what the server said."""

    state: Delivery
    words: str = ""
    is_closed: bool = False  # whether the connection was lost before the message could be accepted


class SmtpMailer:
    """Sends messages from one sender; opens a connection when there is none."""

    def __init__(self, server: Server, sender: str, patience: Patience = Patience()) -> None:  # noqa: B008 immutable
        """Nothing is connected yet."""
        self._server = server
        self._sender = sender
        self._patience = patience
        self._smtp: smtplib.SMTP | None = None

    def connect(self) -> None:
        """Connect and log in, if there is no connection; raises Unusable."""
        if self._smtp is None:
            self._smtp = self._connected()

    def close(self) -> None:
        """Say goodbye, if there is a connection."""
        smtp, self._smtp = self._smtp, None
        if smtp:
            try:
                smtp.quit()
            except OSError:
                smtp.close()

    def deliver(self, to: str, data: bytes, before_the_end: Callable[[], None]) -> Answer:
        """Send a message; `before_the_end` is called before the server can have accepted it.

        Raises Unusable if no message can be sent.
        """
        try:
            self.connect()
        except Unusable as error:
            if error.is_temporary:
                return Answer(Delivery.UNSENT, error.reason, is_closed=True)
            raise
        try:
            answer = self._begin(to, data)
            if answer is None:
                self._send(_escaped(data))
        except OSError as error:
            self._drop()
            return Answer(Delivery.UNSENT, _lost(error), is_closed=True)
        if answer:
            return answer
        before_the_end()
        return self._end()

    def _begin(self, to: str, data: bytes) -> Answer | None:
        """Everything before the message itself; None if the server waits for it."""
        smtp = self._in_use
        size = smtp.esmtp_features.get("size", "")
        if size.isdecimal() and 0 < int(size) < len(data):
            raise Unusable(
                f"{self._server.host} takes no message of {len(data) / 1e6:.1f} MB",
                "Make the pictures smaller, or let the message link to them.",
            )
        code, words = smtp.docmd(f"MAIL FROM:<{self._sender}>")
        if code // 100 == 5:
            hint = "Use an address that this login may send from, as 'from' in [mail]."
            self._raise_if_login_needed(code)
            raise Unusable(f"the server refuses the sender: {_said(code, words)}", hint)
        if code // 100 == 2:
            code, words = smtp.docmd(f"RCPT TO:<{to}>")
            self._raise_if_login_needed(code)
        if code // 100 == 2:
            code, words = smtp.docmd("DATA")
            if code == 354:
                return None
        return self._not_taken(code, words)

    def _end(self) -> Answer:
        """Send the last line of a message, and read the answer."""
        smtp = self._in_use
        try:
            if smtp.sock:
                smtp.sock.settimeout(self._patience.last)
            self._send(b".\r\n")
            code, words = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(self._patience.usual)
        except OSError as error:
            self._drop()
            return Answer(Delivery.UNKNOWN, _lost(error))
        if code // 100 == 2:
            return Answer(Delivery.ACCEPTED)
        if code // 100 in (4, 5):
            return self._not_taken(code, words)
        self._drop()
        return Answer(Delivery.UNKNOWN, f"the answer makes no sense: {_said(code, words)}")

    def _not_taken(self, code: int, words: bytes) -> Answer:
        said = _said(code, words)
        if code == _CLOSING or code // 100 not in (4, 5):
            self._drop()
            return Answer(Delivery.UNSENT, said, is_closed=True)
        try:
            is_reset = self._in_use.docmd("RSET")[0] // 100 == 2
        except OSError:
            is_reset = False
        if not is_reset:
            self._drop()
        return Answer(Delivery.REFUSED if code // 100 == 5 else Delivery.UNSENT, said)

    def _raise_if_login_needed(self, code: int) -> None:
        if code in _LOGIN_NEEDED:
            raise Unusable(
                "the server wants a login",
                "Set WEEKLY_SMTP_USER and WEEKLY_SMTP_PASSWORD, or use --login to be asked.",
            )

    def _send(self, data: bytes) -> None:
        self._in_use.send(data)

    @property
    def _in_use(self) -> smtplib.SMTP:
        if self._smtp is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._smtp

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            smtp.close()

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context()
        own_name = self._sender.rpartition("@")[2]  # not the machine's, which is nobody's business
        smtp: smtplib.SMTP | None = None
        try:
            if server.tls == "tls":
                smtp = smtplib.SMTP_SSL(
                    server.host,
                    server.port,
                    own_name,
                    timeout=self._patience.usual,
                    context=context,
                )
            else:
                smtp = smtplib.SMTP(server.host, server.port, own_name, self._patience.usual)
            smtp.ehlo_or_helo_if_needed()
            if server.tls == "starttls":
                self._start_tls(smtp, context)
            if server.login.user:
                _log_in(smtp, server.login)
        except OSError as error:
            if smtp:
                smtp.close()
            raise _why_not(error, server) from None
        except Unusable:
            if smtp:
                smtp.close()
            raise
        return smtp

    def _start_tls(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        if not smtp.has_extn("starttls"):
            raise Unusable(
                f"{self._server.host} offers no encryption on port {self._server.port}",
                'Use another port, or tls = "tls" if it encrypts from the start.',
            )
        smtp.starttls(context=context)
        smtp.ehlo_or_helo_if_needed()


def _log_in(smtp: smtplib.SMTP, login: Login) -> None:
    """Log in; passwords are UTF-8 (RFC 4616), which smtplib does not know."""
    ways = smtp.esmtp_features.get("auth", "").upper().split()
    if login.token:
        secret = f"user={login.user}\x01auth=Bearer {login.token}\x01\x01"
        code, words = smtp.docmd("AUTH", f"XOAUTH2 {_in_base64(secret)}")
        if code == 334:  # it says why, and wants an empty line
            code, words = smtp.docmd("")
    elif "PLAIN" in ways:
        secret = f"\0{login.user}\0{login.password}"
        code, words = smtp.docmd("AUTH", f"PLAIN {_in_base64(secret)}")
    elif "LOGIN" in ways:
        code, words = smtp.docmd("AUTH", f"LOGIN {_in_base64(login.user)}")
        if code == 334:
            code, words = smtp.docmd(_in_base64(login.password))
    else:
        raise Unusable(
            "the server knows no login with a password", "Leave WEEKLY_SMTP_USER out, or ask it."
        )
    if code // 100 != 2:
        raise Unusable(
            f"the server refuses the login: {_said(code, words)}",
            "Check the user and the password; docs/mail.md says what Microsoft 365 wants.",
        )


def _in_base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _escaped(data: bytes) -> bytes:
    """A message as it is sent: no line of it can be taken for its end."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", data)
    whole = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)


def _said(code: int, words: bytes) -> str:
    """An answer on one line, without addresses: logs may be public."""
    text = words.decode("utf-8", "replace")
    plain = "".join(c if c.isprintable() else " " for c in _ADDRESS.sub("…", text))
    return shortened(f"{code} {plain}" if code > 0 else plain).rstrip(" .") or "nothing"


def _lost(error: OSError) -> str:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "the server did not answer in time"
    return "the connection was lost"


def _why_not(error: OSError, server: Server) -> Unusable:
    """Why there is no connection, in plain English."""
    host = f"{server.host}, port {server.port},"
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".").lower()
        return Unusable(
            f"the certificate of {server.host} is not valid: {why}",
            "Nothing was sent. Use the name that the certificate is for, or have it renewed.",
        )
    if isinstance(error, ssl.SSLError):
        return Unusable(
            f"{host} does not encrypt as 'tls' in [mail] says",
            'Usually port 587 has tls = "starttls", and port 465 tls = "tls".',
        )
    if isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
        said = _said(code, words if isinstance(words, bytes) else words.encode())
        is_temporary = code // 100 == 4
        return Unusable(f"{host} takes no mail: {said}", _LATER, is_temporary=is_temporary)
    if isinstance(error, TimeoutError):
        why, hint = "does not answer", _CHECK
    elif isinstance(error, smtplib.SMTPException):
        why, hint = "closed the connection", _LATER
    else:
        why, hint = f"can't be reached: {reason_of(error)}", _CHECK
    return Unusable(f"{host} {why}", hint, is_temporary=True)

"""An SMTP server on this machine, which can be told what to do wrong (aiosmtpd)."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DATA = Path(__file__).parents[1] / "data" / "mail"
AUTHORITY = DATA / "ca.pem"  # whom a test trusts: SSL_CERT_FILE
NAME = "post.example.org"  # or the machine would be asked for its own, which can take long
USER, PASSWORD = "ada@example.org", "pässword ünd more"


class PostOffice:
    """A server, what it got, and its faults."""

    def __init__(
        self, tls: str = "none", *, certificate: str = "server.pem", wants_login: bool = False
    ) -> None:
        self.got: list[tuple[str, bytes]] = []  # recipient and message, as it was accepted
        self.sessions = 0
        self.answers: dict[str, list[str]] = {}  # to RCPT, by address, one after the other
        self.after_data: list[str] = []  # answers to messages; 'lost' or 'lost after' ends it
        self.sizes: list[int] = []  # recipients of each message
        self.port = free_port()
        context = None
        if tls != "none":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(DATA / certificate, DATA / "server.key")
        own: dict[str, Any] = {"auth_require_tls": tls == "starttls"}
        if wants_login:
            own |= {"authenticator": _authenticated, "auth_required": True}
        if tls == "starttls":
            own |= {"tls_context": context, "require_starttls": True}
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            server_hostname=NAME,
            port=self.port,
            ssl_context=context if tls == "tls" else None,
            **own,
        )

    def start(self) -> None:
        self._controller.start()
        self.sessions = 0  # the controller has tried a connection

    def stop(self) -> None:
        self._controller.stop()

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        planned = self.answers.get(address) or self.answers.get("*")
        answer = planned.pop(0) if planned else "250 OK"
        if answer == "lost":
            _hang_up(server)
        if answer.startswith("421"):
            asyncio.get_running_loop().call_later(0.02, _hang_up, server)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.after_data.pop(0) if self.after_data else "250 OK"
        if answer == "lost":
            _hang_up(server)
            return "250 OK"
        self.sizes.append(len(envelope.rcpt_tos))
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        if answer in ("250 OK", "lost after"):
            self.got += [(address, content) for address in envelope.rcpt_tos]
        if answer == "lost after":
            _hang_up(server)
        return answer

    def recipients(self) -> list[str]:
        return [address for address, _ in self.got]


def _hang_up(server: SMTP) -> None:
    if server.transport:
        server.transport.abort()


def _authenticated(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    is_right = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=is_right, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(is_so: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


class _Counting:
    """Writes the address of each message that it accepts into a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        with self._path.open("a", encoding="utf-8") as file:
            file.writelines(f"{address}\n" for address in envelope.rcpt_tos)
        return "250 OK"


if __name__ == "__main__":  # a server in a process of its own, for tests that fork
    port, path = int(sys.argv[1]), Path(sys.argv[2])
    Controller(_Counting(path), hostname="127.0.0.1", server_hostname=NAME, port=port).start()
    path.touch()
    sys.stdin.read()

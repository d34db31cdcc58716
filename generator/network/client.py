"""The one HTTP client: bounded in size and time, polite, and careful with credentials.

A request has one deadline, from the first packet to the last byte. Credentials go to the host that
they are for, and to no other: a redirect to another host is refused, or followed without them.
Messages never have an address with its query, since some services want a token there.
"""

from __future__ import annotations

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

from generator import __version__

AGENT = "weekly"

_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536
_LONGEST_WAIT = 7 * 24 * 3600.0  # seconds that a server may ask for
_SAFE = "%/:=&?~+!$,;'@()*[]"  # signs that stay as they are in an address
_PRIVATE = "it is on a private network, which is not asked"
LATE = "it does not answer in time"


class Limits(NamedTuple):
    """How much one request may take, and how long the client waits between two of them."""

    seconds: float = 20.0
    most: int = 5_000_000  # bytes of an answer
    redirects: int = 10
    pause: float = 1.0  # seconds between two requests to one host


class Access(NamedTuple):
    """Which hosts may be asked at all."""

    loopback: bool = False  # also without encryption: only for tests
    private: bool = True  # addresses that only this network knows


POLITE = Limits()
OPEN = Access()


class Answer(NamedTuple):
    """What a server answered, and from which address in the end."""

    url: str
    status: int
    headers: Mapping[str, tuple[str, ...]]  # names in small letters
    body: bytes

    def header(self, name: str) -> str:
        """The first header of that name; '' without one."""
        return next(iter(self.headers.get(name, ())), "")


class UnansweredError(Exception):
    """There is no answer to use; the message says why, in one plain line."""

    def __init__(self, reason: str, wait: float = 0.0, status: int = 0) -> None:
        """`wait` are the seconds for which the server wants to be left alone."""
        super().__init__(reason)
        self.wait = wait
        self.status = status


class Client:
    """Asks one thing after the other."""

    def __init__(
        self, about: str, *, now: float, limits: Limits = POLITE, access: Access = OPEN
    ) -> None:
        """`about` is the address of the blog that asks; `now` is in seconds since 1970."""
        self._agent = f"{AGENT}/{__version__} (+{about})"
        self._now = now
        self._limits = limits
        self._access = access
        self._asked: dict[str, float] = {}  # when each host was last asked

    def get(
        self, url: str, *, token: str = "", accept: str = "*/*", to_other_hosts: bool = False
    ) -> Answer:
        """The answer to a GET; raises UnansweredError. `token` is sent to this host only."""
        return self._send("GET", url, b"", _headers(token, accept), to_other_hosts)

    def post(self, url: str, form: bytes) -> Answer:
        """The answer to a form that is sent, without following it; raises UnansweredError."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "*/*"}
        return self._send("POST", url, form, headers, to_other_hosts=False)

    def _send(
        self, method: str, url: str, body: bytes, headers: dict[str, str], to_other_hosts: bool
    ) -> Answer:
        first = url
        for _ in range(self._limits.redirects + 1):
            answer = self._exchange(method, url, body, headers)
            if answer.status not in _MOVED or method == "POST":
                return self._checked(answer)
            url = joined(url, answer.header("location"))
            if _host(url) != _host(first):
                if not to_other_hosts:
                    other = urlsplit(url).hostname or "nowhere"
                    raise UnansweredError(f"it redirects to another host, {other}")
                headers.pop("Authorization", None)
        raise UnansweredError("it redirects without end")

    def _checked(self, answer: Answer) -> Answer:
        status = answer.status
        if status < 400:
            return answer
        wait = self._wait(answer)
        reason = f"it answers {status_line(status)}"
        if wait:
            reason += f", and asks to be left alone for {wait:,.0f} seconds"
        raise UnansweredError(reason, wait, status)

    def _wait(self, answer: Answer) -> float:
        """For how many seconds the server wants to be left alone."""
        text = answer.header("retry-after").strip()[:40]
        if not text and answer.header("x-ratelimit-remaining") == "0":
            reset = answer.header("x-ratelimit-reset")[:20]  # as GitHub says it
            text = str(int(reset) - int(self._now)) if reset.isdecimal() else ""
        seconds = 0.0
        with suppress(ValueError, TypeError, OverflowError):
            if text.lstrip("-").isdecimal():
                seconds = float(text)
            elif text:
                moment = parsedate_to_datetime(text)
                moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
                seconds = moment.timestamp() - self._now
        return min(max(seconds, 0.0), _LONGEST_WAIT)

    def _exchange(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """One request and its answer, whatever it is."""
        try:
            parts = urlsplit(urldefrag(url).url)
            host = _ascii_host(parts.hostname or "")
            port = parts.port or (443 if parts.scheme == "https" else 80)
        except ValueError:
            raise UnansweredError("its address can't be read") from None
        self._refuse(parts.scheme, host, has_login="@" in parts.netloc)
        self._pause(host)
        connection = self._connection(parts.scheme, host, port)
        target = quote(parts.path or "/", safe=_SAFE)
        target += f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
        sent = {
            "User-Agent": self._agent,
            "Accept-Encoding": "identity",
            "Connection": "close",
            **headers,
        }
        try:
            with Deadline(self._limits.seconds) as deadline:
                connection.connect()
                deadline.cuts(connection.sock)
                connection.request(method, target, body or None, sent)
                answer = connection.getresponse()
                data = self._body(answer, deadline)
        except UnansweredError:
            raise
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = LATE if deadline.has_passed else reason_of(error)
            raise UnansweredError(reason) from None
        finally:
            connection.close()
        return Answer(url, answer.status, _by_name(answer), data)

    def _refuse(self, scheme: str, host: str, *, has_login: bool) -> None:
        is_loopback = self._access.loopback and _is_loopback(host)
        if not host or has_login:
            raise UnansweredError("its address can't be read")
        if scheme != "https" and not (scheme == "http" and is_loopback):
            raise UnansweredError("its address does not begin with https://")

    def _pause(self, host: str) -> None:
        since = time.monotonic() - self._asked.get(host, float("-inf"))
        time.sleep(max(0.0, self._limits.pause - since))
        self._asked[host] = time.monotonic()

    def _connection(self, scheme: str, host: str, port: int) -> http.client.HTTPConnection:
        proxy = "" if proxy_bypass(host) else getproxies().get(scheme, "")
        if not self._access.private:
            return _guarded(scheme, host, port, self._limits.seconds, self._access)
        if scheme == "http" or not proxy:
            kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
            return kind(host, port, timeout=self._limits.seconds)
        by = urlsplit(proxy if "//" in proxy else f"//{proxy}")
        connection = http.client.HTTPSConnection(
            by.hostname or "", by.port or 3128, timeout=self._limits.seconds
        )
        connection.set_tunnel(host, port)
        return connection

    def _body(self, answer: http.client.HTTPResponse, deadline: Deadline) -> bytes:
        """All bytes of an answer, if they are as many as it says and not too many."""
        parts: list[bytes] = []
        size = 0
        while part := answer.read(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > self._limits.most:
                most = self._limits.most / 1_000_000
                raise UnansweredError(f"its answer is larger than {most:g} MB")
        said = answer.getheader("content-length") or ""
        if deadline.has_passed:
            raise UnansweredError(LATE)
        if said.isdecimal() and size < int(said):
            raise UnansweredError("its answer breaks off")
        return b"".join(parts)


class Deadline:
    """Cuts a connection that takes too long, however slowly its bytes drip in."""

    def __init__(self, seconds: float) -> None:
        """It begins where the `with` does."""
        self.has_passed = False
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._pass)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def cuts(self, connected: socket.socket) -> None:
        """Says which connection to cut."""
        self._socket = connected

    def _pass(self) -> None:
        self.has_passed = True
        if self._socket:
            with suppress(OSError):  # of TLS, too, without a word to the other side
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _Guarded(http.client.HTTPConnection):
    """A connection to an address that everybody can reach, and to no other.

    The name is resolved once, and the very address that was looked at is connected to: a name that
    answers differently a moment later leads nowhere.
    """

    access = Access(private=False)

    def connect(self) -> None:
        self.sock = _public_socket(self.host, self.port, float(self.timeout or 0), self.access)


class _GuardedTls(http.client.HTTPSConnection, _Guarded):
    """The same with TLS, which HTTPSConnection puts around the socket of the class after it."""


def _guarded(
    scheme: str, host: str, port: int, seconds: float, access: Access
) -> http.client.HTTPConnection:
    kind = _GuardedTls if scheme == "https" else _Guarded
    connection = kind(host, port, timeout=seconds)
    connection.access = access
    return connection


def _public_socket(host: str, port: int, seconds: float, access: Access) -> socket.socket:
    failure: OSError | None = None
    if not _is_public(host, access):  # an address, not a name
        raise UnansweredError(_PRIVATE)
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    ):
        if not _is_public(str(address[0]), access):
            raise UnansweredError(_PRIVATE)
        connected = socket.socket(family, kind, protocol)
        connected.settimeout(seconds)
        try:
            connected.connect(address)
        except OSError as error:
            connected.close()
            failure = error
        else:
            return connected
    raise failure or OSError("no address")


def _is_public(text: str, access: Access) -> bool:
    """Whether everybody can reach an address; a name may be public."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return True
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped and not _is_public(str(mapped), access):
        return False
    if access.loopback and address.is_loopback:
        return True
    return address.is_global and not address.is_multicast


def next_page(answer: Answer) -> str:
    """The address of the next page, as the Link header says it; '' on the last one."""
    for target, relations in links_in(answer):
        if "next" in relations:
            return joined(answer.url, target)
    return ""


_LINK = re.compile(r'<([^<>]*)>((?:\s*;\s*[^\s=;,"]+(?:\s*=\s*(?:"[^"]*"|[^\s;,"]*))?)*)')
_RELATION = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))', re.IGNORECASE)


def links_in(answer: Answer) -> Iterator[tuple[str, frozenset[str]]]:
    """The targets in the Link headers of an answer, as written, and their relations."""
    for header in answer.headers.get("link", ()):
        for target, rest in _LINK.findall(header[:20_000]):
            found = _RELATION.search(rest)
            words = (found[1] or found[2] or "").lower().split() if found else []
            yield target, frozenset(words)


def joined(base: str, address: str) -> str:
    """An address as seen from a page; the page itself if it can't be read."""
    try:
        found = urljoin(base, address.strip())
        urlsplit(found)
    except ValueError:
        return base
    return found


def _ascii_host(host: str) -> str:
    """A host as it is asked for; raises ValueError."""
    return host if host.isascii() else host.encode("idna").decode()


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _headers(token: str, accept: str) -> dict[str, str]:
    authorization = {"Authorization": f"Bearer {token}"} if token else {}
    return {"Accept": accept, **authorization}


def _by_name(answer: http.client.HTTPResponse) -> Mapping[str, tuple[str, ...]]:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in answer.getheaders():
        headers[name.lower()] = (*headers.get(name.lower(), ()), value)
    return headers


def _host(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def status_line(code: int) -> str:
    """A status as people know it: `404 Not Found`."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def reason_of(error: Exception) -> str:
    """Why there was no answer, in plain English."""
    if isinstance(error, TimeoutError):
        return LATE
    if isinstance(error, ssl.SSLCertVerificationError):
        return "its certificate is not valid"
    if isinstance(error, ssl.SSLError):
        return "it does not speak TLS as it should"
    if isinstance(error, socket.gaierror):
        return "there is no such host"
    if isinstance(error, http.client.IncompleteRead | http.client.RemoteDisconnected):
        return "its answer breaks off"
    if isinstance(error, http.client.HTTPException):
        return "its answer can't be read"
    if isinstance(error, OSError) and error.strerror:
        return f"it can't be reached: {error.strerror.lower()}"
    return "it can't be reached"

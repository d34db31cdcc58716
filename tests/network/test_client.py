"""The HTTP client against a server that does everything wrong."""

from __future__ import annotations

import http.client
import imaplib
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from generator.network import client as clients
from generator.network import imap
from generator.network.client import Access, Answer, Client, Limits, UnansweredError, next_page
from tests.network.loopback import Asked, Loopback, Reply, serving

NOW = 1_800_000_000.0
HASTY = Limits(seconds=2, most=10_000, redirects=3, pause=0)
SECRET = "s3cret-t0ken"  # noqa: S105


def answering(asked: Asked) -> Reply:
    """What the server answers, by path."""
    to_itself, elsewhere = (("Location", "/moved"),), (("Location", "http://localhost:9/x?a=b"),)
    return {
        "/moved": Reply(b"here"),
        "/moves": Reply(status=301, headers=to_itself),
        "/elsewhere": Reply(status=302, headers=elsewhere),
        "/round": Reply(status=307, headers=(("Location", "/round"),)),
        "/file": Reply(status=302, headers=(("Location", "file:///etc/hosts"),)),
        "/no": Reply(status=401),
        "/busy": Reply(status=429, headers=(("Retry-After", "120"),)),
        "/later": Reply(status=503, headers=(("Retry-After", "Fri, 15 Jan 2027 08:01:00 GMT"),)),
        "/limit": Reply(
            status=403,
            headers=(("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000060")),
        ),
        "/broken": Reply(status=500),
        "/half": Reply(b'{"half": ', length=500),
        "/large": Reply(b"x" * 10_001),
        "/bomb": Reply(b"x" * 100, length=10_000_000_000),
        "/drip": Reply(b"x" * 100, drip=0.1),
    }.get(asked.path, Reply(b"yes"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    monkeypatch.setenv("no_proxy", "*")
    with serving(answering) as server:
        yield server


def hasty(*, private: bool = True, loopback: bool = True, limits: Limits = HASTY) -> Client:
    access = Access(loopback=loopback, private=private)
    return Client("https://example.org/", now=NOW, limits=limits, access=access)


def failure(client: Client, url: str, **options: str) -> UnansweredError:
    with pytest.raises(UnansweredError) as raised:
        client.get(url, **options)
    return raised.value


def test_an_answer_and_who_asks(server: Loopback) -> None:
    answer = hasty().get(f"{server.url}/a?b=c#d", token=SECRET, accept="text/html")

    assert (answer.status, answer.body) == (200, b"yes")
    (asked,) = server.asked
    assert (asked.path, asked.query) == ("/a", {"b": ["c"]})
    assert asked.headers["authorization"] == f"Bearer {SECRET}"
    assert asked.headers["accept"] == "text/html"
    assert asked.headers["user-agent"].startswith("weekly/")
    assert asked.headers["user-agent"].endswith("(+https://example.org/)")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/no", "it answers 401 Unauthorized"),
        ("/broken", "it answers 500 Internal Server Error"),
        (
            "/busy",
            "it answers 429 Too Many Requests, and asks to be left alone for 120 seconds",
        ),
        (
            "/later",
            "it answers 503 Service Unavailable, and asks to be left alone for 60 seconds",
        ),
        ("/limit", "it answers 403 Forbidden, and asks to be left alone for 60 seconds"),
        ("/half", "its answer breaks off"),
        ("/large", "its answer is larger than 0.01 MB"),
        ("/elsewhere", "it redirects to another host, localhost"),
        ("/file", "it redirects to another host, nowhere"),
        ("/round", "it redirects without end"),
    ],
)
def test_each_error_is_one_plain_line(server: Loopback, path: str, reason: str) -> None:
    error = failure(hasty(), f"{server.url}{path}?token={SECRET}", token=SECRET)

    assert str(error) == reason


def test_how_long_a_server_wants_to_be_left_alone(server: Loopback) -> None:
    waits = [failure(hasty(), server.url + path).wait for path in ("/busy", "/later", "/no")]

    assert waits == [120.0, 60.0, 0.0]


def test_a_redirect_on_the_same_host_is_followed(server: Loopback) -> None:
    answer = hasty().get(f"{server.url}/moves", token=SECRET)

    assert (answer.url, answer.body) == (f"{server.url}/moved", b"here")
    assert [asked.headers["authorization"] for asked in server.asked] == [f"Bearer {SECRET}"] * 2


def test_credentials_stay_at_the_host_that_they_are_for(server: Loopback) -> None:
    def elsewhere(asked: Asked) -> Reply:
        return Reply(status=302, headers=(("Location", f"{server.url}/moved"),))

    with serving(elsewhere) as first:
        client = hasty()
        with pytest.raises(UnansweredError, match="redirects to another host"):
            client.get(first.url, token=SECRET)
        assert server.asked == []

        assert client.get(first.url, token=SECRET, to_other_hosts=True).body == b"here"

    assert [asked.headers.get("authorization") for asked in server.asked] == [None]


def test_bytes_that_drip_in_meet_the_deadline(server: Loopback) -> None:
    began = time.monotonic()
    error = failure(hasty(limits=HASTY._replace(seconds=0.5)), f"{server.url}/drip")

    assert str(error) == "it does not answer in time"
    assert time.monotonic() - began < 5


def test_a_size_that_is_only_announced_is_not_waited_for(server: Loopback) -> None:
    assert str(failure(hasty(), f"{server.url}/bomb")) == "its answer breaks off"


def test_hosts_are_asked_slowly(server: Loopback, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    clock = SimpleNamespace(sleep=slept.append, monotonic=time.monotonic)
    monkeypatch.setattr(clients, "time", clock)
    client = hasty(limits=HASTY._replace(pause=1.0))

    for _ in range(2):
        client.get(server.url)

    assert slept[0] == 0
    assert 0.5 < slept[1] <= 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://example.org/", "its address does not begin with https://"),
        ("http://127.0.0.1:9/", "its address does not begin with https://"),
        ("ftp://example.org/", "its address does not begin with https://"),
        ("https://ada:pass@example.org/", "its address can't be read"),
        ("https://", "its address can't be read"),
        ("https://[::1/", "its address can't be read"),
        ("https://example.org:99999999/", "its address can't be read"),
    ],
)
def test_only_https_and_only_what_can_be_read(url: str, reason: str) -> None:
    assert str(failure(hasty(loopback=False), url)) == reason


def test_there_is_no_such_host(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(8, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert str(failure(hasty(), "https://nowhere.invalid/")) == "there is no such host"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.1.2.3", "224.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_private_addresses_are_refused_whatever_name_leads_there(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """Nothing is connected to: a connection would already tell that something is there."""

    def resolved(*_: object, **__: object) -> list[tuple[object, ...]]:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, 443))]

    connected: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", lambda *given: connected.append(given))

    error = failure(hasty(private=False, loopback=False), "https://friendly.example.org/")

    assert str(error) == "it is on a private network, which is not asked"
    assert connected == []


def test_a_public_address_is_connected_to_as_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    connected: list[object] = []

    def resolved(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]

    def connect(_: object, address: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    monkeypatch.setattr(socket.socket, "connect", connect)

    error = failure(hasty(private=False, loopback=False), "https://friendly.example.org/")

    assert str(error) == "it can't be reached: connection refused"
    assert connected == [("93.184.216.34", 443)]


def test_a_guarded_client_reaches_loopback_in_tests_only(server: Loopback) -> None:
    assert hasty(private=False).get(server.url).body == b"yes"


def test_a_proxy_is_asked_to_connect_and_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example.org:8080")
    monkeypatch.setenv("no_proxy", "")
    tunnels: list[tuple[object, ...]] = []

    def connect(connection: http.client.HTTPSConnection) -> None:
        tunnels.append((connection.host, connection.port, connection._tunnel_host))  # type: ignore[attr-defined]
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(http.client.HTTPSConnection, "connect", connect)
    failure(hasty(), "https://example.org/")

    assert tunnels == [("proxy.example.org", 8080, "example.org")]


@pytest.mark.parametrize(
    ("header", "following"),
    [
        ('<https://x.org/?page=2>; rel="next", <https://x.org/?page=5>; rel="last"', "?page=2"),
        ('<https://x.org/?page=1>; rel="prev"', ""),
        ('</?page=2>; title="a, b; c"; REL=next', "?page=2"),
        ("", ""),
    ],
)
def test_the_next_page_is_that_of_the_link_header(header: str, following: str) -> None:
    answer = Answer("https://x.org/", 200, {"link": (header,)} if header else {}, b"")

    assert next_page(answer) == (f"https://x.org/{following}" if following else "")


def test_no_more_is_read_from_a_mail_server_than_a_mail() -> None:
    """A server may announce any size; nothing of it is waited for."""
    connection = imap._Bounded.__new__(imap._Bounded)

    with pytest.raises(imaplib.IMAP4.abort):
        connection.read(10**10)

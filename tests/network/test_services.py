"""Posts to services, against a server on this machine."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.mail.hand_offs import Request
from generator.network.services import post


class Service:
    """A service, what it was sent, and how it answers."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200
        self.answer = b'{"id": 7}'
        self.hangs_up = False
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.requests.append((self.path, dict(self.headers), body))
                if service.hangs_up:
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                self.send_response(service.status)
                if 300 <= service.status < 400:
                    self.send_header("Location", f"{service.url}/elsewhere")
                self.end_headers()
                self.wfile.write(service.answer)

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def json(self) -> dict[str, object]:
        """What the last request said."""
        found: dict[str, object] = json.loads(self.requests[-1][2])
        return found


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    service = Service()
    yield service
    service.stop()


def test_a_request_arrives_with_its_headers(service: Service) -> None:
    reply = post(Request(f"{service.url}/x", {"Authorization": "token 1"}, b"{}"))

    assert (reply.status, reply.body) == (200, b'{"id": 7}')
    ((path, headers, body),) = service.requests
    assert (path, body) == ("/x", b"{}")
    assert headers["Authorization"] == "token 1"
    assert headers["User-Agent"].startswith("weekly/")


@pytest.mark.parametrize("status", [301, 302, 307, 308, 400, 401, 500])
def test_a_token_is_carried_nowhere_else(service: Service, status: int) -> None:
    service.status = status
    reply = post(Request(service.url, {"Authorization": "token 1"}, b"{}"))

    assert reply.status == status
    assert len(service.requests) == 1


def test_nothing_leaves_without_encryption() -> None:
    reply = post(Request("http://lists.example.org/", {}, b"{}"))

    assert not reply.status
    assert not reply.has_left
    assert "https://" in reply.failure


def test_a_service_that_cannot_be_reached_got_nothing(service: Service) -> None:
    service.stop()
    reply = post(Request(service.url, {}, b"{}"))

    assert not reply.has_left
    assert "can't be reached" in reply.failure


def test_an_answer_that_is_lost_may_have_been_a_yes(service: Service) -> None:
    service.hangs_up = True
    reply = post(Request(service.url, {}, b"{}"))

    assert not reply.status
    assert reply.has_left

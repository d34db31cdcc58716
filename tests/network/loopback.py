"""Servers on this machine that stand for those of the world, with their answers and errors."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Reply(NamedTuple):
    """What a server answers."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None  # as it says itself; the true one if None
    drip: float = 0.0  # seconds between two bytes


class Asked(NamedTuple):
    """A request that a server got."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


Answering = Callable[[Asked], Reply]


class Loopback:
    """A server whose answers a test decides."""

    def __init__(self, answer: Answering) -> None:
        self.asked: list[Asked] = []
        self.answer = answer
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, parts.path, parse_qs(parts.query), headers, body)
                server.asked.append(asked)
                self.give(server.answer(asked))

            def do_POST(self) -> None:
                self.do_GET()

            def give(self, reply: Reply) -> None:
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                length = len(reply.body) if reply.length is None else reply.length
                self.send_header("Content-Length", str(length))
                self.end_headers()
                try:
                    if not reply.drip:
                        self.wfile.write(reply.body)
                        return
                    for byte in reply.body:
                        self.wfile.write(bytes([byte]))
                        time.sleep(reply.drip)
                except OSError:
                    return

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Stop it."""
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def serving(answer: Answering) -> Iterator[Loopback]:
    """A server while a test runs."""
    server = Loopback(answer)
    try:
        yield server
    finally:
        server.close()


def as_json(value: object, *headers: tuple[str, str], status: int = 200) -> Reply:
    """An answer in JSON."""
    return Reply(json.dumps(value).encode(), status, headers)

"""Serves the pages over HTTP to browsers on this machine, and tells open pages of changes."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from socketserver import TCPServer
from typing import Self
from urllib.parse import parse_qs, urlsplit

from generator import disk
from generator.serve.mail import MAIL
from generator.serve.ranges import part_of
from generator.serve.requests import LONGEST_LINE, MOST_LINES, fault_of
from generator.serve.responses import NOT_FOUND, media_type, response_for
from generator.serve.state import PreviewFile, PreviewState

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")  # any other name may be an attack by DNS rebinding
TRIED = 20  # ports, from the requested one on
PING = 15.0  # seconds between signs of life to an open page
TIMEOUT = 10.0  # seconds for a browser to send its request
POLL = 0.1  # seconds between checks whether the server should end

OURS = "/_weekly/"
EVENTS = f"{OURS}events"
FILES = {f"{OURS}{name}": name for name in ("live.js", "overlay.css")}

_SCRIPT = '<script src="{src}" data-seen="{seen}"></script>\n'


class PreviewServer(ThreadingHTTPServer):
    """Serves the current site of a preview, from `with` to its end."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int) -> None:
        """Binds to the port; raises OSError if it is taken."""
        super().__init__((HOST, port), _Handler)
        self.state: PreviewState
        self._thread = threading.Thread(target=self.serve_forever, args=(POLL,), name="serve")

    @classmethod
    def at_free_port(cls, port: int) -> PreviewServer:
        """A server at the first free port from that one on."""
        for number in range(port, min(port + TRIED, 65536) if port else 1):
            with suppress(OSError):
                return cls(number)
        return cls(0)

    def server_bind(self) -> None:
        """Bind to the port, without asking the network for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def origin(self) -> str:
        """The address without a path."""
        return f"http://{HOST}:{self.server_port}"

    def __enter__(self) -> Self:
        return self

    def start(self, state: PreviewState) -> None:
        """Start answering requests from that state."""
        self.state = state
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        if self._thread.ident:
            self.state.close()
            self.shutdown()
            self._thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer
    raw_requestline: bytes
    server_version = "weekly"
    sys_version = ""
    default_request_version = "HTTP/1.0"  # so that an answer has a status whatever was asked
    timeout = TIMEOUT

    def handle(self) -> None:
        """Answer the request, unless the browser has gone."""
        with suppress(ConnectionError, TimeoutError):
            super().handle()

    def parse_request(self) -> bool:
        """Read the head of the request; one that is malformed gets a 400, and False comes back."""
        head = [self.raw_requestline]
        while head[-1].strip(b"\r\n") and len(head) <= MOST_LINES:
            head.append(self.rfile.readline(LONGEST_LINE))
        if fault := fault_of(head):
            self.command, self.requestline = "", ""  # `send_error` asks for them
            self.request_version = self.default_request_version
            self.send_error(400, fault)
            return False
        whole, self.rfile = self.rfile, BytesIO(b"".join(head[1:]))
        try:
            return super().parse_request()
        finally:
            self.rfile = whole

    def do_GET(self) -> None:
        """Send a file of the site, a file of ours, or events."""
        if not self._is_from_here():
            self._send(403, b"This is a preview for browsers on this machine.\n", "text/plain")
            return
        path = urlsplit(self.path).path
        if path == EVENTS:
            self._send_events()
        elif path in FILES:
            data = disk.read_bytes(Path(__file__).parent / FILES[path])
            self._send(200, data, media_type(path))
        elif path.startswith(MAIL):
            page = self.server.state.mail(path)
            self._send_html(200 if page.is_shown else 503, page)
        else:
            self._send_page()

    do_HEAD = do_GET  # noqa: N815 the parent's name

    def _is_from_here(self) -> bool:
        name, _, port = self.headers.get("Host", "").rpartition(":")
        return name in NAMES and port == str(self.server.server_port)

    def _send_page(self) -> None:
        state = self.server.state
        if state.current.preview is None:
            self._send_html(503, state.file(NOT_FOUND))
            return
        found = response_for(self.path, state.current.root, state.current.has)
        if found.location:
            self._send(found.status, b"", "text/plain", {"Location": found.location})
            return
        file = state.file(found.path)
        if not file.is_shown:
            self._send_html(500, file)
        elif found.path.endswith(".html"):
            self._send_html(found.status, file)
        else:
            self._send_file(found.status, file.data, media_type(found.path))

    def _send_file(self, status: int, data: bytes, kind: str) -> None:
        """Send a file, or the requested part of it."""
        # we name no version of a file, so none can match If-Range
        is_whole = status != 200 or self.command == "HEAD" or "If-Range" in self.headers
        part = None if is_whole else part_of(self.headers.get("Range", ""), len(data))
        more = {"Accept-Ranges": "bytes"}
        if part is None:
            self._send(status, data, kind, more)
        elif not part:
            self._send(416, b"", kind, more | {"Content-Range": f"bytes */{len(data)}"})
        else:
            place = f"bytes {part.start}-{part.stop - 1}/{len(data)}"
            self._send(206, data[part.start : part.stop], kind, more | {"Content-Range": place})

    def _send_html(self, status: int, page: PreviewFile) -> None:
        """Send a page with the script that keeps it up to date."""
        script = _SCRIPT.format(src=f"{OURS}live.js", seen=page.digest).encode()
        place = page.data.rfind(b"</body>")
        data = page.data[:place] + script + page.data[place:] if place >= 0 else page.data + script
        self._send(status, data, media_type("index.html"))

    def _send(
        self, status: int, data: bytes, kind: str, more: Mapping[str, str] | None = None
    ) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in {**headers, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _send_events(self) -> None:
        """Tell an open page when it is out of date, until it is closed."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "HEAD":
            return
        asked = parse_qs(urlsplit(self.path).query)
        at, seen = asked.get("at", ["/"])[0], asked.get("seen", [""])[0]
        state, number, last = self.server.state, 0, ""
        self.wfile.write(b"retry: 500\n\n")
        while number := state.next_after(number, seconds=PING):
            news = state.news_for(at, seen)
            line = json.dumps(news)
            if line == last:
                self.wfile.write(b": here\n\n")
            else:
                self.wfile.write(f"data: {line}\n\n".encode())
                last, seen = line, str(news["page"])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the parent's name
        """Print no requests: the terminal is for changes and problems."""

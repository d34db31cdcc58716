"""A built site, served compressed as hosts do, for programs that look at it in a browser."""

from __future__ import annotations

import functools
import gzip
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.corpus import Corpus
from bench.tools import OURS, REPOSITORY, WEEKLY, environment, make_site, scratch_in

COMPRESSION = 9
NOW = "2026-11-22 12:00"
LEADS_ON = 'http-equiv="refresh"'  # in a page at an old address

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
}


class CountingServer(ThreadingHTTPServer):
    """Serves a folder compressed and counts what it sends."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, folder))
        self.folder = folder
        self.sent: list[int] = []

    @property
    def address(self) -> str:
        """The address of the folder."""
        return f"http://127.0.0.1:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, folder: Path, *given: Any) -> None:
        self._folder = folder
        super().__init__(*given)

    def do_GET(self) -> None:
        path = self._folder / self.path.partition("?")[0].lstrip("/")
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file():
            self.send_error(404)
            return
        data = _compressed(file)
        self.server.sent.append(len(data))  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Keep the benchmark's output quiet."""


@functools.cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), COMPRESSION, mtime=0)


def size_of(*files: Path) -> int:
    """The bytes of files over the wire."""
    return sum(len(_compressed(file)) for file in files)


@contextmanager
def served(folder: Path) -> Iterator[CountingServer]:
    """A server of that folder, until the end of the block."""
    server = CountingServer(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def served_blog(posts: int) -> Iterator[CountingServer]:
    """The site of that many synthetic posts, or of the example blog for 0, built and served."""
    with scratch_in(None) as scratch:
        if posts:
            blog = make_site(OURS, scratch, Corpus(posts))
        else:
            blog = scratch.folder / "blog"
            shutil.copytree(REPOSITORY / "content", blog / "content")
        output = blog / OURS.output
        with served(output) as server:
            command = [*WEEKLY, "build", "--quiet", "--base-url", server.address, "--now", NOW]
            subprocess.run(command, cwd=blog, env=environment(scratch), check=True)
            yield server


def own_pages(output: Path) -> list[str]:
    """The paths of all pages of a built site but those that lead on to another."""
    pages = (path for path in sorted(output.rglob("*.html")))
    return [
        page.relative_to(output).as_posix()
        for page in pages
        if LEADS_ON not in page.read_text(encoding="utf-8")
    ]


@contextmanager
def chromium() -> Iterator[Any]:
    """Debian's chromium, driven by playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield browser
        browser.close()

"""Measures the search of a built site: `python -m bench.search OUTPUT WORD…`, from this repository.

Serves the output compressed, as hosts do, and asks Debian's chromium for each word on an empty
cache: what comes over the wire and how long it takes, until the first letter is shown and until
the whole answer is, with the extracts that fit the window. With `--pagefind PYTHON`, an
environment that has `pagefind[bin]`, a copy of the output is indexed by that and asked the same.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

COMPRESSION = 9

PAGEFIND = """async (word) => {
  const started = performance.now();
  const pagefind = await import("/pagefind/pagefind.js");
  await pagefind.init();
  const found = await pagefind.search(word);
  await found.results[0]?.data();
  const first = performance.now() - started;
  await Promise.all(found.results.slice(0, 5).map((result) => result.data()));
  return [first, performance.now() - started, found.results.length];
}"""

OURS = """async (word) => {
  const shown = (select) => new Promise((done) => {
    const look = () =>
      document.querySelector(select) ? done(performance.now()) : setTimeout(look, 1);
    look();
  });
  const first = await shown(".search-results li h2, .search-status:not(:empty)");
  const all = await shown(".search-status:not(:empty)");
  return [first, all, document.querySelector(".search-status").textContent];
}"""


class Answer(NamedTuple):
    """What a word cost."""

    first_ms: float
    all_ms: float
    found: str
    bytes: int  # over the wire, compressed, without headers
    requests: int


class Server(ThreadingHTTPServer):
    """Serves a folder compressed and counts what it sends."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), functools.partial(_Handler, folder))
        self.sent: list[int] = []

    @property
    def address(self) -> str:
        """Where the folder is served."""
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
        """Keep the output of the benchmark quiet."""


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


@functools.cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), COMPRESSION, mtime=0)


def size_of(*files: Path) -> int:
    """What files are over the wire."""
    return sum(len(_compressed(file)) for file in files)


@contextmanager
def served(folder: Path) -> Iterator[Server]:
    """A server of that folder, while it is needed."""
    server = Server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def answers(server: Server, page_at: str, script: str, words: list[str]) -> Iterator[Answer]:
    """The cost of each word, each on an empty cache."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for word in words:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            server.sent.clear()
            page.goto(server.address + page_at.format(word=word), wait_until="commit")
            first, whole, found = page.evaluate(script, word)
            time.sleep(1)  # extracts come after the answer
            yield Answer(first, whole, str(found), sum(server.sent), len(server.sent))
            context.close()
        browser.close()


def index_by_pagefind(python: str, output: Path, folder: Path) -> tuple[Path, float]:
    """A copy of the output that pagefind has indexed, and the seconds that it took."""
    copy = folder / "site"
    shutil.copytree(output, copy)
    (copy / "blank.html").write_text("<!doctype html><title>A page to ask from</title>")
    started = time.perf_counter()
    command = [python, "-m", "pagefind", "--site", str(copy), "--root-selector", ".e-content"]
    subprocess.run(command, check=True, capture_output=True)
    return copy, time.perf_counter() - started


def _lines(name: str, costs: Iterator[Answer], words: list[str]) -> Iterator[str]:
    for word, cost in zip(words, costs, strict=True):
        yield (
            f"| {name} | {word} | {cost.bytes / 1000:.0f} | {cost.requests} |"
            f" {cost.first_ms:.0f} | {cost.all_ms:.0f} | {cost.found} |"
        )


def main() -> None:
    """Print the sizes and a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("words", nargs="+")
    parser.add_argument("--pagefind", metavar="PYTHON")
    given = parser.parse_args()
    folder = given.output / "search"
    script = next((given.output / "assets").glob("search.*.js"))
    print(f"page {size_of(folder / 'index.html')}, script {size_of(script)}, ", end="")
    print(f"index {size_of(folder / 'index.json')}, ", end="")
    print(f"all words {size_of(*folder.glob('*.txt'))} bytes, compressed")
    print("\n| search | words | kB | requests | first ms | all ms | found |")
    print("| --- | --- | ---: | ---: | ---: | ---: | --- |")
    with served(given.output) as server:
        for line in _lines(
            "ours", answers(server, "search/?q={word}", OURS, given.words), given.words
        ):
            print(line)
    if given.pagefind:
        with tempfile.TemporaryDirectory() as scratch:
            copy, seconds = index_by_pagefind(given.pagefind, given.output, Path(scratch))
            with served(copy) as server:
                costs = answers(server, "blank.html", PAGEFIND, given.words)
                for line in _lines("pagefind", costs, given.words):
                    print(line)
            print(f"\npagefind took {seconds:.1f} s to index.")


if __name__ == "__main__":
    main()

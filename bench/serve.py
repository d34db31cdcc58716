"""How soon a save can be looked at: `python -m bench.serve --scratch DIR`.

Each generator serves the same 520 letters with its own preview. A sentence is added to the letter
in the middle, and its page is asked for over HTTP until the sentence is there. The generators take
turns, and rest between saves.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from bench.corpus import Corpus
from bench.tools import (
    REPOSITORY,
    TOOLS,
    Scratch,
    Tool,
    environment,
    install,
    make_site,
    versions,
)

RESULTS = Path(__file__).parent / "SERVE.md"
ASK_AGAIN = 0.002  # seconds between two requests
REST = 0.7  # seconds after a save was seen, in which servers may finish what they do behind it
PATIENCE = 60.0

PREAMBLE = """\
# How soon a save can be looked at

`python -m bench.serve` writes this file. Each generator serves the same {posts} letters with the
preview that it brings along; a sentence is added to the letter in the middle, and its page is asked
for over HTTP, every 2 ms, until the sentence is there. The generators take turns; the first save is
not counted. ms from before the write to the answer:

"""


def _ours(scratch: Scratch, port: int) -> list[str]:
    return [sys.executable, "-m", "generator", "serve", "--port", str(port)]


def _hugo(scratch: Scratch, port: int) -> list[str]:
    binary = next(scratch.environment.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return [str(binary), "server", "--port", str(port), "--buildFuture", "--baseURL", "/"]


def _pelican(scratch: Scratch, port: int) -> list[str]:
    python = scratch.environment / "bin" / "python"
    return [
        *(str(python), "-m", "pelican", "--autoreload", "--listen", "--port", str(port)),
        *("--settings", "pelicanconf.py"),
    ]


def _eleventy(scratch: Scratch, port: int) -> list[str]:
    program = scratch.folder / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"
    node = shutil.which("node") or "node"
    return [node, str(program), "--serve", "--incremental", "--quiet", f"--port={port}"]


SERVERS: dict[str, Callable[[Scratch, int], list[str]]] = {
    "ours": _ours,
    "hugo": _hugo,
    "pelican": _pelican,
    "eleventy": _eleventy,
}


@contextmanager
def served(tool: Tool, scratch: Scratch, site: Path) -> Iterator[int]:
    """The port at which a generator serves its site."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = SERVERS[tool.name](scratch, port)
    process = subprocess.Popen(
        command,
        cwd=site,
        env=environment(scratch),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Pelican has children, which it leaves behind
    )
    try:
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(tool: Tool, port: int, address: str, text: str) -> None:
    """Ask for a page until it holds a text."""
    until = time.monotonic() + PATIENCE
    while text not in _page(port, address):
        if time.monotonic() > until:
            sys.exit(f"{tool.name}: {address} does not show '{text}' within {PATIENCE:.0f} s.")
        time.sleep(ASK_AGAIN)


def _page(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode(errors="replace")
    except (OSError, http.client.HTTPException):  # not there yet, or not whole
        return ""
    finally:
        connection.close()


def saves(
    tools: Sequence[Tool], scratch: Scratch, corpus: Corpus, rounds: int
) -> dict[str, list[float]]:
    """The seconds from each save to its page, by generator."""
    letter, address = corpus.letter(corpus.size // 2), corpus.link(corpus.size // 2).address
    found: dict[str, list[float]] = {tool.name: [] for tool in tools}
    with ExitStack() as stack:
        ports = {}
        for tool in tools:
            site = scratch.site(corpus.size, tool.name)
            ports[tool.name] = stack.enter_context(served(tool, scratch, site))
            wait_for(tool, ports[tool.name], address, letter.title)
        for number in range(rounds + 1):
            for tool in tools:
                time.sleep(REST)
                path = scratch.site(corpus.size, tool.name) / tool.form.path(letter)
                began = time.perf_counter()
                with path.open("a", encoding="utf-8") as file:
                    file.write(f"\nOn reflection this is afterthought number {number}.\n")
                wait_for(tool, ports[tool.name], address, f"afterthought number {number}.")
                if number:
                    found[tool.name].append(time.perf_counter() - began)
    return found


def table(found: dict[str, list[float]]) -> str:
    """The median, the quarter above and below, and the slowest of each generator."""
    lines = [
        "| generator | median | quartiles | slowest | saves |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, seconds in found.items():
        ms = [1000 * second for second in seconds]
        low, _, high = quantiles(ms, n=4)
        lines.append(
            f"| {name} | {median(ms):.0f} | {low:.0f} to {high:.0f} | {max(ms):.0f} | {len(ms)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the file of results."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.add_argument("--scratch", type=Path, required=True, help="a folder to work in")
    parser.add_argument("--posts", type=int, default=520)
    parser.add_argument("--rounds", type=int, default=20, help="saves that are measured")
    parser.add_argument("--only", default=",".join(SERVERS), help="generators, such as ours,hugo")
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the results")
    asked = parser.parse_args()
    asked.scratch.mkdir(parents=True, exist_ok=True)
    scratch = Scratch(asked.scratch.resolve(), REPOSITORY)
    tools = [TOOLS[name] for name in asked.only.split(",")]
    names = {tool.name for tool in tools}
    install(scratch, names)
    corpus = Corpus(asked.posts)
    for tool in tools:
        make_site(tool, scratch, corpus)
    result = table(saves(tools, scratch, corpus, asked.rounds))
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    heading = f"{asked.date}; {load}; {versions(scratch, names)}.\n\n"
    text = PREAMBLE.format(posts=asked.posts) + heading + result
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

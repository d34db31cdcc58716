"""How soon the preview shows a save: `python -m bench.serve`, from the repository's folder.

Each generator serves the same posts with its own preview. The program adds a sentence to the post
in the middle, and requests its page over HTTP until the sentence is there. The generators take
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

from bench.corpus import TEN_YEARS, Corpus
from bench.measure import WARM_UP, in_turn
from bench.tools import (
    TOOLS,
    WEEKLY,
    Scratch,
    Tool,
    edit_post,
    environment,
    install,
    make_site,
    scratch_in,
    versions,
)

RESULTS = Path(__file__).parent / "SERVE.md"
ASK_AGAIN = 0.002  # seconds between two requests
REST = 0.7  # seconds after a save is shown, for what a server still does in the background
PATIENCE = 60.0  # seconds

PREAMBLE = """\
# How soon the preview shows a save

`python -m bench.serve` writes this file. Each generator serves the same {posts} posts with its own
preview. The program adds a sentence to the post in the middle, and requests its page over HTTP
every 2 ms until the sentence is there. The generators take turns; the first save is not counted.
Milliseconds from before the save to the response:

"""


def _ours(scratch: Scratch, port: int) -> list[str]:
    return [*WEEKLY, "serve", "--port", str(port)]


def _hugo(scratch: Scratch, port: int) -> list[str]:
    return [str(scratch.hugo), "server", "--port", str(port), "--buildFuture", "--baseURL", "/"]


def _pelican(scratch: Scratch, port: int) -> list[str]:
    python = scratch.peers / "bin" / "python"
    return [
        *(str(python), "-m", "pelican", "--autoreload", "--listen", "--port", str(port)),
        *("--settings", "pelicanconf.py"),
    ]


def _eleventy(scratch: Scratch, port: int) -> list[str]:
    node = shutil.which("node") or "node"
    return [node, str(scratch.eleventy), "--serve", "--incremental", "--quiet", f"--port={port}"]


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
        start_new_session=True,  # Pelican leaves children behind, which are ended with the session
    )
    try:
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for(tool: Tool, port: int, address: str, text: str) -> None:
    """Request a page until it contains a text."""
    until = time.monotonic() + PATIENCE
    while text not in _page(port, address):
        if time.monotonic() > until:
            sys.exit(f"{tool.name}: {address} did not show '{text}' within {PATIENCE:.0f} s.")
        time.sleep(ASK_AGAIN)


def _page(port: int, address: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        return connection.getresponse().read().decode(errors="replace")
    except (OSError, http.client.HTTPException):  # not there yet, or incomplete
        return ""
    finally:
        connection.close()


def saves(
    tools: Sequence[Tool], scratch: Scratch, corpus: Corpus, rounds: int
) -> dict[str, list[float]]:
    """The seconds from each save to its page, by generator."""
    post = corpus.middle
    found: dict[str, list[float]] = {tool.name: [] for tool in tools}
    sites = {tool.name: scratch.site(corpus.size, tool.name) for tool in tools}
    with ExitStack() as stack:
        ports = {
            tool.name: stack.enter_context(served(tool, scratch, sites[tool.name]))
            for tool in tools
        }
        for tool in tools:
            wait_for(tool, ports[tool.name], post.address, post.title)
        for number in range(WARM_UP, rounds + 1):
            for tool in in_turn(tools, number):
                time.sleep(REST)
                started = time.perf_counter()
                sentence = edit_post(tool, sites[tool.name], post, number)
                wait_for(tool, ports[tool.name], post.address, sentence)
                if number != WARM_UP:
                    found[tool.name].append(time.perf_counter() - started)
    return found


def table(found: dict[str, list[float]]) -> str:
    """For each generator the median, the quartiles and the slowest save."""
    lines = [
        "| generator | median | quartiles | slowest | saves |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, seconds in found.items():
        ms = [1000 * second for second in seconds]
        low, _, high = quantiles(ms, n=4, method="inclusive") if len(ms) > 1 else 3 * ms
        lines.append(
            f"| {name} | {median(ms):.0f} | {low:.0f} to {high:.0f} | {max(ms):.0f} | {len(ms)} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the file of results."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--rounds", type=int, default=20, help="saves that are measured")
    parser.add_argument("--only", default=",".join(SERVERS), help="generators, such as ours,hugo")
    parser.add_argument("--date", default=f"{datetime.now(UTC):%Y-%m-%d}", help="of the results")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    asked = parser.parse_args()
    tools = [TOOLS[name] for name in asked.only.split(",")]
    names = {tool.name for tool in tools}
    corpus = Corpus(asked.posts)
    with scratch_in(asked.scratch) as scratch:
        install(scratch, names)
        for tool in tools:
            make_site(tool, scratch, corpus)
        result = table(saves(tools, scratch, corpus, asked.rounds))
        load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        heading = f"{asked.date}; {load}; {versions(scratch, names)}.\n\n"
    text = PREAMBLE.format(posts=asked.posts) + heading + result
    asked.results.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

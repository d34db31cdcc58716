"""What a search in a built site costs: `python -m bench.search WORD…`, from this repository.

Serves a site compressed, as hosts do: the example blog, posts of `bench.corpus` (`--posts 520`) or
a built one (`--output DIR`). Prints the sizes of the search's files, and searches for each word in
Debian's chromium with an empty cache: the bytes over the wire, and the time until the first post is
shown and until the whole answer is, with the extracts that fit the window. `--pagefind PYTHON`, an
environment that has `pagefind[bin]`, lets Pagefind index a copy of the site and search it too.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.serving import CountingServer, chromium, served, served_blog, size_of

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


class SearchCost(NamedTuple):
    """What the search for a word cost."""

    first_ms: float
    all_ms: float
    found: str
    bytes: int  # over the wire, compressed, without headers
    requests: int


def costs(
    server: CountingServer, page_at: str, script: str, words: Sequence[str]
) -> Iterator[SearchCost]:
    """The cost of each word, each with an empty cache."""
    with chromium() as browser:
        for word in words:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            page = context.new_page()
            server.sent.clear()
            page.goto(server.address + page_at.format(word=word), wait_until="commit")
            first, whole, found = page.evaluate(script, word)
            time.sleep(1)  # extracts come after the answer
            yield SearchCost(first, whole, str(found), sum(server.sent), len(server.sent))
            context.close()


def index_with_pagefind(python: str, output: Path, folder: Path) -> tuple[Path, float]:
    """A copy of the output that Pagefind has indexed, and the seconds that took."""
    copy = folder / "site"
    shutil.copytree(output, copy)
    (copy / "blank.html").write_text("<!doctype html><title>A page to ask from</title>")
    started = time.perf_counter()
    command = [python, "-m", "pagefind", "--site", str(copy), "--root-selector", ".e-content"]
    subprocess.run(command, check=True, capture_output=True)
    return copy, time.perf_counter() - started


def sizes(output: Path) -> str:
    """The compressed sizes of the files that a search loads."""
    folder = output / "search"
    script = next((output / "assets").glob("search.*.js"))
    return (
        f"page {size_of(folder / 'index.html')}, script {size_of(script)}, "
        f"index {size_of(folder / 'index.json')}, "
        f"all words {size_of(*folder.glob('*.txt'))} bytes, compressed"
    )


def report(server: CountingServer, words: Sequence[str], pagefind: str) -> Iterator[str]:
    """The lines to print: the sizes, and a table of the words if there are any."""
    yield sizes(server.folder)
    if not words:
        return
    yield "\n| search | words | kB | requests | first ms | all ms | found |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | --- |"
    yield from _rows("ours", costs(server, "search/?q={word}", OURS, words), words)
    if pagefind:
        with tempfile.TemporaryDirectory() as scratch:
            copy, seconds = index_with_pagefind(pagefind, server.folder, Path(scratch))
            with served(copy) as other:
                found = costs(other, "blank.html", PAGEFIND, words)
                yield from _rows("pagefind", found, words)
        yield f"\nPagefind took {seconds:.1f} s to index."


def _rows(name: str, found: Iterator[SearchCost], words: Sequence[str]) -> Iterator[str]:
    for word, cost in zip(words, found, strict=True):
        yield (
            f"| {name} | {word} | {cost.bytes / 1000:.0f} | {cost.requests} |"
            f" {cost.first_ms:.0f} | {cost.all_ms:.0f} | {cost.found} |"
        )


def main() -> None:
    """Measure, and print sizes and a table."""
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("words", nargs="*", help="without a word, no browser is needed")
    parser.add_argument("--output", type=Path, help="the folder of a built site")
    parser.add_argument("--posts", type=int, default=0, help="of the corpus, to build instead")
    parser.add_argument("--pagefind", metavar="PYTHON", default="")
    asked = parser.parse_args()
    with served(asked.output) if asked.output else served_blog(asked.posts) as server:
        for line in report(server, asked.words, asked.pagefind):
            print(line, flush=True)


if __name__ == "__main__":
    main()

"""Measures the pages of the example blog and writes docs/quality.md: `make quality`.

The blog is built into a temporary folder and served compressed, as hosts do. Lighthouse loads two
pages several times each, as a slow phone would, and the median of each figure counts. axe, pa11y,
the Nu checker and html-validate check every page. With `--only sizes` it needs none of them;
`--posts` measures synthetic posts instead, and `--report` writes into another file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.corpus import Corpus
from bench.serving import CountingServer, chromium, own_pages, served_blog, size_of
from bench.tools import REPOSITORY
from tests.test_browser import violations
from tests.test_markup import CHECKERS, html_validate, nu

REPORT = REPOSITORY / "docs/quality.md"
RUNS = 3
TEXTS = ("Document", "Stylesheet", "Script", "Font")
A_POST = "2026/nineteen-days/"
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "Search engines",
}
FIGURES = {
    "first-contentful-paint": "First paint with content, ms",
    "largest-contentful-paint": "Largest paint with content, ms",
    "total-blocking-time": "Blocked by scripts, ms",
    "cumulative-layout-shift": "Layout shift",
}


class PageSpeed(NamedTuple):
    """What Lighthouse measured on a page, each figure the median of its runs."""

    scores: Mapping[str, float]
    figures: Mapping[str, float]
    requests: tuple[int, int]  # without images and icons, and in all
    sent: tuple[int, int]  # bytes over the wire with headers, likewise


class Errors(NamedTuple):
    """How many errors a checker found on the pages that it was given."""

    checker: str
    pages: int
    errors: int


def page_speed(address: str) -> PageSpeed:
    """What Lighthouse measures on a page."""
    runs = [_lighthouse(address) for _ in range(RUNS)]
    sent = runs[0]["audits"]["network-requests"]["details"]["items"]
    texts = [request for request in sent if request["resourceType"] in TEXTS]
    return PageSpeed(
        {name: median(it["categories"][name]["score"] * 100 for it in runs) for name in CATEGORIES},
        {name: median(it["audits"][name]["numericValue"] for it in runs) for name in FIGURES},
        (len(texts), len(sent)),
        (_bytes_of(texts), _bytes_of(sent)),
    )


def _bytes_of(requests: Sequence[Any]) -> int:
    return sum(request["transferSize"] for request in requests)


def _lighthouse(address: str) -> Any:
    command = [
        str(CHECKERS / ".bin/lighthouse"),
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def axe_errors(server: CountingServer) -> Errors:
    """The errors that axe finds, in the light and the dark scheme, on a phone."""
    found, pages = 0, own_pages(server.folder)
    with chromium() as browser:
        for scheme in ("light", "dark"):
            size = {"width": 360, "height": 800}
            page = browser.new_context(color_scheme=scheme, viewport=size).new_page()
            for path in pages:
                page.goto(server.address + path)
                found += len(violations(page))
    return Errors("axe, light and dark", len(pages), found)


def pa11y_errors(server: CountingServer) -> Errors:
    """The errors that pa11y finds with both of its runners, in the light and the dark scheme."""
    pages = own_pages(server.folder)
    command = ["node", str(CHECKERS.parent / "pa11y.mjs"), shutil.which("chromium") or ""]
    command += [server.address + path for path in pages]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    print(run.stdout, end="")
    name = "pa11y with HTML_CodeSniffer and axe, light and dark"
    return Errors(name, len(pages), len(run.stdout.splitlines()))


def nu_errors(server: CountingServer) -> Errors:
    """The errors that the Nu checker finds in the HTML."""
    return Errors("Nu checker", _page_count(server), len(nu(server.folder)))


def html_validate_errors(server: CountingServer) -> Errors:
    """The errors that html-validate finds in the HTML."""
    found = html_validate(server.folder)
    return Errors("html-validate, standard preset", _page_count(server), len(found))


def _page_count(server: CountingServer) -> int:
    return len(list(server.folder.rglob("*.html")))


LIGHTHOUSE, SIZES = "lighthouse", "sizes"
ERRORS: Mapping[str, Callable[[CountingServer], Errors]] = {  # by the package that finds them
    "axe-core": axe_errors,
    "pa11y": pa11y_errors,
    "vnu-jar": nu_errors,
    "html-validate": html_validate_errors,
}


def speed_section(server: CountingServer, post: str) -> Iterator[str]:
    """The lines about the speed of the home page and a post."""
    speeds = [page_speed(server.address + path) for path in ("", post)]
    yield SPEED.format(runs=RUNS)
    yield "| | Home | A post |"
    yield "|---|---:|---:|"
    for name, title in CATEGORIES.items():
        yield _row(title, [f"{it.scores[name]:.0f}" for it in speeds])
    for name, title in FIGURES.items():
        yield _row(title, [f"{it.figures[name]:,.0f}" for it in speeds])
    for place, title in enumerate(("without images and icons", "in all")):
        yield _row(f"Requests {title}", [f"{it.requests[place]}" for it in speeds])
        yield _row(f"Bytes {title}", [f"{it.sent[place]:,}" for it in speeds])


def errors_section(server: CountingServer, checkers: Sequence[str]) -> Iterator[str]:
    """The lines about the errors that the checkers find."""
    yield "\n## Errors\n\n| | pages | errors |\n|---|---:|---:|"
    for name in checkers:
        found = ERRORS[name](server)
        yield _row(found.checker, [f"{found.pages}", f"{found.errors}"])


def sizes_section(output: Path) -> Iterator[str]:
    """The lines about the sizes of what readers load."""
    yield "\n## Sizes\n\n| | files | bytes |\n|---|---:|---:|"
    for title, files in _parts_of(output).items():
        yield _row(title, [f"{len(files)}", f"{size_of(*files):,}"])


def _parts_of(output: Path) -> Mapping[str, list[Path]]:
    social = sorted(output.rglob("social-card.png"))
    index = [
        path for path in (output / "search").rglob("*.*") if path.suffix not in (".html", ".xml")
    ]
    return {
        "Search: the index and the words of all years, compressed": sorted(index),
        "Stylesheets, compressed": sorted(output.rglob("*.css")),
        "The largest social image": sorted(social, key=size_of)[-1:],
        "All social images": social,
    }


def _row(title: str, cells: Sequence[str]) -> str:
    return f"| {title} | {' | '.join(cells)} |"


def machine() -> str:
    """The machine, and how busy it is."""
    load = os.getloadavg()[0]
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"


def tools(parts: Collection[str]) -> str:
    """The versions of the tools that measure these parts."""
    packages = [name for name in (LIGHTHOUSE, *ERRORS) if name in parts]
    if not packages:
        return "none"
    versions = [
        f"{name} {json.loads((CHECKERS / name / 'package.json').read_text('utf-8'))['version']}"
        for name in packages
    ]
    run = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=True)
    return ", ".join([*versions, " ".join(run.stdout.split()[:2])])


HEAD = """\
# Quality

What `make quality` measured on {blog}, on {day}. It writes this page; do not edit it.

- machine: {machine} at the start
- tools: {tools}

Tests check the other promises of the default theme on every change: contrast, keyboard, zoom, text
spacing, no JavaScript, reduced motion (`make test-browser`)."""

SPEED = """
## Speed

Lighthouse with its preset for a slow phone; this machine serves the pages compressed. Each figure
is the median of {runs} runs. Bytes are those over the wire, with headers.
"""


def report(server: CountingServer, parts: Sequence[str], posts: int) -> Iterator[str]:
    """The lines of the document about that many synthetic posts, or the example blog for 0."""
    blog = f"{posts} synthetic posts" if posts else "the example blog"
    post = Corpus(posts).post(posts).address[1:] if posts else A_POST
    day = date.today()  # noqa: DTZ011
    yield HEAD.format(blog=blog, day=day, machine=machine(), tools=tools(parts))
    if LIGHTHOUSE in parts:
        yield from speed_section(server, post)
    if checkers := [name for name in ERRORS if name in parts]:
        yield from errors_section(server, checkers)
    if SIZES in parts:
        yield from sizes_section(server.folder)


def main() -> None:
    """Measure, and write the document."""
    parts = (LIGHTHOUSE, *ERRORS, SIZES)
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--posts", type=int, default=0, help="of the corpus, to build instead")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    parser.add_argument("--report", type=Path, help="the file to write into")
    asked = parser.parse_args()
    if not asked.report and (asked.posts or tuple(asked.only) != parts):
        parser.error(f"name a file with --report: {REPORT.name} is about the whole example blog")
    with served_blog(asked.posts) as server:
        text = "\n".join(report(server, asked.only, asked.posts)) + "\n"
    (asked.report or REPORT).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""Measures the pages of our own blog and writes docs/quality.md: `make quality`.

The blog is built into a temporary folder and served compressed, as hosts do. Lighthouse looks at
two pages as a slow telephone would, several times each, and the median of each figure counts; axe
looks at every page, and so do pa11y, the Nu checker and html-validate.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from bench.search import served, size_of
from tests.conftest import Blog
from tests.test_browser import violations
from tests.test_markup import CHECKERS, html_validate, nu

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "docs/quality.md"
RUNS = 3
TEXTS = ("Document", "Stylesheet", "Script", "Font")
LEADS_ON = 'http-equiv="refresh"'  # of a page at an old address
PAGES = {"Home": "", "A post": "2026/nineteen-days/"}
CATEGORIES = {
    "performance": "Performance",
    "accessibility": "Accessibility",
    "best-practices": "Best practices",
    "seo": "Search engines",
}
FIGURES = {
    "first-contentful-paint": "First contentful paint, ms",
    "largest-contentful-paint": "Largest contentful paint, ms",
    "total-blocking-time": "Total blocking time, ms",
    "cumulative-layout-shift": "Cumulative layout shift",
}


class Look(NamedTuple):
    """What Lighthouse says about a page, each figure the median of its runs."""

    scores: Mapping[str, float]
    figures: Mapping[str, float]
    requests: tuple[int, int]  # without images and icons, and in total
    sent: tuple[int, int]  # bytes over the wire with headers, the same


def look(address: str) -> Look:
    """Run Lighthouse on a page."""
    told = [_lighthouse(address) for _ in range(RUNS)]
    sent = told[0]["audits"]["network-requests"]["details"]["items"]
    texts = [request for request in sent if request["resourceType"] in TEXTS]
    return Look(
        {name: median(it["categories"][name]["score"] * 100 for it in told) for name in CATEGORIES},
        {name: median(it["audits"][name]["numericValue"] for it in told) for name in FIGURES},
        (len(texts), len(sent)),
        (_bytes_of(texts), _bytes_of(sent)),
    )


def _bytes_of(requests: list[Any]) -> int:
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


def axe(address: str, pages: list[str]) -> int:
    """How many errors axe finds on the pages, in light and dark, at the width of a phone."""
    from playwright.sync_api import sync_playwright

    found = 0
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for scheme in ("light", "dark"):
            size = {"width": 360, "height": 800}
            page = browser.new_context(color_scheme=scheme, viewport=size).new_page()
            for path in pages:
                page.goto(address + path)
                found += len(violations(page))
        browser.close()
    return found


def pa11y(address: str, pages: list[str]) -> int:
    """How many errors pa11y finds on the pages with both of its runners, in light and dark."""
    command = ["node", str(CHECKERS.parent / "pa11y.mjs"), shutil.which("chromium") or ""]
    run = subprocess.run(
        [*command, *(address + path for path in pages)], capture_output=True, text=True, check=True
    )
    print(run.stdout, end="")
    return len(run.stdout.splitlines())


def report(
    looks: Mapping[str, Look], faults: list[tuple[str, int, int]], output: Path
) -> Iterator[str]:
    """The lines of the document after its head."""
    yield f"| | {' | '.join(looks)} |"
    yield "|---|" + "---:|" * len(looks)
    for name, title in CATEGORIES.items():
        yield _row(title, [f"{it.scores[name]:.0f}" for it in looks.values()])
    for name, title in FIGURES.items():
        yield _row(title, [f"{it.figures[name]:,.0f}" for it in looks.values()])
    for place, title in enumerate(("without images and icons", "in total")):
        yield _row(f"Requests {title}", [f"{it.requests[place]}" for it in looks.values()])
        yield _row(f"Bytes {title}", [f"{it.sent[place]:,}" for it in looks.values()])
    yield "\n## Errors\n\n| | pages | errors |\n|---|---:|---:|"
    for name, pages, found in faults:
        yield _row(name, [f"{pages}", f"{found}"])
    yield "\n## Sizes\n\n| | files | bytes |\n|---|---:|---:|"
    for title, files in _parts_of(output).items():
        yield _row(title, [f"{len(files)}", f"{size_of(*files):,}"])


def _parts_of(output: Path) -> Mapping[str, list[Path]]:
    cards = sorted(output.rglob("social-card.png"))
    index = [
        path for path in (output / "search").rglob("*.*") if path.suffix not in (".html", ".xml")
    ]
    return {
        "Search: the index and the words of all years, compressed": sorted(index),
        "Stylesheets, compressed": sorted(output.rglob("*.css")),
        "The largest card for shared links": sorted(cards, key=size_of)[-1:],
        "All cards": cards,
    }


def _row(title: str, cells: list[str]) -> str:
    return f"| {title} | {' | '.join(cells)} |"


def _machine() -> str:
    load = os.getloadavg()[0]
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"


def _tools() -> str:
    names = ("lighthouse", "axe-core", "pa11y", "vnu-jar", "html-validate")
    versions = [
        f"{name} {json.loads((CHECKERS / name / 'package.json').read_text('utf-8'))['version']}"
        for name in names
    ]
    chromium = subprocess.run(["chromium", "--version"], capture_output=True, text=True, check=True)
    return ", ".join([*versions, " ".join(chromium.stdout.split()[:2])])


HEAD = """\
# Quality

What `make quality` measured on the example blog, on {day}. It writes this page; do not edit it.

- machine: {machine} when it began
- tools: {tools}

Tests check everything else that the default theme promises, at every change: contrast, keyboard,
zoom, text spacing, no JavaScript, reduced motion (`make test-browser`).

## Speed

Lighthouse with its preset for a slow phone, pages served compressed from this machine; the
median of {runs} runs. Bytes are counted as transferred, with headers.
"""


def main() -> None:
    """Measure, and write the document."""
    head = HEAD.format(day=date.today(), machine=_machine(), tools=_tools(), runs=RUNS)  # noqa: DTZ011
    with tempfile.TemporaryDirectory() as scratch:
        blog = Blog(Path(scratch))
        shutil.copytree(ROOT / "content", blog.folder / "content")
        output = blog.folder / "output"
        with served(output) as server:
            blog.build(base_url=server.address)
            looks = {title: look(server.address + path) for title, path in PAGES.items()}
            pages = sorted(path for path in output.rglob("*.html"))
            still = [path for path in pages if LEADS_ON not in path.read_text("utf-8")]
            addresses = [path.relative_to(output).as_posix() for path in still]
            faults = [
                ("axe, light and dark", len(still), axe(server.address, addresses)),
                (
                    "pa11y with HTML_CodeSniffer and axe, light and dark",
                    len(still),
                    pa11y(server.address, addresses),
                ),
                ("Nu checker", len(pages), len(nu(output))),
                ("html-validate, standard preset", len(pages), len(html_validate(output))),
            ]
            lines = [head, *report(looks, faults, output)]
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

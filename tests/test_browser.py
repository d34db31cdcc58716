"""The pages of our own blog in a real browser: Debian's chromium through playwright."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Blog

ROOT = Path(__file__).parents[1]
AXE = ROOT / ".venv/axe.min.js"
BASE = "/letters/"

PAGES = [
    "",
    "2026/nineteen-days/",
    "2026/we-are-not-buying-it/",
    "2026/catherine-and-i-disagree/",
    "2026/the-query-i-got-wrong/",
    "traits/",
    "traits/listen/",
    "reasons/",
    "topics/budget/",
    "archive/",
    "2026/",
    "authors/helen-garrity/",
    "about/",
    "follow/",
    "404.html",
]

pytestmark = pytest.mark.browser


class _AtBase(SimpleHTTPRequestHandler):
    """Serves a folder at the base path of the blog."""

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(BASE))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
        """Keep the output of the tests quiet."""


@dataclass(frozen=True)
class Looking:
    """A browser, and the address of the blog."""

    browser: Any
    address: str


@pytest.fixture(scope="module")
def looking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    blog = Blog(tmp_path_factory.mktemp("blog"))
    shutil.copytree(ROOT / "content", blog.folder / "content")
    blog.build()
    handler = functools.partial(_AtBase, directory=str(blog.folder / "output"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield Looking(browser, f"http://127.0.0.1:{server.server_port}{BASE}")
        browser.close()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("page_path", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_and_is_accessible(looking: Looking, page_path: str, scheme: str) -> None:
    for width in (320, 360, 1280):
        context = looking.browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        trouble = _trouble(page, looking.address)
        page.goto(looking.address + page_path)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert trouble == []
        assert violations(page) == []
        context.close()


def _trouble(page: Any, address: str) -> list[str]:
    """Will hold what the console says, and requests that fail or go to another host."""
    trouble: list[str] = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("requestfailed", lambda request: trouble.append(request.url))

    def watch(request: Any) -> None:
        if not request.url.startswith(address):
            trouble.append(request.url)

    page.on("request", watch)
    return trouble


def violations(page: Any) -> list[tuple[str, str]]:
    """What axe-core finds against WCAG 2.2 AA and its best practices."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm is needed for it")
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found]


def test_the_keyboard_reaches_the_letter_first(looking: Looking) -> None:
    page = looking.browser.new_page()
    page.goto(looking.address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#w-main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0

    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"
    page.close()


def test_a_footnote_and_its_way_back_work_by_keyboard(looking: Looking) -> None:
    page = looking.browser.new_page()
    page.goto(looking.address + "2026/catherine-and-i-disagree/")
    page.locator(".footnote-ref a").first.focus()
    page.keyboard.press("Enter")
    assert "fn" in page.evaluate("location.hash")

    page.locator(".footnote-backref").first.focus()
    page.keyboard.press("Enter")
    assert "ref" in page.evaluate("location.hash")
    page.close()


def test_pages_can_be_read_without_javascript(looking: Looking) -> None:
    context = looking.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(looking.address)

    assert page.locator("h1").count() == 1
    assert page.locator("script").count() == 0
    context.close()

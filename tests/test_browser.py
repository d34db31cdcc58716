"""The pages of our own blog in a real browser: Debian's chromium through playwright."""

from __future__ import annotations

import functools
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from generator.build.report import BuildReport
from generator.views import PAGES
from tests.conftest import Blog

ROOT = Path(__file__).parents[1]
AXE = ROOT / ".venv/checkers/node_modules/axe-core/axe.min.js"
BASE = "/letters/"

TEMPLATES = sorted(name for name in PAGES if name.endswith(".html") and name != "redirect.html")
LETTERS = [  # for what they hold: a long table, an alert and a drawing, footnotes, code
    "2026/nineteen-days/",
    "2026/we-are-not-buying-it/",
    "2026/catherine-and-i-disagree/",
    "2026/the-query-i-got-wrong/",
]
SHOWN = [*TEMPLATES, *LETTERS, "search/?q=whiteboard"]  # a template represents a page made with it

pytestmark = pytest.mark.browser


class _AtBase(SimpleHTTPRequestHandler):
    """Serves a folder at a base path."""

    def __init__(self, *given: Any, base: str, **named: Any) -> None:
        self._base = base
        super().__init__(*given, **named)

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self._base))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
        """Keep the output of the tests quiet."""


@contextmanager
def _served(folder: Path, base: str) -> Iterator[str]:
    """The address at which the files of a folder are."""
    handler = functools.partial(_AtBase, directory=str(folder), base=base)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{base}"
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Looking:
    """A browser, and the blog."""

    browser: Any
    address: str
    pages: Mapping[str, str]  # for each template the largest page made of it

    def url(self, shown: str) -> str:
        """The address of a page, or of the one that represents a template."""
        if shown in TEMPLATES and shown not in self.pages:
            pytest.skip("the example has no such page")
        return self.address + self.pages.get(shown, shown)


@pytest.fixture(scope="module")
def looking(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looking]:
    blog = Blog(tmp_path_factory.mktemp("blog"))
    shutil.copytree(ROOT / "content", blog.folder / "content")
    pages = largest_pages(blog, blog.build())
    with _served(blog.folder / "output", BASE) as address:
        yield Looking(browser, address, pages)


def largest_pages(blog: Blog, report: BuildReport) -> dict[str, str]:
    """For each template the page that has the most in it."""
    sizes = {path: len(data) for path, data in blog.tree().items()}
    templates = {path: made.parts["recipe"][len("page:") :] for path, made in report.made.items()}
    return {
        templates[path]: path.removesuffix("index.html")
        for path in sorted(templates, key=lambda path: (sizes[path], path))
        if templates[path] in TEMPLATES
    }


WIDTHS = (320, 360, 640, 1280)  # 1280 at 400 %, a small telephone, 1280 at 200 %


@pytest.mark.parametrize("shown", SHOWN)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_and_is_accessible(looking: Looking, shown: str, scheme: str) -> None:
    context = looking.browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    errors = _errors(page, looking.address)
    page.goto(looking.url(shown))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    assert errors == []
    context.close()


SPACED = """() => {
  const spacing = new CSSStyleSheet();  // the policy has nothing against what is not in the page
  spacing.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [spacing];
}"""
CUT_OFF = """() => [...document.querySelectorAll("body *")]
  .filter(it => it.checkVisibility() && !it.matches(".unseen, .unseen *, input, pre, svg, svg *"))
  .filter(it => getComputedStyle(it).overflowY != "visible")
  .filter(it => it.scrollHeight > it.clientHeight + 1)
  .map(it => it.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("shown", SHOWN)
def test_nothing_is_cut_off_if_a_reader_spaces_the_text(looking: Looking, shown: str) -> None:
    """WCAG 1.4.12."""
    page = looking.browser.new_page()
    page.goto(looking.url(shown))
    before = page.evaluate(CUT_OFF)
    page.evaluate(SPACED)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CUT_OFF) == before
    page.close()


FOCUSED = """() => {
  const it = document.activeElement, look = getComputedStyle(it), box = it.getBoundingClientRect();
  if (it == document.body) return null;
  it.dataset.stop ??= document.querySelectorAll("[data-stop]").length;
  return {
    stop: Number(it.dataset.stop),
    html: it.outerHTML.slice(0, 80),
    isMarked: look.outlineStyle != "none" && parseFloat(look.outlineWidth) >= 2,
    isThere: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


@pytest.mark.parametrize("shown", SHOWN)
def test_the_keyboard_goes_through_a_page_and_out_again(looking: Looking, shown: str) -> None:
    page = looking.browser.new_page()
    page.goto(looking.url(shown))
    page.evaluate("document.activeElement.blur()")  # the search begins in its field
    stops = []
    for _ in range(600):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        stops.append(stop)

    assert stop is None, "the keyboard is caught"
    assert [stop["stop"] for stop in stops] == list(range(len(stops)))
    assert [stop["html"] for stop in stops if not (stop["isMarked"] and stop["isThere"])] == []
    page.close()


@pytest.mark.parametrize("shown", SHOWN)
def test_a_page_says_the_same_without_javascript(looking: Looking, shown: str) -> None:
    texts = []
    for is_on in (True, False):
        context = looking.browser.new_context(java_script_enabled=is_on)
        page = context.new_page()
        page.goto(looking.url(shown))
        texts.append(page.locator("main").inner_text().split())
        context.close()

    if shown.startswith("search"):  # where there is nothing to say but where else to look
        assert {"Searching", "needs", "JavaScript,"} <= set(texts[1])
    else:
        assert texts[0] == texts[1]


MOVING = """() => [...document.querySelectorAll("*")].filter(it => {
  const look = getComputedStyle(it);
  return look.animationName != "none" || /[1-9]/.test(look.transitionDuration)
    || look.scrollBehavior == "smooth";
}).map(it => it.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("shown", TEMPLATES)
def test_nothing_moves_for_readers_who_prefer_reduced_motion(looking: Looking, shown: str) -> None:
    context = looking.browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(looking.url(shown))

    assert page.evaluate(MOVING) == []
    context.close()


def _errors(page: Any, address: str) -> list[str]:
    """A list that collects console messages, and requests that fail or go to another host."""
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text))

    def fail(request: Any) -> None:
        if request.failure != "net::ERR_ABORTED":  # by going to another page
            errors.append(request.url)

    def watch(request: Any) -> None:
        if not request.url.startswith(address):
            errors.append(request.url)

    page.on("requestfailed", fail)
    page.on("request", watch)
    return errors


def violations(page: Any) -> list[tuple[str, str]]:
    """What axe-core finds against WCAG 2.2 AA and best practices, and contrast it can't judge."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm is needed for it")
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # the policy of the page lets no tag in
    results = page.evaluate('axe.run({ rules: { "target-size": { enabled: true } } })')
    unsure = [rule for rule in results["incomplete"] if rule["id"] == "color-contrast"]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in (*results["violations"], *unsure)]


def test_the_keyboard_reaches_the_post_first(looking: Looking) -> None:
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


def test_the_choice_of_colours_is_absent_without_javascript(looking: Looking) -> None:
    context = looking.browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(looking.address)

    assert page.locator(".scheme").count() == 1
    assert not page.locator(".scheme").is_visible()
    context.close()


SHOWN_FIRST = """
new PerformanceObserver(() => { window.atPaint ??= document.documentElement.dataset.scheme })
    .observe({ type: "paint", buffered: true });
requestAnimationFrame(() => { window.atFrame = document.documentElement.dataset.scheme });
"""


def until(page: Any, expression: str) -> None:
    """Wait for something to become true, without eval, which the policy forbids."""
    for _ in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def paper_of(page: Any) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_the_choice_of_colours_is_kept_from_page_to_page_and_applied_before_anything_is_painted(
    looking: Looking,
) -> None:
    context = looking.browser.new_context(color_scheme="light")
    page = context.new_page()
    errors = _errors(page, looking.address)
    page.goto(looking.address)
    by_day = paper_of(page)
    page.get_by_role("group", name="Colours").get_by_role("radio", name="Dark").check()
    by_night = paper_of(page)
    assert by_night != by_day
    assert page.evaluate(
        "[...document.querySelectorAll('meta[name=theme-color]')]"
        ".every(meta => meta.content == '#15171a')"
    )

    page.add_init_script(SHOWN_FIRST)
    page.goto(looking.address + "about/")
    until(page, "window.atPaint")
    assert page.evaluate("[window.atPaint, window.atFrame]") == ["dark", "dark"]
    assert paper_of(page) == by_night
    assert page.get_by_role("radio", name="Dark").is_checked()

    page.get_by_role("radio", name="As on this device").check()
    assert paper_of(page) == by_day
    page.emulate_media(color_scheme="dark")
    assert paper_of(page) == by_night
    assert errors == []
    context.close()


def test_the_choice_of_colours_reaches_other_tabs_and_the_previous_page(looking: Looking) -> None:
    context = looking.browser.new_context(color_scheme="light")
    page, other = context.new_page(), context.new_page()
    page.goto(looking.address)
    other.goto(looking.address + "about/")
    other.get_by_role("radio", name="Dark").check()
    until(page, "document.documentElement.dataset.scheme == 'dark'")
    assert page.get_by_role("radio", name="Dark").is_checked()

    page.goto(looking.address + "archive/")
    page.get_by_role("radio", name="Light").check()
    page.go_back()
    until(page, "document.documentElement.dataset.scheme == 'light'")
    context.close()


def test_colours_can_be_chosen_by_keyboard_and_without_storage(looking: Looking) -> None:
    context = looking.browser.new_context(color_scheme="light")
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })"
    )
    errors = _errors(page, looking.address)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(looking.address)
    page.get_by_role("radio", name="As on this device").focus()
    page.keyboard.press("ArrowUp")

    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"
    assert errors == []
    context.close()


def test_the_policy_refuses_what_is_not_ours(looking: Looking) -> None:
    page = looking.browser.new_page()
    errors = _errors(page, looking.address)
    page.goto(looking.address)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('img'),"
        " { src: 'https://example.net/a.png' }))"
    )
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_timeout(200)

    assert any("img-src" in line for line in errors)
    assert any("style-src" in line for line in errors)
    page.close()


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://example.org/letters/"])
def test_no_page_writes_to_the_console_wherever_it_is_served(
    looking: Looking, tmp_path: Path, base_url: str
) -> None:
    blog = Blog(tmp_path / "blog")
    shutil.copytree(ROOT / "content", blog.folder / "content")
    blog.write(
        "content/posts/2026-11-16-moved.md",
        "---\ntitle: Moved\ntags: [listening]\naliases: [/old/]\n---\nHere.\n",
    )
    blog.build(base_url=base_url)
    root = "/" + base_url.split("/", 3)[3]
    with _served(blog.folder / "output", root) as address:
        page = looking.browser.new_page()
        errors = _errors(page, address)
        for path in (*looking.pages.values(), *LETTERS, "search/?q=whiteboard"):
            page.goto(address + path)
        # the page at an old address leads to the blog's own host, which is not here
        page.goto(address + "old/", wait_until="commit")
        assert [line for line in errors if "example.org" not in line] == []
        page.close()

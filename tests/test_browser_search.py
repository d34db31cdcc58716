"""The search in a real browser, under the policy that each page brings with it."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from tests.conftest import Blog
from tests.content.test_vocabulary import RULES
from tests.test_browser import violations

HOSTILE = "<img src=x onerror=alert(1)>"

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Searching:
    """A browser, and where the blog is."""

    browser: Any
    address: str

    def open(self, query: str = "", **options: Any) -> Any:
        """The search page, with a list of what went wrong on it."""
        page = self.browser.new_context(**options).new_page()
        page.errors = []
        page.on("console", lambda message: page.errors.append(message.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("dialog", lambda dialog: page.errors.append(dialog.message))
        page.goto(f"{self.address}search/{query}")
        return page


@pytest.fixture(scope="module", params=["/", "/blog/"])
def searching(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: Any
) -> Iterator[Searching]:
    base = request.param
    blog = Blog(tmp_path_factory.mktemp("blog"))
    _write(blog)
    blog.build(base_url=f"https://example.org{base}")
    folder = str(blog.folder / "output")

    class AtBase(SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path("/" + path.removeprefix(base))

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the parent's name
            """Keep the output of the tests quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(AtBase, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Searching(browser, f"http://127.0.0.1:{server.server_port}{base}")
    server.shutdown()
    server.server_close()


def _write(blog: Blog) -> None:
    from tests.conftest import COURAGE, LISTEN, SITE

    blog.write("content/site.toml", SITE)
    blog.write("content/traits/listen.md", LISTEN)
    blog.write("content/traits/courage.md", COURAGE)
    blog.post("2025-03-04-the-old-budget", "Nobody had asked about the whiteboard.\n")
    blog.post("2026-03-03-a-whiteboard", "It stands in Stell Road.\n", summary="Where we met.")
    blog.post(
        "2026-03-10-costs",
        "First.\n\nThen the budget of " + "many things and " * 40 + "a whiteboard.\n",
        tags="[courage, budget]",
    )
    blog.post("2026-03-17-café", "Ganz groß: ein Straßenfest.\n", title="Café Ångström")
    blog.post("2026-03-24-tokyo", "東京都の予算について書きます。\n", title="東京")
    blog.post("2026-03-31-hostile", f"A hostile `{HOSTILE}` text.\n", title=f"'{HOSTILE}'",
              summary=f"'{HOSTILE}'")  # fmt: skip
    for day in range(1, 26):
        blog.post(f"2024-01-{day:02}-fruit-{day}", "A kumquat.\n", summary="Fruit.")
    blog.post("2026-04-07-a-draft", "The unwritten walrus.\n", draft="true")
    blog.post("2026-12-29-a-held-one", "The coming narwhal.\n")


def found(page: Any) -> list[str]:
    """The titles of the results once the search is over."""
    page.locator("[role=status]:not(:empty)").wait_for()
    titles: list[str] = page.locator(".search-results h2").all_text_contents()
    return titles


def test_typing_shows_posts_with_the_words_highlighted(searching: Searching) -> None:
    page = searching.open()
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("whiteboard")

    assert found(page) == ["A Whiteboard", "The Old Budget", "Costs"]
    assert page.locator("[role=status]").text_content() == "3 letters with “whiteboard”"
    assert page.locator("h2 mark").all_text_contents() == ["Whiteboard"]
    page.locator(".extract mark").wait_for()
    assert page.locator(".extract").last.text_content().endswith("a whiteboard.")
    assert page.url.endswith("search/?q=whiteboard")
    assert violations_without_policy(page) == []
    assert page.errors == []


def test_more_posts_are_shown_on_demand(searching: Searching) -> None:
    page = searching.open("?q=whiteboard")
    found(page)
    assert not page.locator(".search-results button").is_visible()

    page.fill("[name=q]", "kumquat")
    page.get_by_text("25 letters with").wait_for()
    assert page.locator(".search-results h2").count() == 20
    page.locator(".search-results button").click()
    assert page.locator(".search-results h2").count() == 25
    assert page.evaluate("document.activeElement.textContent") == "Fruit 5"
    assert not page.locator(".search-results button").is_visible()


def violations_without_policy(page: Any) -> list[tuple[str, str]]:
    """What axe finds on the same page, opened where the policy lets axe itself in."""
    context = page.context.browser.new_context(bypass_csp=True)
    other = context.new_page()
    other.goto(page.url)
    found(other)
    result = violations(other)
    context.close()
    return result


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("budget", ["The Old Budget", "Costs"]),
        ("BUDG", ["The Old Budget", "Costs"]),
        ("whiteboard budget", ["Costs", "The Old Budget"]),
        ("opinion", ["Costs"]),
        ("cafe angstrom", ["Café Ångström"]),
        ("strassenf", ["Café Ångström"]),
        ("東京", ["東京"]),
        ("予算", ["東京"]),
        ("算", ["東京"]),
        ("met", ["A Whiteboard"]),
        ("whitebaord", ["A Whiteboard", "Costs", "The Old Budget"]),
        ("walrus", []),
        ("narwhal", []),
        ("constructor", []),
    ],
)
def test_a_query_finds(searching: Searching, query: str, titles: list[str]) -> None:
    page = searching.open(f"?q={query}")

    assert sorted(found(page)) == sorted(titles)
    assert page.errors == []


def test_another_spelling_is_suggested(searching: Searching) -> None:
    page = searching.open("?q=whitebaord")
    found(page)

    status = page.locator("[role=status]").text_content()
    assert status == "No letter has “whitebaord”. Here is “whiteboard”: 3 letters"


def test_a_query_can_be_linked_and_back_returns_to_it(searching: Searching) -> None:
    page = searching.open("?q=budget")
    assert "Costs" in found(page)
    page.fill("[name=q]", "opinion")
    page.keyboard.press("Enter")
    page.locator(".search-results ol > li:only-child").wait_for()
    page.locator(".search-results h2 a").click()
    page.wait_for_url("**/2026/costs/")
    page.go_back()

    assert found(page) == ["Costs"]
    page.go_back()
    page.locator(".search-results ol > li + li").wait_for()
    assert page.input_value("[name=q]") == "budget"
    assert page.errors == []


def test_the_keyboard_goes_from_the_query_to_the_posts(searching: Searching) -> None:
    page = searching.open("?q=whiteboard")
    found(page)
    page.focus("[name=q]")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "A Whiteboard"
    page.keyboard.press("Enter")
    page.wait_for_url("**/2026/a-whiteboard/")


def test_a_hostile_title_is_only_text(searching: Searching) -> None:
    page = searching.open("?q=hostile onerror")
    page.locator(".extract mark").first.wait_for()

    assert found(page) == [HOSTILE]
    assert page.locator(".search-results img").count() == 0
    assert page.locator(".summary").text_content() == HOSTILE
    assert page.errors == []


def test_without_javascript_the_page_leads_elsewhere(searching: Searching) -> None:
    page = searching.open(java_script_enabled=False)

    assert not page.locator("form").is_visible()
    assert "JavaScript" in page.locator("noscript").inner_text()
    assert page.locator("main a[href$='/archive/']").is_visible()
    assert page.locator("main a[href$='/traits/courage/']").is_visible()


def test_only_the_page_and_its_index_are_loaded_before_a_word_is_typed(
    searching: Searching,
) -> None:
    page = searching.browser.new_page()
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(searching.address)
    assert not any("search" in url for url in loaded)

    page.goto(f"{searching.address}search/")
    page.locator("form").wait_for()
    assert not any(url.endswith((".json", ".txt")) for url in loaded)


def test_a_search_that_can_not_load_says_so(searching: Searching) -> None:
    page = searching.browser.new_page()
    page.route("**/*.txt", lambda route: route.abort())
    page.goto(f"{searching.address}search/?q=budget")

    assert found(page) == ["The Old Budget", "Costs"]
    assert page.locator("[role=status]").text_content().startswith("The letters themselves")

    page.route("**/index.json", lambda route: route.abort())
    page.reload()
    assert found(page) == []
    assert page.locator("[role=status]").text_content().startswith("The search could not")


def test_the_script_has_the_rules_of_the_generator(searching: Searching) -> None:
    page = searching.open()
    script = page.locator("script[type=module]").get_attribute("src")
    texts = [text for text, _ in RULES]
    words = page.evaluate(
        "([script, texts]) => import(script).then(({words}) => texts.map(words))", [script, texts]
    )

    assert [sorted(set(found)) for found in words] == [expected.split() for _, expected in RULES]

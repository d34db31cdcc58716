"""The preview in a real browser: it follows what is written and stays where the reader was."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import Blog
from tests.serve.conftest import SOON, Running, Serve
from tests.test_browser import violations

LONG = "A line.\n\n" * 200

pytestmark = pytest.mark.browser


@pytest.fixture
def running(serve: Serve, blog: Blog) -> Running:
    blog.set('theme = "ours"\n')
    blog.write("themes/ours/theme.toml", 'name = "ours"\napi = 1\nextends = "default"\n')
    blog.write("themes/ours/static/style.css", "main { color: rgb(1, 2, 3) }\n")
    blog.post("2026-11-10-hello", f"First.\n\n{LONG}")
    return serve()


@pytest.fixture
def page(browser: Any, running: Running) -> Iterator[Any]:
    """A post, scrolled down, in a tab that knows the current site."""
    context = browser.new_context(viewport={"width": 800, "height": 600})
    opened = context.new_page()
    messages: list[str] = []
    opened.on("console", lambda message: messages.append(message.text))
    with opened.expect_response("**/_weekly/events*"):
        opened.goto(f"{running.notes.url}2026/hello/")
    opened.evaluate("scrollTo(0, 1500)")
    opened.evaluate("window.isTheSame = true")
    yield opened
    context.close()
    assert messages == []


def wait_until(page: Any, expression: str) -> None:
    """Wait until something holds; playwright's own way is forbidden by the page's policy."""
    until = time.monotonic() + SOON
    while not page.evaluate(expression):
        assert time.monotonic() < until, expression
        page.wait_for_timeout(10)


def is_the_same(page: Any) -> bool:
    """Whether the page was not loaded again."""
    return bool(page.evaluate("window.isTheSame === true"))


def test_a_save_reloads_the_page_at_the_same_place(page: Any, blog: Blog) -> None:
    blog.post("2026-11-10-hello", f"Second.\n\n{LONG}")
    page.get_by_text("Second.").wait_for()

    wait_until(page, "scrollY === 1500")
    assert not is_the_same(page)


def test_stylesheets_are_swapped_without_reloading_the_page(page: Any, blog: Blog) -> None:
    colour = "getComputedStyle(document.querySelector('main')).color"
    count = page.locator("link[rel=stylesheet]").count()
    for number in (4, 5):
        blog.write("themes/ours/static/style.css", f"main {{ color: rgb(1, 2, {number}) }}\n")
        wait_until(page, f"{colour} === 'rgb(1, 2, {number})'")

    assert is_the_same(page)
    assert page.evaluate("scrollY") == 1500
    wait_until(page, f"document.querySelectorAll('link[rel=stylesheet]').length === {count}")

    blog.post("2026-11-10-hello", f"Second.\n\n{LONG}")
    page.get_by_text("Second.").wait_for()


def test_an_error_is_shown_over_the_page_until_it_is_fixed(page: Any, blog: Blog) -> None:
    blog.post("2026-11-10-hello", LONG, titel="<b>Hello</b>")
    panel = page.get_by_role("alert", name="One error")
    panel.wait_for()
    assert "content/posts/2026-11-10-hello.md:4:1" in panel.inner_text()
    assert "Did you mean 'title'?" in panel.inner_text()
    assert "titel: <b>Hello</b>" in panel.locator(".here").inner_text()
    assert page.get_by_text("First.").count() == 1

    blog.post("2026-11-10-hello", f"First.\n\n{LONG}")
    panel.wait_for(state="detached")
    assert is_the_same(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_an_error_fits_on_the_page_and_is_accessible(
    browser: Any, running: Running, blog: Blog, scheme: str, width: int
) -> None:
    blog.post("2026-11-10-hello", LONG, titel="Hello" * 50)
    running.next_update()
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(running.notes.url)
    page.get_by_role("alert").wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    with_mistake = violations(page)
    page.keyboard.press("Escape")
    assert with_mistake == violations(page)
    context.close()


def test_escape_hides_an_error_until_there_is_another(page: Any, blog: Blog) -> None:
    panel = page.get_by_role("alert")
    blog.post("2026-11-10-hello", LONG, titel="Hello")
    panel.wait_for()
    page.keyboard.press("Escape")
    panel.wait_for(state="detached")

    blog.post("2026-11-10-hello", LONG, tagz="[listening]")
    panel.get_by_text("unknown key 'tagz'").wait_for()


def test_a_hidden_tab_catches_up(page: Any, running: Running, blog: Blog) -> None:
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    notify = "document.dispatchEvent(new Event('visibilitychange'))"
    page.evaluate(hide % "true" + notify)
    blog.post("2026-11-10-hello", f"Second.\n\n{LONG}")
    running.next_update()
    assert is_the_same(page)

    page.evaluate(hide % "false" + notify)
    page.get_by_text("Second.").wait_for()


def test_an_error_is_shown_if_there_is_nothing_else_to_show(
    browser: Any, serve: Serve, blog: Blog
) -> None:
    site = blog.write("content/site.toml", "title =\n")
    page = browser.new_page()
    page.goto(serve().notes.url)
    page.get_by_role("alert").wait_for()

    blog.set("")
    page.get_by_role("alert").wait_for(state="detached")
    assert site.is_file()
    page.close()

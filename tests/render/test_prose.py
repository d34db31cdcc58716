"""Bodies as pages show them."""

from __future__ import annotations

import pytest

from generator.render.prose import on_page
from generator.views import Prose


def shown(html: str, *, page: str = "") -> str:
    return on_page(Prose(html, 0, (), "/blog/", page=page))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<table>", '<table tabindex="0">'),
        ('<table class="wide" title="a > b">', '<table tabindex="0" class="wide" title="a > b">'),
        ('<table id="x"><tr></tr></table>', '<table tabindex="0" id="x"><tr></tr></table>'),
        ('<table tabindex="-1">', '<table tabindex="-1">'),
        ("<table-like>", "<table-like>"),
    ],
)  # fmt: skip
def test_a_table_can_be_scrolled_with_the_keyboard(typed: str, expected: str) -> None:
    assert shown(typed) == expected


def test_a_link_within_a_body_leads_to_its_own_page_from_another() -> None:
    body = (
        '<a id="b" href="#a">x</a> <svg><use href="#i"></use></svg> '
        '<a data-href="#a">y</a> href="#a"'
    )

    assert shown(body) == body
    assert shown(body, page="/blog/2026/x/") == body.replace(
        'id="b" href="#a"', 'id="b" href="/blog/2026/x/#a"'
    )

"""Pages with the longest words, many scripts and every kind of block, in a real browser."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.conftest import SITE, Blog

ADDRESS = "https://example.org/blog/"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsüberprüfung"
BODY = f"""\
{LONG}{LONG} https://example.org/{"a" * 200}

| {LONG} | {LONG} | {LONG} |
|---|---|--:|
| a | b | 1 |

```
{"x" * 300}
```

> [!NOTE]
> {LONG}

مرحبا بالعالم، 日本語の文章がここに入ります。👩‍💻
"""

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en-GB", "ar"])
def test_nothing_scrolls_a_page_sideways(browser: Any, blog: Blog, language: str) -> None:
    blog.write("content/site.toml", SITE.replace("en-GB", language).replace("Ada Marsh", LONG))
    blog.write("content/traits/listen.md", f"---\ntitle: {LONG}\ntags: [listening]\n---\n{BODY}")
    blog.post("2026-11-10-one", BODY, title=f"{LONG} 🏳️‍🌈 日本語の題名 {LONG}", summary=LONG)
    blog.build()

    assert _overflowing(browser, blog.tree()) == []


def _overflowing(browser: Any, files: Mapping[str, bytes]) -> list[tuple[str, int]]:
    """The pages that are wider than a window of 320 pixels, which is 1,280 at 400 %."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.route("**/*", lambda route: _answer(route, files))
    widths = [(path, _width(page, path)) for path in files if path.endswith(".html")]
    page.close()
    return [(path, width) for path, width in widths if width > 320]


def _width(page: Any, path: str) -> int:
    page.goto(ADDRESS + path)
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def _answer(route: Any, files: Mapping[str, bytes]) -> None:
    name = route.request.url.removeprefix(ADDRESS)
    kind = "text/html" if name.endswith(".html") else "text/css"
    route.fulfill(status=200, body=files.get(name, b""), content_type=kind)

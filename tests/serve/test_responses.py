"""Which file answers a request, as GitHub Pages does it."""

from __future__ import annotations

import pytest

from generator.serve.responses import Answer, answer, media_type

FILES = {
    "index.html",
    "404.html",
    "about/index.html",
    "both.html",
    "both/index.html",
    "Zoë & co/index.html",
    "feed.xml",
}


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/letters/", Answer(200, "index.html")),
        ("/letters/?from=mail", Answer(200, "index.html")),
        ("/letters/feed.xml", Answer(200, "feed.xml")),
        ("/letters/about/", Answer(200, "about/index.html")),
        ("/letters/about", Answer(301, location="/letters/about/")),
        ("/letters/about?a=1", Answer(301, location="/letters/about/?a=1")),
        ("/letters/Zo%C3%AB%20%26%20co", Answer(301, location="/letters/Zo%C3%AB%20%26%20co/")),
        ("/letters/both", Answer(200, "both.html")),
        ("/letters/both/", Answer(200, "both/index.html")),
        ("/letters/nowhere", Answer(404, "404.html")),
        ("/letters/feed.xml/", Answer(404, "404.html")),
        ("/letters/../secret", Answer(404, "404.html")),
        ("/letters//evil.example/about", Answer(404, "404.html")),
        ("/", Answer(302, location="/letters/")),
        ("/letters", Answer(302, location="/letters/")),
        ("/elsewhere/", Answer(404, "404.html")),
    ],
)
def test_a_request_is_answered(target: str, expected: Answer) -> None:
    assert answer(target, "/letters/", FILES.__contains__) == expected


def test_a_site_at_the_root_has_nothing_above_it() -> None:
    assert answer("/about", "/", FILES.__contains__) == Answer(301, location="/about/")
    assert answer("//evil.example", "/", FILES.__contains__) == Answer(404, "404.html")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("traits/listen/atom.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("a.PNG", "image/png"),
        ("image.svg", "image/svg+xml; charset=utf-8"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_file_has_its_media_type(path: str, expected: str) -> None:
    assert media_type(path) == expected

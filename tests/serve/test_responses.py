"""Which file answers a request, as GitHub Pages does it."""

from __future__ import annotations

import pytest

from generator.serve.responses import Response, media_type, response_for

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
        ("/letters/", Response(200, "index.html")),
        ("/letters/?from=mail", Response(200, "index.html")),
        ("/letters/feed.xml", Response(200, "feed.xml")),
        ("/letters/about/", Response(200, "about/index.html")),
        ("/letters/about", Response(301, location="/letters/about/")),
        ("/letters/about?a=1", Response(301, location="/letters/about/?a=1")),
        ("/letters/Zo%C3%AB%20%26%20co", Response(301, location="/letters/Zo%C3%AB%20%26%20co/")),
        ("/letters/both", Response(200, "both.html")),
        ("/letters/both/", Response(200, "both/index.html")),
        ("/letters/nowhere", Response(404, "404.html")),
        ("/letters/feed.xml/", Response(404, "404.html")),
        ("/letters/../secret", Response(404, "404.html")),
        ("/letters//evil.example/about", Response(404, "404.html")),
        ("/", Response(302, location="/letters/")),
        ("/letters", Response(302, location="/letters/")),
        ("/elsewhere/", Response(404, "404.html")),
    ],
)
def test_a_request_is_answered(target: str, expected: Response) -> None:
    assert response_for(target, "/letters/", FILES.__contains__) == expected


def test_a_site_at_the_root_has_nothing_above_it() -> None:
    assert response_for("/about", "/", FILES.__contains__) == Response(301, location="/about/")
    assert response_for("//evil.example", "/", FILES.__contains__) == Response(404, "404.html")


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


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/caf%C3%A9/about?a=1", "/caf%C3%A9/about/?a=1"),
        ("/?a=1", "/caf%C3%A9/?a=1"),
    ],
)
def test_a_redirect_keeps_the_query_at_any_root(target: str, location: str) -> None:
    assert response_for(target, "/caf%C3%A9/", FILES.__contains__).location == location

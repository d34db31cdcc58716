"""Discovery of endpoints: the cases of the W3C's test suite (webmention.rocks), and others."""

from __future__ import annotations

import time

import pytest

from generator.network.client import Access, Answer, Client, Limits
from generator.network.webmentions import Discovery, discover, endpoint_in, has_link, tell
from tests.network.loopback import Asked, Reply, serving

PAGE = "https://there.example/post/1"
HERE = "https://there.example/hear"


def endpoint(html: str = "", *links: str, kind: str = "text/html; charset=utf-8") -> str:
    headers = {"content-type": (kind,)} | ({"link": links} if links else {})
    return endpoint_in(Answer(PAGE, 200, headers, html.encode()))


@pytest.mark.parametrize(
    "header",
    [
        "</hear>; rel=webmention",
        f"<{HERE}>; rel=webmention",
        "</hear>; rel=WebMention",
        '</hear>; rel="webmention"',
        '</hear>; rel="webmention somethingelse"',
        '</other>; rel="other", </hear>; rel="webmention"',
        "</hear>;rel=webmention",
        '</hear>; title="a; b, c"; rel="webmention"',
    ],
)
def test_link_headers(header: str) -> None:
    assert endpoint("", header) == HERE


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="webmention" href="/hear">',
        f'<link rel="webmention" href="{HERE}">',
        '<a rel="webmention" href="/hear">tell me</a>',
        f'<a rel="webmention" href="{HERE}">tell me</a>',
        '<LINK REL="WEBMENTION" HREF="/hear">',
        '<link rel="webmention somethingelse" href="/hear">',
        '<!-- <link rel="webmention" href="/wrong"> --><a rel="webmention" href="/hear">x</a>',
        '<p>&lt;link rel="webmention" href="/wrong"&gt;</p><a rel="webmention" href="/hear">x</a>',
        '<link rel="webmention"><a rel="webmention" href="/hear">tell me</a>',
        '<link rel="not-webmention" href="/wrong"><link rel="webmention" href="/hear">',
        '<a rel="webmention" href="/hear">x</a><link rel="webmention" href="/wrong">',
        '<link rel="webmention" href=" /hear ">',
        '<base href="/a/b/"><link rel="webmention" href="../../hear">',
    ],
)
def test_elements(html: str) -> None:
    assert endpoint(html) == HERE


def test_the_header_is_stronger_than_elements() -> None:
    html = '<link rel="webmention" href="/wrong">'

    assert endpoint(html, "</hear>; rel=webmention") == HERE


def test_an_empty_address_is_the_page_itself() -> None:
    assert endpoint('<link rel="webmention" href="">') == PAGE


def test_a_query_belongs_to_the_endpoint() -> None:
    assert endpoint('<link rel="webmention" href="?hear=1&amp;x=2">') == f"{PAGE}?hear=1&x=2"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        '<a "' * 100_000,
        "<script>" * 100_000,
        "<!--" * 100_000,
        "<a rel=webmention>" * 50_000,
        "<svg>" + '<path d="M0 0"/>' * 10_000,
    ],
    ids=["deep", "quotes", "scripts", "comments", "links", "pictures"],
)
def test_a_page_that_is_made_to_keep_us_busy_does_not(html: str) -> None:
    began = time.monotonic()

    assert endpoint(html) == ""
    assert endpoint(f'<link rel=webmention href="/hear">{html}') == HERE
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("html", ["<script>x</script>", "<template>x</template>", "<!-- x -->"])
def test_what_is_no_markup_is_not_searched(html: str) -> None:
    wrong = html.replace("x", '<link rel="webmention" href="/wrong">')

    assert endpoint(f'{wrong}<link rel="webmention" href="/hear">') == HERE


@pytest.mark.parametrize(
    "html", ["", "<p>Nothing</p>", '<link rel="webmention">', '<a href="/hear">x</a>', "\x00\xff<"]
)
def test_pages_that_do_not_want_to_be_told(html: str) -> None:
    assert endpoint(html) == ""


def test_what_is_no_page_is_not_searched() -> None:
    html = '<link rel="webmention" href="/hear">'

    assert endpoint(html, kind="application/pdf") == ""


def client(*, loopback: bool = True) -> Client:
    limits = Limits(seconds=3, pause=0)
    access = Access(loopback=loopback, private=False)
    return Client("https://example.org/", now=0, limits=limits, access=access)


def test_redirects_lead_to_other_hosts_and_relative_addresses_begin_there() -> None:
    def there(asked: Asked) -> Reply:
        if asked.path == "/moved":
            return Reply(status=302, headers=(("Location", "/deep/page"),))
        return Reply(b'<link rel="webmention" href="hear">')

    with serving(there) as end:

        def first(asked: Asked) -> Reply:
            return Reply(status=301, headers=(("Location", f"{end.url}/moved"),))

        with serving(first) as start:
            found = discover(client(), f"{start.url}/page")

    assert found == Discovery(f"{end.url}/deep/hear")


def test_a_redirect_into_a_private_network_is_not_followed() -> None:
    def there(asked: Asked) -> Reply:
        return Reply(status=302, headers=(("Location", "https://192.168.1.1/admin"),))

    with serving(there) as server:
        found = discover(client(), server.url)

    assert found == Discovery(failure="it is on a private network, which is not asked")


@pytest.mark.parametrize("url", ["https://127.0.0.1/", "https://localhost:9/", "https://[::1]/"])
def test_this_machine_is_not_told_anything(url: str) -> None:
    reason = "it is on a private network, which is not asked"

    assert discover(client(loopback=False), url) == Discovery(failure=reason)
    assert tell(client(loopback=False), url, source="https://a/", target=url) == reason


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=200), ""),
        (Reply(status=201, headers=(("Location", "/status/1"),)), ""),
        (Reply(status=202), ""),
        (Reply(status=303, headers=(("Location", "/ok"),)), "it answers 303 See Other"),
        (Reply(status=400), "it answers 400 Bad Request"),
        (Reply(status=500), "it answers 500 Internal Server Error"),
    ],
)
def test_what_counts_as_accepted(reply: Reply, reason: str) -> None:
    with serving(lambda asked: reply) as server:
        told = tell(client(), f"{server.url}/e?x=1", source="https://a/é", target="https://b/?c&d")

    assert told == reason
    (asked,) = server.asked
    assert (asked.method, asked.query) == ("POST", {"x": ["1"]})
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.body == b"source=https%3A%2F%2Fa%2F%C3%A9&target=https%3A%2F%2Fb%2F%3Fc%26d"


def test_only_a_page_that_is_online_with_the_link_is_shown_to_others() -> None:
    def here(asked: Asked) -> Reply:
        if asked.path != "/mine":
            return Reply(status=404)
        return Reply(b'<a href="https://b/?c&amp;d">b</a>')

    with serving(here) as server:
        assert has_link(client(), f"{server.url}/mine", "https://b/?c&d") == ""
        assert has_link(client(), f"{server.url}/mine", "https://b/") == (
            "your page is online without this link; publish it first"
        )
        assert has_link(client(), f"{server.url}/not-yet", "https://b/") == (
            "your page can't be read yet: it answers 404 Not Found"
        )

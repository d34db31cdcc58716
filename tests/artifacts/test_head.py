"""What pages say of themselves to machines: the head of each page, and the manifest."""

from __future__ import annotations

import json
import re
import shutil
from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config.reading import load_config
from tests.conftest import SITE, Blog, png

BASE = "https://example.org/blog/"

FULL = """
[[authors]]
id = "bo"
name = "Bo Lind"
fediverse = "@bo@example.social"
links = [
    { title = "Staff list", url = "https://people.example.org/bo" },
    { title = "Mail", url = "mailto:bo@example.org" },
]
"""


def head_of(blog: Blog, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(blog.page(path))


def properties(blog: Blog, path: str) -> list[tuple[str, str]]:
    metas = head_of(blog, path).css("meta[property]")
    return [(m.attributes["property"] or "", m.attributes["content"] or "") for m in metas]


def things(blog: Blog, path: str) -> dict[str, Any]:
    """What a page's JSON-LD holds, by type."""
    script = head_of(blog, path).css_first("script[type='application/ld+json']")
    data = json.loads(script.text())
    assert data["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in data["@graph"]}


def test_a_post_is_described_as_an_article_of_the_blog(blog: Blog) -> None:
    blog.set('publisher = "Northmere Council"\n')
    blog.write("content/posts/images/us.png", png())
    blog.post(
        "2026-11-10-one",
        "Two words.\n",
        title="One",
        updated="2026-11-12",
        tags="[listening, Budget]",
        image="images/us.png",
        image_alt="All of us",
    )
    blog.build()

    assert things(blog, "2026/one/")["BlogPosting"] == {
        "@type": "BlogPosting",
        "@id": f"{BASE}2026/one/",
        "url": f"{BASE}2026/one/",
        "mainEntityOfPage": f"{BASE}2026/one/",
        "headline": "One",
        "description": "Two words.",
        "image": {
            "@type": "ImageObject",
            "url": f"{BASE}media/posts/images/us.png",
            "width": 4,
            "height": 2,
            "caption": "All of us",
        },
        "datePublished": "2026-11-10T00:00:00+00:00",
        "dateModified": "2026-11-12T00:00:00+00:00",
        "author": [
            {
                "@type": "Person",
                "name": "Ada Marsh",
                "jobTitle": "CIO",
                "url": f"{BASE}authors/ada/",
            }
        ],
        "publisher": {"@type": "Organization", "name": "Northmere Council"},
        "inLanguage": "en-GB",
        "wordCount": 2,
        "articleSection": ["Listen and learn"],
        "keywords": ["Budget"],
        "isPartOf": {"@type": "Blog", "@id": BASE, "name": "Letters", "url": BASE},
    }


def test_without_a_publisher_the_first_author_publishes(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()

    assert things(blog, "2026/one/")["BlogPosting"]["publisher"]["name"] == "Ada Marsh"


def test_breadcrumbs_lead_from_the_home_page_over_the_trait_named_first(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[courage, listening]")
    blog.build()

    def trail(path: str) -> list[tuple[int, str, str]]:
        steps = things(blog, path)["BreadcrumbList"]["itemListElement"]
        return [(step["position"], step["name"], step["item"]) for step in steps]

    assert trail("2026/one/") == [
        (1, "Letters", BASE),
        (2, "Have an opinion", f"{BASE}traits/courage/"),
        (3, "One", f"{BASE}2026/one/"),
    ]
    assert trail("traits/courage/") == [
        (1, "Letters", BASE),
        (2, "Leadership traits", f"{BASE}traits/"),
        (3, "Have an opinion", f"{BASE}traits/courage/"),
    ]
    assert trail("traits/") == [(1, "Letters", BASE), (2, "Leadership traits", f"{BASE}traits/")]
    assert trail("2026/") == [
        (1, "Letters", BASE),
        (2, "Archive", f"{BASE}archive/"),
        (3, "Letters of 2026", f"{BASE}2026/"),
    ]


def test_a_trait_shows_the_way_to_it(blog: Blog) -> None:
    blog.build()
    trail = head_of(blog, "traits/courage/").css("nav[aria-label='You are here'] a")

    assert [(link.text(), link.attributes["href"]) for link in trail] == [
        ("Letters", "/blog/"),
        ("Leadership traits", "/blog/traits/"),
    ]


def test_feeds_bear_the_marks_of_their_traits(blog: Blog) -> None:
    blog.build()

    assert re.search(
        r'<h3 class="tone-\w+"><svg.*?</svg>Have an opinion</h3>', blog.page("follow/")
    )


def test_the_home_page_is_described_as_the_blog(blog: Blog) -> None:
    blog.build()

    home = things(blog, "")
    assert home["WebSite"] == {"@type": "WebSite", "name": "Letters", "url": BASE}
    assert home["Blog"]["description"] == "What I heard this week"
    assert home["Blog"]["author"][0]["name"] == "Ada Marsh"


def test_an_author_is_described_as_a_person_with_profiles_elsewhere(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + FULL)
    blog.build()

    assert things(blog, "authors/bo/")["ProfilePage"]["mainEntity"] == {
        "@type": "Person",
        "name": "Bo Lind",
        "url": f"{BASE}authors/bo/",
        "sameAs": ["https://people.example.org/bo"],
    }
    tree = head_of(blog, "authors/bo/")
    assert [node.attributes["href"] for node in tree.css("link[rel=me]")] == [
        "https://people.example.org/bo",
        "mailto:bo@example.org",
    ]


def test_the_creator_in_the_fediverse_is_who_wrote_the_post(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + FULL)
    blog.post("2026-11-10-one", author="bo")
    blog.post("2026-11-11-two")
    blog.build()

    def creators(path: str) -> list[str | None]:
        metas = head_of(blog, path).css("meta[name='fediverse:creator']")
        return [meta.attributes["content"] for meta in metas]

    assert creators("2026/one/") == ["@bo@example.social"]
    assert creators("2026/two/") == []


@pytest.mark.parametrize("account", ["bo@example.social", "@bo", "@bo@social", "@b o@a.example"])
def test_an_account_in_the_fediverse_of_another_form_is_an_error(blog: Blog, account: str) -> None:
    site = SITE + FULL
    blog.write("content/site.toml", site.replace("@bo@example.social", account))

    (problem,) = load_config(blog.folder)  # type: ignore[misc]
    assert str(problem) == (
        f"content/site.toml:18:1: '{account}' is not an account in the fediverse. "
        "Write it with both @ signs: @ada@example.social."
    )


def test_text_cannot_end_the_script_that_describes_a_page(blog: Blog) -> None:
    title = "</script><script>alert(1)</script> <! & \u2028"
    blog.post("2026-11-10-one", title=json.dumps(title))
    blog.build()

    html = blog.page("2026/one/")
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert not set(described) & set("<>&'\u2028")
    assert things(blog, "2026/one/")["BlogPosting"]["headline"] == title.strip()


def test_open_graph_says_what_a_post_is(blog: Blog) -> None:
    blog.write("content/posts/images/us.png", png())
    blog.post(
        "2026-11-10-one",
        title="One",
        updated="2026-11-12",
        tags="[listening, Budget]",
        image="images/us.png",
        image_alt="All of us",
    )
    blog.build()

    assert properties(blog, "2026/one/") == [
        ("og:site_name", "Letters"),
        ("og:title", "One"),
        ("og:type", "article"),
        ("og:url", f"{BASE}2026/one/"),
        ("og:description", "Hello."),
        ("og:locale", "en_GB"),
        ("og:image", f"{BASE}media/posts/images/us.png"),
        ("og:image:type", "image/png"),
        ("og:image:width", "4"),
        ("og:image:height", "2"),
        ("og:image:alt", "All of us"),
        ("article:published_time", "2026-11-10T00:00:00+00:00"),
        ("article:modified_time", "2026-11-12T00:00:00+00:00"),
        ("article:author", f"{BASE}authors/ada/"),
        ("article:section", "Listen and learn"),
        ("article:tag", "Listen and learn"),
        ("article:tag", "Budget"),
    ]


def test_a_vector_image_is_not_offered_to_sites_that_cannot_show_it(blog: Blog) -> None:
    blog.write("content/posts/images/us.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    blog.post("2026-11-10-one", image="images/us.svg", image_alt="All of us")
    blog.build()

    assert ("og:image", f"{BASE}2026/one/social-card.png") in properties(blog, "2026/one/")


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en-GB", "en_GB"), ("zh-Hant-tw", "zh_TW"), ("cy", None), ("es-419", None)],
)
def test_the_locale_is_known_where_the_language_names_a_territory(
    blog: Blog, language: str, locale: str | None
) -> None:
    blog.post("2026-11-10-one", language=language)
    blog.build()

    assert dict(properties(blog, "2026/one/")).get("og:locale") == (locale)


def test_a_private_look_asks_not_to_be_indexed(blog: Blog) -> None:
    blog.post("2026-11-10-one", draft="true")
    blog.build(drafts=True)

    for path in ("", "2026/one/", "archive/"):
        robots = head_of(blog, path).css_first("meta[name=robots]")
        assert robots.attributes["content"] == "noindex"


def policy_of(html: str) -> str:
    tree = LexborHTMLParser(html)
    policy = tree.css("head > meta")[1]
    assert policy.attributes["http-equiv"] == "Content-Security-Policy"
    return policy.attributes["content"] or ""


def digest_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_every_page_has_a_strict_policy_that_allows_its_own_scripts(blog: Blog) -> None:
    blog.post("2026-11-10-one", aliases="[/old/]")
    blog.build()

    for path, data in blog.tree().items():
        if not path.endswith(".html"):
            continue
        html = data.decode()
        policy = policy_of(html)
        assert policy.startswith("default-src 'none'; "), path
        assert "unsafe" not in policy
        assert "http" not in policy
        for script in re.findall(r"<script(?![^>]* src=)[^>]*>(.*?)</script>", html, re.DOTALL):
            assert digest_of(script) in policy, path


def test_a_theme_can_add_to_the_inline_script_and_the_policy_allows_it(blog: Blog) -> None:
    blog.write("templates/extra.js", "window.ours = 1;")
    blog.build()

    html = blog.page("")
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert script.endswith("window.ours = 1;")
    assert digest_of(script) in policy_of(html)


def test_the_manifest_names_the_blog_and_icons_that_are_there(blog: Blog) -> None:
    blog.set("")
    blog.build()
    tree = blog.tree()

    manifest = json.loads(tree["site.webmanifest"])
    assert manifest["name"] == "Letters"
    assert manifest["start_url"] == manifest["scope"] == "/blog/"
    assert [icon["sizes"] for icon in manifest["icons"]] == ["192x192", "512x512", "512x512"]
    for icon in manifest["icons"]:
        assert tree[icon["src"].removeprefix("/blog/")].startswith(b"\x89PNG")
    page = head_of(blog, "")
    assert page.css_first("link[rel=manifest]").attributes["href"] == "/blog/site.webmanifest"


def test_the_colour_around_a_page_is_that_of_its_paper(blog: Blog) -> None:
    blog.build()

    colours = head_of(blog, "").css("meta[name='theme-color']")
    (style,) = (data for path, data in blog.tree().items() if path.startswith("assets/style."))
    found = re.search(r"--paper: *light-dark\((#\w+), *(#\w+)\)", style.decode())
    assert found
    assert [colour.attributes["content"] for colour in colours] == list(found.groups())


def test_each_card_says_who_wrote_it_and_readers_see_a_guest(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + FULL)
    blog.post("2026-11-09-one", author="bo")
    blog.post("2026-11-10-two")
    blog.post("2026-11-11-three")
    blog.build()

    cards = head_of(blog, "").css(".card.h-entry")
    two, one = (card.css_first(".p-author") for card in cards)
    assert (two.tag, two.attributes["value"]) == ("data", "Ada Marsh")
    assert (one.text(), one.attributes["href"]) == ("Bo Lind", "/blog/authors/bo/")
    for card in cards:
        assert all(card.css_first(kind) for kind in (".p-name", ".u-url", ".dt-published"))


def test_a_letter_is_an_entry_with_its_author_dates_and_traits(blog: Blog) -> None:
    blog.post("2026-11-10-one", updated="2026-11-12")
    blog.build()

    entry = head_of(blog, "2026/one/").css_first(".h-entry")
    for kind in ("p-name", "u-url.u-uid", "dt-published", "dt-updated", "p-category", "e-content"):
        assert entry.css_first(f".{kind}"), kind
    assert entry.css_first(".p-author.h-card .p-name.u-url").text() == "Ada Marsh"


ASKED = {
    # what Google's documentation of each type requires or recommends, as far as we can know it
    "BlogPosting": {"headline", "image", "datePublished", "dateModified", "author"},
    "BreadcrumbList": {"itemListElement"},
    "ProfilePage": {"mainEntity"},
    "WebSite": {"name", "url"},
    "Blog": {"name", "url", "publisher"},
}


def test_our_own_blog_is_described_as_search_engines_ask(blog: Blog, repository: Path) -> None:
    shutil.rmtree(blog.folder / "content")
    shutil.copytree(repository / "content", blog.folder / "content")
    blog.build()

    found = set()
    for path, data in blog.tree().items():
        if path.endswith(".html") and b"ld+json" in data:
            for kind, thing in things(blog, path).items():
                found.add(kind)
                assert ASKED[kind] - {"image"} <= thing.keys(), path
                _assert_whole(thing, path)
    assert found == set(ASKED)


def _assert_whole(thing: Any, path: str) -> None:
    """No value is empty, every address is whole, every person and organisation has a name."""
    if isinstance(thing, dict):
        assert thing.get("@type"), path
        assert "name" in thing or thing["@type"] not in ("Person", "Organization", "ListItem"), path
        for key, value in thing.items():
            assert value, (path, key)
            if key in ("url", "@id", "item", "mainEntityOfPage"):
                assert value.startswith("https://"), (path, key)
            if key.startswith("date"):
                assert datetime.fromisoformat(value).tzinfo, (path, key)
            _assert_whole(value, path)
    elif isinstance(thing, list):
        for item in thing:
            _assert_whole(item, path)

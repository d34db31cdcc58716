"""What the search of a site is made of: its page, an index of posts, and files of words."""

from __future__ import annotations

import json
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from generator.artifacts.search import SHARES
from generator.model import PostState
from generator.render.search import index, shares_of
from generator.views import (
    DateView,
    PostLink,
    SearchBody,
    SearchIndexView,
    SearchTerm,
    SearchYear,
    TermLink,
)
from tests.conftest import Blog

LISTEN = TermLink("traits", "listen", "Listen", "/traits/listen/", "ear", "blue")
BUDGET = TermLink("topics", "budget", "Budget", "/topics/budget/", "", "")


def post(title: str, day: str, trait: TermLink | None = None) -> PostLink:
    date = DateView(f"{day}T09:00:00+00:00", "the whole date", f"short {day}", 1)
    url = f"/{title.lower()}/"
    return PostLink(title, url, date, trait, PostState.PUBLISHED)


def year(*words: str) -> SearchYear:
    return SearchYear(tuple(SearchBody(f"/{number}/", text) for number, text in enumerate(words)))


def words_of(blog: Blog, year: int) -> dict[str, str]:
    """Each word of a year with the number that says which posts have it."""
    shares = [blog.page(f"search/{year}-{share}.txt").split("\n") for share in range(SHARES)]
    return {
        word: holders
        for _, words, numbers, _ in shares
        for word, holders in zip(words.split(), numbers.split(), strict=True)
    }


def index_of(blog: Blog) -> Any:
    return json.loads(blog.page("search/index.json"))


def test_the_index_holds_posts_and_their_terms_and_counts_years() -> None:
    posts = (post("C", "2026-02-03", LISTEN), post("B", "2026-01-06"), post("A", "2025-12-30"))
    terms = (SearchTerm(LISTEN, (0, 2)), SearchTerm(BUDGET, (2,)))
    summaries = tuple(f"All of {post.title}" for post in posts)
    content = json.loads(index(SearchIndexView(posts, summaries, terms, 4)))

    assert content["terms"] == [
        ["Listen", "/traits/listen/", "ear", "blue", [0, 2]],
        ["Budget", "/topics/budget/", "", "", [2]],
    ]
    assert content["posts"] == [
        ["C", "/c/", "2026-02-03", "short 2026-02-03", "All of C", 0],
        ["B", "/b/", "2026-01-06", "short 2026-01-06", "All of B", -1],
        ["A", "/a/", "2025-12-30", "short 2025-12-30", "All of A", -1],
    ]
    assert [year[:2] for year in content["years"]] == [["2026", 2], ["2025", 1]]
    assert content["shares"] == 4


def test_each_word_says_which_posts_have_it_and_the_first_post_is_the_lowest_bit() -> None:
    shares = shares_of(year("ape bee", "bee cat", "cat"), 2)

    stamp = shares[0].split(b"\n")[0].decode()
    assert [share.decode() for share in shares] == [
        f"{stamp}\nbee\n3\n",
        f"{stamp}\nape cat\n1 6\n",
    ]


def test_index_and_words_of_a_year_have_the_same_stamp(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two")
    blog.build()

    stamp = index_of(blog)["years"][0][2]
    assert {blog.page(f"search/2026-{n}.txt").split("\n")[0] for n in range(SHARES)} == {stamp}


def test_bodies_are_found_by_their_folded_words(blog: Blog) -> None:
    blog.post("2026-11-10-one", "The Café.\n")
    blog.post("2026-11-17-two", "A *café* & `code`.\n")
    blog.build()

    assert words_of(blog, 2026) == {"the": "1", "cafe": "3", "code": "2"}


def test_an_edited_body_remakes_the_words_of_its_year_only(blog: Blog) -> None:
    blog.post("2025-11-11-one")
    blog.post("2026-11-10-two", summary="In short.")
    blog.build()
    blog.post("2026-11-10-two", "Hello, walrus.\n", summary="In short.")

    made = {path for path in blog.build().reasons if path.startswith("search/")}
    assert made == {f"search/2026-{share}.txt" for share in range(SHARES)}
    assert words_of(blog, 2026) == {"hello": "1", "walrus": "1"}


def test_a_new_title_remakes_the_index_only(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    blog.post("2026-11-10-one", title="Another")

    made = {path for path in blog.build().reasons if path.startswith("search/")}
    assert made == {"search/index.json"}


def test_no_byte_of_the_search_tells_of_what_is_not_published(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-walrus", "Walrus.\n", draft="true", summary="Walrus")
    blog.post("2026-12-29-narwhal", "Narwhal.\n", summary="Narwhal")

    for private in (False, True):
        blog.build(drafts=private, future=private)
        search = b"".join(d for path, d in blog.tree().items() if path.startswith("search/"))
        assert b"walrus" not in search.lower()
        assert b"narwhal" not in search.lower()
        assert len(index_of(blog)["posts"]) == 1


def test_every_page_leads_to_the_search_and_only_its_own_page_loads_it(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()

    for path in ("", "2026/one/", "archive/"):
        page = LexborHTMLParser(blog.page(path))
        assert page.css_matches("footer a[href='/blog/search/']")
        assert "/search." not in blog.page(path)
    assert blog.page("search/").count("/blog/assets/search.") == 1
    assert blog.page("search/").count("/blog/assets/more/search.") == 1
    assert "/search/" not in blog.page("sitemap.xml")


def test_the_page_serves_readers_without_the_script(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()

    page = LexborHTMLParser(blog.page("search/"))
    assert page.css_first("form[role=search]").attributes["action"] == "/blog/search/"
    assert page.css_matches("form[hidden]")
    assert page.css_matches("main a[href='/blog/archive/']")
    assert page.css_matches("main a[href='/blog/traits/courage/']")


def test_browsers_are_told_how_to_search(blog: Blog) -> None:
    blog.build()

    assert 'template="https://example.org/blog/search/?q={searchTerms}"' in blog.page(
        "search/opensearch.xml"
    )


def test_a_blog_without_posts_has_an_empty_index(blog: Blog) -> None:
    blog.build()

    assert index_of(blog) == {"shares": SHARES, "years": [], "terms": [], "posts": []}


def test_the_search_can_be_switched_off(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    site = blog.folder / "content/site.toml"
    site.write_text(site.read_text() + "\n[search]\nenabled = false\n")
    blog.build()

    assert not any(path.startswith("search/") for path in blog.tree())
    assert "search" not in blog.page("").lower()


def test_a_menu_can_not_lead_to_a_search_that_is_off(blog: Blog) -> None:
    site = blog.folder / "content/site.toml"
    site.write_text(
        site.read_text()
        + '\n[search]\nenabled = false\n\n[[menu]]\ntitle = "Find"\nto = "search"\n'
    )

    assert "the menu entry 'Find' leads to 'search', which does not exist" in blog.problems()[0]


def test_a_menu_can_lead_to_the_search_instead_of_the_footer(blog: Blog) -> None:
    site = blog.folder / "content/site.toml"
    site.write_text(site.read_text() + '\n[[menu]]\ntitle = "Find"\nto = "search"\n')
    blog.build()

    assert blog.page("").count('href="/blog/search/"') == 1

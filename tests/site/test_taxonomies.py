"""Traits and reasons: which posts belong to them."""

from __future__ import annotations

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config.reading import load_config
from generator.site.taxonomies import fold
from tests.commands import run
from tests.conftest import SITE, Blog, hrefs


def test_a_trait_page_shows_promise_questions_and_posts(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[Feedback]")
    blog.post("2026-11-11-two", tags="[courage]")
    blog.build()
    page = blog.page("traits/listen/")

    for words in ("Listen and learn", "I will ask first.", "Whom did I hear?", "I listen."):
        assert words in page
    assert "/blog/2026/one/" in hrefs(page)
    assert "/blog/2026/two/" not in hrefs(LexborHTMLParser(page).css_first("main").html or "")


@pytest.mark.parametrize("tag", ["Listening", "LISTENING", "lis­tening".replace("­", ""), "listen"])
def test_a_tag_means_its_trait_however_it_is_typed(blog: Blog, tag: str) -> None:
    blog.post("2026-11-10-one", tags=f"[{tag}]")

    assert blog.problems() == []


def test_reasons_are_a_second_taxonomy(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write(
        "content/site.toml",
        settings + '\n[taxonomies.reasons]\ntitle = "Why I write"\nsingular = "reason"\n',
    )
    blog.write("content/reasons/credible.md", "---\ntitle: Be credible\ntags: [trust]\n---\n")
    blog.post("2026-11-10-one", tags="[listening, trust]")
    blog.build()

    assert "/blog/2026/one/" in hrefs(blog.page("reasons/credible/"))
    assert "reasons/credible/feed.xml" in blog.tree()
    assert "Be credible" in blog.page("2026/one/")


def test_a_post_without_a_trait_is_an_error(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[Budget]")

    assert blog.problems() == [
        "content/posts/2026-11-10-one.md:3:8: the post has no trait. "
        "Add a tag that belongs to a trait."
    ]


def test_a_hidden_taxonomy_keeps_its_addresses_and_is_shown_nowhere(blog: Blog) -> None:
    """Issue 12, line 17."""
    table = '[taxonomies.reasons]\ntitle = "Why I write"\nsingular = "reason"\n'
    blog.write("content/reasons/credible.md", "---\ntitle: Be credible\ntags: [trust]\n---\n")
    blog.post("2026-11-10-one", tags="[risk, trust]")
    blog.write("content/site.toml", SITE + table)
    blog.build()
    before = {path for path in blog.tree() if "reasons" in path}
    assert "Be credible" in blog.page("2026/one/")

    blog.write("content/site.toml", SITE + table + "hidden = true\n")
    blog.build()
    files = blog.tree()

    assert {path for path in files if "reasons" in path} == before
    telling = {path for path, data in files.items() if b"Be credible" in data}
    assert telling | {path for path, data in files.items() if b"/reasons/" in data} <= before
    assert all(b'content="noindex"' in files[path] for path in before if path.endswith(".html"))
    checked = run("check", "--blog", str(blog.folder), "--now", "2026-11-22", "--strict")
    assert checked.stderr == ""


def test_the_traits_can_not_be_hidden(blog: Blog) -> None:
    table = '[taxonomies.traits]\ntitle = "T"\nsingular = "t"\nhidden = true\n'
    blog.write("content/site.toml", SITE + table)
    (problem,) = load_config(blog.folder)  # type: ignore[misc]

    assert "the traits can't be hidden" in str(problem)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Open-Source", "open source"),
        ("résumé", "Resume"),
        ("Άνθρωπος", "ανθρωπος"),
        ("carers’ trial", "carers' trial"),
        ("❤️", "❤"),
        ("が", "か\u3099"),
        ("Straße", "STRASSE"),
    ],
)
def test_differences_that_do_not_matter_make_no_other_tag(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C#", "C++"), ("が", "か"), ("край", "краи"), ("เก่า", "เก้า"), ("क्या", "कया"), ("🚀", "🛸")],
)
def test_other_letters_make_another_tag(one: str, other: str) -> None:
    """Issue 12, line 19: names were folded until different ones were the same."""
    assert fold(one) != fold(other)


def with_topics(blog: Blog, topics: str) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings.replace('["Budget"]', topics))


def test_different_topics_at_one_address_are_an_error_with_a_line(blog: Blog) -> None:
    with_topics(blog, '[\n"C#",\n"C++",\n"++"]')
    blog.post("2026-11-10-one", tags="[listening, C++]")

    nowhere, clash = blog.problems()
    assert re.fullmatch(
        r"content/site\.toml:\d+:1: the topics 'C#' and 'C\+\+' would both be at /topics/c/\. "
        r"Give one of them another name, in words: 'C Sharp' instead of 'C#'\.",
        clash,
    )
    assert "no address can be made from the topic '++'" in nowhere


def test_different_tags_at_one_address_are_an_error_where_unknown_tags_are_allowed(
    blog: Blog,
) -> None:
    blog.set('unknown_tags = "allow"\n')
    blog.post("2026-11-10-one", tags="[listening, C#, c#]")
    blog.post("2026-11-11-two", tags="[listening, C++]")

    (clash,) = blog.problems()
    assert clash.startswith(
        "content/posts/2026-11-11-two.md:3:19: the topics 'C#' and 'C++' would both be at"
    )


def test_two_traits_at_one_address_are_one_error(blog: Blog) -> None:
    for order, name in ((8, "c#"), (9, "c++")):
        text = f"---\ntitle: {name.upper()}\norder: {order}\ntags: [tag-{order}]\n---\n"
        blog.write(f"content/traits/{name}.md", text)
    blog.post("2026-11-10-one", tags="[listening]")

    assert blog.problems() == [
        "content/traits/c#.md: this and content/traits/c++.md would both be at /traits/c/. "
        "Give one of them another slug, permalink or date."
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("rhys", "with that id."),
        ("C#", "with an id of small letters from a to z, and write it here."),
    ],
)
def test_the_advice_for_an_unknown_author_can_be_followed(blog: Blog, name: str, hint: str) -> None:
    blog.post("2026-11-10-one", tags="[listening]", author=name)

    assert blog.problems()[0].endswith(f"Add an [[authors]] table {hint}")


def test_a_topic_may_be_an_emoji_or_a_word_in_any_script(blog: Blog) -> None:
    with_topics(blog, '["🚀", "हिन्दी"]')
    blog.post("2026-11-10-one", tags="[listening, 🚀, हिन्दी]")
    blog.build()

    assert {"topics/🚀/index.html", "topics/हिन्दी/index.html"} <= set(blog.tree())


def test_topics_that_count_as_one_are_a_warning(blog: Blog) -> None:
    with_topics(blog, '["Über", "uber"]')
    blog.post("2026-11-10-one", tags="[listening]")

    assert [problem.partition(": ")[2] for problem in blog.problems()] == [
        "warning: the topics 'Über' and 'uber' count as one. "
        "Delete one of them: case, accents and hyphens make no difference."
    ]

"""Where a problem in a built file is reported: in the source that somebody can fix."""

from __future__ import annotations

from generator.checks.places import Sources
from generator.problems import Location
from tests.checks.site import FILES, found, planted


def test_a_problem_of_many_pages_is_reported_once() -> None:
    files = {
        path: text.replace("/blog/style.css", "/blog/styles.css") for path, text in FILES.items()
    }

    assert found(files) == [
        "missing-file output/about/index.html:8: the file '/blog/styles.css' does not exist, "
        "here and in 1 more file. Did you mean /blog/style.css?"
    ]


def test_a_problem_that_a_writer_typed_is_reported_where_it_was_typed() -> None:
    """The home page shows the same text, and is fixed with it."""
    files = {
        path: text.replace("<h1>", '<a href="/blog/gone/">x</a><h1>')
        for path, text in FILES.items()
        if path != "old/index.html"
    }
    sources = Sources(
        of_page={"about/index.html": "content/pages/about.md"},
        pieces={},
        references={},
        lists=frozenset({"index.html"}),
        text_of=lambda source: "---\ntitle: About\n---\nSee [x](/blog/gone/).\n",
    )

    assert found(files, sources=sources) == [
        "dead-link content/pages/about.md:4:9: the link '/blog/gone/' leads nowhere."
    ]


def test_a_link_that_was_typed_as_a_file_is_reported_where_it_was_typed() -> None:
    sources = Sources(
        of_page={"index.html": "content/pages/home.md"},
        pieces={},
        references={
            "content/pages/home.md": {
                "/blog/about/#mian": [Location("content/pages/home.md", 12, 3)],
            }
        },
        lists=frozenset(),
        text_of=lambda source: "[x](about.md#mian)",
    )

    assert found(planted("a part of another page that is not there"), sources=sources) == [
        "dead-fragment content/pages/home.md:12:3: the link '/blog/about/#mian' leads to an id "
        "'mian' that is not on that page. Did you mean 'main'?"
    ]


def test_a_problem_of_the_theme_is_not_reported_in_a_post() -> None:
    """The second page's own text has no such link."""
    text = {"content/a.md": "[x](/blog/gone/)", "content/b.md": "Nothing."}
    files = {
        path: page.replace("<h1>", '<a href="/blog/gone/">x</a><h1>')
        for path, page in FILES.items()
        if path != "old/index.html"
    }
    sources = Sources(
        of_page={"about/index.html": "content/a.md", "index.html": "content/b.md"},
        pieces={},
        references={},
        lists=frozenset(),
        text_of=text.__getitem__,
    )

    assert found(files, sources=sources) == [
        "dead-link content/a.md:1:5: the link '/blog/gone/' leads nowhere.",
        "dead-link output/index.html:15: the link '/blog/gone/' leads nowhere.",
    ]


def test_a_problem_of_the_theme_is_not_reported_at_a_word_that_contains_it() -> None:
    sources = Sources(
        of_page={"index.html": "content/home.md"},
        pieces={},
        references={},
        lists=frozenset(),
        text_of=lambda source: "and/or [x](/gone/for/good/) #gone-fishing",
    )
    text = FILES["index.html"].replace("Words.", '<a href="/blog/gone/">x</a><a href="#gone">x</a>')

    assert [
        line.partition(": ")[0] for line in found({**FILES, "index.html": text}, sources=sources)
    ] == ["dead-fragment output/index.html:16", "dead-link output/index.html:16"]


def test_settings_change_the_severity_of_a_problem() -> None:
    files = planted("a level of headings left out")

    assert found(files, weights={"heading-order": "allow"}) == []
    assert found(files, weights={"heading-order": "error"}) == [
        "heading-order output/index.html:16: a heading of level 3 follows one of level 1. "
        "Make it level 2."
    ]

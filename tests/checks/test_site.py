"""Faults seeded in a small built site: each is found, and told as it stands in the table."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from generator.checks.places import Sources
from generator.config.levels import ALWAYS_ERRORS, DEFAULT_LEVELS
from generator.problems import Location
from tests.checks.site import FILES, OLD, PAGE, found
from tests.messages import Case, Golden, cases

FAULTS = cases("built_site.txt")


def changed(case: Case) -> Mapping[str, str]:
    """The files of the small site with the change of a case."""
    path, *lines = case.text.splitlines()
    old = "\n".join(line[2:] for line in lines if line.startswith("- "))
    new = "\n".join(line[2:] for line in lines if line.startswith("+ "))
    text = FILES.get(path, "")
    assert old in text
    return {**FILES, path: text.replace(old, new, 1) if old else new}


def seeded(name: str) -> Mapping[str, str]:
    """The files of the case with that name."""
    return next(changed(case) for case in FAULTS if case.name == name)


def test_a_site_without_faults_has_no_findings() -> None:
    assert found(FILES) == []


@pytest.mark.parametrize("case", FAULTS, ids=str)
def test_each_problem_is_reported(case: Case, golden: Golden) -> None:
    golden.check(case, found(changed(case)))


def test_the_table_has_every_finding_that_a_built_site_can_give() -> None:
    told = {line.partition(" ")[0] for case in FAULTS for line in case.lines}
    elsewhere = {
        "missing-summary",
        "long-title",
        "unread-markdown",
        "stale-output",
    }  # tests/test_check.py
    of_other_sites = {"external-link", "external-moved"}  # tests/test_external.py

    of_other_days = {"vanished-address"}  # test_published.py

    assert told == DEFAULT_LEVELS.keys() - elsewhere - of_other_sites - of_other_days


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/blog/">x</a>',
        '<a href="about/">x</a>',
        '<a href="./about/?print=1#main">x</a>',
        '<a href="//example.org/blog/about/">x</a>',
        '<a href="HTTPS://Example.org/blog/about/">x</a>',
        '<a href="/blog/old/../about/">x</a>',
        '<a href="?page=2">x</a>',
        '<a href="#:~:text=Words">x</a>',
        '<a href="/blog/about/#main:~:text=Words">x</a>',
        '<a href="#top">x</a>',
        '<a href="/blog/a.png#page=3">x</a>',
        '<a href="/blog/feed.xml">x</a>',
        '<a href="/blog/%61bout/">x</a>',
        '<a href="mailto:ada@example.org?subject=Re%3A">x</a>',
        '<a href="mailto:?subject=Read">x</a>',
        '<a href="tel:+44-20-7946-0018">x</a>',
        '<a href="https://example.com/">x</a>',
        '<a name="anchor"></a><a href="#anchor">x</a>',
        '<a href="/blog/about/" aria-label="About"></a>',
        '<a href="/blog/about/"><svg role="img"><title>About</title></svg></a>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
        '<img src="a.png" srcset="a.png 480w,\n b.png 960w" sizes="50vw" alt="x">',
        "<ul><li>one<li>two</ul>",
        "<dl><dt>a<dd>b<dt>c<dd>d</dl>",
        "<p>one<p>two<ul><li>three</ul>",
        "<table><tr><th>a<th>b<tr><td>1<td>2</table>",
        '<svg role="img" aria-labelledby="chart"><title id="chart">By month</title></svg>',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/><g><circle r="1"/></g></svg>',
        "<p>1 < 2, a<b> c</b>, &lt;p&gt;</p>",
        '<p title="a > b">x</p>',
        "<script>if (a < b) document.write('<p>')</script>",
        "<style>p::after { content: '<b>' }</style>",
        "<!-- <a href='/nowhere/'> -->",
        "<BR><P>x</P>",
        "<h2>x</h2><h3>y</h3><h2>z</h2>",
        "<label>Name <input></label>",
        '<label for="f">Name</label><input id="f">',
        '<input type="hidden" name="a">',
        '<table role="presentation"><tr><td>1</td></tr></table>',
        '<p tabindex="-1">x</p>',
        "<template><tr><td>x</td></tr></template>",
        "<template><h2></h2><p id='main'><a href=''></a></p></template>",
    ],
)
def test_what_is_right_is_not_told(html: str) -> None:
    text = FILES["index.html"].replace("<p>Words.</p>", html)

    assert found({**FILES, "index.html": text}) == []


def test_a_fault_of_many_pages_is_told_once() -> None:
    files = {
        path: text.replace("/blog/style.css", "/blog/styles.css") for path, text in FILES.items()
    }

    assert found(files) == [
        "missing-file output/about/index.html:8: the file '/blog/styles.css' is not there, "
        "here and in 1 more file. Did you mean /blog/style.css?"
    ]


def test_a_fault_that_a_writer_typed_is_told_where_it_was_typed() -> None:
    """The home page shows the same text, and is mended with it."""
    files = {
        path: text.replace("<h1>", '<a href="/blog/gone/">x</a><h1>')
        for path, text in FILES.items()
        if path != "old/index.html"
    }
    sources = Sources(
        of_page={"about/index.html": "content/pages/about.md"},
        references={},
        lists=frozenset({"index.html"}),
        text_of=lambda source: "---\ntitle: About\n---\nSee [x](/blog/gone/).\n",
    )

    assert found(files, sources=sources) == [
        "dead-link content/pages/about.md:4:9: the link '/blog/gone/' leads to nothing."
    ]


def test_a_link_that_was_typed_as_a_file_is_told_where_it_was_typed() -> None:
    sources = Sources(
        of_page={"index.html": "content/pages/home.md"},
        references={
            "content/pages/home.md": {
                "/blog/about/#mian": Location("content/pages/home.md", 12, 3),
            }
        },
        lists=frozenset(),
        text_of=lambda source: "[x](about.md#mian)",
    )

    assert found(seeded("a part of another page that is not there"), sources=sources) == [
        "dead-fragment content/pages/home.md:12:3: the link '/blog/about/#mian' leads to a part "
        "'mian' that is not on that page. Did you mean 'main'?"
    ]


def test_a_fault_of_the_theme_is_not_put_down_to_a_writer() -> None:
    """The second page's own text has no such link."""
    text = {"content/a.md": "[x](/blog/gone/)", "content/b.md": "Nothing."}
    files = {
        path: page.replace("<h1>", '<a href="/blog/gone/">x</a><h1>')
        for path, page in FILES.items()
        if path != "old/index.html"
    }
    sources = Sources(
        of_page={"about/index.html": "content/a.md", "index.html": "content/b.md"},
        references={},
        lists=frozenset(),
        text_of=text.__getitem__,
    )

    assert found(files, sources=sources) == [
        "dead-link content/a.md:1:5: the link '/blog/gone/' leads to nothing.",
        "dead-link output/index.html:15: the link '/blog/gone/' leads to nothing.",
    ]


def test_a_fault_of_the_theme_is_not_put_down_to_a_word_that_holds_it() -> None:
    sources = Sources(
        of_page={"index.html": "content/home.md"},
        references={},
        lists=frozenset(),
        text_of=lambda source: "and/or [x](/gone/for/good/) #gone-fishing",
    )
    text = FILES["index.html"].replace("Words.", '<a href="/blog/gone/">x</a><a href="#gone">x</a>')

    assert [
        line.partition(": ")[0] for line in found({**FILES, "index.html": text}, sources=sources)
    ] == ["dead-fragment output/index.html:16", "dead-link output/index.html:16"]


def test_settings_weigh_what_is_found() -> None:
    files = seeded("a level of headings left out")

    assert found(files, weights={"heading-order": "allow"}) == []
    assert found(files, weights={"heading-order": "error"}) == [
        "heading-order output/index.html:16: a heading of level 3 follows one of level 1. "
        "Make it one of level 2."
    ]


def test_what_is_always_an_error_is_one() -> None:
    assert {DEFAULT_LEVELS[code] for code in ALWAYS_ERRORS} == {"error"}


def test_a_page_at_an_old_address_needs_no_feed_and_no_way_to_it() -> None:
    assert found({**FILES, "older/index.html": OLD}) == []


def test_pages_that_search_engines_leave_alone_need_no_link_to_them() -> None:
    hidden = PAGE.format(title="Hidden", address="https://example.org/blog/hidden/").replace(
        "<title>", '<meta name="robots" content="noindex"><title>'
    )

    assert found({**FILES, "hidden/index.html": hidden}) == []


def test_bytes_that_are_no_text_do_not_stop_the_check() -> None:
    assert "unclosed-tag" in " ".join(found({**FILES, "index.html": "<p>\x00<div\x7f>" * 20}))

"""Problems planted in a small built site: each is found and reported as in the table."""

from __future__ import annotations

import pytest

from generator.config.levels import ALWAYS_ERRORS, DEFAULT_LEVELS
from tests.checks.site import FILES, OLD, PAGE, PLANTED, changed, found
from tests.messages import Case, Golden


def test_a_site_without_problems_has_none_reported() -> None:
    assert found(FILES) == []


@pytest.mark.parametrize("case", PLANTED, ids=str)
def test_each_problem_is_reported(case: Case, golden: Golden) -> None:
    golden.check(case, found(changed(case)))


def test_the_table_has_every_problem_that_a_built_site_can_have() -> None:
    reported = {line.partition(" ")[0] for case in PLANTED for line in case.lines}
    in_sources = {"missing-summary", "long-title", "stale-output"}  # test_check
    in_sources |= {"unread-markdown", "lost-markdown"}
    of_other_sites = {"external-link", "external-moved"}  # test_external_links
    of_the_past = {"vanished-address"}  # test_published
    unfinished = {"placeholder", "example-address"}  # test_check
    of_posts = {"unfinished-text"}  # test_content
    of_posts |= {
        "date-in-name",
        "distant-date",
        "update-before-date",
        "future-update",
    }  # test_dates

    assert reported == (
        DEFAULT_LEVELS.keys() - in_sources - of_other_sites - of_the_past - of_posts - unfinished
    )


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
def test_what_is_correct_is_not_reported(html: str) -> None:
    text = FILES["index.html"].replace("<p>Words.</p>", html)

    assert found({**FILES, "index.html": text}) == []


def test_what_is_always_an_error_is_one() -> None:
    assert {DEFAULT_LEVELS[code] for code in ALWAYS_ERRORS} == {"error"}


def test_a_page_at_an_old_address_needs_no_feed_and_no_link_to_it() -> None:
    assert found({**FILES, "older/index.html": OLD}) == []


def test_pages_that_search_engines_ignore_need_no_link_to_them() -> None:
    hidden = PAGE.format(title="Hidden", address="https://example.org/blog/hidden/").replace(
        "<title>", '<meta name="robots" content="noindex"><title>'
    )

    assert found({**FILES, "hidden/index.html": hidden}) == []


def test_bytes_that_are_not_text_do_not_stop_the_check() -> None:
    assert "unclosed-tag" in " ".join(found({**FILES, "index.html": "<p>\x00<div\x7f>" * 20}))

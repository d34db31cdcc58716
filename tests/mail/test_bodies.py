"""Bodies as mail programs can show them."""

from __future__ import annotations

import pytest

from generator.mail.bodies import block_count, for_mail

PAGE = "https://example.org/blog/2026/one/"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>A <b>b</b> <em>c</em></p>", "<p>A <b>b</b> <em>c</em></p>"),
        ("<p>a &lt; b &amp; c</p>", "<p>a &lt; b &amp; c</p>"),
        (
            '<h2 id="a">A <a class="anchor" href="#a">#</a></h2>',
            "<h2>A </h2>",
        ),
        (f'<a href="{PAGE}#part">there</a>', "there"),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>',) * 2,
        ('<a href="mailto:a@example.org">x</a>',) * 2,
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("<script>alert(1)</script><style>p{}</style><p>x</p>", "<p>x</p>"),
        ("<figure><figcaption>c</figcaption></figure>", '<div><p class="caption">c</p></div>'),
        (
            "<details><summary>s</summary>d</details>",
            '<div><p class="summary">s</p>d</div>',
        ),
        ("<p><mark>m</mark><kbd>k</kbd><del>d</del></p>",
         '<p><span class="marked">m</span><code>k</code><s>d</s></p>'),
        (
            '<ul><li class="task-list-item"><input type="checkbox" checked disabled> a</li></ul>',
            '<ul><li class="task">☑ a</li></ul>',
        ),
        (
            '<video src="https://example.org/v.mp4"><p>Too old</p></video>',
            '<a href="https://example.org/v.mp4">https://example.org/v.mp4</a>',
        ),
        (
            '<iframe src="https://example.org/f" title="A film"></iframe>',
            '<a href="https://example.org/f">A film</a>',
        ),
        ("<svg><title>t</title><path/></svg>", ""),
        ('<p onclick="x()" style="color:red" class="y" lang="cy" dir="rtl">z</p>',
         '<p lang="cy" dir="rtl">z</p>'),
        ('<table><tr><td class="align-right" colspan="2">1</td></tr></table>',
         '<table><tbody><tr><td colspan="2" align="right">1</td></tr></tbody></table>'),
        ('<pre class="highlight"><code class="language-py"><span>a</span>\n b</code></pre>',
         '<pre dir="ltr">a\n b</pre>'),
        ('<sup class="footnote-ref"><a href="' + PAGE + '#fn-1">1</a></sup>',
         '<sup class="note">1</sup>'),
        ('<form><label>l</label><button>b</button></form>', "lb"),
    ],
)  # fmt: skip
def test_only_what_every_program_knows_is_left(written: str, shown: str) -> None:
    assert for_mail(written, page=PAGE) == shown


def test_an_image_is_no_wider_than_the_column() -> None:
    """Outlook for Windows reads the attribute, and no style that says how wide at most."""
    html = '<img src="https://example.org/a.jpg" alt="A &amp; B" width="1072" height="400">'

    assert for_mail(html, page=PAGE) == (
        '<img src="https://example.org/a.jpg" alt="A &amp; B" width="536" height="200" '
        'class="picture">'
    )


def test_an_image_that_no_mail_can_show_leaves_its_words() -> None:
    assert for_mail('<img src="data:image/png;base64,AA" alt="A dot">', page=PAGE) == "A dot"


@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        (0, ""),
        (1, "<p>a</p>"),
        (2, "<p>a</p>"),  # a heading without what it is about goes, too
        (3, "<p>a</p><h2>b</h2><p>c</p>"),
        (4, "<p>a</p><h2>b</h2><p>c</p><div><ul><li>d</li></ul></div>"),
        (99, "<p>a</p><h2>b</h2><p>c</p><div><ul><li>d</li><li>e</li></ul>f</div>g"),
    ],
)
def test_a_body_is_cut_between_paragraphs(blocks: int, left: str) -> None:
    html = "<p>a</p><h2>b</h2><p>c</p><div><ul><li>d</li><li>e</li></ul>f</div>g"

    assert block_count(html) == 5
    assert for_mail(html, page=PAGE, blocks=blocks) == left


def test_any_depth_can_be_written() -> None:
    html = "<div>" * 3000 + "<ul><li>" * 1000 + "x"

    assert "x" in for_mail(html, page=PAGE)

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config.settings import MarkdownSettings
from generator.i18n.catalogues import load_messages
from generator.markdown import MarkdownRenderer
from generator.model import Heading

WORDS = load_messages("en")[0]

REPOSITORY = Path(__file__).parents[2]
CORPUS = REPOSITORY.parent / "shared" / "corpus" / "content" / "posts"


def html_of(text: str, *, allow_html: bool = True, id_prefix: str = "") -> str:
    settings = MarkdownSettings(allow_html=allow_html, typographic_quotes=False)
    return MarkdownRenderer(settings, WORDS).render(text, id_prefix=id_prefix).html


def headings_of(text: str) -> tuple[Heading, ...]:
    return MarkdownRenderer(MarkdownSettings(), WORDS).render(text).headings


def flat(html: str) -> str:
    return html.replace("\n", "")


def test_a_list_may_follow_a_paragraph_at_once() -> None:
    assert flat(html_of("Text\n- one\n- two")) == "<p>Text</p><ul><li>one</li><li>two</li></ul>"


def test_only_a_list_that_begins_with_1_interrupts_a_paragraph() -> None:
    assert flat(html_of("Text\n1. one")) == "<p>Text</p><ol><li>one</li></ol>"
    assert html_of("The year was\n1986. A great one.") == "<p>The year was\n1986. A great one.</p>"


@pytest.mark.parametrize("indent", [2, 3, 4])
def test_a_list_is_nested_by_two_three_or_four_spaces(indent: int) -> None:
    text = f"- a\n{' ' * indent}- b\n- c"

    assert flat(html_of(text)) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"


def test_a_paragraph_in_an_item_follows_its_text() -> None:
    assert flat(html_of("1.  a\n\n    b\n\nc")) == "<ol><li><p>a</p><p>b</p></li></ol><p>c</p>"


def test_a_list_may_be_numbered_with_a_parenthesis_and_from_any_number() -> None:
    assert flat(html_of("3) a\n4) b")) == '<ol start="3"><li>a</li><li>b</li></ol>'


def test_another_marker_begins_another_list() -> None:
    assert flat(html_of("- a\n+ b")) == "<ul><li>a</li></ul><ul><li>b</li></ul>"
    assert flat(html_of("1. a\n1) b")) == "<ol><li>a</li></ol><ol><li>b</li></ol>"


def test_a_blank_line_between_items_makes_a_list_loose() -> None:
    assert flat(html_of("- a\n\n- b")) == "<ul><li><p>a</p></li><li><p>b</p></li></ul>"


def test_a_blank_line_in_the_code_of_an_item_does_not_make_its_list_loose() -> None:
    text = "- a\n  ```\n  x\n\n  y\n  ```\n- b"

    assert "<p>" not in html_of(text)


def test_task_lists_have_labelled_checkboxes() -> None:
    assert flat(html_of("- [x] done\n- [ ] open\n- [] none")) == (
        '<ul><li class="task-list-item"><input aria-label="Completed task" checked disabled'
        ' type="checkbox"> done</li>'
        '<li class="task-list-item"><input aria-label="Incomplete task" disabled'
        ' type="checkbox"> open</li><li>[] none</li></ul>'
    )


def test_a_quote_may_follow_a_paragraph_at_once() -> None:
    assert flat(html_of("Text\n> a\nb")) == "<p>Text</p><blockquote><p>ab</p></blockquote>"


def test_two_quotes_with_a_blank_line_between_are_two() -> None:
    assert html_of("> a\n\n> b").count("<blockquote>") == 2


@pytest.mark.parametrize("word", ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"])
def test_an_alert_is_an_aside_with_a_title(word: str) -> None:
    name = word.capitalize()

    assert flat(html_of(f"> [!{word}]\n> Text")) == (
        f'<aside aria-label="{name}" class="alert alert-{word.lower()}" role="note">'
        f'<p class="alert-title">{name}</p><p>Text</p></aside>'
    )


def test_another_word_in_brackets_makes_no_alert() -> None:
    assert flat(html_of("> [!HINT]\n> a")) == "<blockquote><p>[!HINT]a</p></blockquote>"


def test_fenced_code_may_follow_a_paragraph_and_be_in_a_list() -> None:
    code = "<pre><code>a &lt; &amp;amp;\n</code></pre>"

    assert html_of("Text\n```\na < &amp;\n```") == f"<p>Text</p>\n{code}"
    assert html_of("- ```\n  a < &amp;\n  ```") == f"<ul>\n<li>{code}\n</li>\n</ul>"


def test_an_unclosed_fence_runs_to_the_end_of_its_container() -> None:
    assert flat(html_of("> ```\n> a\n\nb")) == (
        "<blockquote><pre><code>a</code></pre></blockquote><p>b</p>"
    )
    assert html_of("```\na\n\n# b") == "<pre><code>a\n\n# b\n</code></pre>"


def test_tabs_in_code_stay_tabs() -> None:
    assert html_of("```\n\ta\n```") == "<pre><code>\ta\n</code></pre>"


def test_code_is_highlighted_with_classes() -> None:
    html = html_of("```python\ndef a(): pass\n```")

    assert html.startswith('<pre class="highlight"><code class="language-python"><span class="k">')
    assert "style=" not in html


def test_code_in_an_unknown_language_is_plain() -> None:
    assert html_of("```no-such\n<a>\n```") == (
        '<pre><code class="language-no-such">&lt;a&gt;\n</code></pre>'
    )


def test_two_tildes_strike_text_out() -> None:
    assert html_of("~~old~~ new") == "<p><del>old</del> new</p>"


def test_underscores_in_a_word_are_no_emphasis() -> None:
    assert html_of("snake_case_name *a* __b__ ***c***") == (
        "<p>snake_case_name <em>a</em> <strong>b</strong> <em><strong>c</strong></em></p>"
    )


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("www.example.org", "http://www.example.org", ""),
        ("https://example.org/a_b?c=d.", "https://example.org/a_b?c=d", "."),
        ("https://example.org/a_(b)", "https://example.org/a_(b)", ""),
        ("https://example.org/a)", "https://example.org/a", ")"),
        ("https://example.org&amp;", "https://example.org", "&amp;"),
        ("ann@example.org.", "mailto:ann@example.org", "."),
    ],
)
def test_a_bare_address_becomes_a_link(text: str, address: str, after: str) -> None:
    shown = text.removesuffix(after) if after else text

    assert html_of(text) == f'<p><a href="{address}">{shown}</a>{after}</p>'


@pytest.mark.parametrize("text", ["xhttp://a.b", "www", "a@b", "http://", "[x http://a.b"])
def test_what_is_no_address_stays_text(text: str) -> None:
    assert html_of(text) == f"<p>{text}</p>"


def test_backslashes_escape_signs_and_break_lines() -> None:
    assert html_of("\\*a\\* \\$ \\a\\\nb  \nc") == "<p>*a* $ \\a<br>\nb<br>\nc</p>"


def test_links_may_be_inline_or_refer_to_a_definition() -> None:
    link = '<a href="/u(1)" title="T">a</a>'

    assert html_of('[a](/u(1) "T")') == f"<p>{link}</p>"
    assert html_of("[a] [a][] [a][B]\n\n[A]: </u(1)> \"T\"\n[b]: /u(1) 'T'") == (
        f"<p>{link} {link} {link}</p>"
    )


def test_the_alternative_text_of_an_image_is_plain() -> None:
    assert html_of('![a *b* `c` <i title="d">](/u)') == (
        '<p><img alt="a b c &lt;i title=&quot;d&quot;&gt;" src="/u"></p>'
    )


def test_attribute_lists_set_attributes() -> None:
    assert html_of('[a](b){: .button #x rel="me"}') == (
        '<p><a class="button" href="b" id="x" rel="me">a</a></p>'
    )
    assert html_of("a\n{: .lead}") == '<p class="lead">a</p>'
    assert 'class="wide" id="own"' in html_of("## A {: .wide #own}")


def test_template_tags_of_other_tools_pass_through() -> None:
    text = '{{ "a_b_c" | d: \'*x*\' }} and {% image "https://a.b" %}'
    settings = MarkdownSettings()

    assert MarkdownRenderer(settings, WORDS).render(text).html == f"<p>{text}</p>"


def test_entities_are_characters_and_unknown_ones_text() -> None:
    assert html_of("&copy; &amp; &nope; `&copy;` \\&copy;") == (
        "<p>© &amp; &amp;nope; <code>&amp;copy;</code> &amp;copy;</p>"
    )


def test_quotes_become_curly_unless_switched_off() -> None:
    assert MarkdownRenderer(MarkdownSettings(), WORDS).render('"a"').html == "<p>“a”</p>"
    assert html_of('"a"') == '<p>"a"</p>'


def test_tables_align_by_class_and_fill_short_rows() -> None:
    text = "a|b|c\n:-|:-:|-:\n1|`x \\| y`\n1|2|3|4"

    assert flat(html_of(text)) == (
        '<table><thead><tr><th class="align-left">a</th><th class="align-center">b</th>'
        '<th class="align-right">c</th></tr></thead><tbody>'
        '<tr><td class="align-left">1</td><td class="align-center"><code>x | y</code></td>'
        '<td class="align-right"></td></tr>'
        '<tr><td class="align-left">1</td><td class="align-center">2</td>'
        '<td class="align-right">3</td></tr></tbody></table>'
    )


def test_a_table_may_follow_a_paragraph_at_once_and_ends_at_the_next_block() -> None:
    assert flat(html_of("Text\n|a|\n|-|\n|b|\n> c")) == (
        "<p>Text</p><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody>"
        "</table><blockquote><p>c</p></blockquote>"
    )


def test_a_heading_has_an_id_and_a_labelled_link_to_itself() -> None:
    assert html_of("## A `b`") == (
        '<h2 id="a-b">A <code>b</code> '
        '<a aria-label="Permalink: A b" class="anchor" href="#a-b">#</a></h2>'
    )


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("What's new, in 2026?", "whats-new-in-2026"),
        ("Größe & Maß", "größe--maß"),
        ("Привет мир", "привет-мир"),
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
        ("週報", "週報"),
        ("snake_case - x", "snake_case---x"),
        ("!!!", "section"),
    ],
)
def test_an_id_is_made_as_on_github(title: str, anchor: str) -> None:
    assert headings_of(f"# {title}")[0].anchor == anchor


def test_equal_headings_are_numbered_and_no_id_is_given_twice() -> None:
    text = "# a\n# a\n# a-1\n# a\n# b {: #a}"

    assert [heading.anchor for heading in headings_of(text)] == ["a", "a-1", "a-1-1", "a-2", "a-3"]


def test_headings_are_nested_by_level_with_plain_titles() -> None:
    text = 'x[^1]\n\n## A *b* & "c" <i>[^1]\n#### d\n### e\n## f\n\n[^1]: n'

    assert headings_of(text) == (
        Heading(2, "a-b--c", "A b & “c”", (Heading(4, "d", "d"), Heading(3, "e", "e"))),
        Heading(2, "f", "f"),
    )


def test_footnotes_are_numbered_by_their_first_reference() -> None:
    html = html_of("x[^b] y[^a] z[^b]\n\n[^a]: A\n[^b]: B\n\n    more\n[^c]: C", id_prefix="p-")

    assert '<a href="#p-fn-1" id="p-fnref-1" role="doc-noteref">1</a></sup> y' in html
    assert '<a href="#p-fn-1" id="p-fnref-1-2" role="doc-noteref">1</a></sup></p>' in html
    assert html.index('<li id="p-fn-1">') < html.index("more") < html.index('<li id="p-fn-2">')
    assert "C" not in html


def test_the_link_back_from_a_footnote_has_a_label() -> None:
    assert (
        '<a aria-label="Back to reference 1" class="footnote-backref" href="#fnref-1"'
        ' role="doc-backlink">↩</a>'
    ) in html_of("x[^1]\n\n[^1]: A")


def test_a_footnote_without_a_text_stays_as_typed() -> None:
    assert html_of("x[^1]") == "<p>x[^1]</p>"


def test_nothing_of_one_post_leaks_into_the_next() -> None:
    renderer = MarkdownRenderer(MarkdownSettings(), WORDS)
    renderer.render("x[^1] [a]\n\n# h\n\n[^1]: A\n[a]: b")

    assert renderer.render("x[^1] [a]").html == "<p>x[^1] [a]</p>"
    assert renderer.render("").headings == ()
    assert renderer.render("# h").headings[0].anchor == "h"


def test_the_order_in_which_posts_are_rendered_does_not_matter() -> None:
    texts = ["a[^1]\n\n[^1]: x", "# h\n\n[a]", "[a]: b\n\n[a]", "```py\nx\n```\n<b>", "- [ ] a"]
    alone = [MarkdownRenderer(MarkdownSettings(), WORDS).render(text) for text in texts]
    renderer = MarkdownRenderer(MarkdownSettings(), WORDS)

    for order in (range(5), reversed(range(5)), (2, 0, 4, 1, 3)):
        assert all(renderer.render(texts[number]) == alone[number] for number in order)


def test_the_same_text_gives_the_same_bytes_in_another_process() -> None:
    program = (
        "from generator.config.settings import MarkdownSettings\n"
        "from generator.markdown import MarkdownRenderer\n"
        "from generator.i18n.catalogues import load_messages\n"
        "text = '# a {: .b .c #d}\\n[^1] [x](y){: k=v l=m}\\n\\n[^1]: ```py\\nz\\n'\n"
        "print(MarkdownRenderer(MarkdownSettings(), load_messages('en')[0]).render(text))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_html_passes_through() -> None:
    assert html_of('<div class="x">\n*a*\n</div>') == '<div class="x">\n*a*\n</div>'
    assert html_of("a <kbd>*b*</kbd>") == "<p>a <kbd><em>b</em></kbd></p>"


def test_there_may_be_markdown_in_html_after_a_blank_line() -> None:
    text = "<details>\n<summary>S</summary>\n\n*a*\n\n</details>"

    assert flat(html_of(text)) == ("<details><summary>S</summary><p><em>a</em></p></details>")


@pytest.mark.parametrize("allow_html", [True, False])
def test_the_more_marker_stays_a_comment_between_blocks(allow_html: bool) -> None:
    assert html_of("a\n\n<!-- more -->\n\nb", allow_html=allow_html) == (
        "<p>a</p>\n<!-- more -->\n<p>b</p>"
    )


def test_html_is_shown_as_text_where_it_is_not_allowed() -> None:
    assert html_of("<b>a</b>\n\n<script>\nx\n</script>", allow_html=False) == (
        "<p>&lt;b&gt;a&lt;/b&gt;</p>\n<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "&#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "java&#10;script:alert(1)",
        "\u00a0javascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "view-source:x",
    ],
)
@pytest.mark.parametrize(
    "form", ["[a](<{}>)", "[a][b]\n\n[b]: <{}>", "![a](<{}>)", "<{}>", "[a]({})"]
)
def test_a_link_to_a_script_loses_its_target(form: str, target: str) -> None:
    html = html_of(form.format(target), allow_html=False)

    assert not re.search(r"(?:href|src)=", html)


FRAGMENTS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
    *("<!--", "-->", "<?", "?>", "<![CDATA[", "]]>", '<a href="javascript:x">', "<!-- more -->"),
    *("[a](javascript:x)", '![a"onerror="x](b)', "[a](b \"c' onclick='x\")", "[a]", "[^1]"),
    *("\n[^1]: ", "\n[a]: javascript:x\n", "<javascript:x>", "<a@b.c>", 'http://a.b/"onclick=x'),
    *("www.a.b/<script>", "`", "``", "```\n", "```html\n<script>\n```\n", "\n", "\n\n", "> ", "- "),
    *("1. ", "    ", "# ", "|a|\n|-|\n", "|", "**", "__", "~~", "\\", "&lt;script&gt;", "&#60;b>"),
    *(
        "{: onclick=\"x\" .a href='javascript:x' style=x}",
        "{: #i}",
        "{{ <b> }}",
        "{% <script> %}",
        "{{",
        "}}",
    ),
    *(
        "&quot;",
        '"',
        "'",
        ">",
        "<",
        "\x00",
        "\x02",
        "\x03",
        "\x02wzxhzdk:0\x03",
        "x",
        "> [!NOTE]\n",
    ),
)
SAFE_ELEMENTS = re.compile(
    "html|head|body|p|br|hr|h[1-6]|a|img|em|strong|del|code|pre|span|ul|ol|li|blockquote|table"
    "|thead|tbody|tr|th|td|input|sup|section|aside"
)
SAFE_ATTRIBUTES = re.compile(
    "href|src|alt|title|id|class|lang|type|checked|disabled|start|role|aria-label"
)


def test_no_mixture_of_signs_makes_markup_where_html_is_not_allowed() -> None:
    dice = random.Random(7)  # the same texts each time
    renderer = MarkdownRenderer(MarkdownSettings(allow_html=False), WORDS)
    for _ in range(1_500):
        text = "".join(dice.choices(FRAGMENTS, k=dice.randint(2, 25)))
        for node in LexborHTMLParser(renderer.render(text).html).css("*"):
            assert SAFE_ELEMENTS.fullmatch(node.tag or ""), text
            assert all(SAFE_ATTRIBUTES.fullmatch(name) for name in node.attributes), text
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            assert "script:" not in target.split("/")[0], text


def test_placeholders_of_the_library_cannot_be_typed() -> None:
    assert html_of("<b>\x02wzxhzdk:0\x03 &#2;wzxhzdk:0&#3;") == (
        "<p><b>wzxhzdk:0 \ufffdwzxhzdk:0\ufffd</p>"
    )


@pytest.mark.parametrize(
    "sign", ["> ", "- ", "1. ", "[", "![", "*", "**a ", "_a ", "(", "<b>", "~~a "]
)
def test_a_thousand_levels_are_no_problem(sign: str) -> None:
    assert html_of(sign * 1_000 + "x")


def test_a_thousand_nested_lists_on_lines_of_their_own_are_no_problem() -> None:
    assert html_of("\n".join("  " * depth + "- a" for depth in range(1_000)))


@pytest.mark.parametrize(
    "unit",
    [
        *"[*`<:|_~&\\\"'({!# \t\n",
        *("![", "> ", "- ", "> a\n", "- a\n", "a\n\n", "[a](", "[a]: b\n", "{: .a}\n", "# a\n"),
        *("**a ", "*a **b ", "a**b ", "`a``b", "<!--", "<?", "<a b='", "a@", "http://a.", "--"),
        *("|a|\n|-|\n", "```\n", "<div>\n", "[^a]", "[^a]: b [^a]\n\n", "{{", "{%"),
    ],
)
def test_a_long_run_of_any_sign_is_read_to_its_end(unit: str) -> None:
    """A reader that is quadratic would take minutes here; bench/markdown.py has the figures."""
    html = html_of(unit * (50_000 // len(unit)) + "\n\nthe end")

    assert "the end" in LexborHTMLParser(html).text() + html


def test_a_long_table_header_does_not_make_each_row_long() -> None:
    html = html_of("|a" * 5_000 + "|\n" + "|-" * 5_000 + "|\n" + "|\n" * 5_000)

    assert html.count("<td>") < 15_000

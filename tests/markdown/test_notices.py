"""What was typed in vain is reported, at its place."""

from __future__ import annotations

import pytest

from generator.config.settings import MarkdownSettings
from generator.i18n.catalogues import load_messages
from generator.markdown import MarkdownRenderer, RenderedMarkdown

WORDS = load_messages("en")[0]


def rendered(text: str, *, allow_html: bool = True) -> RenderedMarkdown:
    settings = MarkdownSettings(allow_html=allow_html, typographic_quotes=False)
    return MarkdownRenderer(settings, WORDS).render(text)


def notices(text: str, *, allow_html: bool = True) -> list[str]:
    return [
        f"{found.at.line}:{found.at.column} {found.message}. {found.hint}"
        for found in rendered(text, allow_html=allow_html).notices
    ]


ANGLES = "Write the address as <{0}>, or each space as %20."
LATER = "right behind a link or an image, at the end of a heading, or in the line below a block."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '![The team](IMG 2034.jpg "Title")',
            ["1:1 '![The team](IMG 2034.jpg \"Title\")' is shown as typed. "
            + ANGLES.format("IMG 2034.jpg")],
        ),
        ("`![](a b)`\n\n> - so ![](a b.jpg)",
         ["3:8 '![](a b.jpg)' is shown as typed. " + ANGLES.format("a b.jpg")]),
        ("x [plan](Strategy (final).pdf)",
         ["1:3 '[plan](Strategy (final).pdf)' is shown as typed. "
          + ANGLES.format("Strategy (final).pdf")]),
        ("[x](a(b.pdf) and more",
         ["1:1 '[x](a(b.pdf)' is shown as typed. Write the address as <a(b.pdf>."]),
        ("[x](https://a.example and more",
         ["1:1 '[x](https://a.example' is shown as typed. Close the address with a parenthesis."]),
        ("[x](a.md “Title”)",
         ["1:1 '[x](a.md “Title”)' is shown as typed. Write straight quotes around the title."]),
        ("[a [b](c.md) d](e.md)",
         ["1:1 '[a [b](c.md) d](e.md)' is shown as typed. A link can't contain another link."]),
        ("[x] (a.md)", ["1:1 '[x] (a.md)' is shown as typed. "
                        "Leave out the space between ] and (."]),
        ("(x)[https://a.example]", ["1:4 '[https://a.example]' is shown as typed. "
                                    "Swap the brackets: [words](address)."]),
        ("![[view.png]]", ["1:2 '[[view.png]]' is shown as typed. "
                           "Write a link with words and a file: [words](file.md)."]),
        ("one\na word[^zz] here", ["2:7 '[^zz]' is shown as typed. "
                                   "Write the note in a paragraph of its own: [^zz]: …"]),
        ("| a |\n|---|\n| x \\| y [the plan][plan] |",
         ["3:10 '[the plan][plan]' is shown as typed. "
          "Say where it leads in a line of its own: [plan]: https://…"]),
        ("## Part {#part}", [f"1:9 '{{#part}}' is shown as typed. Write {{: #part}} {LATER}"]),
        ("Text { .a .b }", [f"1:6 '{{ .a .b }}' is shown as typed. Write {{: .a .b}} {LATER}"]),
        ("Text {: .a }", [f"1:6 '{{: .a }}' is shown as typed. Write it {LATER}"]),
        ("- a\n- b **c d", ["2:5 '**' is shown as typed. "
                            "Put ** right before and right behind the words."]),
        ("a `b c", ["1:3 '`' is shown as typed. Write another one behind the code."]),
        ("a &nosuch; b", ["1:3 '&nosuch;' is shown as typed. "
                          "HTML has no such character: look up its name, or write it itself."]),
        ("First:\n• one\n• two", ["2:1 '• one' and the line below it run into one paragraph. "
                                  "Begin each item of a list with a hyphen and a space."]),
        ("\u00a0✓ one\n\u00a0✓ two", [
            "1:1 '✓ one' and the line below it run into one paragraph. "
            "Begin each item of a list with a hyphen and a space."]),
        ("-one\n-two", ["1:1 '-one' and the line below it run into one paragraph. "
                        "Begin each item of a list with a hyphen and a space."]),
        ("a\n###Heading", ["2:1 '###Heading' is shown as typed. "
                           "Write a space behind the signs of a heading."]),
        ("| a | b |\n| c | d |", ["1:1 '| a | b |' is shown as typed. "
                                  "A table needs a line such as |---|---| below its first row."]),
        ("| a | b |\n|---|---|---|\n| c | d |",
         ["2:1 '|---|---|---|' has not as many cells as the row above it. "
          "Give both rows the same number of cells; else no table begins here."]),
        ("a\n\n  ~~~ python\ncode", ["3:3 the code that begins with ~~~ here never ends. "
                                     "Add a line ~~~ below it."]),
        ("1. a\n2. b\n\nSo:\n2. b\n3. c", [
            "5:1 '2. b' and the line below it run into one paragraph. "
            "Begin each item of a list with a hyphen and a space."]),
        ("\uf0b7 one\n\uf0b7 two", [
            "1:1 '\uf0b7 one' and the line below it run into one paragraph. "
            "Begin each item of a list with a hyphen and a space."]),
        ("- [] a", ["1:3 '[]' is shown as typed. Write a task as - [ ] and words."]),
        ("> 1. [x]b", ["1:6 '[x]' is shown as typed. Write a task as - [ ] and words."]),
        ("![x](a.png){width=50%}", ["1:12 '{width=50%}' is shown as typed. "
                                    f"Write {{: width=50%}} {LATER}"]),
        ("[a\nb](c\nd)", ["1:1 '[a b](c' is shown as typed. "
                         "Close the address with a parenthesis, on the same line."]),
        ("word^[a note]", ["1:5 '^[a note]' is shown as typed. Write [^name] here, "
                           "and the note in a paragraph of its own: [^name]: …"]),
        ("a[^b c]", ["1:2 '[^b c]' is shown as typed. The name of a footnote has no spaces."]),
        ("a\n[b]: c d.md\n\n[b]", [
            "2:1 '[b]: c d.md' is shown as typed. Write it below a blank line "
            "as [name]: <address>, with no space before the colon."]),
        ("** a **", ["1:1 '**' is shown as typed. "
                     "Put ** right before and right behind the words."]),
        ("a\n**「b」**c", ["2:6 '**' is shown as typed. "
                         "Between a letter and another sign ** does nothing: write <strong>."]),
        ("Term\n: words", ["2:1 ': words' is shown as typed. "
                          "Write a list with the words in bold, or <dl>."]),
        ("> [!INFO]\n> a", ["1:3 '[!INFO]' is shown as typed. Write [!NOTE], [!TIP], [!IMPORTANT], "
                           "[!WARNING] or [!CAUTION] alone."]),
        ("## :smile:\n\n| a |\n|---|\n| ==b== x^2^ |",
         ["1:4 ':smile:' is shown as typed. Type the emoji itself.",
          "5:3 '==b==' is shown as typed. Write <mark> around the words.",
          "5:10 '^2^' is shown as typed. Write <sup> around it."]),
        ("- {% include a %} {{ site.b }}",
         ["1:3 '{% include a %}' is shown as typed. "
          "Other tools replace this; write Markdown or HTML instead.",
          "1:19 '{{ site.b }}' is shown as typed. "
          "Other tools replace this; write Markdown or HTML instead."]),
        ("see <a.md> <!-- b", ["1:5 '<a.md>' is shown as typed. "
                               "Write a link with words and an address: [words](…).",
                               "1:12 '<!--' is shown as typed. Close the comment with -->."]),
        ("a&nbsp b", ["1:2 '&nbsp' is shown as typed. Write &nbsp; with a semicolon."]),
        ("<div>\n- a\n- `b`\n</div>",
         ["2:1 '- a' is shown as typed. "
          "Leave a blank line below the tag before it, or write it as HTML.",
          "3:3 '`b`' is shown as typed. "
          "Leave a blank line below the tag before it, or write it as HTML."]),
        ("<div>\nSee **this**.\n</div>",
         ["2:5 '**this**' is shown as typed. "
          "Leave a blank line below the tag before it, or write it as HTML."]),
    ],
)  # fmt: skip
def test_what_is_shown_as_typed_is_reported(text: str, expected: list[str]) -> None:
    assert notices(text) == expected
    assert {found.code for found in rendered(text).notices} == {"unread-markdown"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |  | lost |",
         ["3:14 the cell 'lost' is not shown: the table has no such column. "
          "Add a column to its first two rows, or write | as \\|."]),
        ("a\n\n[x]: https://a.example",
         ["3:1 nothing refers to [x], so this line is not shown. "
          "Write [x] where it belongs, or delete the line."]),
        ("[x]\n\n[x]: a.md\n[X]: b.md",
         ["4:1 [X] is defined a second time, which has no effect. "
          "Keep one of them, or give this one another name."]),
        ("[^n]: Never.", ["1:1 nothing refers to [^n], so this line is not shown. "
                          "Write [^n] where it belongs, or delete the line."]),
        ("*a*{: b .c}", ["1:4 'b' in this attribute list has no effect. "
                         'Write {: #id .class key="value"}.']),
        ("a\n{: b }", ["2:1 'b' in this attribute list has no effect. "
                       'Write {: #id .class key="value"}.']),
        ("## A {: b }", ["1:6 'b' in this attribute list has no effect. "
                         'Write {: #id .class key="value"}.']),
        ('``` js title="a"\nb\n```',
         ["1:1 'title=\"a\"' behind the language of this code has no effect. "
          "Keep only the language."]),
        ('<div class="a" markdown="1">\n</div>',
         ['1:16 markdown="1" has no effect. '
          "Leave it out: Markdown is read below a blank line inside the tag."]),
        ("Write to <your name>", ["1:10 '<your name>' is not shown: HTML has no such tag. "
                                  "Write &lt; for <, or put it into `backticks`."]),
        ("<!-- <a> -->\n\n<pre><name></pre>", ["3:6 '<name>' is not shown: HTML has no such tag. "
                                             "Write &lt; for <, or put it into `backticks`."]),
        ("a\n\n<!-- excerpt -->\n\nb <!--more words-->",
         ["3:1 '<!-- excerpt -->' has no effect. Write <!-- more -->.",
          "5:3 '<!--more words-->' has no effect. Write <!-- more -->."]),
        ("a\n\n<!-- so\n\nb", ["3:1 '<!--' is never closed, so the text below it is not shown. "
                               "Close it, or delete it."]),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_reported(text: str, expected: list[str]) -> None:
    assert notices(text) == expected
    assert {found.code for found in rendered(text).notices} == {"lost-markdown"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a\n\n- b\n\n  <!-- more -->", 5, 3),
        ("> <!-- more -->", 1, 3),
        ("A line <!--more--> of text", 1, 8),
        ("<div>\n<!-- more -->\n</div>", 2, 1),
        ("a\n\n<!-- more -->\n\nb\n\n<!-- more -->", 7, 1),
    ],
)
def test_a_more_that_ends_no_opening_is_reported(text: str, line: int, column: int) -> None:
    (found,) = rendered(text).notices

    assert (found.at, found.code) == ((line, column), "lost-markdown")
    assert "has no effect" in found.message


def test_html_that_is_not_allowed_is_reported() -> None:
    assert notices("a <b>c</b>", allow_html=False) == [
        "1:3 '<b>' is shown as typed. "
        "site.toml has allow_html = false; write Markdown instead.",
        "1:7 '</b>' is shown as typed. "
        "site.toml has allow_html = false; write Markdown instead.",
    ]  # fmt: skip
    assert notices("a <!-- more -->", allow_html=False) == [
        "1:3 '<!-- more -->' is shown as typed. "
        "site.toml has allow_html = false; write Markdown instead.",
    ]  # fmt: skip
    assert notices("[x](javascript:a)", allow_html=False) == [
        "1:5 'javascript:a' is left out: such an address may do harm. "
        "Write one that begins with https:// or mailto:."
    ]


@pytest.mark.parametrize(
    "text",
    [
        '[x](<a b.pdf> "t") ![y](a%20b.jpg) [z](a(b).pdf) [w][v] [v][] [v]\n\n[v]: <c d>',
        "[//]: # (a comment)\n\nA word[^1] [sic] (really) [1] 2**3 a * b #tag — dash\n\n[^1]: So.",
        "## Part {: #part}\n\nText\n{: .a}\n\n![x](y.png){: .b}",
        "`{#a}` `[x](a b)` `**` `• a`\n\n```\n[x](a b)\n• a\n• b\n```\n\n    {#a}",
        "| a | b |\n|---|---|\n| c | `d \\| e` |\n| f |",
        "<!-- [x](a b) **c** -->\n\n<pre>**a**</pre>\n\n<details>\n\n**b**\n\n</details>",
        "• one\n\n• two\n\n— Ada\n\nCharles & Ray, AT&T, {{ name }}",
        "a\n\n<!-- more -->\n\nb",
        "- [ ] a\n- [x] b\n- [x](c.md)\n\n[comment]: <> (words)",
        "10:30:45, a::b::c, a == b or c==d, 10^6, e^x, `:smile:` `==a==` `x^2^`",
        "• a  \n• b\\\n• c\n\n-5 degrees\n-6 degrees\n\no que\no que\n\n[Q]: is it?\n[A]: it is.",
        "<my-card>a</my-card> <B>b</B> a <3 b <svg><path d='M0'/></svg> `<name>`",
        "R&D, AT&T, a?b&copy=1, `&nbsp`, `{% x %}`, {name}, {# x #}, `<a.md>`",
        "<p>2*3*4 * 5 [1] (x) a_b</p>",
    ],
)
def test_what_is_right_is_not_reported(text: str) -> None:
    assert notices(text) == []


def test_each_address_is_known_at_its_place() -> None:
    text = (
        "gone.md `[bad](gone.md)`\n\n> 1. [bad](gone.md) <https://a.example>\n\n"
        "| a |\n|---|\n| x \\| ![größe](größe.png) |\n\n[plan]() and [ref]\n\n"
        'a <b>b</b> <a\nhref="c.md">c</a>\n\n[ref]: <d e.md> "f"\n\n## [h](i.md)'
    )
    found = rendered(text)

    assert [(mark.address, mark.address_at) for mark in found.marks if mark.tag is None] == [
        ("gone.md", (3, 12)),
        ("https://a.example", (3, 22)),
        ("größe.png", (7, 17)),
        ("", (9, 8)),
        ("d e.md", (14, 9)),
        ("i.md", (16, 8)),
    ]
    assert [mark.place_of("c.md", "href") for mark in found.marks if mark.tag is not None] == [
        (12, 7)
    ]


def test_marks_are_not_in_the_html_that_readers_get() -> None:
    found = rendered('[a](b) <img src="c"> <!-- <img src="d"> --> `<img src="e">`\n')

    assert found.html == (
        '<p><a href="b">a</a> <img src="c"> <!-- <img src="d"> --> '
        '<code>&lt;img src="e"&gt;</code></p>'
    )

"""Posts, pages and terms: what is read, and what is printed for each error."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from generator.config.settings import MarkdownSettings
from generator.content import front_matter as loading
from generator.content.posts import read_page, read_term
from generator.model import PostState, Tag
from generator.problems import Location
from tests.content.literals import LOADERS, SETTINGS, Untouched, body_of, front_matter, good, read
from tests.messages import Case, Golden, cases


@pytest.fixture(params=LOADERS)
def either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs a test with libyaml and without it, as on a machine without a wheel for it."""
    monkeypatch.setattr(loading, "_Loader", LOADERS[request.param])


BROKEN = cases("front_matter.txt")


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_file_is_reported(case: Case, golden: Golden) -> None:
    post, printed = read(case.text, path="a.md")

    assert post is None
    golden.check(case, printed)


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_a_broken_file_is_reported_at_a_place_in_it(case: Case) -> None:
    lines = case.text.replace("\r\n", "\n").split("\n")
    for found in (re.match(r"a\.md:(\d+):(\d+): ", line) for line in case.lines):
        if found:
            assert 1 <= int(found[1]) <= len(lines)
            assert 1 <= int(found[2]) <= len(lines[int(found[1]) - 1]) + 1


def suggestions() -> list[object]:
    """Each problem in the table that suggests a line to write instead of the one at its place."""
    found_in_table = []
    for case in BROKEN:
        for line in case.lines:
            place, _, message = line.removeprefix("a.md:").partition(": ")
            hint = message.partition(". ")[2]
            found = re.search(r"(?:Write|quotes:) ((- |[a-z_]+).+?)(?:, or leave it out)?\.$", hint)
            if found and (number := re.match(r"\d+", place)):
                typed = case.text.split("\n")[int(number[0]) - 1].lstrip()
                if typed.startswith((found[2].rstrip(), f"{found[2]}:")):
                    param = pytest.param(case.text, line, found[1], id=case.name)
                    found_in_table.append(param)
    return found_in_table


@pytest.mark.parametrize(("text", "problem", "suggested"), suggestions())
def test_a_suggested_line_fixes_the_error(text: str, problem: str, suggested: str) -> None:
    lines = text.split("\n")
    number = int(problem.split(":")[1]) - 1
    indent = len(lines[number]) - len(lines[number].lstrip())
    lines[number] = " " * indent + suggested

    assert not [
        line
        for line in read("\n".join(lines), path="a.md")[1]
        if line.startswith(f"a.md:{number + 1}:")
    ]


def test_the_table_is_long() -> None:
    assert len(BROKEN) >= 45


@pytest.mark.parametrize(
    ("data", "printed"),
    [
        (b"---\ntitle: caf\xe9\ndate: 2026-11-24\n---\n", "a.md:2:11"),
        (b"\xef\xbb\xbf---\ntitle: caf\xe9\ndate: 2026-11-24\n---\n", "a.md:2:11"),
        ("---\ntitle: é".encode() + b"\xff\ndate: 2026-11-24\n---\n", "a.md:2:9"),
        (b"---\r\ntitle: x\r\n# \xff\r\ndate: 2026-11-24\r\n---\r\n", "a.md:3:3"),
        (b"---\rtitle: x\rdate: 2026-11-24\r---\r\xff", "a.md:5:1"),
        ("---\ntitle: x\n".encode("utf-16"), "a.md:1:1"),
        (b"\xe2\x82", "a.md:1:1"),
    ],
)
def test_a_file_that_is_not_utf_8_is_reported_at_the_byte(data: bytes, printed: str) -> None:
    assert read(data, path="a.md") == (
        None,
        [f"{printed}: this file is not UTF-8 text. Save it with the encoding UTF-8."],
    )


def test_a_post_is_read_whole() -> None:
    post = good(
        """---
title:  A  title
date: 2026-11-24 10:30
updated: 2026-11-25T08:00:00Z
tags: [courage, Service desk]
authors: ada
author: [ben]
summary: >
  Two
  lines.
draft: yes
slug: Own-slug
id: my-id
aliases: [/old/, /older/]
image: images/cat.jpg
image_alt: A cat
series: Cats
language: en-GB
syndication: https://example.org/x
extra:
  mood: [good, {colour: blue}]
  count: 3
  nothing: ~
---
Body
"""
    )

    assert post.title == "A title"
    assert post.published == datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
    assert post.updated == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert [tag.text for tag in post.tags] == ["courage", "Service desk"]
    assert str(post.tags[1].at) == "content/posts/a.md:5:17"
    assert [author.text for author in post.authors] == ["ada", "ben"]
    assert post.summary == "Two lines."
    assert post.is_draft
    assert (post.slug, post.id, post.language) == ("Own-slug", "my-id", "en-GB")
    assert post.series
    assert (post.series.text, str(post.series.at)) == ("Cats", "content/posts/a.md:17:9")
    assert [alias.text for alias in post.aliases] == ["/old/", "/older/"]
    assert post.image is not None
    assert post.image.target == "content/posts/images/cat.jpg"
    assert post.image_alt == "A cat"
    assert post.syndication == ("https://example.org/x",)
    assert post.extra == {"mood": ("good", {"colour": "blue"}), "count": 3, "nothing": None}


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: no", "no"),
        ("title: 12:30", "12:30"),
        ("title: 012", "012"),
        ("title: 1e3", "1e3"),
        ("title: 2026-01-01", "2026-01-01"),
        ("title: 0x1F", "0x1F"),
        ("title: .5", ".5"),
        ("title: 'null'", "null"),
        ('title: "true"', "true"),
        ("title: =", "="),
        ("title: !!str 2026", "2026"),
        ("title: C# and F#", "C# and F#"),
        ("title: Hello  # the greeting", "Hello"),
        ("title:\tHello\t", "Hello"),
        ("title: |\n  Hello\n  world", "Hello world"),
        ("title: Hello\n  world", "Hello world"),
        ("title: 'It''s'", "It's"),
        ("title: “Quoted”", "“Quoted”"),
        ("title: a\u2028b", "a b"),
        ("title: 週報 😀", "週報 😀"),
        ("title : Hello", "Hello"),
        ('"title": Hello', "Hello"),
    ],
)
def test_a_title_stays_as_it_was_typed(line: str, title: str) -> None:
    assert good(f"---\n{line}\ndate: 2026-11-24\n---\n").title == title


@pytest.mark.usefixtures("either_loader")
def test_tags_stay_as_they_were_typed() -> None:
    post = good(front_matter("tags: [no, 12:30, 012, 1_000, 2026-01-01, 'a, b', C#]"))

    assert [tag.text for tag in post.tags] == [
        "no", "12:30", "012", "1_000", "2026-01-01", "a, b", "C#",
    ]  # fmt: skip


@pytest.mark.parametrize("written", ["true", "True", "yes", "on", "YES", '"true"'])
def test_a_draft_can_be_written_in_any_of_yaml_s_words(written: str) -> None:
    assert good(front_matter(f"draft: {written}")).is_draft


@pytest.mark.parametrize("written", ["false", "no", "off", "null", "~"])
def test_and_so_can_the_opposite(written: str) -> None:
    assert not good(front_matter(f"draft: {written}")).is_draft


def test_keys_without_a_value_count_as_missing() -> None:
    post = good(front_matter("tags:", "authors:", "summary: ''", "image:", "aliases: []", "extra:"))

    assert (post.tags, post.authors, post.summary, post.image) == ((), (), "", None)


@pytest.mark.parametrize(
    ("path", "slug", "identity", "day"),
    [
        ("2026-11-24-hello.md", "hello", "2026-11-24-hello", 24),
        ("2026-11-24_hello.md", "hello", "2026-11-24-hello", 24),
        ("2026-11-24 Hello there.md", "hello-there", "2026-11-24-Hello there", 24),
        ("2026-11-5-hello.md", "hello", "2026-11-5-hello", 5),
        ("2026-11-24-hello/index.md", "hello", "2026-11-24-hello", 24),
        ("2026/2026-11-24-hello.markdown", "hello", "2026-11-24-hello", 24),
    ],
)
def test_the_file_name_gives_the_date_and_the_address(
    path: str, slug: str, identity: str, day: int
) -> None:
    post = good("---\ntitle: Hello\n---\n", path=f"content/posts/{path}")

    assert (post.slug, post.id) == (slug, identity)
    assert post.published == datetime(2026, 11, day, 9, tzinfo=UTC)


@pytest.mark.parametrize("name", ["2023-10-20.md", "2023-10-20/index.md", "2023-10-20-!.md"])
def test_a_file_name_without_words_leaves_the_address_to_the_title(name: str) -> None:
    """Issue 12, line 16."""
    post = good('---\ntitle: "It\'s on!"\n---\n', path=f"content/posts/{name}")

    assert post.slug == "its-on"
    assert good("---\ntitle: Other\n---\n", path=f"content/posts/{name}").id == post.id


def test_pages_and_terms_do_the_same() -> None:
    data = b"---\ntitle: On call\n---\n"
    page, *_ = read_page("content/pages/!.md", data, SETTINGS, Untouched())
    term, *_ = read_term("content/traits/!.md", data, SETTINGS, Untouched())

    assert page
    assert term
    assert (page.permalink, term.slug) == ("/on-call/", "on-call")


def test_one_setting_rules_a_missing_image_in_front_matter_and_in_bodies() -> None:
    text = front_matter("image: https://example.com/a.jpg")
    message = (
        "the image 'https://example.com/a.jpg' is not a file of this blog. "
        "Put the image beside the post and write its file name."
    )
    for level, shown in (("warning", f"warning: {message}"), ("error", message), ("allow", "")):
        settings = SETTINGS._replace(missing_images=level)
        post, printed = read(text, settings=settings)
        assert [line.partition(": ")[2] for line in printed] == ([shown] if shown else [])
        assert (post is None) == (level == "error")


def test_a_comment_after_an_empty_key_is_a_comment() -> None:
    """Issue 12, line 15: valid YAML was refused."""
    assert good(front_matter("summary: # to be written")).summary == ""


def test_a_post_has_the_quotes_of_its_language() -> None:
    """Issue 12, line 22."""
    curly = SETTINGS._replace(markdown=MarkdownSettings(), language="fr")
    lines = ("title: 'Das \"Ding\"'", "date: 2026-11-24", "summary: 'Ein \"x\"'", "series: '\"S\"'")
    post, _ = read("\n".join(["---", *lines, "language: de", "---", ""]), settings=curly)
    french, _ = read("\n".join(["---", *lines, "---", ""]), settings=curly)

    assert post
    assert french
    assert (post.title, post.summary) == ("Das „Ding“", "Ein „x“")
    assert french.summary == "Ein «\u00a0x\u00a0»"
    # a name that posts share
    assert post.series
    assert french.series
    assert post.series.text == french.series.text == "«\u00a0S\u00a0»"


def test_a_page_has_no_language_of_its_own() -> None:
    text = "---\ntitle: About\nlanguage: de\n---\n"
    _, problems, *_ = read_page("content/pages/about.md", text.encode(), SETTINGS, Untouched())

    assert [problem.code for problem in problems] == ["unknown-key"]


def test_the_date_key_wins_over_the_file_name() -> None:
    post = good(front_matter(), path="content/posts/2026-11-03-hello.md")

    assert post.published.day == 24
    assert post.id == "2026-11-03-hello"


@pytest.mark.parametrize("case", cases("file_names.txt"), ids=str)
def test_a_file_name_that_does_not_do_is_reported(case: Case, golden: Golden) -> None:
    ((path, text),) = case.files.items()
    post, printed = read(text, path=path)

    assert post is None
    golden.check(case, printed)


def test_keys_of_other_tools_are_renamed() -> None:
    settings = SETTINGS._replace(rename={"excerpt": "summary", "redirect_from": "aliases"})
    post, printed = read(front_matter("excerpt: Short.", "redirect_from: /old/"), settings=settings)

    assert printed == []
    assert post is not None
    assert (post.summary, post.aliases[0].text) == ("Short.", "/old/")


def test_a_renamed_key_beside_its_own_is_reported() -> None:
    settings = SETTINGS._replace(rename={"excerpt": "summary"})

    assert read(front_matter("summary: a", "excerpt: b"), path="a.md", settings=settings)[1] == [
        "a.md:5:1: 'excerpt' sets 'summary' a second time."
        " The first is in line 4; keep one of them."
    ]


def test_unknown_keys_can_be_warnings() -> None:
    post, printed = read(
        front_matter("layout: x"), path="a.md", settings=SETTINGS._replace(unknown_keys="warning")
    )

    assert post is not None
    assert printed == ["a.md:4:1: warning: unknown key 'layout'. Free data goes under 'extra'."]


def test_unknown_keys_can_be_allowed() -> None:
    assert (
        read(front_matter("layout: x"), settings=SETTINGS._replace(unknown_keys="allow"))[1] == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + front_matter(),
        "\ufeff\ufeff" + front_matter(),
        front_matter().replace("\n", "\r\n"),
        front_matter().replace("\n", "\r"),
        "\n\n" + front_matter(),
        front_matter().replace("---\nBody", "...\nBody"),
        front_matter().replace("---\n", "--- \t\n"),
    ],
    ids=["BOM", "two BOMs", "CRLF", "CR", "blank lines before", "dots", "spaces behind fences"],
)
@pytest.mark.usefixtures("either_loader")
def test_what_editors_do_to_a_file_does_no_harm(text: str) -> None:
    assert good(text).title == "Hello"
    assert body_of(text) == "Body\n"


@pytest.mark.parametrize(
    "body",
    [
        "---\n\nBelow a rule\n\n---\n",
        "    indented code\n    more of it\n",
        "\n\n  spaces and blank lines stay  \n\n",
        "+++\nkey: value\n...\n",
        "---\ntitle: Not a head\n---\n",
    ],
)
def test_the_body_stays_whole(body: str) -> None:
    assert body_of("---\ntitle: Hello\ndate: 2026-11-24\n---\n" + body) == body


def test_a_page_is_read() -> None:
    page, problems, *_ = read_page(
        "content/pages/About us.md", b"---\ntitle: About\n---\n", SETTINGS, Untouched()
    )

    assert problems == ()
    assert page is not None
    assert (page.title, page.permalink, page.is_draft) == ("About", "/about-us/", False)


@pytest.mark.parametrize("permalink", ["about", "/about", "/../x/", "/a b/", "//x/"])
def test_the_permalink_of_a_page_must_be_an_address(permalink: str) -> None:
    _, (problem,), *_ = read_page(
        "a.md", f"---\ntitle: About\npermalink: {permalink}\n---\n".encode(), SETTINGS, Untouched()
    )

    assert str(problem).startswith(f"a.md:3:12: '{permalink}' can't be the address of a page. ")


def test_a_term_is_read() -> None:
    term, problems, *_ = read_term(
        "content/traits/courage.md",
        b"---\ntitle: Courage\norder: 2\ntags: [risk]\nquestions: [Why not?]\n---",
        SETTINGS,
        Untouched(),
    )

    assert problems == ()
    assert term is not None
    assert (term.taxonomy, term.slug, term.order) == ("traits", "courage", 2)
    assert term.questions == ("Why not?",)


@pytest.mark.parametrize("order", ["two", "2.5", "1e3", "[2]", "99999999999"])
def test_the_order_of_a_term_must_be_a_number(order: str) -> None:
    _, (problem,), *_ = read_term(
        "content/traits/a.md",
        f"---\ntitle: A\norder: {order}\n---\n".encode(),
        SETTINGS,
        Untouched(),
    )

    assert ":3:8: 'order' must be a whole number, not " in str(problem)
    assert str(problem).endswith(". Write order: 1.")


@pytest.mark.parametrize("line", ["draft:", "draft: # true", "status:", 'status: ""'])
def test_a_key_that_holds_a_post_back_is_not_empty(line: str) -> None:
    """Nobody can tell whether the writer meant to publish it."""
    post, (problem,) = read(front_matter(line))
    key = line.partition(":")[0]

    assert post is None
    assert problem.startswith(f"content/posts/a.md:4:1: '{key}' is empty. Write {key}: ")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((), PostState.READY),
        (("draft: true",), PostState.DRAFT),
        (("draft: false", "status: ready"), PostState.READY),
        (("draft: true", "status: planned"), PostState.PLANNED),
        (("status: Idea",), PostState.IDEA),
        (("status: scheduled",), PostState.READY),
        (("status: published",), PostState.READY),
    ],
)
def test_a_status_says_how_far_a_post_is(lines: tuple[str, ...], status: PostState) -> None:
    post = good(front_matter(*lines))

    assert (post.status, post.is_draft) == (status, status is not PostState.READY)


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        ("2026-W48", date(2026, 11, 24)),
        ("2026W53", date(2026, 12, 29)),
        ("2027-w1", date(2027, 1, 5)),
    ],
)
def test_a_week_means_its_weekly_day(week: str, expected: date) -> None:
    post = good(f"---\ntitle: Plan\nweek: {week}\nstatus: planned\n---\nBody\n")

    assert (post.published.date(), post.published.time()) == (expected, SETTINGS.default_hour)


def test_a_week_counts_more_than_the_date_in_the_file_s_name() -> None:
    post = good(
        "---\ntitle: Plan\nweek: 2026-W48\n---\nBody\n", path="content/posts/2026-01-01-a.md"
    )

    assert post.published.date() == date(2026, 11, 24)


@pytest.mark.parametrize(
    "written", ["bronagh-lacey", "bronagh-lacey 2026-11-20", "bronagh-lacey, on 2026-11-20 09:00"]
)
def test_a_signature_is_an_id_and_perhaps_a_date(written: str) -> None:
    signed = good(front_matter(f"approved_by: {written}")).approved_by

    assert signed == Tag("bronagh-lacey", Location("content/posts/a.md", 4, 14))
    assert good(front_matter()).approved_by is None


def test_a_signature_counts_from_its_day_on() -> None:
    signed = good(front_matter("approved_by: bronagh 2026-11-20"))

    assert signed.approved_on == datetime(2026, 11, 20, tzinfo=SETTINGS.zone)
    assert good(front_matter("approved_by: bronagh")).approved_on is None


def test_the_date_of_a_signature_is_a_date() -> None:
    _, printed = read(front_matter("approved_by: bronagh 2026-13-01"))

    assert printed == [
        "content/posts/a.md:4:14: '2026-13-01' does not exist. "
        "There is no month 13: write year-month-day."
    ]

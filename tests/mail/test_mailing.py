"""Posts as messages, from the files of a blog."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.build.mailing import Mailing
from generator.build.report import BuildReport
from generator.mail.message import Envelope, message
from generator.render.mail import MOST_BYTES
from tests.conftest import SITE, Blog, png
from tests.hostile import write_hostile
from tests.mail.blogs import mail_of, mails_of, problems_of

REPLY = """\
---
to: {to}
name: {name}
role: Nurse
received: {received}
kind: {kind}
state: {state}
consent: {consent}
---
{words}
"""


def answer(blog: Blog, name: str, words: str, **more: str) -> None:
    """A reply to a post, which is approved and public if nothing else is said."""
    values = {
        "to": "2026-11-10-one",
        "received": "2026-11-14T09:00:00Z",
        "kind": "question",
        "state": "approved",
        "consent": "public",
    } | more
    path = f"content/replies/{values['to']}/{name.lower().replace(' ', '-')}.md"
    blog.write(path, REPLY.format(name=name, words=words, **values))


def links(html: str) -> list[str]:
    """Where everything in some HTML leads."""
    return [str(node.attributes["href"]) for node in LexborHTMLParser(html).css("a[href]")]


def sources(html: str) -> list[str]:
    """The images that some HTML shows, without the icon of a trait."""
    found = LexborHTMLParser(html).css("img:not(.icon)")
    return [str(node.attributes["src"]) for node in found]


def test_the_newest_published_post_is_mailed(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two", "Two *words*.\n", summary="In short")
    blog.post("2026-11-24-three")
    made = mail_of(blog)

    assert (made.name, made.parts.subject) == ("2026-11-17-two", "Two")
    assert "Two <em>words</em>." in made.parts.html
    assert "Two words." in made.parts.text
    assert "https://example.org/blog/2026/two/" in links(made.parts.html)
    assert "In short" in LexborHTMLParser(made.parts.html).css_first(".preheader").text()


def test_any_post_is_mailed_by_its_name(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two")

    assert mail_of(blog, "one").name == "2026-11-10-one"
    assert problems_of(blog, "tow") == [
        "content/posts: there is no post 'tow'. Did you mean 'two'?"
    ]


def test_what_is_not_published_is_not_mailed(blog: Blog) -> None:
    assert problems_of(blog) == ["content/posts: no post is published yet."]
    blog.post("2026-11-24-three")

    assert problems_of(blog, "three") == [
        "content/posts/2026-11-24-three.md: the post is not published. Add --drafts --future to "
        "see what its message will be."
    ]


def test_only_warnings_about_the_post_come_with_it(blog: Blog) -> None:
    blog.post("2026-11-10-one", "![](gone.png)\n")
    blog.post("2026-11-17-two", "![x](lost.png)\n")
    (problem,) = mail_of(blog).problems

    assert "lost.png" in problem.message


def test_a_digest_has_the_posts_of_a_month_oldest_first(blog: Blog) -> None:
    blog.post("2026-10-27-zero")
    blog.post("2026-11-10-one", "Long.\n", summary="One in short")
    blog.post("2026-11-17-two", summary="Two in short")
    made = mail_of(blog, month="2026-11")

    assert (made.name, made.parts.subject) == ("2026-11", "Letters: November 2026")
    words = made.parts.text
    assert 0 < words.index("One in short") < words.index("Two in short")
    assert "Zero" not in words
    assert "Long." not in made.parts.html


@pytest.mark.parametrize(
    ("month", "problem"),
    [
        ("2026-13", "content/posts: '2026-13' is no month. Write it like 2026-11."),
        ("November", "content/posts: 'November' is no month. Write it like 2026-11."),
        ("2025-01", "content/posts: no post was published in 2025-01."),
    ],
)
def test_a_digest_without_posts_is_a_problem(blog: Blog, month: str, problem: str) -> None:
    blog.post("2026-11-17-two")

    assert problems_of(blog, month=month) == [problem]


def test_questions_of_the_week_before_are_shown_questions_first(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two")
    answer(blog, "Aoife", "Thank you.", kind="thanks", received="2026-11-11T09:00:00Z")
    answer(blog, "Bea Byrne", "Why *now*?")
    answer(blog, "Older one", "Too old.", received="2026-11-09T09:00:00Z")
    answer(blog, "Not approved", "Hidden words.", state="new")
    answer(blog, "Nameless one", "Say nothing of me.", consent="private")
    answer(blog, "Somebody unnamed", "No name.", consent="anonymous")
    text = mail_of(blog).parts.text
    asked = text.partition("You asked\n---------\n")[2].partition("Answer back")[0]

    assert [line for line in asked.split("\n") if line.startswith(">")] == [
        "> Why now?",
        "> No name.",
        "> Thank you.",
    ]
    assert "Bea Byrne, Nurse: One" in asked
    assert "A colleague: One" in asked
    assert "Somebody" not in text
    assert "<https://example.org/blog/2026/one/#reply-bea-byrne>" in asked


def test_without_replies_nothing_was_asked(blog: Blog) -> None:
    blog.post("2026-11-17-two")

    assert "You asked" not in mail_of(blog).parts.text


def test_the_settings_are_in_the_message(blog: Blog) -> None:
    blog.write(
        "content/site.toml",
        SITE + '[mail]\nsubject = "Letters: {title}"\nwhy = "You work with us."\n'
        'unsubscribe = "mailto:leave@example.org"\n'
        '[answer]\nemail = "tuesday@example.org"\n',
    )
    blog.post("2026-11-17-two", title="'A {title} & more'")
    made = mail_of(blog)

    assert made.parts.subject == "Letters: A {title} & more"
    for part in (made.parts.html, made.parts.text):
        assert "You work with us." in part
        assert "leave@example.org" in part
        assert "mailto:tuesday@example.org?subject=" in part


def test_a_trait_gives_its_icon_and_colour(blog: Blog) -> None:
    trait = blog.folder / "content/traits/courage.md"
    trait.write_text(trait.read_text().replace("order: 2", "order: 2\nicon: bend\ncolour: plum"))
    blog.post("2026-11-17-two", tags="[courage]")
    made = mail_of(blog)
    (icon,) = made.parts.images

    assert f'src="cid:{icon.cid}"' in made.parts.html
    assert icon.data.startswith(b"\x89PNG")
    assert "color: #74287c" in made.parts.html


TWO = "---\ntitle: Two\ntags: [listening]\n---\n![A view](view.png)\n"


def test_pictures_are_linked_or_brought_along(blog: Blog) -> None:
    blog.write("content/posts/2026-11-17-two/index.md", TWO)
    blog.write("content/posts/2026-11-17-two/view.png", png(8))
    linked, brought = mail_of(blog), mail_of(blog, brings_images=True)
    icon, picture = brought.parts.images

    assert sources(linked.parts.html) == ["https://example.org/blog/2026/two/view.png"]
    assert linked.parts.images == (icon,)
    assert sources(brought.parts.html) == [f"cid:{picture.cid}"]
    assert (picture.name, picture.media_type) == ("view.png", "image/png")
    assert "[Image: A view]" in linked.parts.text


def test_a_post_that_is_too_long_is_cut_at_a_paragraph(blog: Blog) -> None:
    paragraphs = "\n\n".join(f"Paragraph {n} {'word ' * 120}end." for n in range(300))
    blog.post("2026-11-17-two", paragraphs)
    made = mail_of(blog)
    body = LexborHTMLParser(made.parts.html).css_first(".body")
    shown = [node.text().strip() for node in body.css("p")]

    assert MOST_BYTES * 0.98 < len(made.parts.html.encode()) <= MOST_BYTES
    assert 50 < len(shown) < 300
    assert all(paragraph.endswith("end.") for paragraph in shown)
    assert "too long for an email" in made.parts.html
    assert "Paragraph 299" in made.parts.text


def test_one_paragraph_that_is_too_long_becomes_a_link(blog: Blog) -> None:
    blog.post("2026-11-17-two", "word " * 30_000)
    made = mail_of(blog)

    assert len(made.parts.html.encode()) <= MOST_BYTES
    assert "too long for an email" in made.parts.html


def test_nothing_is_loaded_but_pictures_of_posts(blog: Blog) -> None:
    blog.post("2026-11-17-two", "![x](https://elsewhere.example/x.png)\n", image_alt="''")
    html = mail_of(blog).parts.html
    page = LexborHTMLParser(html)

    assert sources(html) == ["https://elsewhere.example/x.png"]
    assert page.css("link, script, iframe, object, [background], [srcset]") == []
    assert "url(" not in html
    assert "@import" not in html


def test_css_inline_is_asked_for_in_plain_words(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("2026-11-17-two")
    monkeypatch.setitem(sys.modules, "css_inline", None)

    assert problems_of(blog) == [
        "content/site.toml: css-inline is not installed, which writes styles where mail programs "
        "read them. Install it: pip install 'cio-weekly[mail]'"
    ]


def test_the_same_blog_gives_the_same_bytes(blog: Blog) -> None:
    blog.post("2026-11-17-two")

    assert mail_of(blog) == mail_of(blog)


@pytest.mark.parametrize("language", ["en-GB", "ar"])
def test_hard_texts_come_through_whole(blog: Blog, language: str) -> None:
    write_hostile(blog, language)
    made = mail_of(blog, now="2027-01-01T12:00:00+00:00")
    page = LexborHTMLParser(made.parts.html)
    data = message(made.parts, Envelope(sender="Ada <ada@example.org>"), to="all@example.org")
    read = message_from_bytes(data, policy=policy.default)

    assert page.css("script") == []
    assert read["Subject"] == made.parts.subject
    assert "Tom &" in made.parts.subject
    assert _missing(made) == []


# Of all posts of a real blog


@pytest.fixture(scope="module")
def real_mails(real_blog: tuple[Blog, BuildReport]) -> tuple[Mailing, ...]:
    return tuple(mails_of(real_blog[0].folder))


def test_every_post_of_a_real_blog_fits_a_mail(real_mails: tuple[Mailing, ...]) -> None:
    assert len(real_mails) == 120
    assert max(len(made.parts.html.encode()) for made in real_mails) <= MOST_BYTES


def test_every_link_and_picture_text_is_in_the_plain_part(real_mails: tuple[Mailing, ...]) -> None:
    assert [(made.name, missing) for made in real_mails if (missing := _missing(made))] == []


def test_every_real_message_is_read_back_as_it_was(real_mails: tuple[Mailing, ...]) -> None:
    import mailparser

    for made in real_mails:
        data = message(made.parts, Envelope(sender="Ada <ada@example.org>"))
        read = message_from_bytes(data, policy=policy.default)
        elsewhere = mailparser.parse_from_bytes(data)
        for kind, wanted, other in (
            ("plain", made.parts.text, elsewhere.text_plain),
            ("html", made.parts.html, elsewhere.text_html),
        ):
            part = read.get_body((kind,))  # type: ignore[attr-defined]
            assert part.get_content().replace("\r\n", "\n").strip() == wanted.strip()
            assert other[0].replace("\r\n", "\n").strip() == wanted.strip()
        assert read["Subject"] == elsewhere.subject == made.parts.subject


def _missing(made: Mailing) -> list[str]:
    """Links and picture texts of the HTML that the plain text lacks."""
    page = LexborHTMLParser(made.parts.html)
    text = _squeezed(made.parts.text)
    home = links(made.parts.html)[0]
    terms = {str(a.attributes["href"]) for a in page.css("a.name")}
    urls = {url.removeprefix("mailto:") for url in links(made.parts.html)} - {home} - terms
    alts = {str(image.attributes.get("alt") or "") for image in page.css("img")}
    return [what for what in sorted(urls | alts) if _squeezed(what) not in text]


def _squeezed(text: str) -> str:
    """Text without the line ends, quote marks and spaces that wrapping changes."""
    return re.sub(r"[\s>]+", "", text)


# Colours


NIGHT = re.compile(r"^\s*([^{}@]+)\{([^}]*)\}", re.MULTILINE)


def test_all_words_can_be_read_in_every_scheme(blog: Blog) -> None:
    blog.write(
        "content/site.toml",
        SITE + '[answer]\nemail = "tuesday@example.org"\n',
    )
    blog.post("2026-11-10-one")
    blog.post(
        "2026-11-17-two",
        "> [!NOTE]\n> x\n\n## h\n\na [l](https://x.example/) `c` <mark>m</mark>\n\n"
        "```\ncode\n```\n\n| a |\n|---|\n| b |\n\n# h1\n\n#### h4\n\n> q\n\n"
        "<figure><figcaption>c</figcaption></figure>\n\n<details><summary>s</summary>d</details>\n",
        summary="Something else",
    )
    answer(blog, "Bea Byrne", "Why *now*?")
    html = mail_of(blog).parts.html

    by_day = dict(_pairs(html, {}))
    by_night = dict(_pairs(html, _night(html)))
    for shown in (by_day, by_night):
        assert len(shown) > 20
        assert {words: pair for words, pair in shown.items() if _contrast(*pair) < 4.5} == {}
    inverted = {words: tuple(map(_inverted, pair)) for words, pair in by_day.items()}
    assert {w: pair for w, pair in inverted.items() if _contrast(*pair) < 4.5} == {}
    partly = {words: _partly_inverted(*pair) for words, pair in by_day.items()}
    assert {w: pair for w, pair in partly.items() if _contrast(*pair) < 4.5} == {}


Colour = tuple[float, float, float]


def _night(html: str) -> dict[int, dict[str, str]]:
    """What the rules for dark schemes say of each element, by its place in memory."""
    page = LexborHTMLParser(html)
    rules = html.partition("prefers-color-scheme: dark) {")[2].partition("</style>")[0]
    order = {node.mem_id: place for place, node in enumerate(page.css("*"))}
    found: dict[int, dict[str, str]] = {}
    for selectors, declarations in NIGHT.findall(rules):
        parts = declarations.replace("!important", "").split(";")[:-1]
        said = dict(part.split(":") for part in parts)
        for node in page.css(selectors.strip()):
            styles = found.setdefault(order[node.mem_id], {})
            styles |= {key.strip(): value.strip() for key, value in said.items()}
    return found


def _pairs(
    html: str, night: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[str, tuple[Colour, Colour]]]:
    """Each text with its colour, and that of the field behind it; both must be said."""
    page = LexborHTMLParser(html)
    order = {node.mem_id: place for place, node in enumerate(page.css("*"))}
    for node in page.css_first("table").css("*"):
        words = node.text(deep=False).strip()
        if words and node.tag != "style":
            colour = _nearest(node, "color", night, order)
            field = _nearest(node, "background-color", night, order)
            yield f"{node.tag}: {words}", (colour, field)


def _nearest(
    node: LexborNode, key: str, night: Mapping[int, Mapping[str, str]], order: Mapping[int, int]
) -> Colour:
    at: LexborNode | None = node
    while at is not None and at.tag != "body":
        style = re.search(rf"(?:^|;)\s*{key}: (#\w+)", at.attributes.get("style") or "")
        said = night.get(order[at.mem_id], {}).get(key) or (style[1] if style else "")
        if said:
            return tuple(int(said[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]
        at = at.parent
    raise AssertionError(f"{node.html} has no {key} of its own")


def _luminance(colour: Colour) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _inverted(colour: Colour) -> Colour:
    """A colour whose lightness is inverted, and whose hue stays."""
    low, high = min(colour), max(colour)
    return tuple(c + 1 - low - high for c in colour)  # type: ignore[return-value]


def _partly_inverted(colour: Colour, field: Colour) -> tuple[Colour, Colour]:
    """As programs do that only darken light fields, and the words on them."""
    is_light = _luminance(field) > 0.5
    return (_inverted(colour), _inverted(field)) if is_light else (colour, field)


# The feed of mails


FEED = SITE + '[mail]\nfeed = true\n[answer]\nemail = "tuesday@example.org"\n'


def test_there_is_a_feed_of_mails_only_if_asked(blog: Blog) -> None:
    blog.post("2026-11-17-two")
    blog.build()
    assert "mail.xml" not in blog.tree()
    blog.write("content/site.toml", FEED)
    blog.build()

    assert "mail.xml" in blog.tree()


def test_an_entry_of_the_feed_is_a_mail(blog: Blog) -> None:
    blog.write("content/site.toml", FEED)
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two", "## Head\n\nTwo *words*.\n")
    blog.post("2026-11-24-three")
    blog.build()
    feed = feedparser.parse(blog.tree()["mail.xml"])
    html = feed.entries[0].content[0].value

    assert not feed.bozo
    assert "https://example.org/blog/mail.xml" in [link.href for link in feed.feed.links]
    assert feed.feed.link == "https://example.org/blog/"
    assert [entry.title for entry in feed.entries] == ["Two", "One"]
    assert "<table" in html
    assert re.search(r'<h2 style="[^"]*">Head ?</h2>', html)
    assert "mailto:tuesday@example.org?subject=" in html
    assert not re.search(r"<style|<html|<body|<!--|class=|cid:", html)


def test_the_feed_follows_its_template(blog: Blog) -> None:
    blog.write("content/site.toml", FEED)
    blog.post("2026-11-17-two")
    blog.build()
    blog.write("templates/mail.html", "<body><p>Ours: {{ posts[0].title }}</p></body>")
    blog.build()

    assert "Ours: Two" in blog.tree()["mail.xml"].decode()


def test_a_feed_without_css_inline_is_a_problem(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.write("content/site.toml", FEED)
    blog.post("2026-11-17-two")
    monkeypatch.setitem(sys.modules, "css_inline", None)

    assert [line for line in blog.problems() if "css-inline" in line] != []


def test_the_feed_follows_what_comes_back(blog: Blog) -> None:
    blog.write("content/site.toml", FEED)
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two")
    blog.build()
    answer(blog, "Bea Byrne", "Why now?")
    blog.build()
    kept = blog.tree()["mail.xml"]
    blog.build(output="clean")

    assert b"Why now?" in kept
    assert blog.tree("clean")["mail.xml"] == kept


LOADED = """
import sys
from generator.cli import main
try:
    main(["build", "--quiet", "--blog", sys.argv[1], "--now", "2026-11-22"])
except SystemExit as ended:
    assert not ended.code
print([name for name in sys.modules if "mail" in name or name == "css_inline"])
"""


def test_a_plain_build_loads_nothing_of_mail(blog: Blog) -> None:
    blog.post("2026-11-17-two")
    arguments = [sys.executable, "-c", LOADED, str(blog.folder)]
    ended = subprocess.run(arguments, capture_output=True, text=True, check=True)

    assert ended.stdout == "[]\n"

"""`weekly new` and `weekly note`: posts that are right before anybody has touched them."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog


def new(blog: Blog, *arguments: str) -> Result:
    return run("new", *arguments, "--blog", str(blog.folder), **SUNDAY)


def note(blog: Blog, *arguments: str, stdin: str = "") -> Result:
    return run("note", *arguments, "--blog", str(blog.folder), stdin=stdin, **SUNDAY)


def written(blog: Blog) -> list[str]:
    """The names of all posts."""
    return sorted(path.name for path in (blog.folder / "content/posts").iterdir())


def text_of(blog: Blog, name: str) -> str:
    return (blog.folder / f"content/posts/{name}").read_text(encoding="utf-8")


def problems(blog: Blog) -> list[str]:
    """What is wrong, but for what is to be written, and letters that images of ours can't show."""
    result = blog.problems(drafts=True, future=True)
    known = ("font of social images", "is still to be replaced")
    return [line for line in result if not any(words in line for words in known)]


def test_a_new_post_is_a_draft_for_the_next_free_week(blog: Blog) -> None:
    result = new(blog, "What I heard at Stell Road", "--trait", "listening")

    path = "content/posts/2026-11-24-what-i-heard-at-stell-road.md"
    assert result == Result(
        0,
        f"Created {blog.folder}/{path} as a draft.\n"
        "It will be published on Tuesday 24 November at 00:00 once you remove 'draft: true'. "
        "Preview it with: weekly serve\n",
        "",
    )
    assert (blog.folder / path).read_text(encoding="utf-8") == (
        "---\n"
        "title: What I heard at Stell Road\n"
        "date: 2026-11-24 00:00\n"
        "id: w2026-48\n"
        "tags: [listening]\n"
        'summary: ""\n'
        "draft: true\n"
        "---\n"
        "\n"
        "> Whom did I hear?\n"
        "\n"
        "Begin with what happened, to whom, and what you make of it.\n"
        "\n"
        "**What would you like to ask everybody this week?**\n"
    )


def test_weeks_that_have_a_post_are_skipped(blog: Blog) -> None:
    blog.post("2026-11-27-held")
    blog.post("2026-12-05-draft", draft="true")
    blog.post("2026-12-08-broken", titel="x")
    new(blog, "Free")

    assert "2026-12-15-free.md" in written(blog)


@pytest.mark.parametrize(
    "title",
    [
        'Week 3: "listening"',
        "It's 50 % #1 & <b>bold</b> \\ `code` {x} [y]",
        "- a list: of things",
        "🎉 We did it",
        "قائمة الأسبوع",
        "null",
        "2026",
        "word " * 40,
        "ŵ" * 200,
        "  two\n lines ",
        "Archive",
    ],
)
def test_a_new_post_with_any_title_builds_untouched(blog: Blog, title: str) -> None:
    assert new(blog, title).exit_code == 0
    assert [line for line in problems(blog) if "Social images have room" not in line] == []
    (name,) = written(blog)
    assert len(name.encode()) < 240


@pytest.mark.parametrize(
    ("title", "problem"),
    [
        ("!?!", "content/posts: the title '!?!' has no letters or digits for a file name."),
        ("a\x1b[31mb", "content/posts: the title has a character that can't be shown (U+001B)"),
        (" ", "weekly: the post needs a title: weekly new"),
    ],
)
def test_a_title_without_a_file_name_in_it_is_a_problem(
    blog: Blog, title: str, problem: str
) -> None:
    result = new(blog, title)

    assert result.exit_code != 0
    assert result.stderr.startswith(problem)
    assert not (blog.folder / "content/posts").exists()


def test_text_that_looks_like_an_option_gets_a_hint(blog: Blog) -> None:
    assert (
        "Put text that begins with a hyphen after --, with a space between."
        in new(blog, "---").stderr
    )


def test_two_new_posts_never_share_a_file_an_address_or_an_id(blog: Blog) -> None:
    for _ in range(3):
        new(blog, "Hello", "--date", "2026-11-24")
    new(blog, "Hello")

    assert written(blog) == [
        "2026-11-24-hello-2.md",
        "2026-11-24-hello-3.md",
        "2026-11-24-hello.md",
        "2026-12-01-hello-4.md",
    ]
    assert problems(blog) == []
    ids = [text_of(blog, name).split("id: ")[1].split("\n")[0] for name in written(blog)]
    assert ids == ["w2026-48-2", "w2026-48-3", "w2026-48", "w2026-49"]


def test_an_id_in_an_unreadable_file_is_not_used_again(blog: Blog) -> None:
    blog.post("2026-11-10-broken", titel="x", id="w2026-48")
    new(blog, "Hello")

    assert "id: w2026-48-2\n" in text_of(blog, "2026-11-24-hello.md")


@pytest.mark.parametrize("trait", ["courage", "Have an opinion", "RISK", "have  an-opinion"])
def test_a_trait_can_be_named_by_slug_title_or_tag(blog: Blog, trait: str) -> None:
    assert new(blog, "Hello", "--trait", trait).exit_code == 0
    assert "tags: [courage]\n" in text_of(blog, "2026-11-24-hello.md")


def test_a_misspelt_trait_gets_a_suggestion(blog: Blog) -> None:
    assert new(blog, "Hello", "--trait", "listning") == Result(
        2, "", "weekly: --trait: there is no trait 'listning'. Did you mean 'listening'?\n"
    )
    assert new(blog, "Hello", "--trait", "zzz").stderr.endswith("Write one of listen, courage.\n")


def test_without_a_trait_it_gets_the_one_that_has_waited_longest(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[risk]")
    assert "Its trait is 'Listen and learn'. No post is about it yet." in new(blog, "A").stdout
    assert "Its trait is 'Have an opinion'" in new(blog, "B").stdout


def test_a_blog_without_traits_can_have_a_new_post(blog: Blog) -> None:
    for path in (blog.folder / "content/traits").iterdir():
        path.unlink()

    assert new(blog, "Hello").exit_code == 0


def test_a_post_with_a_past_date_is_published_with_the_next_build(blog: Blog) -> None:
    assert (
        "It will be published with the next build once"
        in new(blog, "A", "--date", "2026-11-03").stdout
    )
    assert new(blog, "A", "--date", "3/4/2026").stderr == (
        "weekly: --date: '3/4/2026' can mean two dates. Write 2026-03-04 or 2026-04-03.\n"
    )


def test_a_note_is_published_with_the_next_build(blog: Blog) -> None:
    result = note(blog, "The **network** is back. Thank you for your patience.")

    path = "content/posts/2026-11-22-the-network-is-back.md"
    assert result == Result(
        0,
        f"Created {blog.folder}/{path}, with the trait 'Listen and learn'.\n"
        "It will be published with the next build: weekly build\n",
        "",
    )
    assert (blog.folder / path).read_text(encoding="utf-8") == (
        "---\n"
        "title: The network is back\n"
        "date: 2026-11-22 12:00\n"
        "id: w2026-47\n"
        "tags: [listening]\n"
        "---\n"
        "\n"
        "The **network** is back. Thank you for your patience.\n"
    )
    blog.build()
    assert "2026/the-network-is-back/index.html" in blog.tree()


def test_a_note_fills_its_week(blog: Blog) -> None:
    note(blog, "Away this week.", "--date", "2026-11-24")
    new(blog, "Back again")

    assert "2026-12-01-back-again.md" in written(blog)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("🎉", "2026-11-22-note.md", '"🎉"'),
        ("---\n\n- one", "2026-11-22-sunday-22-november-2026.md", "Sunday 22 November 2026"),
        (
            "I have read all of your answers to the question of last week, and I am sorry",
            "2026-11-22-i-have-read-all-of-your-answers-to-the-question-of.md",
            '"I have read all of your answers to the question of last…"',
        ),
        ("Why not? Tell me.", "2026-11-22-why-not.md", '"Why not?"'),
        ("title: x", "2026-11-22-title-x.md", '"title: x"'),
        (
            "Dr. Smith has joined us. Say hello.",
            "2026-11-22-dr-smith-has-joined-us.md",
            "Dr. Smith has joined us",
        ),
        ("終わった。次は？", "2026-11-22-終わった.md", "終わった"),
        ("It's Gail's idea", "2026-11-22-its-gails-idea.md", "It’s Gail’s idea"),
    ],
)
def test_the_first_words_of_a_note_are_its_title(
    blog: Blog, text: str, name: str, title: str
) -> None:
    assert note(blog, text).exit_code == 0
    assert written(blog) == [name]
    assert f"\ntitle: {title}\n" in text_of(blog, name)
    assert problems(blog) == []


def test_a_note_gets_the_trait_whose_tag_it_mentions(blog: Blog) -> None:
    note(blog, "We took a risk, and lost.")

    assert "tags: [courage]" in text_of(blog, "2026-11-22-we-took-a-risk-and-lost.md")


def test_a_note_can_be_piped_in_and_kept_as_a_draft(blog: Blog) -> None:
    result = note(blog, "--draft", stdin="From a file.\n")

    assert "It is a draft: remove the line 'draft: true'" in result.stdout
    assert "draft: true\n---\n\nFrom a file.\n" in text_of(blog, "2026-11-22-from-a-file.md")


HEADED = {
    "# My heading\n\nWords.\n": "My heading",
    "\n# My *heading* #\nWords.": "My heading",
    "My heading\n==========\n\nWords.": "My heading",
    "---\ntitle: My heading\n---\n\n# My heading\n\nWords.": "My heading",
    "---\ntitle: My heading\n---\nWords.": "My heading",
    "\ufeff---\r\nsummary: In short.\r\n---\r\n\r\n# My heading\r\n\r\nWords.": "My heading",
    "---\ntags: [risk]\n---\nWords.": "Words",
    "---\ntitle:\ntags: [risk]\n---\nWords.": "Words",
    "---\n---\nWords.": "Words",
    "---\ntags: []\n---\n<H1>My <em>heading</em></H1>\nWords.": "My heading",
    "<h1 id='x'>My heading</h1>\n\nWords.": "My heading",
    "---\n# A comment\n\ntitle: ''\n---\nWords.": "Words",
}


@pytest.mark.parametrize("text", HEADED)
def test_a_heading_or_front_matter_says_the_title(blog: Blog, text: str) -> None:
    """Issue 12, line 28."""
    result = note(blog, stdin=text)
    (name,) = written(blog)
    blog.build()
    page = blog.page(f"2026/{HEADED[text].lower().replace(' ', '-')}/")

    assert result.stderr == ""
    assert name == f"2026-11-22-{HEADED[text].lower().replace(' ', '-')}.md"
    assert page.count("<h1") == 1
    assert f">{HEADED[text]}</h1>" in page
    assert text_of(blog, name).endswith("\n---\n\nWords.\n")
    assert text_of(blog, name).count("---\n") == 2
    assert problems(blog) == []


def test_front_matter_of_a_note_is_kept_and_completed(blog: Blog) -> None:
    """Issue 12, line 28."""
    text = "---\ntitle: Kept\ntags: [risk]  # mine\ndate: 2026-12-01\ndraft: true\n---\nI listen.\n"
    result = note(blog, stdin=text)

    assert result.stdout.endswith("kept.md.\nIt is a draft, as its front matter says.\n")
    assert text_of(blog, "2026-12-01-kept.md") == (
        "---\ntitle: Kept\ntags: [risk]  # mine\ndate: 2026-12-01\ndraft: true\n"
        "id: w2026-49\n---\n\nI listen.\n"
    )


def test_a_note_with_a_day_of_its_own_says_when_it_appears(blog: Blog) -> None:
    result = note(blog, stdin="---\nweek: 2026-W49\n---\nWords.\n")

    assert result.stdout.endswith("It will be published on Tuesday 1 December at 00:00.\n")
    assert written(blog) == ["2026-12-01-words.md"]


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ("# About C#", "## About C#"),
        ("About C#\n===", "## About C#"),
        ("<h1 id='x'>About C#</h1>", "## About C#"),
    ],
)
def test_a_heading_that_is_not_the_title_comes_below_it(
    blog: Blog, heading: str, kept: str
) -> None:
    note(blog, stdin=f"---\ntitle: Two languages\n---\n{heading}\n\nWords.\n")
    blog.build()

    assert f"\n---\n\n{kept}\n\nWords.\n" in text_of(blog, "2026-11-22-two-languages.md")
    assert blog.page("2026/two-languages/").count("<h1") == 1


@pytest.mark.parametrize("text", ["---\n\nWords.", "***\nWords: more.", "Date: Friday\n\nSee you."])
def test_a_line_that_is_no_front_matter_is_the_writer_s(blog: Blog, text: str) -> None:
    note(blog, stdin=text)

    assert text_of(blog, written(blog)[0]).endswith(f"\n---\n\n{text}\n")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("---\ntitle: a: b\n---\nWords.", "TEXT:2:9: the value of 'title' contains a colon."),
        ("---\ntitle: Open\n\nWords.", "TEXT:1:1: the front matter that begins here has no end."),
        ("\n\n---\ncolour: red\n---\nWords.", "TEXT:4:1: unknown key 'colour'."),
        ("—--\ntitle: x\n---\nWords.", "TEXT:1:1: the front matter begins with '—--'."),
        ("draft: true\n\nWords.", "TEXT:1:1: the front matter has no beginning."),
        ('{"title": "x"}\n\nWords.', "TEXT:1:1: front matter between { and } is JSON"),
        ("+++\ntitle = 'x'\n+++\nWords.", "TEXT:1:1: front matter between +++ lines is TOML"),
        ("---\ntitle: x\ncolour: red\n---\nWords.", "TEXT:3:1: unknown key"),
        ("---\ntitle: x\npublished: false\n---\nWords.", "TEXT:3:1: 'published"),
        ("# Only a heading\n", "content/posts: the note is only a heading. Write a word."),
    ],
)
def test_a_note_with_wrong_front_matter_is_not_written(blog: Blog, text: str, printed: str) -> None:
    result = note(blog, stdin=text)

    assert result.exit_code == 1
    assert result.stderr.startswith(printed)
    assert not (blog.folder / "content/posts").exists()


@pytest.mark.parametrize(
    ("head", "options"),
    [
        ("tags: [risk]", ["--trait", "listen"]),
        ("date: 2026-12-01", ["--date", "2026-12-02"]),
        ("week: 2026-W50", ["--date", "2026-12-02"]),
        ("status: ready", ["--draft"]),
    ],
)
def test_an_option_and_front_matter_do_not_disagree(
    blog: Blog, head: str, options: list[str]
) -> None:
    result = note(blog, *options, stdin=f"---\n{head}\n---\nWords.\n")

    assert result.stderr == (
        f"TEXT:2:1: the text has '{head.partition(':')[0]}' in its own front matter, and there is "
        f"{options[0]} as well. Delete that line, or leave out {options[0]}.\n"
    )


@pytest.mark.parametrize("text", ["", " \n", "a\x07b"])
def test_an_empty_note_is_a_problem(blog: Blog, text: str) -> None:
    result = note(blog, text)

    assert result.exit_code == 1
    assert result.stderr.startswith("content/posts")
    assert not (blog.folder / "content/posts").exists()


def at_a_terminal(blog: Blog, typed: str, *arguments: str, **environment: str) -> str:
    """All that a command shows to somebody who types at a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments, "--blog", str(blog.folder)],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | SUNDAY | {"NO_COLOR": "1"} | environment,
        close_fds=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    shown = b""
    try:
        while part := os.read(ours, 4096):
            shown += part
    except OSError:  # the terminal is gone when the command has ended
        pass
    process.wait()
    os.close(ours)
    return shown.decode().replace("\r\n", "\n")


def test_at_a_terminal_the_trait_and_the_day_are_asked_for(blog: Blog) -> None:
    shown = at_a_terminal(blog, "\nHello\nnobody\n2\ntomorrow\n\n", "new", EDITOR="")

    assert "Title: Error: A post needs a title. You can change it later.\nTitle: " in shown
    assert "  1  Listen and learn: I will ask first.\n  2  Have an opinion: I will" in shown
    assert (
        "Trait [1]: Error: There is no trait 'nobody'. Write one of listen, courage.\nTrait [1]: "
        in shown
    )
    assert "Publish on [2026-11-24 00:00]: Error: 'tomorrow' is not a date." in shown
    assert "tags: [courage]" in text_of(blog, "2026-11-24-hello.md")


def test_at_a_terminal_the_editor_is_opened_and_its_result_is_checked(
    blog: Blog, tmp_path: Path
) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nsed -i "s/summary/sumary/" "$2"\n')
    editor.chmod(0o755)
    shown = at_a_terminal(blog, "\n\n", "new", "Hello", VISUAL=f"'{editor}' -w", EDITOR="false")

    assert (
        "2026-11-24-hello.md:6:1: warning: unknown key 'sumary'. Did you mean 'summary'?" in shown
    )
    assert "sumary" in text_of(blog, "2026-11-24-hello.md")


def test_no_editor_is_opened_if_unwanted_or_missing(blog: Blog) -> None:
    shown = at_a_terminal(blog, "\n\n", "new", "One", "--no-edit", VISUAL="/none")
    assert "/none" not in shown

    shown = at_a_terminal(blog, "\n\n", "new", "Two", VISUAL="/none")
    assert "weekly: the editor '/none' can't be started." in shown
    assert "2026-12-01-two.md as a draft." in shown


def test_the_end_of_the_input_stops_the_command(blog: Blog) -> None:
    assert "weekly: stopped." in at_a_terminal(blog, "\x04", "new", "Hello")
    assert not (blog.folder / "content/posts").exists()


def test_where_posts_need_approval_a_note_says_so(blog: Blog) -> None:
    blog.set("require_approval = true\n")

    assert note(blog, "Two lines.").stdout.endswith(
        "Somebody has to approve it before it can be published: approved_by: ID.\n"
    )
    blog.set("require_approval = true\napproval_since = 2027-01-01\n")
    assert "approve" not in note(blog, "Three lines.").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["- one, two", "--draft", "--date", "2026-11-24", "-q"],
        ["-q", "--date", "2026-11-24", "--draft", "- one, two"],
        ["--draft", "-q", "--date=2026-11-24", "--", "- one, two"],
        ["--draft", "-q", "--date=2026-11-24 09:00", "- one, two"],
    ],
)
def test_a_sentence_that_begins_with_a_hyphen_is_text(blog: Blog, arguments: list[str]) -> None:
    assert run("note", "--blog", str(blog.folder), *arguments, **SUNDAY) == Result(0, "", "")
    (name,) = written(blog)
    assert text_of(blog, name).endswith("draft: true\n---\n\n- one, two\n")

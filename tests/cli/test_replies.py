"""`weekly replies`: what waits, and what becomes of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.model import Reply
from tests.cli.test_new import at_a_terminal
from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog, files_below
from tests.site.test_listening import post, reply


@pytest.fixture
def letters(blog: Blog) -> Blog:
    """A blog with a post and four replies, two of which wait."""
    post(blog)
    reply(
        blog,
        "2026-11-18T0915-1a2b3c4d",
        state="new",
        role="Service desk",
        via="email",
        received="2026-11-18 09:15",
    )
    reply(
        blog,
        "2026-11-12T0800-00000002",
        state="new",
        consent="private",
        received="2026-11-12 08:00",
        kind="question",
        body="Will the *desk* open\nearlier?\n\n- Soon?\n",
    )
    reply(blog, "2026-11-10T1200-00000003", kind="question", received="2026-11-10 12:00")
    reply(blog, "2026-11-13T0800-00000004", state="spam")
    return blog


def replies(blog: Blog, *arguments: str, stdin: str = "") -> Result:
    return run("replies", *arguments, "--blog", str(blog.folder), stdin=stdin, **SUNDAY)


def as_json(blog: Blog) -> Any:
    return json.loads(replies(blog, "--format", "json").stdout)


def text_of(blog: Blog, name: str) -> str:
    return (blog.folder / f"content/replies/hello/{name}.md").read_text(encoding="utf-8")


def read(blog: Blog, name: str) -> Reply:
    """A reply of a blog that builds."""
    from generator.cli.blog_context import blog_context
    from generator.cli.shared_options import SharedOptions

    content = blog_context(SharedOptions(blog=blog.folder)).inventory.content
    return next(reply for reply in content.replies if reply.id == name)


FIRST, SECOND = "2026-11-18T0915-1a2b3c4d", "2026-11-12T0800-00000002"


def test_what_waits_is_listed_oldest_first(letters: Blog) -> None:
    assert replies(letters) == Result(
        0,
        f"{SECOND}  question, consent: private\n"
        "  Aoife Brennan, in person on 12 November 2026, to “Hello”\n"
        "  Will the desk open earlier? Soon?\n"
        "\n"
        f"{FIRST}  reply, consent: public\n"
        "  Aoife Brennan, Service desk, by mail on 18 November 2026, to “Hello”\n"
        "  Words.\n"
        "\n"
        "2 replies wait. To decide: weekly replies decide ID --approve\n"
        "1 question without an answer: weekly status\n",
        "",
    )


def test_a_program_gets_everything_that_waits(letters: Blog) -> None:
    found = as_json(letters)

    assert [item["id"] for item in found["waiting"]] == [SECOND, FIRST]
    assert found["waiting"][0] == {
        "id": SECOND,
        "path": f"content/replies/hello/{SECOND}.md",
        "post": "2026-11-10-hello",
        "to": "2026-11-10-hello",
        "name": "Aoife Brennan",
        "role": "",
        "written": "2026-11-12T08:00:00+00:00",
        "via": "in-person",
        "kind": "question",
        "state": "new",
        "consent": "private",
        "words": "Will the desk open\nearlier?\nSoon?",
    }
    assert [(item["id"], item["days"]) for item in found["open_questions"]] == [
        ("2026-11-10T1200-00000003", 12)
    ]
    assert found["counts"] == {"new": 2, "approved": 1, "hidden": 0, "spam": 1}


def test_a_blog_without_replies_says_so(blog: Blog) -> None:
    post(blog)

    assert replies(blog).stdout == "No reply waits for a decision.\n"
    assert as_json(blog)["waiting"] == []


def test_a_long_list_ends_with_a_count(blog: Blog) -> None:
    post(blog)
    for number in range(25):
        reply(blog, f"r{number:02}", state="new")

    lines = replies(blog).stdout.splitlines()

    assert lines[-2:] == [
        "… and 5 more.",
        "25 replies wait. To decide: weekly replies decide ID --approve",
    ]


def test_a_reply_that_cant_be_read_is_named(letters: Blog) -> None:
    letters.write("content/replies/hello/broken.md", "---\nsate: new\n---\n")

    assert (
        "Left out because of errors: content/replies/hello/broken.md. See: weekly check"
        in replies(letters).stdout
    )


def test_a_decision_leaves_every_other_byte(blog: Blog) -> None:
    post(blog)
    text = (
        "---\r\n# from the mail\r\nto:   2026-11-10-hello\r\nstate: 'new'   # for now\r\n"
        'name: "Aoife"\r\nconsent: public\r\n---\r\nWords.\r\n'
    )
    blog.write("content/replies/hello/one.md", text.encode())

    assert replies(blog, "decide", "one", "--approve").exit_code == 0

    found = (blog.folder / "content/replies/hello/one.md").read_bytes().decode()
    assert found == text.replace("'new'", "'approved'")


@pytest.mark.parametrize("asked", ["1a2b", "1a2b3c4d", FIRST, "2026-11-18", f"{FIRST}.md"])
def test_a_part_of_an_id_is_enough(letters: Blog, asked: str) -> None:
    assert replies(letters, "decide", asked, "--hide").exit_code == 0
    assert read(letters, FIRST).state == "hidden"


def test_several_decisions_at_once(letters: Blog) -> None:
    result = replies(
        letters, "decide", "1a2b3c4d", SECOND, "--approve", "--kind", "question", "--consent",
        "initials",
    )  # fmt: skip

    assert result.stdout == (
        "2 replies: state: approved, kind: question, consent: initials.\n"
        "They appear with the next build: weekly build\n"
    )
    assert as_json(letters)["counts"]["approved"] == 3
    assert len(as_json(letters)["open_questions"]) == 3


def test_what_is_private_stays_so_and_is_said(letters: Blog) -> None:
    result = replies(letters, "decide", "--all", "--approve")

    assert result.stdout == (
        "2 replies: state: approved.\n"
        "1 stays private and is shown nowhere. To show it: --consent public\n"
        "The others appear with the next build: weekly build\n"
    )
    assert replies(letters, "decide", "--all", "--hide").stderr == "weekly: no such reply waits.\n"


def test_only_what_came_one_way(letters: Blog) -> None:
    replies(letters, "decide", "--all", "--via", "email", "--hide")

    assert [item["id"] for item in as_json(letters)["waiting"]] == [SECOND]


def test_a_closed_question_is_no_longer_open(letters: Blog) -> None:
    replies(letters, "decide", "00000003", "--close", "Said by phone.")

    assert as_json(letters)["open_questions"] == []
    assert 'closed: "Said by phone."' in text_of(letters, "2026-11-10T1200-00000003")
    letters.build()


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["decide", "one"], "weekly: say what becomes of it: weekly replies decide ID --approve"),
        (["decide", "--hide"], "weekly: name the replies by their ids, or write --all"),
        (["decide", "1a2b", "--via", "email", "--hide"], "weekly: name the replies by their ids"),
        (["decide", "nothing", "--hide"], "content/replies: there is no reply 'nothing'."),
        (["decide", "2026-11-1", "--hide"], "content/replies: '2026-11-1' can mean 2026-11-10T12"),
        (["decide", "1a2b3c4d", "--to", "gone", "--hide"], "content/posts: there is no post"),
        (["decide", "1a2b3c4d", "--hide", "--spam"], "--spam can't be used together with --hide."),
        (["answer", "1a2b3c4d", "--words", " "], "unanswerable"),
        (["answer", "00000004", "--words", "Yes."], ": spam can't have an answer."),
        (["answer", "1a2b3c4d", "--words", "x", "--by", "eda"], "there is no author 'eda'. Did"),
        (["answer", "1a2b3c4d", "--post", "gone"], "content/posts: there is no post 'gone'."),
        (["answer", "1a2b3c4d", "--words", "a\x1bb"], "a character that can't be shown (U+001B)"),
        (["forget", "Nobody"], "content/replies: no reply is by 'Nobody'."),
        (["forget", "Aoife Brenan"], "Did you mean 'Aoife Brennan'?"),
    ],
)
def test_what_cant_be_done_changes_nothing(
    letters: Blog, arguments: list[str], printed: str
) -> None:
    before = files_below(letters.folder / "content")
    result = replies(letters, *arguments)

    assert result.exit_code in (1, 2)
    if printed != "unanswerable":
        assert printed in result.stderr
    assert files_below(letters.folder / "content") == before


def test_a_reply_without_a_post_is_not_approved(blog: Blog) -> None:
    post(blog)
    reply(blog, "lost", to="", state="new")

    assert "lost.md: the reply belongs to no post. Say to which: --to POST." in (
        replies(blog, "decide", "lost", "--approve").stderr
    )
    assert replies(blog, "decide", "lost", "--approve", "--to", "hello").exit_code == 0
    assert read(blog, "lost").to
    blog.build()


def test_an_answer_stands_in_the_file_of_the_reply(letters: Blog) -> None:
    words = "Yes: from *Monday*.\n\n> 'quoted' # not a comment\n\n- a\n  - b\n"
    result = replies(letters, "answer", "1a2b3c4d", "--words", words)

    assert result.stdout == (
        f"Answered, in content/replies/hello/{FIRST}.md.\n"
        f"It is new, so no page shows it: weekly replies decide {FIRST} --approve\n"
    )
    assert text_of(letters, FIRST).partition("answered:\n")[2] == (
        "  by: ada\n"
        "  at: 2026-11-22\n"
        "  words: |\n"
        "    Yes: from *Monday*.\n"
        "\n"
        "    > 'quoted' # not a comment\n"
        "\n"
        "    - a\n"
        "      - b\n"
        "---\n"
        "Words.\n"
    )
    found = read(letters, FIRST).answered
    assert found is not None
    assert found.words == words.strip()
    again = replies(letters, "answer", FIRST, "--words", "No.")
    assert "the reply has an answer. To change it, edit the file." in again.stderr


def test_an_answer_can_be_piped_in(letters: Blog) -> None:
    replies(letters, "answer", "1a2b3c4d", stdin="Yes,\nsoon.\n")

    found = read(letters, FIRST).answered
    assert found is not None
    assert found.words == "Yes,\nsoon."


def test_a_post_answers_once_it_is_published(letters: Blog) -> None:
    post(letters, "2026-12-24-later")
    result = replies(letters, "answer", "00000003", "--post", "later")

    assert "It counts as answered once content/posts/2026-12-24-later.md is published." in (
        result.stdout
    )
    found = read(letters, "2026-11-10T1200-00000003").answered
    assert found is not None
    assert (found.post, found.words) == ("2026-12-24-later", "")


def test_an_answer_is_written_in_an_editor(letters: Blog, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\ncp "$1" "$1.seen"; printf "Yes, *soon*.\\n" > "$1.new"\n'
                      'cat "$1" >> "$1.new"; mv "$1.new" "$1"; mv "$1.seen" '
                      f'{tmp_path}/seen\n')  # fmt: skip
    editor.chmod(0o700)
    shown = at_a_terminal(letters, "", "replies", "answer", "00000003", EDITOR=str(editor))

    assert "Answered, in" in shown
    assert "> Words.\n" in (tmp_path / "seen").read_text()
    found = read(letters, "2026-11-10T1200-00000003").answered
    assert found is not None
    assert found.words == "Yes, *soon*."


def test_an_answer_that_is_refused_is_not_lost(letters: Blog, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Ask desk@example.org.\\n" > "$1"\n')
    editor.chmod(0o700)
    before = text_of(letters, "2026-11-10T1200-00000003")
    shown = at_a_terminal(letters, "", "replies", "answer", "00000003", EDITOR=str(editor))

    assert "there is an e-mail address here" in shown
    assert "Nothing was changed. You wrote:\n\nAsk desk@example.org.\n" in shown
    assert text_of(letters, "2026-11-10T1200-00000003") == before


@pytest.mark.parametrize("written", ["", "Not here."])
def test_an_answer_below_the_line_is_not_lost(letters: Blog, tmp_path: Path, written: str) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\nprintf "{written}" >> "$1"\n')
    editor.chmod(0o700)
    shown = at_a_terminal(letters, "", "replies", "answer", "00000003", EDITOR=str(editor))

    assert "the answer is empty, so nothing was changed." in shown
    assert ("You wrote:\n\nNot here.\n" in shown) is bool(written)


def test_at_a_terminal_each_reply_is_decided_with_a_key(letters: Blog) -> None:
    shown = at_a_terminal(letters, "y\nqc\npublic\na\nh\n", "replies", EDITOR="")

    assert f"1 of 2  {SECOND}" in shown
    assert "  Will the desk open\n  earlier?\n  Soon?\n" in shown
    assert "Error: There is no key 'y'." in shown
    assert shown.endswith(
        "1 approved, 1 hidden; 0 wait.\n"
        "What you approved appears with the next build: weekly build\n"
    )
    assert read(letters, SECOND)[11:14] == ("question", "approved", "public")
    assert read(letters, FIRST).state == "hidden"


def test_a_terminal_can_be_left_at_any_reply(letters: Blog) -> None:
    before = files_below(letters.folder / "content")
    shown = at_a_terminal(letters, "n\nx\n", "replies", EDITOR="")

    assert shown.endswith("Nothing decided; 2 wait.\n")
    assert files_below(letters.folder / "content") == before


def test_a_reply_is_edited_and_shown_again(letters: Blog, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/desk/hatch/" "$1"\n')
    editor.chmod(0o700)
    shown = at_a_terminal(letters, "e\nx\n", "replies", EDITOR=str(editor))

    assert f"Now  {SECOND}" in shown
    assert "  Will the hatch open\n" in shown


def test_words_of_others_can_do_nothing_to_the_terminal(blog: Blog) -> None:
    post(blog)
    hostile = "&#27;]0;title&#7; &#155;31m \u202eevil `\\x1b[2J` <script>x</script>"
    reply(blog, "hostile", state="new", name="'A\u202eB'", body=hostile)
    shown = replies(blog).stdout + at_a_terminal(blog, "n\n", "replies", EDITOR="", TERM="dumb")

    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & {*shown}
    assert "<script>x</script>" in shown


def test_a_person_is_forgotten_everywhere(letters: Blog) -> None:
    letters.post(
        "2026-11-20-thanks",
        "Thanks! Aoife  Brennan said it first.\n\nI heard aoife brennan.\n\n"
        "> Will the desk open earlier, please, for all of us?\n",
    )
    reply(letters, "below", to=FIRST, name="Ben", body="I agree with Aoife Brennan.")
    reply(
        letters,
        "quoted",
        "answered:\n  by: ada\n  at: 2026-11-12\n  words: Yes, Aoife.\n",
        body="Will the desk open earlier, please, for all of us?",
        url="https://example.net/aoife-brennan",
        source_key="0123456789abcdef",
    )
    letters.build()
    result = replies(letters, "forget", "aoife  BRENNAN")

    assert result.exit_code == 0
    content = files_below(letters.folder / "content")
    for path, data in content.items():
        assert b"aoife" not in data.lower(), path
    assert content["replies/hello/quoted.md"].decode() == (
        "---\n"
        "to: 2026-11-10-hello\n"
        "received: 2026-11-11T09:00:00+00:00\n"
        "via: in-person\n"
        "source_key: 0123456789abcdef\n"
        "kind: reply\n"
        "state: hidden\n"
        "consent: private\n"
        'closed: "Removed at the request of the person who wrote it."\n'
        "---\n"
    )
    assert b"I agree with a colleague." in content["replies/hello/below.md"]
    assert b"Thanks! A colleague said it" in content["posts/2026-11-20-thanks.md"]
    assert b"I heard a colleague." in content["posts/2026-11-20-thanks.md"]
    assert "Removed the words and the name in 5 replies; their files stay" in result.stdout
    assert "  content/posts/2026-11-20-thanks.md:9 quotes the words.\n" in result.stdout
    assert "No git history holds them." in result.stdout

    letters.build()
    assert not [path for path, data in letters.tree().items() if b"Brennan" in data]
    [thread] = letters.build().site.replies["content/posts/2026-11-10-hello.md"]  # type: ignore[union-attr]
    assert thread.reply.is_gone
    assert [below.reply.name for below in thread.replies] == ["Ben"]
    assert not [
        path
        for path, data in files_below(letters.folder / ".weekly").items()
        if b"Will the <em>desk" in data
    ]


def test_a_first_name_alone_is_left_to_the_writer(blog: Blog) -> None:
    blog.post("2026-11-10-hello", "We met below Big Ben.\n\nBenedict too.\n")
    reply(blog, "one", name="Ben", body="Short.")
    result = replies(blog, "forget", "Ben")

    assert "content/posts/2026-11-10-hello.md:5 has the name.\n" in result.stdout
    text = (blog.folder / "content/posts/2026-11-10-hello.md").read_text()
    assert "Big Ben.\n\nBenedict" in text
    assert "Short." not in text_of(blog, "one")


def test_part_of_a_name_is_left_to_the_writer(letters: Blog) -> None:
    letters.post("2026-11-20-first", "Aoife Brennan asked.\n\nThank you, Aoife.\n")
    letters.post("2026-11-21-last", "As Ms Brennan said, the aoife and Brennans.\n")
    letters.post("2026-11-22-none", "The aoife and Brennans.\n")
    result = replies(letters, "forget", "Aoife Brennan")

    has = "has the first or the last name.\n"
    assert f"  content/posts/2026-11-20-first.md:7 {has}" in result.stdout
    assert f"  content/posts/2026-11-21-last.md:5 {has}" in result.stdout
    assert "none.md" not in result.stdout


def test_a_dry_run_shows_what_would_be_forgotten(letters: Blog) -> None:
    before = files_below(letters.folder / "content")
    result = replies(letters, "forget", "Aoife Brennan", "--dry-run")

    assert "-name: Aoife Brennan" in result.stdout
    assert files_below(letters.folder / "content") == before


def test_an_author_of_the_blog_is_not_forgotten(letters: Blog) -> None:
    reply(letters, "own", name="Ada Marsh")

    assert "'Ada Marsh' is an author of this blog" in replies(
        letters, "forget", "Ada Marsh"
    ).stderr  # fmt: skip


def test_it_is_said_what_git_still_holds(letters: Blog) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments],
            cwd=letters.folder,
            check=True,
            capture_output=True,
        )

    git("init", "-q")
    assert "Git holds nothing of them" in replies(letters, "forget", "Aoife Brennan").stdout
    reply(letters, "again", name="Ben O'Neill")
    git("add", "content")
    git("commit", "-qm", "One")
    result = replies(letters, "forget", "Ben O'Neill").stdout

    assert "Git still holds them, in up to 1 commit. To rewrite its history:\n" in result
    assert "--path 'content/replies/hello/again.md' --replace-text /tmp/names.txt\n" in result
    assert "echo 'regex:(?i)Ben\\s+O.Neill==>a colleague' >> /tmp/names.txt\n" in result


def test_the_history_says_what_the_files_say_instead_of_a_name(letters: Blog) -> None:
    for arguments in (["init", "-q"], ["add", "content"], ["commit", "-qm", "One"]):
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *arguments], cwd=letters.folder, check=True)
    result = replies(letters, "forget", "Aoife Brennan", "--instead", "ein 'Kollege'").stdout

    assert """==>ein '"'"'Kollege'"'"''""" in result

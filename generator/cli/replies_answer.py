"""`weekly replies answer`: an answer that stands below a reply, or a post that answers it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from generator import disk
from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.completers import post_slugs, reply_ids
from generator.cli.editor import open_in_editor
from generator.cli.moderation import must_do, named_post, replies_to_change
from generator.cli.options import blog_option, excludes, now_option
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.screen import is_interactive, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import about, posts_by_reply, words_of
from generator.model import Consent, PostState, Reply, ReplyState
from generator.problems import Problem, did_you_mean
from generator.site.assemble import state_of
from generator.writing.changes import Changes
from generator.writing.moderation import AnswerGiven, answered, find_reply

BELOW = "----- your answer goes above this line; what is below it is left out -----"


@command(
    "replies answer",
    examples=(
        ("weekly replies answer 1a2b3c4d", "write it in $EDITOR; the end of an id is enough"),
        ('weekly replies answer 1a2b3c4d --words "Yes, from Monday."', "without an editor"),
        ("weekly replies answer 1a2b3c4d --post the-desk", "a post answers it"),
    ),
)
@click.argument(
    "id_", metavar="ID", shell_complete=reply_ids, help="The id of a reply, or how it ends."
)
@click.option("--words", metavar="TEXT", callback=excludes("post"), help="The answer, as Markdown.")
@click.option(
    "--post",
    metavar="POST",
    shell_complete=post_slugs,
    callback=excludes("words"),
    help="The post that answers, by slug, file or address.",
)
@click.option("--by", metavar="AUTHOR", help="The author who answers; the post's if not given.")
@now_option
@blog_option
def run(given: SharedOptions, id_: str, words: str | None, post: str | None, by: str | None) -> int:
    """Put the answer into the reply's file."""
    blog = blog_context(given)
    editable = replies_to_change(given, blog)
    reply = find_reply(id_, editable)
    if isinstance(reply, Problem):
        fail([reply], "text")
    author = _author(by, reply, blog)
    linked = named_post(post, blog) if post else ""
    text = "" if linked else words or _words(reply, blog)
    answer = AnswerGiven(author, blog.now.astimezone(blog.config.zone).date(), text, linked)
    changes = answered(reply, answer, editable)
    if text and text != words and is_interactive() and not isinstance(changes, Changes):
        _keep("Nothing was changed.", text)
    must_do(given, changes)
    say(given, f"Answered, in {reply.source}.")
    _say_what_is_next(given, reply, linked, blog)
    return 0


def _author(asked: str | None, reply: Reply, blog: BlogContext) -> str:
    authors = [author.id for author in blog.config.authors]
    if asked and asked not in authors:
        known = f"Write one of {', '.join(authors)}."
        hint = did_you_mean(asked, authors, otherwise=known)
        fail_plainly(f"--by: there is no author '{asked}'. {hint}")
    name = posts_by_reply(blog).get(reply.id, "")
    of_post = [
        tag.text
        for post in blog.inventory.content.posts
        if post.name == name
        for tag in post.authors
        if tag.text in authors
    ]
    return asked or (*of_post, *authors)[0]


def _words(reply: Reply, blog: BlogContext) -> str:
    """The answer, written in an editor, typed at the prompt, or piped in."""
    if not is_interactive():
        if sys.stdin.isatty():
            fail_plainly('the answer needs words: weekly replies answer ID --words "Yes."')
        return sys.stdin.read()
    asked = [about(reply, posts_by_reply(blog).get(reply.id, ""), blog)]
    asked += words_of(reply.body.html).splitlines()
    given_back = _written_in_editor(asked)
    if given_back is None:
        for line in asked:
            print(screen().wrapped(line))
        given_back = (click.prompt("Answer", type=str), "")
    written, below = given_back
    if not written.strip():
        if below:
            _keep("It stood below the line.", below)
        fail_plainly("the answer is empty, so nothing was changed.")
    return written


def _keep(why: str, text: str) -> None:
    """Print an answer that gets into no file, so that it need not be written again."""
    print(f"{why} You wrote:\n\n{text.strip()}\n", file=sys.stderr)


def _written_in_editor(asked: list[str]) -> tuple[str, str] | None:
    """What somebody writes in an editor above the reply, and below it; None without one."""
    lines = ["", "", BELOW, "", *(f"> {line}" for line in asked), ""]
    with tempfile.TemporaryDirectory(prefix="weekly-answer-") as folder:  # nobody else can read it
        path = Path(folder, "answer.md")
        disk.create(path, "\n".join(lines).encode())
        if not open_in_editor(str(path)):
            return None
        above, _, rest = disk.read_text(path, errors="replace").partition(BELOW)
    below = [line for line in rest.splitlines() if line.strip() and line not in lines]
    return above.strip(), "\n".join(below)


def _say_what_is_next(given: SharedOptions, reply: Reply, linked: str, blog: BlogContext) -> None:
    if reply.state is not ReplyState.APPROVED:
        say(
            given,
            f"It is {reply.state}, so no page shows it: weekly replies decide {reply.id} --approve",
        )
    elif reply.consent is Consent.PRIVATE:
        say(given, "The reply is private, so no page shows it or the answer.")
    for post in blog.inventory.content.posts:
        if post.name == linked and state_of(post, blog.config, blog.now) is not PostState.PUBLISHED:
            say(given, f"It counts as answered once {post.source} is published.")

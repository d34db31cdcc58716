"""How a reply is shown at a terminal, where its writer's words are text and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime

from generator.cli.blog_context import BlogContext
from generator.cli.screen import Screen
from generator.i18n.dates import day_in_full
from generator.listening.threads import posts_of
from generator.listening.waiting import AskedAbout, OpenQuestion, asked_about, open_questions
from generator.model import PostState, Reply
from generator.site.listening import answered_by_posts

LONGEST = 90  # characters of the first words in a list

_END_OF_LINE = re.compile(r"<br>\n?|</(?:p|li|tr|pre|blockquote)>\n*")
_TAG = re.compile(r"<[^>]*>")


def words_of(markup: str) -> str:
    """The words of HTML that harms nobody, in plain lines."""
    lines = html.unescape(_TAG.sub("", _END_OF_LINE.sub("\n", markup))).splitlines()
    return "\n".join(line for line in map(str.strip, lines) if line)


def first_words(reply: Reply) -> str:
    """The beginning of a reply on one line."""
    line = " ".join(words_of(reply.body.html).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


def name_and_role(reply: Reply) -> str:
    """Who wrote a reply, as far as its file says."""
    return ", ".join(filter(None, (reply.name, reply.role))) or "somebody without a name"


def title_of(name: str, blog: BlogContext) -> str:
    """The title of the post of that name, in quotes, or else the name."""
    titles = {post.name: post.title for post in blog.inventory.content.posts}
    return f"“{titles[name]}”" if name in titles else name or "no post"


def posts_by_reply(blog: BlogContext) -> dict[str, str]:
    """The name of the post that each reply belongs to, by the reply's id."""
    return posts_of(blog.inventory.content.replies)


def about(reply: Reply, post: str, blog: BlogContext) -> str:
    """Who wrote a reply, how and when, and to which post."""
    when = _day(reply.written)
    return (
        f"{name_and_role(reply)}, {_VIA.get(reply.via, reply.via)}{when}, to {title_of(post, blog)}"
    )


def _day(moment: datetime | None) -> str:
    return f" on {day_in_full(moment.date())}" if moment else ", without a date"


_VIA = {"email": "by mail", "form": "by form", "in-person": "in person", "paste": "pasted"} | {
    name: f"on {title}"
    for name, title in (
        ("webmention", "another site"),
        ("mastodon", "Mastodon"),
        ("bluesky", "Bluesky"),
        ("linkedin", "LinkedIn"),
        ("github", "GitHub"),
        ("wordpress", "WordPress"),
        ("disqus", "Disqus"),
        ("medium", "Medium"),
        ("ghost", "Ghost"),
        ("blogger", "Blogger"),
    )
}


def lines_of(reply: Reply, post: str, blog: BlogContext, shown: Screen) -> Iterator[str]:
    """A reply in a list: its id, what it is, who wrote it, and its first words."""
    yield f"{shown.bold(reply.id)}  {reply.kind}, consent: {reply.consent}"
    yield shown.wrapped(about(reply, post, blog), first="  ", indent=2)
    if words := first_words(reply):
        yield shown.wrapped(words, first="  ", indent=2)


def as_json(reply: Reply, post: str) -> dict[str, object]:
    """A reply as JSON can hold it."""
    return {
        "id": reply.id,
        "path": reply.source,
        "post": post or None,
        "to": reply.to.text if reply.to else None,
        "name": reply.name,
        "role": reply.role,
        "written": reply.written.isoformat() if reply.written else None,
        "via": reply.via,
        "kind": str(reply.kind),
        "state": str(reply.state),
        "consent": str(reply.consent),
        "words": words_of(reply.body.html),
    }


def open_in(blog: BlogContext) -> tuple[OpenQuestion, ...]:
    """The questions of a blog that nobody has answered, oldest first."""
    content = blog.inventory.content
    if not content.replies:
        return ()
    entries = blog.inventory.site.entries
    published = [entry for entry in entries if entry.state is PostState.PUBLISHED]
    answered = answered_by_posts(published)
    return open_questions(content.replies, answered=answered, posts=posts_by_reply(blog))


def question_as_json(question: OpenQuestion, blog: BlogContext) -> dict[str, object]:
    """An open question as JSON can hold it, with its age in days."""
    return as_json(question.reply, question.post) | {"days": question.age(blog.now.date())}


def asked_in_words(found: AskedAbout, blog: BlogContext) -> str:
    """A sentence about open questions below one post."""
    people = _people(found.people)
    topic = f"below {title_of(found.post, blog)}" if found.post else "without naming a post"
    since = f" since {_short_day(found, blog)}" if found.since else ""
    return f"{people} asked {topic}; nobody has answered{since}."


def _short_day(found: AskedAbout, blog: BlogContext) -> str:
    day = found.since
    if day is None:
        return ""
    in_full = day_in_full(day)
    return in_full.removesuffix(f" {day.year}") if day.year == blog.now.year else in_full


def _people(number: int) -> str:
    if number == 1:
        return "One person"
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} people"


_NUMBERS = (
    "", "", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
)  # fmt: skip


def questions_asked(blog: BlogContext) -> tuple[AskedAbout, ...]:
    """The open questions of a blog by post."""
    return asked_about(open_in(blog))

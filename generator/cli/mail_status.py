"""`weekly mail status`: what was sent, what is to go, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import click

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.options import FILE_PATH, report_options
from generator.cli.outgoing_mail import (
    Audience,
    audience_or_problems,
    new_posts,
    outbox_of,
    record_of,
)
from generator.cli.printing import fail, print_json
from generator.cli.shared_options import SharedOptions
from generator.mail.delivery import DONE, Delivery
from generator.mail.outbox import text_of
from generator.mail.record import Record, SentPost
from generator.model import Entry, PostState
from generator.problems import Problem, counted


class Standing(NamedTuple):
    """What is known of a post."""

    post: str  # its id
    title: str
    state: str  # 'unsent', 'begun', 'sent' or 'unknown'
    moment: str  # of the last change, '' if there was none
    accepted: int = 0
    refused: int = 0
    unknown: int = 0
    waiting: int = 0
    has_changed: bool = False  # since it was sent
    unknown_at: tuple[str, ...] = ()  # the lines of the recipients' file


@command(
    "mail status",
    examples=(
        ("weekly mail status", "which posts were sent, and to how many"),
        ("weekly mail status --new", "the names of new posts that wait to be sent, for a job"),
    ),
)
@click.option("--new", is_flag=True, help="Print only the files of posts that --new would send.")
@click.option(
    "--recipients", type=FILE_PATH, metavar="FILE", help="The file that they were sent to."
)
@report_options
def run(given: SharedOptions, new: bool, recipients: str | None) -> int:
    """Print a line for each post that was sent, or could be."""
    blog, record = blog_context(given), record_of(given)
    if new:
        for entry in new_posts(blog.inventory.site.entries, record, blog.now):
            print(entry.post.source)
        return 0
    audience = audience_or_problems(given, blog.config, recipients, is_new=False)
    if recipients and not isinstance(audience, Audience):
        fail(audience, given.format)
    known = audience if isinstance(audience, Audience) else None  # else the record alone is shown
    found = list(_standings(given, blog, record, known))
    if given.format == "json":
        print_json({"posts": [each._asdict() for each in found]})
        return 0
    for each in found:
        for line in _lines(each):
            print(line)
    if not found:
        print("No post is published yet.")
    return 0


def _standings(
    given: SharedOptions, blog: BlogContext, record: Record, audience: Audience | None
) -> Iterator[Standing]:
    """Newest first: every post of the record, and those that came after the first of them."""
    entries = [e for e in blog.inventory.site.entries if e.state is PostState.PUBLISHED]
    known = [index for index, entry in enumerate(entries) if entry.post.id in record.posts]
    for entry in entries[: max(known, default=0) + 1]:
        outbox = outbox_of(given, audience.digests) if audience else None
        noted = outbox.noted(entry.post.id, record) if outbox else None
        if isinstance(noted, Problem):
            fail([noted], given.format)
        states = noted.states if noted else None
        yield _standing(entry, record.posts.get(entry.post.id), states, audience)
    there = {entry.post.id for entry in entries}
    for line in reversed([line for line in record.posts.values() if line.post not in there]):
        counts = (line.accepted, line.refused, line.unknown)
        yield Standing(line.post, "(no longer published)", line.state, line.moment, *counts)


def _standing(
    entry: Entry,
    line: SentPost | None,
    noted: Mapping[str, Delivery] | None,
    audience: Audience | None,
) -> Standing:
    post = entry.post
    each = audience.each if audience else ()
    states = {r: (noted or {}).get(audience.digests.of(r)) for r in each} if audience else {}
    unknown_at = tuple([str(r.at) for r in each if states[r] is Delivery.UNKNOWN])
    if line and line.state == "sent":
        counts = (line.accepted, line.refused, line.unknown, 0)
        changed = line.text != text_of(post)
        return Standing(post.id, post.title, "sent", line.moment, *counts, changed, unknown_at)
    if not line and not noted:
        return Standing(post.id, post.title, "unsent", "")
    moment = line.moment if line else ""
    if noted is None:
        return Standing(post.id, post.title, "unknown", moment)
    return Standing(
        post.id,
        post.title,
        "begun",
        moment,
        accepted=_count(noted, Delivery.ACCEPTED),
        refused=_count(noted, Delivery.REFUSED),
        unknown=_count(noted, Delivery.UNKNOWN),
        waiting=sum(state not in DONE for state in states.values()),
        unknown_at=unknown_at,
    )


def _count(noted: Mapping[str, Delivery], wanted: Delivery) -> int:
    return sum(state is wanted for state in noted.values())


def _lines(each: Standing) -> Iterator[str]:
    yield f"{each.state:<8} {each.moment.partition('T')[0]:<10}  {each.title}{_counts(each)}"
    if each.state == "unknown":
        yield f"{'':21}It was begun elsewhere: who got it is unknown. See docs/mail.md."
    if each.has_changed:
        yield f"{'':21}It has changed since; it is not sent again."
    for at in each.unknown_at:
        yield f"{'':21}{at}: unknown, the server's answer was lost"


def _counts(each: Standing) -> str:
    numbers = [
        (counted(each.accepted, "recipient"), each.accepted or each.state == "sent"),
        (f"{each.refused} refused", each.refused),
        (f"{each.unknown} unknown", each.unknown),
        (f"{each.waiting} to go", each.waiting),
    ]
    shown = ", ".join(words for words, is_shown in numbers if is_shown)
    return f" ({shown})" if shown else ""

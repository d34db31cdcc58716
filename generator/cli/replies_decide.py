"""`weekly replies decide`: the same decisions as at the screen, by id and without questions."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.completers import post_slugs, reply_ids
from generator.cli.moderation import must_do, named_post, replies_to_change
from generator.cli.options import blog_option, excludes
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.shared_options import SharedOptions
from generator.content.replies import WAYS
from generator.listening.waiting import waiting
from generator.model import Consent, Reply, ReplyKind, ReplyState
from generator.problems import Location, Problem
from generator.writing.changes import Changes
from generator.writing.editable_blog import EditableBlog
from generator.writing.moderation import decided, find_reply


@command(
    "replies decide",
    examples=(
        ("weekly replies decide 1a2b3c4d --approve", "by the end of its id"),
        ("weekly replies decide 1a2b3c4d --approve --kind question --consent initials", "and how"),
        ("weekly replies decide --all --via wordpress --approve", "all that an import brought"),
        ("weekly replies decide 1a2b3c4d --close 'Said by phone.'", "when no answer is to come"),
    ),
)
@click.argument(
    "ids",
    metavar="[ID]...",
    nargs=-1,
    shell_complete=reply_ids,
    help="Ids of replies, or how they end.",
)
@click.option("--approve", is_flag=True, callback=excludes("hide", "spam"), help="Show it.")
@click.option("--hide", is_flag=True, callback=excludes("approve", "spam"), help="Don't show it.")
@click.option("--spam", is_flag=True, callback=excludes("approve", "hide"), help="Mark as spam.")
@click.option("--kind", type=click.Choice([str(kind) for kind in ReplyKind]), help="What it is.")
@click.option(
    "--consent",
    type=click.Choice([str(consent) for consent in Consent]),
    help="What its writer agrees to.",
)
@click.option(
    "--to", "post", metavar="POST", shell_complete=post_slugs, help="The post that it belongs to."
)
@click.option("--close", "reason", metavar="REASON", help="Why no answer is to come.")
@click.option("--all", "every", is_flag=True, help="All replies that wait.")
@click.option("--via", type=click.Choice(WAYS), help="With --all, only those that came this way.")
@blog_option
def run(
    given: SharedOptions,
    ids: tuple[str, ...],
    approve: bool,
    hide: bool,
    spam: bool,
    kind: str | None,
    consent: str | None,
    post: str | None,
    reason: str | None,
    every: bool,
    via: str | None,
) -> int:
    """Change each of the replies, or none if one of them can't be."""
    blog = blog_context(given)
    state = "approved" if approve else "hidden" if hide else "spam" if spam else None
    asked = {"state": state, "kind": kind, "consent": consent, "closed": reason}
    values = {key: value for key, value in asked.items() if value}
    if post:
        values["to"] = named_post(post, blog)
    if not values:
        fail_plainly("say what becomes of it: weekly replies decide ID --approve")
    replies = _asked_for(given, ids, blog, every=every, via=via)
    editable = replies_to_change(given, blog)
    found = [_decided(reply, values, editable) for reply in replies]
    if problems := [p for changes in found if isinstance(changes, tuple) for p in changes]:
        fail(problems, "text")
    files = [file for changes in found if isinstance(changes, Changes) for file in changes.files]
    must_do(given, Changes(tuple(files)))
    what = ", ".join(f"{key}: {value}" for key, value in values.items())
    say(given, f"{len(replies):,} {'reply' if len(replies) == 1 else 'replies'}: {what}.")
    _say_what_is_private(given, replies, values)
    return 0


def _asked_for(
    given: SharedOptions,
    ids: Sequence[str],
    blog: BlogContext,
    *,
    every: bool,
    via: str | None,
) -> list[Reply]:
    if every == bool(ids) or (via and not every):
        fail_plainly("name the replies by their ids, or write --all, with --via if you like.")
    if every:
        found = [r for r in waiting(blog.inventory.content.replies) if not via or r.via == via]
        if not found:
            fail_plainly("no such reply waits.")
        return found
    editable = replies_to_change(given, blog)
    replies = [find_reply(name, editable) for name in ids]
    if problems := [found for found in replies if isinstance(found, Problem)]:
        fail(problems, "text")
    return list(dict.fromkeys(reply for reply in replies if isinstance(reply, Reply)))


def _decided(
    reply: Reply, values: dict[str, str], blog: EditableBlog
) -> Changes | tuple[Problem, ...]:
    """The change of a reply; one that is approved says what was agreed to, and needs a post."""
    if values.get("state") != ReplyState.APPROVED:
        return decided(reply, values, blog)
    if not (reply.to or "to" in values):
        message = "the reply belongs to no post"
        hint = "Say to which: --to POST."
        return (Problem("unassigned-reply", Location(reply.source), message, hint),)
    return decided(reply, {"consent": str(reply.consent)} | values, blog)


def _say_what_is_private(
    given: SharedOptions, replies: Sequence[Reply], values: dict[str, str]
) -> None:
    if values.get("state") != ReplyState.APPROVED:
        return
    private = [r for r in replies if values.get("consent", r.consent) == Consent.PRIVATE]
    if private:
        stays = "stays private and is" if len(private) == 1 else "stay private and are"
        say(given, f"{len(private):,} {stays} shown nowhere. To show it: --consent public")
    if len(private) < len(replies):
        which = "The others" if private else "It" if len(replies) == 1 else "They"
        appear = "appears" if which == "It" else "appear"
        say(given, f"{which} {appear} with the next build: weekly build")

"""Helpers shared by commands that take replies in: what they have to know, and the account."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from generator.cli.blog_context import BlogContext
from generator.cli.printing import print_json, say
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.importers.assignment import PostNames, post_names
from generator.importers.found import Intake, ReaderSettings, Refused
from generator.model import Post
from generator.problems import counted
from generator.writing.replies import (
    UNASSIGNED,
    NewReply,
    Plan,
    known_replies,
    plan_replies,
    write_replies,
)


def reader_settings(config: SiteConfig) -> ReaderSettings:
    """What readers need to know of the blog."""
    addresses = (config.answer.email, *(author.email for author in config.authors))
    return ReaderSettings(
        authority=config.authority,
        zone=config.zone,
        language=config.language,
        base_url=config.base_url,
        our_addresses=frozenset(address.lower() for address in addresses if address),
    )


def names_in(blog: BlogContext) -> PostNames:
    """Every name of the blog's posts."""
    permalinks = {entry.post.source: entry.permalink for entry in blog.inventory.site.entries}

    def permalink_of(post: Post) -> str:
        return permalinks.get(post.source, "")

    return post_names(
        blog.inventory.content.posts,
        authority=blog.config.authority,
        base_url=blog.config.base_url,
        permalink_of=permalink_of,
    )


def write_intake(
    given: SharedOptions, intake: Intake, blog: BlogContext, *, approve: bool = False
) -> tuple[Intake, Plan, tuple[NewReply, ...]]:
    """Writes what is new; gives the intake with what was refused then, and what was written."""
    plan = plan_replies(
        intake.found,
        known_replies(given.blog),
        names_in(blog),
        authority=blog.config.authority,
        approve=approve,
    )
    results = [*write_replies(plan.new, given.blog, blog.read_document)]
    refused = tuple(result for result in results if isinstance(result, Refused))
    written = tuple(result for result in results if isinstance(result, NewReply))
    return intake._replace(refused=intake.refused + refused), plan, written


def report(given: SharedOptions, intake: Intake, plan: Plan, written: tuple[NewReply, ...]) -> None:
    """Account for everything that was found: as numbers, and with reasons."""
    aside, refused = intake.set_aside, intake.refused
    counts = {
        "found": len(written) + len(plan.known) + len(aside) + len(refused),
        "new": len(written),
        "known": len(plan.known),
        "set_aside": len(aside),
        "refused": len(refused),
    }
    is_json = given.format == "json"
    out = sys.stderr if is_json else sys.stdout
    if is_json:
        print_json(counts)
    else:
        found = counts.pop("found")
        parts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counts.items())
        print(f"{found:,} found: {parts}.")
    for line in (
        *(f"{one.position}: set aside: {one.reason}" for one in aside),
        *(f"{one.position}: refused: {one.reason}" for one in refused),
        *intake.notes,
    ):
        print(line, file=out)
    if not is_json:
        for line in _next_steps(written):
            say(given, line)


def _replies(number: int) -> str:
    return "1 reply" if number == 1 else f"{number:,} replies"


def _next_steps(written: tuple[NewReply, ...]) -> Iterator[str]:
    if removed := sum(reply.found.removed for reply in written):
        addresses = "1 address" if removed == 1 else f"{removed:,} addresses"
        yield f"Took {addresses} of people or machines out of the words."
    attached = [name for reply in written for name in reply.found.attachments]
    if attached:
        verb = "was" if len(attached) == 1 else "were"
        yield f"{counted(len(attached), 'attachment')} {verb} not kept: {', '.join(attached[:10])}."
    if lost := sum(f"/{UNASSIGNED}/" in reply.path for reply in written):
        verb = "does" if lost == 1 else "do"
        yield f"{_replies(lost)} {verb} not say to which post: see content/replies/{UNASSIGNED}/."
    if written:
        yield "No page shows a reply before it is approved: weekly replies"

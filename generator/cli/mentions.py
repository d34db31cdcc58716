"""`weekly mentions`: the pages that published posts link to, and which of them have been told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import fail, print_json
from generator.cli.shared_options import SharedOptions
from generator.insights.links import OutgoingLink, outgoing_links
from generator.problems import counted
from generator.site.sent_mentions import Mention, load_sent


class Told(NamedTuple):
    """A link of a post, and the day on which the other page was told of it."""

    link: OutgoingLink
    day: date | None

    @property
    def mention(self) -> Mention:
        """The link as the list of sent webmentions has it."""
        return Mention(self.link.entry.post.id, self.link.target)


@command(
    "mentions",
    examples=(
        ("weekly mentions", "which pages have been told that a post links to them; sends nothing"),
        ("weekly mentions send", "find out which of the others want to be told, and tell them"),
    ),
)
@report_options
def run(given: SharedOptions) -> int:
    """Print each link, the newest post first."""
    found = links_in(given, blog_context(given))
    if given.format == "json":
        print_json({"links": [_as_json(told) for told in found]})
        return 0
    for line in _lines(found):
        print(line)
    return 0


def links_in(given: SharedOptions, blog: BlogContext) -> tuple[Told, ...]:
    """The links of published posts to pages elsewhere; ends the run if the list can't be read."""
    sent = load_sent(given.blog)
    if sent.problems:
        fail(sent.problems, given.format)
    links = outgoing_links(blog.inventory.site.entries, blog.config.base_url)
    return tuple(
        Told(link, sent.days.get(Mention(link.entry.post.id, link.target))) for link in links
    )


def _lines(found: tuple[Told, ...]) -> Iterator[str]:
    if not found:
        yield "No published post links to a page elsewhere."
        return
    title = ""
    for told in found:
        if told.link.entry.post.title != title:
            title = told.link.entry.post.title
            yield title
        yield f"  {told.day or 'not told'!s:<10}  {told.link.target}"
    yield ""
    sent = sum(told.day is not None for told in found)
    yield f"{counted(len(found), 'link')}, of which {sent:,} told. To tell others: " + (
        "weekly mentions send"
    )


def _as_json(told: Told) -> dict[str, object]:
    return {
        "post": told.link.entry.post.source,
        "target": told.link.target,
        "sent": str(told.day) if told.day else None,
    }

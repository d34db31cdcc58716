"""`weekly mentions send`: tells pages elsewhere, once, that a post links to them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import click

from generator.cache.store import FOLDER
from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.mentions import Told, links_in
from generator.cli.options import blog_option, now_option
from generator.cli.printing import progress_of, say
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.network.client import Access, Client
from generator.network.remembered import Silence, keep_silences, silences_in
from generator.network.webmentions import discover, has_link, tell
from generator.problems import counted
from generator.progress import Progress
from generator.site.permalinks import Permalinks
from generator.site.sent_mentions import Mention, load_sent, save_sent

MOST = 100  # pages that one run asks; the next run asks the others


class Ready(NamedTuple):
    """A webmention that can be sent."""

    mention: Mention
    source: str  # the address of the post
    title: str
    endpoint: str


@command(
    "mentions send",
    examples=(
        ("weekly mentions send", "show what would be sent, and ask"),
        ("weekly mentions send --dry-run", "only show it"),
        ("weekly mentions send --yes", "send without a question, such as in a workflow"),
    ),
)
@click.option("--yes", is_flag=True, help="Send without a question.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@now_option
@blog_option
def run(given: SharedOptions, yes: bool, dry_run: bool) -> int:
    """Ask pages whether they want to be told, then the user, and send; fails if one refuses."""
    blog = blog_context(given)
    now = time.time()
    client = Client(blog.config.base_url, now=now, access=Access(private=False))
    silences = silences_in(given.blog / FOLDER)
    waiting = [told for told in links_in(given, blog) if told.day is None]
    asked = [t for t in waiting if not _is_silent(t, silences, now)][:MOST]
    links = Permalinks.at(blog.config.base_url)
    ready: list[Ready] = []
    for line in _prepare(asked, client, links, silences, ready, now, progress_of(given)):
        print(line, file=sys.stderr)
    keep_silences(given.blog / FOLDER, silences)
    if not ready:
        say(given, _nothing(asked, waiting))
        return 0
    for one in ready:
        if not (given.quiet and yes):
            print(f"{one.title}\n  {one.mention.target}")
    if dry_run or not (yes or _is_confirmed(len(ready))):
        return 0
    return _send(given, ready, client, blog.now.astimezone(blog.config.zone).date())


def _is_silent(told: Told, silences: dict[str, Silence], now: float) -> bool:
    silence = silences.get(told.link.target)
    return silence is not None and silence.lasts(now)


def _prepare(
    asked: Sequence[Told],
    client: Client,
    links: Permalinks,
    silences: dict[str, Silence],
    ready: list[Ready],
    now: float,
    progress: Progress,
) -> Iterator[str]:
    """Finds the endpoints; says which pages could not be asked."""
    for number, told in enumerate(asked, start=1):
        target, entry = told.link.target, told.link.entry
        progress("Asking other pages", number, len(asked))
        found = discover(client, target)
        if not found.endpoint:
            silences[target] = Silence(now, found.failure)
            if found.failure:
                yield f"{target}: {found.failure}"
            continue
        source = links.absolute(entry.permalink)
        if reason := has_link(client, source, target):
            yield f"{source}: {reason}"
            continue
        ready.append(Ready(told.mention, source, entry.post.title, found.endpoint))


def _nothing(asked: Sequence[Told], waiting: Sequence[Told]) -> str:
    if not waiting:
        return "Every page that your posts link to has been told, or there is none."
    if not asked:
        return "No page that your posts link to wants to be told; they are asked again in a month."
    return f"Nothing to send. Asked {counted(len(asked), 'page')}."


def _is_confirmed(number: int) -> bool:
    if not is_interactive():
        print("Nothing was sent. To send without a question: --yes")
        return False
    return click.confirm(f"Send {counted(number, 'webmention')}?", prompt_suffix=" ")


def _send(given: SharedOptions, ready: Sequence[Ready], client: Client, day: date) -> int:
    """Sends each one; it is in the list before, so that a run that is killed sends none twice."""
    days = {**load_sent(given.blog).days}
    failed = 0
    for one in ready:
        save_sent(given.blog, days | {one.mention: day})
        reason = tell(client, one.endpoint, source=one.source, target=one.mention.target)
        if reason:
            failed += 1
            save_sent(given.blog, days)
            print(f"{one.mention.target}: {reason}", file=sys.stderr)
        else:
            days[one.mention] = day
            say(given, f"Told {one.mention.target}")
    say(given, f"Sent {counted(len(ready) - failed, 'webmention')}, kept in content/mentions.txt.")
    return 1 if failed else 0

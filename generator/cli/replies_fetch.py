"""`weekly replies fetch`: replies from mail, webmention.io, Mastodon, Bluesky and GitHub."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence

from generator.cache.store import FOLDER
from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.intake import reader_settings, report, write_intake
from generator.cli.options import blog_option, format_option
from generator.cli.printing import fail_plainly, progress_of
from generator.cli.reply_sources import ours_in, sources_of
from generator.cli.shared_options import SharedOptions
from generator.importers.found import Intake
from generator.network.client import Client
from generator.network.fetching import Failure, fetch, keep_marks, read_marks
from generator.network.sources import SERVICES, Asking, Source
from generator.writing.replies import NewReply, Plan


@command(
    "replies fetch",
    examples=(
        ("weekly replies fetch", "ask every source of this blog for new replies"),
        ("weekly replies fetch --format json", "the same from a script, with numbers only"),
    ),
)
@format_option("text", "json")
@blog_option
def run(given: SharedOptions) -> int:
    """Write each new reply into a file of its own; fails if a source could not be read."""
    blog = blog_context(given)
    config, entries = blog.config, blog.inventory.site.entries
    now = time.time()
    asking = Asking(
        Client(config.base_url, now=now),
        reader_settings(config),
        ours_in(config, entries),
        SERVICES,
    )
    sources = sources_of(config, entries, asking, os.environ)
    if not sources.ready and not sources.failures:
        fail_plainly(
            "there is no source of replies: no post has a copy on Mastodon or Bluesky in "
            "'syndication', and site.toml has no [replies.sources]. See docs/listening.md."
        )
    failures = [*sources.failures, *_fetch(given, sources.ready, blog, now)]
    for failure in failures:
        print(f"{failure.source}: {failure.reason}", file=sys.stderr)
    return 1 if failures else 0


def _fetch(
    given: SharedOptions, sources: Sequence[Source], blog: BlogContext, now: float
) -> Iterator[Failure]:
    """Asks one source after the other; what it gave is written before the next one is asked."""
    progress, kept_in = progress_of(given), given.blog / FOLDER
    marks = read_marks(kept_in)
    intakes: list[Intake] = []
    plans: list[Plan] = []
    written: list[NewReply] = []
    for number, source in enumerate(sources):
        progress(f"Asking {source.name}", number, len(sources))
        fetched = fetch(source, marks.get(source.name, {}), now=now)
        intake, plan, files = write_intake(given, fetched.intake, blog)
        if len(files) == len(plan.new):  # else they are asked for again, and none is lost
            marks[source.name] = fetched.mark
            keep_marks(kept_in, marks)
        intakes.append(intake)
        plans.append(plan)
        written += files
        if fetched.failure:
            yield fetched.failure
    progress("Asking", len(sources), len(sources))
    new = tuple([reply for plan in plans for reply in plan.new])
    known = tuple([reply for plan in plans for reply in plan.known])
    report(given, Intake.joined(intakes), Plan(new, known), tuple(written))

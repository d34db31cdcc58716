"""`weekly replies fetch`: replies from mail, webmention.io, Mastodon, Bluesky and GitHub."""

from __future__ import annotations

import os
import sys
import time

from generator.cache.store import FOLDER
from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.intake import reader_settings, report, write_intake
from generator.cli.options import blog_option, format_option
from generator.cli.printing import fail_plainly, progress_of
from generator.cli.reply_sources import ours_in, sources_of
from generator.cli.shared_options import SharedOptions
from generator.network.client import Client
from generator.network.fetching import fetch, keep_marks, read_marks
from generator.network.sources import SERVICES, Asking


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
    kept_in = given.blog / FOLDER
    fetched = fetch(sources.ready, read_marks(kept_in), now=now, progress=progress_of(given))
    report(given, *write_intake(given, fetched.intake, blog))
    keep_marks(kept_in, fetched.marks)
    failures = (*sources.failures, *fetched.failures)
    for failure in failures:
        print(f"{failure.source}: {failure.reason}", file=sys.stderr)
    return 1 if failures else 0

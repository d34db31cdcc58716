"""Helpers shared by commands that send mail, or show what was sent."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import click

from generator.build.mailing import MailChoice, Mailing, mailing
from generator.cache.store import FOLDER
from generator.cli.build_inputs import build_options
from generator.cli.printing import fail, print_problems, progress_of
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SITE_FILE, SiteConfig
from generator.mail import outbox, recipients
from generator.mail.headers import HeaderError, check_address
from generator.mail.outbox import Outbox
from generator.mail.recipients import Digests, Recipient, Recipients
from generator.mail.record import Record, read_record
from generator.model import Entry, PostState
from generator.problems import Location, Problem

NEW = timedelta(days=3)  # a post that is older is not sent by a machine on its own


class Audience(NamedTuple):
    """Who gets the mail, and how they are known without their addresses."""

    recipients: Recipients
    digests: Digests
    is_file: bool = False  # whether everyone gets a message of their own, from a file

    @property
    def each(self) -> tuple[Recipient, ...]:
        """Everyone, each once."""
        return self.recipients.each


def record_of(given: SharedOptions) -> Record:
    """What was sent before; if it can't be read, the run ends."""
    record = read_record(given.blog)
    if not isinstance(record, Record):
        fail(record, given.format)
    return record


def audience_of(given: SharedOptions, config: SiteConfig, file: str | None) -> Audience:
    """Who gets the mail: by the settings, or from a file; if nobody can, the run ends."""
    found = audience_or_problems(given, config, file)
    if not isinstance(found, Audience):
        fail(found, given.format)
    return found


def audience_or_problems(
    given: SharedOptions, config: SiteConfig, file: str | None, *, is_new: bool = True
) -> Audience | tuple[Problem, ...]:
    """Who gets the mail, or why nobody can; `is_new` says whether a key may be made for them."""
    named = file or config.mail.recipients
    if not named:
        at = config.at(("mail", "to"))
        if not config.mail.to:
            hint = "Write 'to', the address of a list, or 'recipients', a file, into [mail]."
            return (Problem("mail-settings", at, "nobody is to get mail", hint),)
        return Audience(Recipients((Recipient(config.mail.to, "", at),)), _public_digests(config))
    path = given.blog / Path(named).expanduser() if not file else Path(file)
    found = recipients.read_recipients(path, named, given.blog)
    if not isinstance(found, Recipients):
        return found
    key = recipients.read_key(path.with_name(f"{path.name}.key"), is_new=is_new)
    if isinstance(key, Problem):
        return (key,)
    return Audience(found, Digests(key), is_file=True)


def test_audience(address: str, config: SiteConfig) -> Audience:
    """One address that somebody typed."""
    try:
        check_address(address)
    except HeaderError:
        raise click.BadParameter(f"'{address}' is no address.", param_hint="--test") from None
    recipient = Recipient(address, "test", Location("--test"))
    return Audience(Recipients((recipient,)), _public_digests(config), is_file=True)


def _public_digests(config: SiteConfig) -> Digests:
    """Digests of addresses that are in site.toml anyway."""
    return Digests(blake2b(config.authority.encode(), digest_size=32).digest())


def outbox_of(given: SharedOptions, digests: Digests) -> Outbox:
    """What this machine remembers of what it has sent."""
    folder = given.blog / FOLDER / "mail" / outbox.FOLDER
    return Outbox(given.blog, folder, digests.of_key)


def mailing_of(given: SharedOptions, config: SiteConfig, post: str) -> Mailing:
    """The message about a post; if it can't be made, the run ends."""
    made = mailing(
        config, build_options(given, config), MailChoice(post), progress=progress_of(given)
    )
    if not isinstance(made, Mailing):
        fail(made, given.format)
    print_problems(made.problems, given.format)
    return made


def new_posts(entries: Iterable[Entry], record: Record, now: datetime) -> list[Entry]:
    """Posts that were published in the last days and not sent, oldest first."""
    found = [
        entry
        for entry in entries
        if entry.state is PostState.PUBLISHED
        and now - NEW <= entry.post.published <= now
        and getattr(record.posts.get(entry.post.id), "state", "") != "sent"
    ]
    return sorted(found, key=lambda entry: (entry.post.published, entry.post.source))


def in_utc(moment: datetime) -> str:
    """A moment as the record has it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def secret(name: str) -> str:
    """A key or token from the environment, '' if there is none."""
    return os.environ.get(name, "").strip()


def needed_secret(name: str, hint: str) -> str:
    """The same; without it, the run ends."""
    value = secret(name)
    if not value:
        at = Location(SITE_FILE)
        message = f"{name} is not set in the environment"
        fail([Problem("mail-settings", at, message, hint)], "text")
    return value

"""The sources that `weekly replies fetch` asks, and the credentials that the environment has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.importers.copies import Copy, Ours, copy_at
from generator.model import Entry
from generator.network.fetching import Failure
from generator.network.imap import Login, MailFolder
from generator.network.sources import (
    Asking,
    CopySource,
    GithubSource,
    MailSource,
    Source,
    WebmentionSource,
)
from generator.site.permalinks import Permalinks

USER, PASSWORD, TOKEN = "WEEKLY_IMAP_USER", "WEEKLY_IMAP_PASSWORD", "WEEKLY_IMAP_TOKEN"
WEBMENTION_TOKEN = "WEEKLY_WEBMENTION_TOKEN"  # noqa: S105
GITHUB_TOKEN = "WEEKLY_GITHUB_TOKEN"  # noqa: S105


class Sources(NamedTuple):
    """The sources that can be asked, and those whose credentials are missing."""

    ready: tuple[Source, ...]
    failures: tuple[Failure, ...]


def sources_of(
    config: SiteConfig, entries: Sequence[Entry], asking: Asking, environment: Mapping[str, str]
) -> Sources:
    """The sources that the settings and the posts name; `environment` has the credentials."""
    found = [
        *_mail(config, asking, environment),
        *_webmentions(config, asking, environment),
        *_github(config, asking, environment),
        *_copies(config, entries, asking),
    ]
    return Sources(
        tuple([source for source in found if not isinstance(source, Failure)]),
        tuple([source for source in found if isinstance(source, Failure)]),
    )


def _mail(
    config: SiteConfig, asking: Asking, environment: Mapping[str, str]
) -> Iterator[Source | Failure]:
    mail = config.replies.sources.mail
    if not mail.host:
        return
    login = Login(
        environment.get(USER, ""), environment.get(PASSWORD, ""), environment.get(TOKEN, "")
    )
    at = MailFolder(mail.host, mail.port, mail.folder)
    if login.user and (login.password or login.token):
        yield MailSource(at, login, asking.settings)
    else:
        reason = f"set {USER}, and {PASSWORD} or {TOKEN}, in the environment"
        yield Failure(f"{at.host}/{at.folder}", reason)


def _webmentions(
    config: SiteConfig, asking: Asking, environment: Mapping[str, str]
) -> Iterator[Source | Failure]:
    domain, token = config.replies.sources.webmentions, environment.get(WEBMENTION_TOKEN, "")
    if domain and token:
        yield WebmentionSource(domain, token, asking)
    elif domain:
        yield Failure(f"webmention.io/{domain}", f"set {WEBMENTION_TOKEN} in the environment")


def _github(config: SiteConfig, asking: Asking, environment: Mapping[str, str]) -> Iterator[Source]:
    named = [way.to for way in config.answer.ways if way.via == "github"]
    own = config.replies.sources.github
    for repository in [own] if own else dict.fromkeys(named):
        yield GithubSource(repository, environment.get(GITHUB_TOKEN, ""), asking)


def _copies(config: SiteConfig, entries: Sequence[Entry], asking: Asking) -> Iterator[Source]:
    copies = copies_of(entries)
    wanted = config.replies.sources
    for network, is_wanted in (("mastodon", wanted.mastodon), ("bluesky", wanted.bluesky)):
        here = tuple(copy for copy in copies if copy.network == network)
        if here and is_wanted:
            yield CopySource(network, here, asking)


def copies_of(entries: Sequence[Entry]) -> tuple[Copy, ...]:
    """The copies of posts at networks that can be asked, those of the newest posts first."""
    found = (
        copy_at(url, entry.post.name)
        for entry in entries
        if not entry.post.is_draft
        for url in entry.post.syndication
    )
    return tuple(dict.fromkeys(copy for copy in found if copy))


def ours_in(config: SiteConfig, entries: Sequence[Entry]) -> Ours:
    """What is ours on the web: no source may give it back to us as a reply."""
    links = Permalinks.at(config.base_url)
    wanted = config.replies.sources
    networks = {
        links.absolute(entry.permalink): [
            copy.network for copy in copies_of([entry]) if getattr(wanted, copy.network)
        ]
        for entry in entries
    }
    profiles = [link.url for author in config.authors for link in author.links]
    for author in config.authors:
        if author.fediverse:
            name, _, host = author.fediverse.removeprefix("@").partition("@")
            profiles.append(f"https://{host}/@{name}")
    copies = [url for entry in entries for url in entry.post.syndication]
    return Ours.of(config.base_url, copies, profiles, networks)

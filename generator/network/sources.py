"""Where replies come from: each source is asked for what is new, a page at a time.

A source gives what it found together with how far it has been read. Whoever writes the replies then
keeps that mark, so that a run that breaks off anywhere is simply repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote, urlencode, urlsplit

from generator.importers.bluesky import read_thread
from generator.importers.copies import Copy, Ours
from generator.importers.found import Intake, ReaderSettings, Refused
from generator.importers.github_issues import read_issues
from generator.importers.json_values import UnreadableJsonError, number_at, text_at
from generator.importers.mail import read_mail
from generator.importers.mastodon import read_context
from generator.importers.webmention_io import read_mentions
from generator.network.client import Client, UnansweredError, next_page
from generator.network.imap import LARGEST, Login, MailFolder, Mark, new_mails

PAGE = 20  # webmentions on a page
MOST_PAGES = 50  # in a run; the next run goes on
NEWEST_COPIES = 40  # that every run asks about
OLDER_COPIES = 20  # of the others, those that were not asked about for longest
_ISSUES = 100
_DEPTH = 100  # levels of a thread


class Services(NamedTuple):
    """Where the services are."""

    webmention_io: str = "https://webmention.io"
    bluesky: str = "https://public.api.bsky.app"
    github: str = "https://api.github.com"


SERVICES = Services()


class Batch(NamedTuple):
    """What a source gave at once, and how far it has been read with it."""

    intake: Intake
    mark: Mapping[str, Any]


class Source(Protocol):
    """Something that may have new replies."""

    @property
    def name(self) -> str:
        """What it is, for people and for its mark."""

    def batches(self, mark: Mapping[str, Any]) -> Iterator[Batch]:
        """What is new since a mark, the oldest first; raises UnansweredError."""


class Asking(NamedTuple):
    """What every source needs: who asks, and for which blog."""

    client: Client
    settings: ReaderSettings
    ours: Ours
    services: Services = SERVICES


class MailSource(NamedTuple):
    """A folder of mail."""

    at: MailFolder
    login: Login
    settings: ReaderSettings

    @property
    def name(self) -> str:
        """The folder and its server."""
        return f"{self.at.host}/{self.at.folder}"

    def batches(self, mark: Mapping[str, Any]) -> Iterator[Batch]:
        """Each mail that is new."""
        read = Mark(number_at(mark, "validity"), number_at(mark, "uid"))
        for mail in new_mails(self.at, self.login, read):
            position = f"{self.name}:{mail.mark.uid}"
            result = (
                read_mail(mail.data, position, self.settings)
                if mail.data
                else Refused(position, f"it is empty, or larger than {LARGEST // 1_000_000} MB")
            )
            yield Batch(Intake.of([result]), mail.mark._asdict())


class WebmentionSource(NamedTuple):
    """What webmention.io has received for a domain."""

    domain: str
    token: str
    asking: Asking

    @property
    def name(self) -> str:
        """The service and the domain."""
        return f"webmention.io/{self.domain}"

    def batches(self, mark: Mapping[str, Any]) -> Iterator[Batch]:
        """Each page of webmentions, the oldest first, so that the highest id is a mark.

        If they are in another order, the mark stays where it is until all pages are read.
        """
        first = newest = number_at(mark, "since_id")
        is_in_order, before = True, b""
        for number in range(MOST_PAGES):
            data = self._page(first, number)
            if data == before:  # a server that knows no pages
                return
            page, before = read_mentions(data, *self.asking[1:3]), data
            is_in_order = is_in_order and (not page.entries or page.oldest > newest)
            newest = max(newest, page.newest)
            is_last = page.entries < PAGE
            yield Batch(page.intake, {"since_id": newest if is_in_order or is_last else first})
            if is_last:
                return

    def _page(self, since: int, number: int) -> bytes:
        query = {
            "domain": self.domain,
            "token": self.token,
            "per-page": PAGE,
            "page": number,
            "sort-by": "created",
            "sort-dir": "up",
            "since_id": since,
        }
        url = f"{self.asking.services.webmention_io}/api/mentions.jf2?{urlencode(query)}"
        return self.asking.client.get(url, accept="application/json").body


class GithubSource(NamedTuple):
    """The issues of a repository."""

    repository: str
    token: str  # '' for a public repository
    asking: Asking

    @property
    def name(self) -> str:
        """The repository, and where it is."""
        return f"github.com/{self.repository}"

    def batches(self, mark: Mapping[str, Any]) -> Iterator[Batch]:
        """Each page of issues that are new or have changed, those that changed first first."""
        since = text_at(mark, "since")
        query = {"state": "all", "sort": "updated", "direction": "asc", "per_page": _ISSUES}
        if since:
            query["since"] = since
        url = f"{self.asking.services.github}/repos/{quote(self.repository)}/issues"
        url += f"?{urlencode(query)}"
        for _ in range(MOST_PAGES):
            answer = self.asking.client.get(
                url, token=self.token, accept="application/vnd.github.full+json"
            )
            page = read_issues(answer.body, self.repository, *self.asking[1:3])
            since = max(since, page.newest)
            yield Batch(page.intake, {"since": since})
            following = next_page(answer)
            if not following:
                return
            if urlsplit(following)[:2] != urlsplit(url)[:2]:
                raise UnansweredError("its next page is on another host")
            url = following


class CopySource(NamedTuple):
    """A network with copies of posts, each of which is asked for its replies."""

    network: str  # mastodon or bluesky
    copies: tuple[Copy, ...]  # of the newest posts first
    asking: Asking

    @property
    def name(self) -> str:
        """The network."""
        return self.network

    def batches(self, mark: Mapping[str, Any]) -> Iterator[Batch]:
        """The replies to each copy; the mark says which of the older ones had their turn."""
        turns = {url: number for url, number in mark.items() if isinstance(number, int)}
        last_turn = max(turns.values(), default=0) + 1
        failures: list[UnansweredError] = []
        silent: set[str] = set()  # hosts that did not answer; they are left alone then
        for copy in _in_turn(self.copies, turns):
            if copy.host in silent:
                continue
            try:
                intake = self._replies_to(copy)
            except UnreadableJsonError as error:
                failures.append(UnansweredError(f"{copy.url}: {error}"))
                continue
            except UnansweredError as error:
                failures.append(UnansweredError(f"{copy.url}: {error}", error.wait))
                if error.status not in (403, 404, 410, 400):  # only this copy is gone
                    silent.add(copy.host)
                continue
            turns[copy.url] = last_turn
            yield Batch(intake, {c.url: turns[c.url] for c in self.copies if c.url in turns})
        if failures:
            wait = max(failure.wait for failure in failures)
            raise UnansweredError("; ".join(map(str, failures)), wait)

    def _replies_to(self, copy: Copy) -> Intake:
        client, settings, ours, services = self.asking
        if self.network == "mastodon":
            root = copy.profile.partition("/@")[0]
            url = f"{root}/api/v1/statuses/{copy.id}/context"
            return read_context(client.get(url).body, copy, settings, ours)
        query = urlencode(
            {
                "uri": f"at://{copy.account}/app.bsky.feed.post/{copy.id}",
                "depth": _DEPTH,
                "parentHeight": 0,
            }
        )
        url = f"{services.bluesky}/xrpc/app.bsky.feed.getPostThread?{query}"
        return read_thread(client.get(url).body, copy, settings, ours)


def _in_turn(copies: Sequence[Copy], turns: Mapping[str, int]) -> Iterable[Copy]:
    """The newest copies, and those of the others that have waited for longest."""
    older = sorted(copies[NEWEST_COPIES:], key=lambda copy: turns.get(copy.url, 0))
    return (*copies[:NEWEST_COPIES], *older[:OLDER_COPIES])

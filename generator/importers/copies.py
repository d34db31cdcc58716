"""The copies of our posts elsewhere, and what there is our own: neither is a reply."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

_MASTODON = re.compile(r"https?://(?P<host>[^/]+)/@(?P<name>[^/@]+)/(?P<id>\d+)/?")
_BLUESKY = re.compile(r"https://bsky\.app/profile/(?P<name>[^/]+)/post/(?P<id>[^/?#]+)/?")


class Copy(NamedTuple):
    """A copy of a post at a network where people reply."""

    network: str  # mastodon or bluesky
    url: str
    host: str
    account: str  # its name there
    id: str  # of the copy
    post: str  # the name of the post

    @property
    def profile(self) -> str:
        """The address of the account that the copy belongs to."""
        if self.network == "bluesky":
            return f"https://bsky.app/profile/{self.account}"
        return f"{self.url.partition('://')[0]}://{self.host}/@{self.account}"


def copy_at(url: str, post: str) -> Copy | None:
    """The copy of a post at that address; None if it is at no network that can be asked."""
    for network, pattern in (("mastodon", _MASTODON), ("bluesky", _BLUESKY)):
        if found := pattern.fullmatch(url.strip()):
            host = "bsky.app" if network == "bluesky" else found["host"].lower()
            return Copy(network, url.strip(), host, found["name"], found["id"], post)
    return None


class Ours(NamedTuple):
    """What is ours on the web: the blog, the copies of its posts, the profiles of its authors."""

    base_url: str = ""
    copies: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    networks: Mapping[str, frozenset[str]] = {}  # where each post has copies, by its address

    @classmethod
    def of(
        cls,
        base_url: str,
        copies: Iterable[str],
        profiles: Iterable[str],
        networks: Mapping[str, Iterable[str]],
    ) -> Ours:
        """The same from addresses as people write them."""
        return cls(
            plain_address(base_url),
            frozenset(map(plain_address, copies)),
            frozenset(map(plain_address, profiles)),
            {plain_address(url): frozenset(names) for url, names in networks.items()},
        )

    def why(self, url: str, author: str = "") -> str:
        """Why what stands at an address, written by that author, is ours; '' if it isn't."""
        plain = plain_address(url)
        if self.base_url and f"{plain}/".startswith(f"{self.base_url}/"):
            return "it is on this blog"
        if plain and plain in self.copies:
            return "it is our own copy of the post"
        if author and plain_address(author) in self.profiles:
            return "an author of this blog wrote it"
        return ""

    def has_copy_at(self, network: str, permalink: str) -> bool:
        """Whether the post of that address has a copy at a network."""
        return network in self.networks.get(plain_address(permalink), ())


def plain_address(url: str) -> str:
    """An address without what makes no difference: scheme, www, fragment, a slash at the end."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}".casefold()

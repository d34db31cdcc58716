"""The post that someone means, by any of its names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from generator.config.settings import SiteConfig
from generator.model import Content, Post
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site import permalinks


def find_post(asked: str, content: Content, config: SiteConfig) -> Post | Problem:
    """The post with that path, file name, slug or address."""
    named: dict[str, list[Post]] = {}
    for post in sorted(content.posts, key=lambda post: post.source):
        for name in dict.fromkeys(_names_of(post, config)):
            named.setdefault(name, []).append(post)
    found = named.get(_plain(asked, config), [])
    if len(found) == 1:
        return found[0]
    if found:
        paths = " and ".join(post.source for post in found)
        message = f"'{shortened(asked)}' can mean {paths}"
        return Problem(
            "unknown-post", Location("content/posts"), message, "Use the path of one of them."
        )
    return Problem(
        "unknown-post",
        Location("content/posts"),
        f"there is no post '{shortened(asked)}'",
        did_you_mean(_plain(asked, config), named),
    )


def address_of(post: Post, config: SiteConfig, *, slug: str = "") -> str:
    """The permalink of a post, or the one that it would have with another slug."""
    return permalinks.for_post(config.permalink, published=post.published, slug=slug or post.slug)


def _names_of(post: Post, config: SiteConfig) -> Iterator[str]:
    path = PurePosixPath(post.source)
    own = path.parent if path.stem == "index" else path
    yield post.slug
    yield address_of(post, config).strip("/")
    for place in {path, own}:
        inside = place.relative_to("content/posts")
        for name in (inside, inside.with_suffix("")):
            yield from (str(name), f"posts/{name}", f"content/posts/{name}", name.name)


def _plain(asked: str, config: SiteConfig) -> str:
    """A name without a prefix: the site's address, dots and slashes."""
    base = urlsplit(config.base_url)
    text = asked.removeprefix(config.base_url)
    if text.startswith(base.path):
        text = text.removeprefix(base.path)
    text = unquote(text).replace("\\", "/").removesuffix("index.html")
    return text.removeprefix("./").strip("/")

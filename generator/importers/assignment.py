"""Finds the post that a reply belongs to, by everything that the reply says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator.importers.found import FoundReply
from generator.model import Post
from generator.site.message_ids import message_id, token, tokens_in

_PREFIX = re.compile(
    r"\s*(?:(?:re|aw|antw|antwort|sv|vs|vá|odp|ynt|ref|rif|r|res|resp|fwd?|wg|tr|rv|enc|i|vl|doorst|pd"
    r"|ateb|rép|رد|回复|回覆|答复|转发|転送|返信|회신)\s*(?:\[\d+\])?\s*[:：]|\[(?:ext|external|extern|spam)\])\s*",
    re.IGNORECASE,
)
_SHORTEST = 8  # characters of a title that is looked for within a subject


class PostNames(NamedTuple):
    """Every name of the posts of a blog; each leads to the name that replies use."""

    message_ids: Mapping[str, str]
    tokens: Mapping[str, str]
    addresses: Mapping[str, str]  # without scheme, or paths only; see `_plain`
    words: Mapping[str, str]  # names, ids, slugs
    titles: Mapping[str, str]


def post_names(
    posts: Iterable[Post], *, authority: str, base_url: str, permalink_of: Callable[[Post], str]
) -> PostNames:
    """The names of the posts; a name that two of them have leads to neither."""
    message_ids: dict[str, str] = {}
    tokens: dict[str, str] = {}
    addresses: dict[str, str] = {}
    words: dict[str, str] = {}
    titles: dict[str, str] = {}
    for post in posts:
        own = [permalink_of(post), *(alias.text for alias in post.aliases)]
        whole = [base_url.rstrip("/") + address for address in own if address.startswith("/")]
        urls = [key for url in (*own, *whole, *post.syndication) for key in address_keys(url)]
        for known, keys in (
            (message_ids, [message_id(authority, post.id)]),
            (tokens, [token(authority, post.id)]),
            (addresses, urls),
            (words, [post.name.casefold(), post.id.casefold(), post.slug.casefold()]),
            (titles, [plain_title(post.title)]),
        ):
            for key in {*keys} - {""}:
                known[key] = post.name if known.get(key, post.name) == post.name else ""
    return PostNames(message_ids, tokens, addresses, words, titles)


def post_of(reply: FoundReply, names: PostNames) -> str:
    """The name of the post that a reply belongs to; '' if it does not say."""
    for reference in reply.references:
        if name := names.message_ids.get(reference):
            return name
    for found in (reply.token, *tokens_in(reply.subject)):
        if name := names.tokens.get(found):
            return name
    return (
        names.words.get(reply.to_post.strip().casefold(), "")
        or post_at(reply.permalink, names)
        or _of_title(reply.to_post or reply.subject, names)
        or _of_slug(reply.permalink, names)
    )


def post_at(url: str, names: PostNames) -> str:
    """The name of the post at an address, whole or within the host; '' if there is none."""
    return next((name for key in address_keys(url) if (name := names.addresses.get(key))), "")


def _of_slug(url: str, names: PostNames) -> str:
    """The post whose slug ends an address: a blog that moved keeps its slugs."""
    last = _plain(url).rpartition("/")[2].removesuffix(".html")
    return names.words.get(last, "") if len(last) >= 5 else ""


def address_keys(url: str) -> tuple[str, ...]:
    """An address without what changes when a blog moves, and its path if it has more than one."""
    plain = _plain(url)
    _, slash, path = plain.partition("/")
    if url.startswith("/"):
        return (plain,) if path else ()
    return (plain, f"/{path}") if slash and path else (plain,)


def _plain(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    path = unquote(parts.path).removesuffix("index.html").rstrip("/")
    query = f"?{parts.query}" if re.fullmatch(r"p(?:age_id)?=\d+", parts.query) else ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{path}{query}".casefold()


def plain_title(text: str) -> str:
    """A title or subject as it is compared: without prefixes, tokens, signs and case."""
    text = re.sub(r"\[#\w{8}\]", " ", text)
    while found := _PREFIX.match(text):
        text = text[found.end() :]
    return " ".join(re.sub(r"[^\w\s]+", " ", text.casefold()).split())


def _of_title(subject: str, names: PostNames) -> str:
    plain = plain_title(subject)
    if name := names.titles.get(plain):
        return name
    is_cut = subject.rstrip().endswith(("…", "..."))
    found = {
        name
        for title, name in names.titles.items()
        if name
        and (
            (len(title) >= _SHORTEST and plain.endswith(f" {title}"))
            or (is_cut and len(plain) >= _SHORTEST and title.startswith(plain))
        )
    }
    return found.pop() if len(found) == 1 else ""

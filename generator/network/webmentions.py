"""Webmentions (W3C, 12 January 2017): finds where a page wants to be told, and tells it."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlencode

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.network.client import Answer, Client, UnansweredError, joined, links_in, status_line

_REL = "webmention"
_MOST = 1_000_000  # characters of a page that are searched
_MOST_TAGS = 1_000
_HTML = ("text/html", "application/xhtml+xml")


class Discovery(NamedTuple):
    """Where a page wants to be told, or why that is not known."""

    endpoint: str = ""  # '' for a page that does not want to be told
    failure: str = ""


def discover(client: Client, target: str) -> Discovery:
    """Asks a page where it wants to be told of links to it."""
    try:
        return Discovery(endpoint_in(client.get(target, accept="text/html", to_other_hosts=True)))
    except UnansweredError as error:
        return Discovery(failure=str(error))


def endpoint_in(answer: Answer) -> str:
    """Where a page wants to be told: the first Link header that says it, else the first element."""
    for target, relations in links_in(answer):
        if _REL in relations:
            return joined(answer.url, target)
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    if kind and kind not in _HTML:
        return ""
    tags = _tags(answer.body.decode("utf-8", "replace"))
    root = answer.url
    for tag in tags:
        if tag.tag == "base":
            root = joined(answer.url, tag.attributes["href"] or "")
            break
    for tag in tags:
        if _REL in (tag.attributes.get("rel") or "").lower().split():
            return joined(root, tag.attributes["href"] or "")
    return ""


# A page of a stranger may be nested a million times, which takes a parser of HTML minutes. So only
# the tags that matter are parsed, one beside the other, and what is no markup is left out before.
_NO_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(script|style|textarea|title|template|xmp|iframe|noscript)(?=[\s/>]).*?(?:</\1|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_A_TAG = re.compile(
    r"<(?:base|link|a)(?=[\s/>])(?:[^<>\"']++|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'){0,50}+>",
    re.IGNORECASE,
)


def _tags(html: str) -> list[LexborNode]:
    """The tags that have an address, and say what page this is or where it wants to be told."""
    found = _A_TAG.findall(_NO_MARKUP.sub("", html[:_MOST]))
    wanted = [tag for tag in found if _REL in tag.lower() or tag[1:5].lower() == "base"]
    page = LexborHTMLParser("".join(f"{tag}</a>" for tag in wanted[:_MOST_TAGS]))
    return page.css("base[href], link[rel][href], a[rel][href]")


def has_link(client: Client, source: str, target: str) -> str:
    """Why a page of ours can't be shown to the other side: '' if it is online with the link."""
    try:
        links = LexborHTMLParser(client.get(source, accept="text/html").body).css("a[href]")
    except UnansweredError as error:
        return f"your page can't be read yet: {error}"
    if target in ((link.attributes["href"] or "").strip() for link in links):
        return ""
    return "your page is online without this link; publish it first"


def tell(client: Client, endpoint: str, *, source: str, target: str) -> str:
    """Sends one webmention; returns why it was not accepted, '' if it was."""
    form = urlencode({"source": source, "target": target}).encode()
    try:
        answer = client.post(endpoint, form)
    except UnansweredError as error:
        return str(error)
    return "" if 200 <= answer.status < 300 else f"it answers {status_line(answer.status)}"

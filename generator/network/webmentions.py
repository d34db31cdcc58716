"""Webmentions (W3C, 12 January 2017): finds where a page wants to be told, and tells it."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlencode, urljoin

from selectolax.lexbor import LexborHTMLParser

from generator.network.client import Answer, Client, UnansweredError, links_in, status_line

_REL = "webmention"
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
            return urljoin(answer.url, target)
    kind = answer.header("content-type").partition(";")[0].strip().lower()
    if kind and kind not in _HTML:
        return ""
    page = LexborHTMLParser(answer.body)
    base = page.css_first("base[href]")
    root = urljoin(answer.url, (base.attributes["href"] or "") if base else "")
    for element in page.css("link[rel][href], a[rel][href]"):
        if _REL in (element.attributes["rel"] or "").lower().split():
            return urljoin(root, (element.attributes["href"] or "").strip())
    return ""


def has_link(client: Client, source: str, target: str) -> str:
    """Why a page of ours can't be shown to the other side: '' if it is online with the link."""
    try:
        answer = client.get(source, accept="text/html")
    except UnansweredError as error:
        return f"your page can't be read yet: {error}"
    links = LexborHTMLParser(answer.body).css("a[href]")
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

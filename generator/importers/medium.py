"""Responses on Medium, from the pages of its export: a response looks like a post there."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, ReaderSettings, Refused, SetAside
from generator.importers.html_text import UnreadableHtmlError, check, markdown_of
from generator.model import Consent

_ID = re.compile(r"([0-9a-f]{8,14})/?(?:[?#].*)?$")


def is_medium(html: str) -> bool:
    """Whether some HTML is a page of Medium's export."""
    return "p-canonical" in html and "medium.com" in html and "h-entry" in html


def is_response(tree: LexborHTMLParser) -> bool:
    """Whether a page is a response: its title is only the beginning of its words.

    The title of a post is the heading of its body; a response has no heading.
    """
    body = tree.css_first("[data-field=body], .e-content")
    if body is None or tree.css_first("[data-field=subtitle], .p-summary") is not None:
        return False
    title = words_of(tree.css_first(".p-name"))
    first = next((node for node in body.css(".graf, p, h3, h4")), None)
    if first is None or first.tag not in ("p", "blockquote"):
        return False
    return bool(title) and words_of(body).startswith(title.rstrip("….").rstrip())


def read_medium(data: bytes, path: str, settings: ReaderSettings) -> Result:
    """The response on a page of Medium's export; a post is set aside."""
    html = data.decode("utf-8", "replace")
    try:
        check(html)
        tree = LexborHTMLParser(html)
        if not is_response(tree):
            return SetAside(path, "it is a post, not a response")
        body = tree.css_first("[data-field=body], .e-content")
        text = markdown_of((body.html if body is not None else "") or "")
    except UnreadableHtmlError as error:
        return Refused(path, str(error))
    address = attribute_of(tree.css_first("a.p-canonical"), "href")
    own = _ID.search(address)
    return finished(
        FoundReply(
            via="medium",
            text=text.markdown,
            source_id=f"medium {own[1] if own else text.markdown}",
            position=path,
            name=words_of(tree.css_first(".p-author")),
            published=read_date(
                attribute_of(tree.css_first("time.dt-published"), "datetime"), settings.zone
            ),
            source=address,
            consent=Consent.PUBLIC,
            approved=True,
            removed=text.removed,
        )
    )


def words_of(node: LexborNode | None) -> str:
    return " ".join(node.text(deep=True, separator=" ").split()) if node is not None else ""


def attribute_of(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node is not None else ""

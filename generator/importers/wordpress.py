"""Comments of WordPress, from an export file (WXR 1.0 to 1.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import etree

from generator.importers.clean import clean_line
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished, surviving
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import UnreadableHtmlError, markdown_of, plain_of
from generator.importers.xml_elements import XmlElements, children, name_of, text_in, text_of
from generator.model import Consent, ReplyKind

_APPROVED = frozenset(("1", "approve", "approved"))
_LEFT_OUT = {
    "spam": "it is marked as spam there",
    "trash": "it is in the trash there",
    "post-trashed": "its post is in the trash there",
}
_KINDS = {
    "": ReplyKind.REPLY,
    "comment": ReplyKind.REPLY,
    "review": ReplyKind.REPLY,
    "pingback": ReplyKind.MENTION,
    "trackback": ReplyKind.MENTION,
    "webmention": ReplyKind.MENTION,
    "like": ReplyKind.LIKE,
}
_SITE = frozenset(("base_site_url", "base_blog_url"))


def read_wordpress(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    """The comments of a WXR file, with those that were set aside or can't be read."""
    xml = XmlElements(data, {"item", *_SITE})
    results: list[Result] = []
    site = ""
    for element in xml:
        if name_of(element) in _SITE:
            site = text_of(element) or site
        else:
            results += comments_of(element, site, path, settings)
    if xml.is_last_cut_off("comment") and results:
        results[-1] = Refused(results[-1].position, "the file ends within it")
    missing = xml.missing("comment", len(results))
    place = f"{path}:{xml.line}" if xml.line else path
    reason = f"the XML can't be read to its end: {xml.reason or 'it is not whole'}"
    return Intake.of([*results, *[Refused(place, reason)] * missing])


def comments_of(
    item: etree._Element, site: str, path: str, settings: ReaderSettings
) -> list[Result]:
    """The comments of one post of an export, each below the nearest one that is kept."""
    comments = [*children(item, "comment")]
    if not comments:
        return []
    link = text_in(item, "link")
    owner = f"{host_of(site or link)} {text_in(item, 'post_id') or _path_of(link)}"
    read = [_comment(comment, owner, link, path, settings) for comment in comments]
    ids = [text_in(comment, "comment_id") for comment in comments]
    parents = {
        own: text_in(comment, "comment_parent") for own, comment in zip(ids, comments, strict=True)
    }
    kept = {own for own, result in zip(ids, read, strict=True) if isinstance(result, FoundReply)}
    title = plain_of(text_in(item, "title"))
    return [*_placed(read, ids, parents, kept, owner, title, settings)]


def _placed(
    read: list[Result],
    ids: list[str],
    parents: dict[str, str],
    kept: set[str],
    owner: str,
    title: str,
    settings: ReaderSettings,
) -> Iterator[Result]:
    for own, result in zip(ids, read, strict=True):
        if isinstance(result, FoundReply):
            parent = surviving(parents[own], parents, kept - {own})
            key = settings.key_of(_source_id(owner, parent)) if parent else ""
            yield result._replace(parent_key=key, subject=title)
        else:
            yield result


def _comment(
    comment: etree._Element, owner: str, link: str, path: str, settings: ReaderSettings
) -> Result:
    def value(name: str) -> str:
        return text_in(comment, f"comment_{name}")

    position = f"{path}:{comment.sourceline or 0}"
    state, kind_there = value("approved").lower(), value("type").lower()
    if reason := _LEFT_OUT.get(state):
        return SetAside(position, reason)
    kind = _KINDS.get(kind_there)
    if kind is None:
        shown, _ = clean_line(kind_there, longest=40)
        return SetAside(position, f"it is no comment but '{shown}'")
    try:
        text = markdown_of(value("content"), keeps_lines=True)
    except UnreadableHtmlError as error:
        return Refused(position, str(error))
    gmt = read_date(f"{value('date_gmt')} UTC", settings.zone)
    own = value("id")
    return finished(
        FoundReply(
            via="wordpress",
            text=text.markdown,
            source_id=_source_id(owner, own or f"{value('date_gmt')} {text.markdown}"),
            position=position,
            permalink=link,
            name=plain_of(value("author")),
            url=plain_of(value("author_url")),
            published=gmt or read_date(value("date"), settings.zone),
            source=plain_of(value("author_url")) if kind.is_reaction else _address(link, own),
            kind=kind,
            consent=Consent.PUBLIC,
            approved=state in _APPROVED,
            removed=text.removed,
        )
    )


def _address(link: str, own: str) -> str:
    return f"{link.partition('#')[0]}#comment-{own}" if link and own.isdecimal() else link


def _source_id(owner: str, own: str) -> str:
    return f"wordpress {owner} {own}"


def host_of(url: str) -> str:
    """The host of a site, which stays the same when it moves to https."""
    found = re.match(r"(?:https?:)?//(?:www\.)?([^/?#]*)", url.strip(), re.IGNORECASE)
    return found[1].lower() if found else ""


def _path_of(link: str) -> str:
    """The path of an address with its query; '' for what is no address."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path

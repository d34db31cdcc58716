"""Posts of feeds (RSS, Atom, JSON Feed), and Blogger's export, which is an Atom feed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml import etree

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle
from generator.importers.dates import mail_date, read_date
from generator.importers.finishing import finished
from generator.importers.found import FoundReply, ReaderSettings, Refused, SetAside
from generator.importers.html_parts import escape
from generator.importers.html_text import UnreadableHtmlError, markdown_of
from generator.importers.items import FoundPost, FoundState, Item
from generator.importers.wordpress import host_of
from generator.importers.xml_elements import (
    XmlElements,
    attribute,
    children,
    name_of,
    text_in,
    text_of,
)
from generator.model import Consent

_KIND = "schemas.google.com/g/2005#kind"


def read_feeds(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    """The posts in some feeds of XML; of Blogger's export, the pages and comments as well."""
    for name in names:
        path = bundle.shown(name)
        try:
            with bundle.open(name) as file:
                yield from _Feed(path, settings).items(XmlElements(file, {"item", "entry"}))
        except (OSError, ArchiveError) as error:
            yield Refused(path, f"it can't be read: {error}")


class _Feed:
    """A feed as it streams by."""

    def __init__(self, path: str, settings: ReaderSettings) -> None:
        self.path, self.settings = path, settings
        self.links: dict[str, str] = {}  # addresses of Blogger's posts, by id
        self.comments: list[tuple[FoundReply, str]] = []

    def items(self, xml: XmlElements) -> Iterator[Item]:
        seen = 0
        for element in xml:
            seen += 1
            place = f"{self.path}:{element.sourceline or 0}"
            item = (
                self._entry(element, place)
                if name_of(element) == "entry"
                else self._item(element, place)
            )
            if item is not None:
                yield item
        if xml.has_document_type:
            yield SetAside(self.path, "it declares a document type; its entities are never read")
        cut = xml.is_last_cut_off("item") or xml.is_last_cut_off("entry")
        if cut:
            yield Refused(self.path, "the file ends within its last item, which may miss its end")
        for reply, post in self.comments:
            yield reply._replace(permalink=reply.permalink or self.links.get(post, ""))
        missing = (
            xml.missing("item", seen) if xml.missing("item", 0) else xml.missing("entry", seen)
        )
        place = f"{self.path}:{xml.line}" if xml.line else self.path
        reason = f"the XML can't be read to its end: {xml.reason or 'it is not whole'}"
        yield from [Refused(place, reason)] * missing
        if not seen and not missing:
            why = f": {xml.reason}" if xml.reason else ""
            yield SetAside(self.path, f"no post is in it{why}")

    def _item(self, item: etree._Element, place: str) -> Item:
        link = text_in(item, "link") or next(
            (attribute(one, "href") for one in children(item, "link")), ""
        )
        encoded = text_in(item, "encoded")
        description = text_in(item, "description")
        date = text_in(item, "pubDate") or text_in(item, "date")
        return FoundPost(
            via="feed",
            own=text_in(item, "guid") or link or text_in(item, "title"),
            site=host_of(link),
            position=place,
            title=text_in(item, "title"),
            body=encoded or description,
            published=mail_date(date) or read_date(date, self.settings.zone),
            tags=tuple(
                dict.fromkeys(text_of(one) for one in children(item, "category") if text_of(one))
            ),
            summary=description if encoded and description != encoded else "",
            authors=tuple(
                name
                for name in (_person(text_in(item, "creator") or text_in(item, "author")),)
                if name
            ),
            slug=_slug_of(link),
            addresses=(link,) if link else (),
        )

    def _entry(self, entry: etree._Element, place: str) -> Item | None:
        kind = self._kind(entry)
        own = text_in(entry, "id")
        link = _link_of(entry)
        if kind in ("settings", "template"):
            return SetAside(place, f"it is a part of the old blog's {kind}")
        draft = any(
            text_of(one) == "yes"
            for control in children(entry, "control")
            for one in children(control, "draft")
        )
        status = text_in(entry, "status").upper()
        if status in ("SOFT_TRASHED", "TRASHED", "SPAM", "SPAM_COMMENT", "GHOSTED"):
            return SetAside(
                place, "it was deleted there" if "TRASH" in status else "it is marked as spam there"
            )
        if kind == "comment":
            self._comment(entry, own, link, place)
            return None
        file = text_in(entry, "filename")
        link = link or file
        self.links[own] = link
        self.links[own.rpartition("-")[2]] = link
        body = _content(entry)
        blogger = bool(kind)
        return FoundPost(
            via="blogger" if blogger else "feed",
            own=own.rpartition("-")[2]
            if blogger and "post-" in own
            else own or link or text_in(entry, "title"),
            site=host_of(link),
            position=place,
            title=" ".join(text_in(entry, "title").split()),
            body=body,
            is_page=kind == "page",
            state=FoundState.DRAFT
            if draft or status == "DRAFT"
            else FoundState.SCHEDULED
            if status == "SCHEDULED"
            else FoundState.PUBLISHED,
            published=read_date(text_in(entry, "published"), self.settings.zone)
            or self._moment(entry, "created")
            or self._moment(entry, "updated"),
            updated=self._moment(entry, "updated"),
            tags=tuple(
                dict.fromkeys(
                    attribute(one, "label") or attribute(one, "term")
                    for one in children(entry, "category")
                    if _KIND not in attribute(one, "scheme")
                )
            ),
            summary=text_in(entry, "summary")
            if body != text_in(entry, "summary")
            else text_in(entry, "metaDescription"),
            authors=tuple(
                name for one in children(entry, "author") if (name := _person(text_in(one, "name")))
            ),
            slug=_slug_of(link),
            addresses=(link,) if link else (),
        )

    def _moment(self, entry: etree._Element, name: str) -> datetime | None:
        return read_date(text_in(entry, name), self.settings.zone)

    def _kind(self, entry: etree._Element) -> str:
        """What an entry of Blogger is; '' in other feeds."""
        for category in children(entry, "category"):
            if _KIND in attribute(category, "scheme"):
                return attribute(category, "term").rpartition("#")[2]
        return text_in(entry, "type").lower() if text_in(entry, "type").isupper() else ""

    def _comment(self, entry: etree._Element, own: str, link: str, place: str) -> None:
        post = next(
            (attribute(one, "ref") for one in children(entry, "in-reply-to")), ""
        ) or text_in(entry, "parent")
        above = next(
            (
                attribute(one, "href").rpartition("/")[2]
                for one in children(entry, "link")
                if attribute(one, "rel") == "related"
            ),
            "",
        ) or text_in(entry, "inReplyTo")
        number = own.rpartition("-")[2]
        try:
            text = markdown_of(_content(entry))
        except UnreadableHtmlError as error:
            self.comments.append((_empty(place), str(error)))
            return
        found = finished(
            FoundReply(
                via="blogger",
                text=text.markdown,
                source_id=f"blogger {number}",
                position=place,
                parent_key=self.settings.key_of(f"blogger {above}") if above else "",
                permalink=re.sub(r"[?#].*", "", link),
                name=next((text_in(one, "name") for one in children(entry, "author")), ""),
                url=next((text_in(one, "uri") for one in children(entry, "author")), ""),
                published=read_date(text_in(entry, "published"), self.settings.zone)
                or self._moment(entry, "created"),
                source=link,
                consent=Consent.PUBLIC,
                approved=text_in(entry, "status").upper() in ("", "LIVE"),
                removed=text.removed,
            )
        )
        if isinstance(found, FoundReply):
            self.comments.append((found, post))


def _empty(place: str) -> FoundReply:
    return FoundReply(via="blogger", text="(unreadable)", source_id=place, position=place)


def _content(entry: etree._Element) -> str:
    """The HTML of an entry, however it is wrapped."""
    for name in ("content", "summary"):
        for one in children(entry, name):
            kind = attribute(one, "type") or "html"
            if kind == "xhtml" or (len(one) and kind != "text"):
                inside = "".join(etree.tostring(child, encoding="unicode") for child in one)
                return re.sub(
                    r"(</?)\w+:(?=\w)|\sxmlns(?::\w+)?=\"[^\"]*\"",
                    lambda found: found[1] or "",
                    inside,
                )
            text = text_of(one)
            if text:
                return f"<p>{escape(text)}</p>" if kind in ("text", "text/plain") else text
    return ""


def _link_of(entry: etree._Element) -> str:
    links = {
        attribute(one, "rel") or "alternate": attribute(one, "href")
        for one in reversed([*children(entry, "link")])
    }
    return links.get("alternate", "")


def _person(text: str) -> str:
    """A name; RSS has an address of mail before it."""
    found = re.search(r"\(([^()]+)\)", text)
    name = found[1] if found and "@" in text else text
    return "" if "@" in name or name in ("Unknown", "Anonymous") else " ".join(name.split())


def _slug_of(link: str) -> str:
    path = re.sub(r"https?://[^/]*|[?#].*|\.(?:html?|php|aspx)$", "", link).rstrip("/")
    last = path.rpartition("/")[2]
    return "" if last in ("index", "") or last.isdigit() else last


def is_json_feed(value: object) -> bool:
    """Whether some JSON is a feed."""
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))


def read_json_feeds(
    bundle: Bundle, names: Sequence[str], settings: ReaderSettings
) -> Iterator[Item]:
    """The posts in some JSON feeds."""
    for name in names:
        try:
            value = json.loads(bundle.read(name))
        except (OSError, ArchiveError, ValueError, RecursionError) as error:
            yield Refused(bundle.shown(name), f"it can't be read: {error}")
            continue
        rows = value.get("items")
        for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
            place = bundle.shown(name, f"item {number}")
            yield (
                _of_json(row, place, settings)
                if isinstance(row, dict)
                else Refused(place, "it is no item")
            )


def _of_json(row: Mapping[str, Any], place: str, settings: ReaderSettings) -> FoundPost:
    link = str(row.get("url") or "")
    people = row.get("authors") or [row.get("author")]
    tags = row.get("tags")
    html, text = row.get("content_html"), str(row.get("content_text") or "")
    body = (
        str(html)
        if html
        else "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", text))
    )
    return FoundPost(
        via="feed",
        own=str(row.get("id") or link or row.get("title")),
        site=host_of(link),
        position=place,
        title=str(row.get("title") or ""),
        body=body,
        published=read_date(str(row.get("date_published") or ""), settings.zone),
        updated=read_date(str(row.get("date_modified") or ""), settings.zone),
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        summary=str(row.get("summary") or ""),
        authors=tuple(
            str(one["name"]) for one in people if isinstance(one, dict) and one.get("name")
        )
        if isinstance(people, list)
        else (),
        slug=_slug_of(link),
        addresses=(link,) if link else (),
        image=str(row.get("image") or row.get("banner_image") or ""),
        language=str(row.get("language") or ""),
    )

"""Posts, pages, pictures and comments of WordPress, from one or several export files (WXR)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from lxml import etree

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle
from generator.importers.dates import mail_date, read_date
from generator.importers.finishing import Result
from generator.importers.found import ReaderSettings, Refused, SetAside
from generator.importers.html_parts import escape
from generator.importers.items import FoundImage, FoundPost, FoundState, Item, Loss
from generator.importers.wordpress import comments_of, host_of
from generator.importers.wordpress_html import html_of_wordpress
from generator.importers.xml_elements import (
    XmlElements,
    attribute,
    children,
    name_of,
    text_in,
    text_of,
)

_NEITHER = {
    "revision": "it is an earlier version of a post",
    "nav_menu_item": "it is an entry of a menu; menus are in site.toml here",
    "custom_css": "it is a stylesheet of the old theme",
    "customize_changeset": "it is a setting of the old theme",
    "oembed_cache": "WordPress made it of an embed",
    "user_request": "it is a request about personal data",
    "wp_block": "it is a part that other posts use",
    "wp_template": "it is a template of the old theme",
    "wp_template_part": "it is a template of the old theme",
    "wp_global_styles": "it is a setting of the old theme",
    "wp_navigation": "it is a menu; menus are in site.toml here",
    "wp_font_family": "it is a font of the old theme",
    "wp_font_face": "it is a font of the old theme",
    "feedback": "it is an answer to a form, with somebody's address",
}
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|bmp|tiff?|heic)(?:[?#]|$)", re.I)
_HEAD = frozenset(("base_site_url", "base_blog_url", "author"))


def read_wordpress_posts(
    bundle: Bundle,
    names: Sequence[str],
    settings: ReaderSettings,
    types: dict[str, str],
) -> Iterator[Item]:
    """Everything in some export files; `types` says what posts of other types become."""
    for name in names:
        yield from _file(bundle, name, settings, types)


def _file(
    bundle: Bundle, name: str, settings: ReaderSettings, types: dict[str, str]
) -> Iterator[Item]:
    path = bundle.shown(name)
    try:
        with bundle.open(name) as file:
            xml = XmlElements(file, {"item", *_HEAD})
            yield from _items(xml, path, settings, types)
    except (OSError, ArchiveError) as error:
        yield Refused(path, f"it can't be read: {error}")


def _items(
    xml: XmlElements, path: str, settings: ReaderSettings, types: dict[str, str]
) -> Iterator[Item]:
    seen = comments = 0
    site = ""
    people: dict[str, str] = {}
    last: list[Item] = []
    for element in xml:
        if name_of(element) == "author":
            login = text_in(element, "author_login")
            people[login] = text_in(element, "author_display_name") or login
            continue
        if name_of(element) in _HEAD:
            site = text_of(element) or site
            continue
        yield from last
        seen += 1
        last = [_item(element, site, path, settings, people, types)]
        replies: list[Result] = comments_of(element, site, path, settings)
        comments += len(replies)
        last += replies
    if xml.has_document_type:
        yield SetAside(path, "it declares a document type; its entities are never read")
    if xml.is_last_cut_off("item") and last:
        place = getattr(last[0], "position", path)
        last = [Refused(place, "the file ends within it"), *last[1:]]
    if xml.is_last_cut_off("comment") and len(last) > 1:
        place = getattr(last[-1], "position", path)
        last[-1] = Refused(place, "the file ends within it")
    yield from last
    place = f"{path}:{xml.line}" if xml.line else path
    reason = f"the XML can't be read to its end: {xml.reason or 'it is not whole'}"
    missing = xml.missing("item", seen) + xml.missing("comment", comments)
    yield from [Refused(place, reason)] * missing
    if not seen and not missing:
        yield SetAside(path, f"no item is in it{': ' + xml.reason if xml.reason else ''}")


def _item(
    item: etree._Element,
    site: str,
    path: str,
    settings: ReaderSettings,
    people: dict[str, str],
    types: dict[str, str],
) -> Item:
    position = f"{path}:{item.sourceline or 0}"
    kind, status = text_in(item, "post_type") or "post", text_in(item, "status") or "publish"
    link = text_in(item, "link")
    host = host_of(site or link)
    title = " ".join(text_in(item, "title").split())
    shown = f"'{title}'" if title else "it"
    if kind == "attachment":
        return _attachment(item, position, host)
    if status in ("trash", "auto-draft", "inherit"):
        reasons = {
            "trash": "is in the trash there",
            "auto-draft": "is an empty draft that WordPress made",
        }
        return SetAside(
            position, f"{shown} {reasons.get(status, 'is an earlier version of a post')}"
        )
    target = types.get(kind, kind)
    if target not in ("post", "page"):
        reason = _NEITHER.get(kind)
        advice = f'; [types] {kind} = "post" in a map takes it'
        return SetAside(
            position, reason or f"{shown} is of the type '{kind}', neither post nor page{advice}"
        )
    return _post(item, position, host, title, settings, people, is_page=target == "page")


def _attachment(item: etree._Element, position: str, host: str) -> Item:
    address = text_in(item, "attachment_url") or text_in(item, "guid") or text_in(item, "link")
    if (
        not _PICTURE.search(address)
        and "image" not in text_in(item, "post_mime_type")
        and "images." not in address
    ):
        return SetAside(position, f"it is a file that is no picture: {address[:200]}")
    meta = _meta(item)
    alt = meta.get("_wp_attachment_image_alt", "")
    return FoundImage(position, address, text_in(item, "post_id"), host, " ".join(alt.split()))


def _meta(item: etree._Element) -> dict[str, str]:
    return {
        text_in(meta, "meta_key"): text_in(meta, "meta_value")
        for meta in children(item, "postmeta")
    }


def _post(
    item: etree._Element,
    position: str,
    host: str,
    title: str,
    settings: ReaderSettings,
    people: dict[str, str],
    *,
    is_page: bool,
) -> FoundPost:
    meta, status = _meta(item), text_in(item, "status") or "publish"
    losses: list[Loss] = []
    encoded = [child for child in item if name_of(child) == "encoded"]
    content = next((text_of(one) for one in encoded if "excerpt" not in str(one.tag)), "")
    excerpt = next((text_of(one) for one in encoded if "excerpt" in str(one.tag)), "")
    body, kept = html_of_wordpress(content)
    body += _notes(meta.get("footnotes", ""))
    losses += kept
    published, updated = (
        _moment(item, "post_date", settings),
        _moment(item, "post_modified", settings),
    )
    published = published or mail_date(text_in(item, "pubDate"))
    state = {"publish": FoundState.PUBLISHED, "future": FoundState.SCHEDULED}.get(
        status, FoundState.DRAFT
    )
    if status in ("private", "pending") or text_in(item, "post_password"):
        what = {"private": "it was private", "pending": "it waited for review"}.get(
            status, "it had a password"
        )
        state = FoundState.DRAFT
        losses.append(
            Loss(
                f"{what} there, so it is a draft", "Remove 'draft: true' if everybody may read it."
            )
        )
    if (
        enclosure := next((attribute(one, "url") for one in children(item, "enclosure")), "")
        or meta.get("enclosure", "").split("\n")[0].strip()
    ):
        body += f'\n<p><a href="{enclosure}">Audio</a></p>' if enclosure.startswith("http") else ""
        losses.append(
            Loss("a recording became a link at the end", "Download it if it must not disappear.")
        )
    link, own = text_in(item, "link"), text_in(item, "post_id")
    tags = [
        text_of(one)
        for one in children(item, "category")
        if attribute(one, "domain") in ("post_tag", "category", "tag", "")
    ]
    writers = [
        text_of(one) for one in children(item, "category") if attribute(one, "domain") == "author"
    ]
    creator = text_in(item, "creator")
    name = text_in(item, "post_name")
    slug = re.sub(r"\.html?$", "", name) or _last_of(link)
    summary = (
        excerpt
        or meta.get("_yoast_wpseo_metadesc")
        or meta.get("_aioseo_description")
        or meta.get("rank_math_description")
        or ""
    )
    addresses = [link, text_in(item, "guid"), _with_last(link, meta.get("_wp_old_slug", ""))]
    return FoundPost(
        via="wordpress",
        own=own or link or slug or title,
        site=host,
        position=position,
        title=title,
        body=body,
        is_page=is_page,
        state=state,
        published=published,
        updated=updated,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag and tag.lower() != "uncategorized")),
        summary=summary,
        authors=tuple(dict.fromkeys(people.get(one, one) for one in (writers or [creator]) if one)),
        slug=slug,
        addresses=tuple(dict.fromkeys(one for one in addresses if one)),
        image=f"attachment:{meta['_thumbnail_id']}" if meta.get("_thumbnail_id") else "",
        losses=tuple(losses),
    )


def _notes(text: str) -> str:
    """The footnotes that WordPress keeps beside a post, as its pages show them."""
    try:
        rows = json.loads(text) if text else []
    except (ValueError, RecursionError):
        return ""
    items = [
        f'<li id="{escape(str(row.get("id")))}">{row.get("content", "")} '
        f'<a href="#{escape(str(row.get("id")))}-link">↩</a></li>'
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict)
    ]
    return f"\n<ol>{''.join(items)}</ol>" if items else ""


def _with_last(link: str, slug: str) -> str:
    before, slash, last = link.rstrip("/").rpartition("/")
    return f"{before}/{slug}/" if slug and slash and last and "?" not in link else ""


def _last_of(link: str) -> str:
    path = re.sub(r"[?#].*|\.html?$", "", link.rstrip("/"))
    found = path.rpartition("/")[2]
    return "" if "." in found else found


def _moment(item: etree._Element, name: str, settings: ReaderSettings) -> datetime | None:
    gmt = read_date(f"{text_in(item, name + '_gmt')} UTC", settings.zone)
    return gmt or read_date(text_in(item, name), settings.zone)

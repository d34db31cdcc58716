"""Posts and responses of Medium, from the pages of its export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle
from generator.importers.dates import read_date
from generator.importers.found import FoundReply, ReaderSettings, Refused, SetAside
from generator.importers.html_text import UnreadableHtmlError, check
from generator.importers.items import FoundPost, FoundState, Item
from generator.importers.medium import attribute_of, is_response, read_medium, words_of

_ID = re.compile(r"([0-9a-f]{8,14})(?:\.html)?/?(?:[?#].*)?$")
_NAME = re.compile(
    r"(?:.*/)?(?P<date>\d{4}-\d\d-\d\d|draft)?_?(?P<slug>.*?)-*(?P<id>[0-9a-f]{8,14})?\.html?$"
)


def is_medium_page(begin: bytes) -> bool:
    """Whether a page is one of Medium's export of posts."""
    return b"h-entry" in begin and (
        b"graf" in begin or b"p-canonical" in begin or b"e-content" in begin
    )


def read_medium_posts(
    bundle: Bundle, names: Sequence[str], settings: ReaderSettings
) -> Iterator[Item]:
    """The posts and responses on some pages."""
    for name in names:
        path = bundle.shown(name)
        try:
            data = bundle.read(name)
            html = data.decode("utf-8", "replace")
            check(html)
        except (OSError, ArchiveError, UnreadableHtmlError) as error:
            yield Refused(path, f"it can't be read: {error}")
            continue
        if not is_medium_page(data):
            yield SetAside(path, "it is no post but data of the account")
            continue
        tree = LexborHTMLParser(html)
        is_draft = re.search(r"(?:^|/)draft", name) is not None
        if (
            not is_draft
            and is_response(tree)
            and isinstance(found := read_medium(data, path, settings), FoundReply)
        ):
            yield found
            continue
        yield _post(tree, name, path, settings, is_draft=is_draft)


def _post(
    tree: LexborHTMLParser, name: str, path: str, settings: ReaderSettings, *, is_draft: bool
) -> FoundPost:
    address = attribute_of(tree.css_first("a.p-canonical"), "href")
    inside = _NAME.fullmatch(name)
    file_id = inside["id"] if inside else None
    own = _ID.search(address)
    title = words_of(tree.css_first(".p-name")) or words_of(tree.css_first("h3.graf--title, h1"))
    summary = words_of(tree.css_first("[data-field=subtitle], .p-summary"))
    moment = read_date(attribute_of(tree.css_first("time.dt-published"), "datetime"), settings.zone)
    if moment is None and inside and inside["date"] not in (None, "draft"):
        moment = read_date(inside["date"], settings.zone)
    body = tree.css_first("[data-field=body], .e-content")
    image = ""
    if body is not None:
        _without_heads(body, title, summary)
        if featured := body.css_first("img[data-is-featured=true]"):
            image = attribute_of(featured, "src")
    last = re.sub(r"[?#].*", "", address).rstrip("/").rpartition("/")[2]
    slug = re.sub(r"-?[0-9a-f]{8,14}$", "", last) or (inside["slug"].strip("-_") if inside else "")
    return FoundPost(
        via="medium",
        own=own[1] if own else file_id or name.rpartition("/")[2].removesuffix(".html"),
        site="",
        position=path,
        title=title,
        body=(body.html if body is not None else "") or "",
        state=FoundState.DRAFT if is_draft or not (moment or address) else FoundState.PUBLISHED,
        published=moment,
        tags=tuple(dict.fromkeys(words_of(tag) for tag in tree.css(".p-tag, .p-tags a"))),
        summary=summary,
        authors=tuple(
            dict.fromkeys(name for one in tree.css(".p-author") if (name := words_of(one)))
        ),
        slug=slug,
        addresses=(address,) if address else (),
        image=image,
    )


def _without_heads(body: LexborNode, title: str, summary: str) -> None:
    """Takes out the title and the subtitle, which the page has a second time."""
    for selector, text in ((".graf--title, h1, h3", title), (".graf--subtitle, h2, h4", summary)):
        first = body.css_first(selector)
        is_same = first is not None and words_of(first).rstrip("….") == text.rstrip("….")
        if first is not None and is_same and text:
            first.decompose()
    if (line := body.css_first(".section-divider")) is not None:
        line.decompose()

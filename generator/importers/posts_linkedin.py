"""Articles, posts and comments of LinkedIn, from the archive of an account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle, suffix_of
from generator.importers.clean import clean_text
from generator.importers.dates import read_date
from generator.importers.finishing import finished
from generator.importers.found import FoundReply, ReaderSettings, Refused, SetAside
from generator.importers.html_parts import attribute
from generator.importers.items import FoundPost, FoundState, Item, Loss
from generator.importers.plain_text import paragraphs
from generator.importers.tables import rows_of
from generator.model import Consent

_ARTICLE = re.compile(r"(?:^|/)Articles/(?:.*/)?[^/]+\.html?$", re.I)
_TABLES = ("shares.csv", "comments.csv", "rich_media.csv")


@dataclass(slots=True)
class _Cover:
    """A picture that was uploaded."""

    moment: datetime | None
    link: str
    is_used: bool = False


def is_linkedin(names: Sequence[str]) -> bool:
    """Whether the files of a folder are those of an archive of LinkedIn."""
    lasts = {name.rpartition("/")[2].lower() for name in names}
    return (
        "shares.csv" in lasts
        or "rich_media.csv" in lasts
        or any(_ARTICLE.search(name) for name in names)
    )


def read_linkedin(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    """Everything in an archive of LinkedIn that was written to be read."""
    by_last = {name.rpartition("/")[2].lower(): name for name in names}
    covers = [*_covers(bundle, by_last.get("rich_media.csv", ""), settings)]
    shares: dict[str, str] = {}
    for name in names:
        last = name.rpartition("/")[2].lower()
        if _ARTICLE.search(name):
            yield _article(bundle, name, covers, settings)
        elif last == "shares.csv":
            for item in _shares(bundle, name, covers, settings):
                if isinstance(item, FoundPost):
                    shares |= {
                        _number(address): address for address in item.addresses if _number(address)
                    }
                yield item
        elif last not in _TABLES and suffix_of(name) not in (
            ".jpg",
            ".jpeg",
            ".png",
            ".gif",
            ".webp",
        ):
            yield SetAside(
                bundle.shown(name),
                "it is data of the account, and nothing that was written to be read",
            )
    if table := by_last.get("comments.csv", ""):
        yield from _comments(bundle, table, shares, settings)
    if table := by_last.get("rich_media.csv", ""):
        left = sum(1 for cover in covers if not cover.is_used)
        if left:
            yield SetAside(
                bundle.shown(table), f"{left} pictures or files belong to no post that is known"
            )


def _covers(bundle: Bundle, name: str, settings: ReaderSettings) -> Iterator[_Cover]:
    if not name:
        return
    try:
        for _, row in rows_of(bundle, name):
            link = row.get("media link") or row.get("link") or row.get("media url") or ""
            columns = ("date/time", "date", "media description", "description")
            said = " ".join(row.get(column) or "" for column in columns)
            moment = _moment(said, settings)
            if link.strip():
                yield _Cover(moment, link.strip())
    except (OSError, ArchiveError):
        return


def _moment(text: str, settings: ReaderSettings) -> datetime | None:
    found = re.search(
        r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?"
        r"|[A-Z][a-z]+ \d{1,2}, \d{4}(?:,? at \d{1,2}:\d\d ?[AP]M)?|\d{4}-\d\d-\d\d",
        text,
    )
    return read_date(
        f"{found[0]} UTC" if found and ":" in found[0] else found[0] if found else "", settings.zone
    )


def _cover_of(covers: list[_Cover], moment: datetime | None) -> str:
    """The picture that was uploaded on the day of a post, if there is only one."""
    if moment is None:
        return ""
    apart = [
        (abs((cover.moment - moment).total_seconds()), cover)
        for cover in covers
        if cover.moment and not cover.is_used
    ]
    near = [cover for seconds, cover in apart if seconds < 86_400]
    exact = [cover for seconds, cover in apart if seconds < 120]
    found = exact if len(exact) == 1 else near if len(near) == 1 else []
    for cover in found:
        cover.is_used = True
        return cover.link
    return ""


def _article(bundle: Bundle, name: str, covers: list[_Cover], settings: ReaderSettings) -> Item:
    path = bundle.shown(name)
    try:
        tree = LexborHTMLParser(bundle.read(name).decode("utf-8", "replace"))
    except (OSError, ArchiveError) as error:
        return Refused(path, f"it can't be read: {error}")
    body = tree.body
    if body is None or not (body.text(deep=True) or "").strip():
        return SetAside(path, "it is empty")
    head = body.css_first("h1, h2") or tree.css_first("title")
    title = " ".join((head.text(deep=True) if head is not None else "").split())
    link = next(
        (attribute(one, "href") for one in body.css("h1 a, h2 a") if attribute(one, "href")), ""
    )
    if head is not None and head.tag != "title":
        head.decompose()
    created = published = None
    for line in body.css(".created, .published"):
        moment = _moment(line.text(deep=True) or "", settings)
        is_created = "created" in attribute(line, "class")
        created, published = (moment, published) if is_created else (created, moment)
        line.decompose()
    if published is None:
        for line in body.css("p")[:4]:
            words = (line.text(deep=True) or "").strip()
            if found := re.match(r"(Created|Published|Last modified|Updated) on (.+)", words):
                moment = _moment(found[2], settings)
                created, published = (
                    (moment, published) if found[1] == "Created" else (created, moment or published)
                )
                line.decompose()
    file = name.rpartition("/")[2]
    if published is None and (found := re.match(r"(\d{4}-\d\d-\d\d)", file)):
        published = read_date(found[1], settings.zone)
    image = ""
    first = next(
        (
            node
            for node in body.css("*")
            if node.tag not in ("body", "div", "section", "article", "header")
        ),
        None,
    )
    if (
        first is not None
        and first.tag in ("img", "figure")
        and (cover := body.css_first("img")) is not None
    ):
        image = attribute(cover, "src")
        first.decompose()
    image = image or _cover_of(covers, published or created)
    slug = re.sub(r"[?#].*", "", unquote(link)).rstrip("/").rpartition("/")[2] or re.sub(
        r"^\d{4}-\d\d-\d\d[ _\d:.-]*|\.html?$", "", file
    )
    is_draft = "draft" in file.lower() or (published is None and not link)
    return FoundPost(
        via="linkedin",
        own=link or file,
        site="",
        position=path,
        title=title,
        body=body.inner_html or "",
        state=FoundState.DRAFT if is_draft else FoundState.PUBLISHED,
        published=published or created,
        slug=slug,
        addresses=(link,) if link else (),
        image=image,
        folder=name.rpartition("/")[0],
    )


def _shares(
    bundle: Bundle, name: str, covers: list[_Cover], settings: ReaderSettings
) -> Iterator[Item]:
    try:
        for line, row in rows_of(bundle, name):
            place = bundle.shown(name, line)
            # LinkedIn writes each line of a text in quotes of its own
            text = (
                re.sub(r'"?\n"?', "\n", (row.get("sharecommentary") or "").replace('""', '"'))
                .strip()
                .strip('"')
            )
            link, shared, media = (
                (row.get(key) or "").strip() for key in ("sharelink", "sharedurl", "mediaurl")
            )
            if not text.strip():
                yield SetAside(
                    place, "it shares a page, without words" if shared else "it has no words"
                )
                continue
            moment = read_date(f"{(row.get('date') or '').strip()} UTC", settings.zone)
            body, _ = paragraphs(clean_text(text))
            body += f"\n\n[{'Shared page'}]({shared})" if shared.startswith("http") else ""
            losses = []
            state = FoundState.PUBLISHED
            if (row.get("visibility") or "MEMBER_NETWORK").strip().upper() in (
                "CONNECTIONS",
                "CONTACTS",
                "CONTAINER",
            ):
                state = FoundState.DRAFT
                losses.append(
                    Loss(
                        "only connections could read it there, so it is a draft",
                        "Remove 'draft: true' if everybody may read it.",
                    )
                )
            yield FoundPost(
                via="linkedin",
                own=link or f"{row.get('date')} {text[:40]}",
                site="",
                position=place,
                title="",
                body=body,
                is_markdown=True,
                state=state,
                published=moment,
                tags=tuple(dict.fromkeys(re.findall(r"(?:^|\s)#(\w{2,40})", text))),
                addresses=(unquote(link),) if link else (),
                image=media or _cover_of(covers, moment),
                losses=tuple(losses),
            )
    except (OSError, ArchiveError) as error:
        yield Refused(bundle.shown(name), f"it can't be read: {error}")


def _number(address: str) -> str:
    found = re.search(r"(\d{15,})", unquote(address))
    return found[1] if found else ""


def _comments(
    bundle: Bundle, name: str, shares: dict[str, str], settings: ReaderSettings
) -> Iterator[Item]:
    try:
        for line, row in rows_of(bundle, name):
            place = bundle.shown(name, line)
            link = (row.get("link") or "").strip()
            post = shares.get(_number(link))
            message = (row.get("message") or "").replace('""', '"').strip().strip('"')
            if post is None:
                yield SetAside(place, "it is your comment on a post that is not in the archive")
                continue
            text, removed = paragraphs(clean_text(message))
            yield finished(
                FoundReply(
                    via="linkedin",
                    text=text,
                    source_id=f"linkedin {link} {row.get('date')} {text}",
                    position=place,
                    permalink=post,
                    published=read_date(f"{(row.get('date') or '').strip()} UTC", settings.zone),
                    source=link,
                    consent=Consent.PUBLIC,
                    approved=True,
                    removed=removed,
                )
            )
    except (OSError, ArchiveError) as error:
        yield Refused(bundle.shown(name), f"it can't be read: {error}")

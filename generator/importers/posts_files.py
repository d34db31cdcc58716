"""Posts in files of their own: Markdown and HTML with the heads of other generators."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle, suffix_of
from generator.importers.dates import mail_date, read_date
from generator.importers.found import ReaderSettings, Refused, SetAside
from generator.importers.heads import Head, read_head, text_of, texts_of
from generator.importers.items import FoundPost, FoundState, Item, Loss

MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".mdoc"))
_DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[-_ ]+(.*))?")
_PARTS = re.compile(
    r"(?:^|/)(?:_layouts|_includes|_sass|_data|_plugins|layouts|archetypes|themes|partials|templates|scaffolds|i18n|node_modules|vendor|\.github)/"
)
_DRAFTS = re.compile(r"(?:^|/)_?drafts?/")
_PAGES = re.compile(r"(?:^|/)_?pages/")
_NO_POSTS = re.compile(
    r"(?:^|/)(?:readme|license|licence|changelog|contributing|code_of_conduct|404)\.\w+$", re.I
)
_TOO_MUCH = 20_000_000


def read_files(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    """The posts and pages in files of Markdown, or of HTML with a head."""
    for name in names:
        path = bundle.shown(name)
        try:
            data = bundle.read(name, most=_TOO_MUCH)
        except (OSError, ArchiveError) as error:
            yield Refused(path, f"it can't be read: {error}")
            continue
        yield _file(bundle, name, data, settings)


def _file(bundle: Bundle, name: str, data: bytes, settings: ReaderSettings) -> Item:
    path = bundle.shown(name)
    if _PARTS.search(name):
        return SetAside(path, "it is a part of the old site's design")
    losses: list[Loss] = []
    text = decoded(data, losses)
    if not text.strip():
        return SetAside(path, "it is empty")
    head = read_head(text)
    if not head.is_there and _NO_POSTS.search(name):
        return SetAside(path, "it has no head, and its name is not that of a post")
    last = PurePosixPath(name).name
    if last.startswith("_index."):
        return SetAside(path, "it is the page of a section, which is a list here")
    if head.error:
        losses.append(Loss(head.error, "Compare the front matter with the old file."))
    meta = _meta_beside(bundle, name)
    return _post(name, path, head._replace(values={**meta, **head.values}), settings, losses)


def decoded(data: bytes, losses: list[Loss]) -> str:
    """The text of a file, whatever its encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        losses.append(
            Loss("it is not UTF-8; it was read as cp1252", "Look at its accents and quotes.")
        )
        return data.decode("utf-8-sig", "weekly-windows-1252")


def _meta_beside(bundle: Bundle, name: str) -> dict[str, Any]:
    """What Nikola keeps in a file beside a post."""
    beside = re.sub(r"\.\w+$", ".meta", name)
    if beside == name or beside not in bundle:
        return {}
    text = bundle.begin(beside).decode("utf-8", "replace")
    return {
        key.lower(): value.strip() for key, value in re.findall(r"\.\.\s+([\w-]+):[ \t]*(.*)", text)
    }


def _post(
    name: str, path: str, head: Head, settings: ReaderSettings, losses: list[Loss]
) -> FoundPost:
    values = _flat(head.values)
    stem, folder = PurePosixPath(name).stem, posixpath.dirname(name)
    if stem in ("index", "post") and folder:
        stem = folder.rpartition("/")[2]
    dated = _DATED.fullmatch(stem)
    published = _first_moment(values, _DATES, settings)
    published = published or _moment(values.get("published"), settings)
    if published is None and dated:
        published = read_date(f"{dated[1]}-{dated[2]}-{dated[3]}", settings.zone)
    slug = (
        text_of(values.get("slug"))
        or text_of(values.get("basename"))
        or (dated[4] if dated and dated[4] else stem if not dated else "")
    )
    state = FoundState.PUBLISHED
    status = text_of(values.get("status")).lower()
    is_hidden = _flag(values.get("published")) is False or status in (
        "draft",
        "private",
        "hidden",
        "archived",
        "idea",
    )
    if _flag(values.get("draft")) or is_hidden or _DRAFTS.search(name):
        state = FoundState.DRAFT
    kind = next(filter(None, (text_of(values.get(key)) for key in _KINDS)), "").lower()
    is_page = published is None and (
        bool(_PAGES.search(name))
        or kind in ("page", "pages", "page.html", "about", "contact")
        or (head.is_there and _is_at_top(name, kind, head))
    )
    is_page = (
        is_page
        or (kind in ("page", "pages") and not dated)
        or bool(re.search(r"(?:^|/)(?:content/)?_?pages/[^/]+$", name))
    )
    body = head.body
    is_markdown = suffix_of(name) in MARKDOWN
    title = text_of(values.get("title"))
    if (
        not title
        and is_markdown
        and (found := re.match(r"\s*#[ \t]+([^\n]+?)[ \t]*#*\n", body + "\n"))
    ):
        title, body = re.sub(r"[*_`]", "", found[1]), (body + "\n")[found.end() :]
    elif (
        title
        and is_markdown
        and (found := re.match(r"\s*#[ \t]+([^\n]+?)[ \t]*#*\n", body + "\n"))
        and found[1].strip() == title
    ):
        body = (body + "\n")[found.end() :]
    if suffix_of(name) == ".mdx":
        body, number = re.subn(r"(?m)^(?:import|export)\s.*\n?", "", body)
        if number or re.search(r"<[A-Z]\w*", body):
            losses.append(
                Loss(
                    "it has components of a program (MDX), which stay as text",
                    "Write what they showed.",
                )
            )
    if not head.is_there and published is None:
        state = FoundState.DRAFT
    image, alt = _image(values)
    unread = sorted(set(values) - _READ)
    if unread:
        losses.append(
            Loss(
                f"keys of its head that mean nothing here: {', '.join(unread)[:200]}",
                "Look in the old file whether you need them.",
            )
        )
    addresses = [
        *_old(values),
        *_permalink(values),
        f"file:{name}",
        f"file:{re.sub(r'[.][^./]+$', '', name)}",
        f"post:{PurePosixPath(name).name}",
        f"post:{PurePosixPath(name).stem}",
    ]
    addresses += [f"file:{folder}"] if PurePosixPath(name).stem == "index" and folder else []
    return FoundPost(
        via="files",
        own=_own(name, values, published),
        site="",
        position=path,
        title=title or (_spoken(slug) if head.is_there or dated else ""),
        body=body,
        is_markdown=is_markdown,
        is_page=is_page,
        state=state,
        published=published,
        updated=_first_moment(values, _UPDATES, settings),
        tags=tuple(dict.fromkeys(_tags(values))),
        summary=next(filter(None, (text_of(values.get(key)) for key in _SUMMARIES)), ""),
        authors=tuple(
            dict.fromkeys(texts_of(values.get("authors")) or _author(values.get("author")))
        ),
        slug=slug,
        addresses=tuple(dict.fromkeys(addresses)),
        image=image,
        image_alt=alt,
        language=text_of(_first(values, _LANGUAGES)),
        series=text_of(values.get("series")) or next(iter(texts_of(values.get("series"))), ""),
        folder=folder,
        losses=tuple(losses),
    )


# what other tools call a field, in the order in which they are believed
_DATES = (
    "date",
    "pubdate",
    "publishdate",
    "published_at",
    "publish_date",
    "created",
    "pubdatetime",
    "published_date",
    "created_at",
)
_UPDATES = (
    "updated",
    "lastmod",
    "last_modified_at",
    "modified",
    "updated_at",
    "updateddate",
    "lastupdated",
    "date_modified",
    "moddatetime",
)
_IMAGES = (
    "image",
    "cover",
    "featured_image",
    "feature_image",
    "thumbnail",
    "heroimage",
    "hero",
    "coverimage",
    "previewimage",
    "banner",
    "teaser",
    "header",
)
_ALTS = ("image_alt", "imagealt", "cover_alt")
_SUMMARIES = ("summary", "description", "excerpt", "subtitle", "abstract", "intro")
_LANGUAGES = ("lang", "language", "locale")
_KINDS = ("layout", "type", "template")
_REST = [
    "title",
    "published",
    "slug",
    "basename",
    "status",
    "draft",
    "tags",
    "tag",
    "categories",
    "category",
    "keywords",
    "authors",
    "author",
    "series",
    "aliases",
    "alias",
    "redirect_from",
    "redirect",
    "permalink",
    "url",
    "path",
    "save_as",
    "link",
    "comments",
    "toc",
    "math",
    "mathjax",
    "has_math",
    "showtoc",
    "tableofcontents",
    "image_caption",
    "featured",
    "sticky",
    "pin",
    "pinned",
    "weight",
    "order",
    "id",
    "extra",
    "taxonomies",
    "params",
    "eleventyexcludefromcollections",
    "eleventynavigation",
    "nocomment",
    "disablecomments",
    "topics",
]
# keys that are read, and those that only the old design needs
_READ = frozenset({*_DATES, *_UPDATES, *_IMAGES, *_ALTS, *_SUMMARIES, *_LANGUAGES, *_KINDS, *_REST})


def _first(values: Mapping[str, Any], keys: Iterable[str]) -> Any:
    """The value of the first of these keys that has one."""
    return next(filter(None, map(values.get, keys)), "")


def _first_moment(
    values: Mapping[str, Any], keys: Iterable[str], settings: ReaderSettings
) -> datetime | None:
    """The first moment that one of these keys names."""
    moments = (_moment(values.get(key), settings) for key in keys)
    return next((moment for moment in moments if moment), None)


def _image(values: Mapping[str, Any]) -> tuple[str, str]:
    """The picture of a post and its text for people who can't see it."""
    image, alt = _first(values, _IMAGES), text_of(_first(values, _ALTS))
    if isinstance(image, list):
        image = image[0] if image else ""
    if isinstance(image, dict):
        alt = alt or text_of(image.get("alt") or image.get("caption"))
        places = ("src", "path", "url", "image", "overlay_image", "feature", "teaser")
        image = _first(image, places)
    return text_of(image), alt


def _own(name: str, values: Mapping[str, Any], published: datetime | None) -> str:
    """What identifies a file: its own id, or its name and its date, since many are `hello.md`."""
    if own := text_of(values.get("id") or values.get("guid") or values.get("uuid")):
        return own
    stem = re.sub(r"(?:/index)?\.\w+$", "", name)
    is_dated = published is None or str(published.year) in stem
    return stem if is_dated else f"{stem}-{published:%Y-%m-%d}"


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with those of Zola's and Hugo's inner tables beside the others."""
    flat = dict(values)
    for name in ("taxonomies", "extra", "params", "post"):
        inner = values.get(name)
        if isinstance(inner, dict):
            for key, value in inner.items():
                if str(key).lower() in _READ:
                    flat.setdefault(str(key).lower(), value)
    return flat


def _is_at_top(name: str, kind: str, head: Head) -> bool:
    """Whether a file without a date lies where generators keep pages: at the top of the site."""
    if kind in ("post", "posts", "article", "blog"):
        return False
    parts = name.split("/")
    is_top = len(parts) == 1 or parts[:-1] in (["content"], ["src"], ["source"], ["src", "pages"])
    return is_top and (
        "permalink" in head.values
        or re.match(r"(?:about|contact|imprint|privacy|now|uses|cv|index)\b", parts[-1], re.I)
        is not None
    )


def _spoken(slug: str) -> str:
    words = re.sub(r"[-_]+", " ", slug).strip()
    return words[:1].upper() + words[1:]


def _moment(value: Any, settings: ReaderSettings) -> datetime | None:
    text = value.isoformat() if isinstance(value, datetime) else text_of(value)
    text = re.sub(r"(\d\d:\d\d(?::\d\d)?(?:\.\d+)?) ([+-]\d{2}:?\d{2})$", r"\1\2", text)
    if not re.search(r"\d{4}", text):
        return None
    return read_date(text, settings.zone) or mail_date(text)


def _flag(value: Any) -> bool | None:
    text = text_of(value).lower()
    return (
        True
        if text in ("true", "yes", "on", "1")
        else False
        if text in ("false", "no", "off", "0")
        else None
    )


def _tags(values: Mapping[str, Any]) -> Iterator[str]:
    for key in ("tags", "tag", "categories", "category", "keywords", "topics"):
        value = values.get(key)
        if (
            isinstance(value, str)
            and "," not in value
            and key in ("tags", "categories")
            and " " in value.strip()
        ):
            yield from value.split()  # Jekyll's lists of words
        elif value is not None:
            yield from (tag.removeprefix("#") for tag in texts_of(value))


def _author(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text_of(value.get("name"))] if value.get("name") else []
    names = texts_of(value, separator=";") if isinstance(value, str) else texts_of(value)
    return [re.sub(r"\s*<[^>]*@[^>]*>|\([^()]*@[^()]*\)", "", one) for one in names]


def _old(values: Mapping[str, Any]) -> list[str]:
    found = [
        one for key in ("aliases", "alias", "redirect_from") for one in texts_of(values.get(key))
    ]
    return [one if re.match(r"/|https?://", one) else f"/{one}" for one in found]


def _permalink(values: Mapping[str, Any]) -> list[str]:
    found = (
        text_of(values.get("permalink"))
        or text_of(values.get("url"))
        or text_of(values.get("save_as"))
        or text_of(values.get("path"))
    )
    if (
        not found
        or ":" in found.replace("://", "")
        or "{" in found
        or found.lower() in ("false", "pretty", "true")
    ):
        return []
    return [found if re.match(r"/|https?://", found) else f"/{found}"]

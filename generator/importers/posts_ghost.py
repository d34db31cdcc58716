"""Posts, pages and comments of Ghost, from its JSON export."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle
from generator.importers.dates import in_range, read_date
from generator.importers.finishing import finished
from generator.importers.found import FoundReply, ReaderSettings, Refused, SetAside
from generator.importers.ghost_html import html_of_lexical, html_of_mobiledoc
from generator.importers.html_parts import escape
from generator.importers.html_text import UnreadableHtmlError, markdown_of
from generator.importers.items import FoundPost, FoundState, Item, Loss
from generator.model import Consent

Row = Mapping[str, Any]
_STATES = {
    "published": FoundState.PUBLISHED,
    "sent": FoundState.PUBLISHED,
    "scheduled": FoundState.SCHEDULED,
}


def is_ghost(value: object) -> bool:
    """Whether some JSON is an export of Ghost, or of a tool that writes the same."""
    return bool(_tables(value)) if isinstance(value, dict) else False


def _tables(value: Mapping[str, Any]) -> list[Row]:
    databases = value.get("db")
    found = databases if isinstance(databases, list) else [value]
    tables = [one.get("data", one) for one in found if isinstance(one, dict)]
    return [one for one in tables if isinstance(one, dict) and isinstance(one.get("posts"), list)]


def read_ghost(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    """Everything in some exports of Ghost."""
    for name in names:
        path = bundle.shown(name)
        try:
            value = json.loads(bundle.read(name))
        except (OSError, ArchiveError, ValueError, RecursionError) as error:
            yield Refused(path, f"it is no JSON that can be read: {error}")
            continue
        for tables in _tables(value) if isinstance(value, dict) else []:
            yield from _Ghost(tables, path, settings).items()


class _Ghost:
    """The tables of one export."""

    def __init__(self, tables: Row, path: str, settings: ReaderSettings) -> None:
        self.tables, self.path, self.settings = tables, path, settings
        self.tags = {str(row.get("id")): row for row in self._rows("tags")}
        self.users = {str(row.get("id")): row for row in self._rows("users")}
        self.tags_of = self._links("posts_tags", "tag_id")
        self.authors_of = self._links("posts_authors", "author_id")
        self.meta = {str(row.get("post_id")): row for row in self._rows("posts_meta")}
        self.seen: dict[str, str] = {}

    def _rows(self, name: str) -> list[Row]:
        rows = self.tables.get(name)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _links(self, table: str, key: str) -> dict[str, list[str]]:
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in self._rows(table):
            order = row.get("sort_order")
            place = order if isinstance(order, int) else 0
            found[str(row.get("post_id"))].append((place, str(row.get(key))))
        return {
            post: [own for _, own in sorted(rows, key=lambda one: one[0])]
            for post, rows in found.items()
        }

    def items(self) -> Iterator[Item]:
        """All posts and comments."""
        rows = self.tables["posts"]
        for number, row in enumerate(rows, start=1):
            place = f"{self.path}:post {number}"
            if not isinstance(row, dict):
                yield Refused(place, "it is no post")
                continue
            data = row.get("data")
            yield self._post(
                {"url": row.get("url"), **data} if isinstance(data, dict) else row, place
            )
        for number, row in enumerate(self._rows("comments"), start=1):
            yield self._comment(row, f"{self.path}:comment {number}")

    def _post(self, row: Row, place: str) -> Item:
        own = str(row.get("id") or row.get("uuid") or row.get("url") or row.get("slug") or place)
        meta = {**self.meta.get(own, {})}
        losses: list[Loss] = []
        body, is_read = _body(row)
        if not is_read:
            losses.append(
                Loss("its text is in a form that can't be read", "Export it from Ghost again.")
            )
        status = str(row.get("status") or "published")
        state = _STATES.get(status, FoundState.DRAFT)
        if row.get("visibility") not in (None, "", "public") and state is not FoundState.DRAFT:
            state = FoundState.DRAFT
            losses.append(
                Loss(
                    f"only '{row['visibility']}' could read it there, so it is a draft",
                    "Remove 'draft: true' if everybody may read it.",
                )
            )
        slug = str(row.get("slug") or "")
        is_page = row.get("type") == "page" or row.get("page") in (1, True)
        caption = str(row.get("feature_image_caption") or meta.get("feature_image_caption") or "")
        if caption:
            losses.append(
                Loss(
                    f"the caption of its picture has no place here: {caption[:200]}",
                    "Write it into the post.",
                )
            )
        address = str(row.get("canonical_url") or row.get("url") or "")
        self.seen[own] = f"/{slug}/"
        return FoundPost(
            via="ghost",
            own=own,
            site="",
            position=place,
            title=str(row.get("title") or ""),
            body=body,
            is_page=is_page,
            state=state,
            published=_moment(row.get("published_at"), self.settings),
            updated=_moment(row.get("updated_at"), self.settings),
            tags=self._tags(row, own),
            summary=str(
                row.get("custom_excerpt")
                or row.get("meta_description")
                or meta.get("meta_description")
                or ""
            ),
            authors=self._authors(row, own),
            slug=slug,
            addresses=tuple(
                one for one in (address, f"/{slug}/" if slug and slug != "untitled" else "") if one
            ),
            image=str(row.get("feature_image") or ""),
            image_alt=str(row.get("feature_image_alt") or meta.get("feature_image_alt") or ""),
            losses=tuple(losses),
        )

    def _tags(self, row: Row, own: str) -> tuple[str, ...]:
        rows: list[Any] = [self.tags.get(tag, {}) for tag in self.tags_of.get(own, [])]
        given = row.get("tags")
        rows += given if isinstance(given, list) else []
        names = [_name(tag) for tag in rows]
        return tuple(dict.fromkeys(name for name in names if name and not name.startswith("#")))

    def _authors(self, row: Row, own: str) -> tuple[str, ...]:
        ids = self.authors_of.get(own) or [str(row.get("author_id") or "")]
        rows: list[Any] = [self.users.get(one, {}) for one in ids]
        given = row.get("authors") or row.get("author")
        rows += given if isinstance(given, list) else [given]
        return tuple(dict.fromkeys(name for one in rows if (name := _name(one))))

    def _comment(self, row: Row, place: str) -> Item:
        if row.get("status") in ("deleted", "hidden"):
            return SetAside(place, f"it is {row['status']} there")
        own, post, parent = (str(row.get(key) or "") for key in ("id", "post_id", "parent_id"))
        try:
            text = markdown_of(str(row.get("html") or ""))
        except UnreadableHtmlError as error:
            return Refused(place, str(error))
        members = {str(one.get("id")): one for one in self._rows("members")}
        member = members.get(str(row.get("member_id")), {})
        return finished(
            FoundReply(
                via="ghost",
                text=text.markdown,
                source_id=f"ghost {own}",
                position=place,
                parent_key=self.settings.key_of(f"ghost {parent}") if parent else "",
                permalink=self.seen.get(post, ""),
                name=str(member.get("name") or ""),
                published=_moment(row.get("created_at"), self.settings),
                consent=Consent.PUBLIC,
                approved=row.get("status") in (None, "published"),
                removed=text.removed,
            )
        )


def _name(row: Any) -> str:
    """The name of a tag or a person, as the two kinds of export write it."""
    if isinstance(row, str):
        return row
    if not isinstance(row, dict):
        return ""
    data = row.get("data")
    return str((data if isinstance(data, dict) else row).get("name") or "").strip()


def _body(row: Row) -> tuple[str, bool]:
    """The HTML of a post, whichever editor wrote it."""
    html = row.get("html")
    if isinstance(html, str) and html.strip():
        return html, True
    for key, convert in (("lexical", html_of_lexical), ("mobiledoc", html_of_mobiledoc)):
        written = row.get(key)
        if written:
            try:
                value = json.loads(written) if isinstance(written, str) else written
                return convert(value), True
            except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
                return escape(str(row.get("plaintext") or "")), False
    text = str(row.get("markdown") or row.get("plaintext") or "")
    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip()), True


def _moment(value: Any, settings: ReaderSettings) -> datetime | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            return in_range(datetime.fromtimestamp(value / 1000, UTC))
        except (ValueError, OverflowError, OSError):
            return None
    text = str(value or "")
    return read_date(
        text if not text or text[-1:] in "Zz" or "+" in text else f"{text} UTC", settings.zone
    )

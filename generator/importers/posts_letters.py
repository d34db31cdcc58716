"""Letters of Substack and Buttondown: a table of what was sent, and a file for each text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle, suffix_of
from generator.importers.dates import read_date
from generator.importers.found import ReaderSettings, Refused, SetAside
from generator.importers.html_parts import escape
from generator.importers.items import FoundPost, FoundState, Item, Loss
from generator.importers.tables import rows_of

_PRIVATE = "it holds addresses or habits of readers, which no blog should keep"


def read_substack(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    """The posts and pages in exports of Substack."""
    tables = [name for name in names if name.rpartition("/")[2] == "posts.csv"]
    pages = {name for name in names if suffix_of(name) in (".html", ".htm")}
    taken: set[str] = set(tables)
    for table in tables:
        folder = table.removesuffix("posts.csv")
        try:
            for line, row in rows_of(bundle, table):
                own = (row.get("post_id") or "").strip()
                place = bundle.shown(table, line)
                wanted = (f"{folder}posts/{own}.html", f"{folder}{own}.html")
                page = next((one for one in wanted if one in pages), "")
                if not page and (digits := own.partition(".")[0]).isdecimal():
                    page = next(
                        (
                            one
                            for one in sorted(pages)
                            if one.startswith((f"{folder}posts/{digits}.", f"{folder}{digits}."))
                        ),
                        "",
                    )
                taken.add(page)
                yield _substack_post(bundle, row, own, page, place, settings)
        except (OSError, ArchiveError) as error:
            yield Refused(bundle.shown(table), f"it can't be read: {error}")
    for name in names:
        if name in taken:
            continue
        if name in pages and re.match(r"\d+\.", name.rpartition("/")[2]):
            own = name.rpartition("/")[2].removesuffix(".html")
            yield _substack_post(
                bundle, {"is_published": "false"}, own, name, bundle.shown(name), settings
            )
        else:
            yield SetAside(
                bundle.shown(name),
                _PRIVATE if suffix_of(name) == ".csv" else "no post is read from such a file",
            )


def _substack_post(
    bundle: Bundle,
    row: Mapping[str, str],
    own: str,
    page: str,
    place: str,
    settings: ReaderSettings,
) -> Item:
    number, _, slug = own.partition(".")
    title = unescape(row.get("title") or "").strip()
    if not page:
        if not title:
            return SetAside(place, "it has neither a title nor a text")
        return SetAside(place, f"'{title}' has no text in the export")
    try:
        body = bundle.read(page).decode("utf-8", "replace")
    except (OSError, ArchiveError) as error:
        return Refused(bundle.shown(page), f"it can't be read: {error}")
    losses: list[Loss] = []
    moment = read_date(row.get("post_date") or "", settings.zone)
    is_published = (row.get("is_published") or "").strip().lower() in ("true", "1", "yes")
    state = FoundState.PUBLISHED if is_published else FoundState.DRAFT
    audience = (row.get("audience") or "everyone").strip()
    if (
        audience in ("only_paid", "founding", "only_free")
        and is_published
        and audience != "only_free"
    ):
        state = FoundState.DRAFT
        losses.append(
            Loss(
                "only people who paid could read it there, so it is a draft",
                "Remove 'draft: true' if everybody may read it.",
            )
        )
    if (sound := (row.get("podcast_url") or "").strip()).startswith("http"):
        body += f'<p><a href="{escape(sound)}">Audio</a></p>'
        losses.append(
            Loss("a recording became a link at the end", "Download it if it must not disappear.")
        )
    return FoundPost(
        via="substack",
        own=number,
        site="",
        position=place,
        title=title,
        body=body,
        is_page=(row.get("type") or "") == "page",
        state=state,
        published=moment,
        summary=unescape(row.get("subtitle") or ""),
        slug=slug,
        addresses=(f"/p/{slug}",) if slug else (),
        losses=tuple(losses),
    )


def read_buttondown(
    bundle: Bundle, names: Sequence[str], settings: ReaderSettings
) -> Iterator[Item]:
    """The letters in exports of Buttondown."""
    tables = sorted(
        (name for name in names if re.fullmatch(r"(?:.*/)?emails\.(?:json|csv)", name)),
        key=lambda n: not n.endswith(".json"),
    )
    taken: set[str] = set()
    seen: set[str] = set()
    for table in tables:
        folder = re.sub(r"emails\.\w+$", "", table)
        taken.add(table)
        try:
            rows = _buttondown_rows(bundle, table)
            if folder in seen and rows:
                yield SetAside(
                    bundle.shown(table), "it says the same as the other table of letters"
                )
                continue
            seen.add(folder)
            for place, row in rows:
                text = str(row.get("body") or "")
                slug = str(row.get("slug") or "").strip()
                file = next(
                    (
                        one
                        for one in (
                            f"{folder}emails/{slug}.md",
                            f"{folder}emails/{row.get('id')}.md",
                        )
                        if one in bundle
                    ),
                    "",
                )
                if file:
                    taken.add(file)
                    text = bundle.read(file).decode("utf-8", "replace")
                yield _letter(row, text, slug, place, settings)
        except (OSError, ArchiveError, ValueError) as error:
            yield Refused(bundle.shown(table), f"it can't be read: {error}")
    for name in names:
        if name in taken:
            continue
        if re.search(r"(?:^|/)emails/[^/]+\.md$", name):
            slug = name.rpartition("/")[2].removesuffix(".md")
            text = bundle.read(name).decode("utf-8", "replace")
            yield _letter({"status": "draft", "id": slug}, text, slug, bundle.shown(name), settings)
        else:
            reason = (
                _PRIVATE
                if suffix_of(name) in (".csv", ".json")
                else "no letter is read from such a file"
            )
            yield SetAside(bundle.shown(name), reason)


def _buttondown_rows(bundle: Bundle, table: str) -> list[tuple[str, Mapping[str, Any]]]:
    if not table.endswith(".json"):
        return [(bundle.shown(table, line), row) for line, row in rows_of(bundle, table)]
    value = json.loads(bundle.read(table))
    found = value.get("results", value.get("emails", [])) if isinstance(value, dict) else value
    rows = found if isinstance(found, list) else []
    return [
        (bundle.shown(table, f"letter {n}"), row)
        for n, row in enumerate(rows, start=1)
        if isinstance(row, dict)
    ]


def _letter(
    row: Mapping[str, Any], text: str, slug: str, place: str, settings: ReaderSettings
) -> Item:
    title = str(row.get("subject") or "").strip()
    if not text.strip() and not title:
        return SetAside(place, "it has neither a subject nor a text")
    begin = text.lstrip()
    head = re.match(r"---\n(.*?)\n---\n", begin, re.S)
    if head:
        begin = begin[head.end() :]
        said = re.search(r"(?m)^(?:subject|title):\s*[\"']?(.*?)[\"']?\s*$", head[1])
        title = title or (said[1] if said else "")
    is_html = "buttondown-editor-mode: fancy" in begin[:200] or begin.startswith(
        ("<p", "<h", "<div", "<!--")
    )
    begin = re.sub(r"<!--\s*buttondown-editor-mode:.*?-->", "", begin)
    status = str(row.get("status") or row.get("email_type") or "sent").lower()
    moment = read_date(str(row.get("publish_date") or ""), settings.zone)
    is_draft = status in ("draft", "deleted", "errored") or (
        moment is None and "publish_date" in row
    )
    losses = []
    if re.search(r"\{\{.*?\}\}|\{%.*?%\}", begin):
        losses.append(
            Loss("it has words in braces that Buttondown replaces", "Write what they stand for.")
        )
    private = status in ("private", "premium", "churned")
    if private:
        losses.append(
            Loss(
                f"it was for '{status}' readers, so it is a draft",
                "Remove 'draft: true' if everybody may read it.",
            )
        )
    state = (
        FoundState.DRAFT
        if is_draft or private
        else FoundState.SCHEDULED
        if status == "scheduled"
        else FoundState.PUBLISHED
    )
    return FoundPost(
        via="buttondown",
        own=str(row.get("id") or slug or title),
        site="",
        position=place,
        title=title,
        body=begin,
        is_markdown=not is_html,
        state=state,
        published=moment,
        updated=None,
        summary=str(row.get("description") or ""),
        slug=slug,
        addresses=(f"/archive/{slug}/",) if slug else (),
        image=str(row.get("image") or ""),
        losses=tuple(losses),
    )

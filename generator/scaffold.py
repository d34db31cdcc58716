"""New things from a skeleton: a post, a blog."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from generator import permalinks, resources
from generator.config import WEEKDAYS, SiteConfig
from generator.problems import Location, Problem, reason_of

_POST = """\
---
title: {title}
date: {day} {hour}
tags: [{tag}]
summary: ""
draft: true
---

Begin with what happened, to whom, and what you make of it.

**What would you like to ask everybody this week?**
"""

_PLACEHOLDER = re.compile(r"\{\{(year|today)\}\}")
_NEVER_COPIED = frozenset({"__pycache__", ".DS_Store"})


def new_post(
    blog: Path, title: str, config: SiteConfig, *, day: str | None, now: datetime
) -> Path | Problem:
    """Write a draft with that title for the given day, or for the next week without a post.

    An existing file is never overwritten.
    """
    posts = blog / "content/posts"
    when = _day(day, config) if day else _next_free_day(posts, config, now)
    if isinstance(when, Problem):
        return when
    slug = permalinks.slug_of(title)
    if not slug:
        message = f"the title '{title}' has no letter to make a file name of"
        return Problem("bad-title", Location("content/posts"), message, "Give it a word.")
    path = posts / f"{when}-{slug}.md"
    text = _POST.format(
        title=json.dumps(title, ensure_ascii=False),
        day=when,
        hour=f"{config.default_hour:%H:%M}",
        tag=_any_trait(blog),
    )
    return _create({path: text.encode()}, blog) or path


def _day(written: str, config: SiteConfig) -> date | Problem:
    from generator.content.moments import MomentError, read_moment

    try:
        return read_moment(written, zone=config.zone, default_hour=config.default_hour).date()
    except MomentError as error:
        return Problem(error.code, Location("--date"), error.message, error.hint)


def _next_free_day(posts: Path, config: SiteConfig, now: datetime) -> date:
    """The first weekly day from now on whose hour is to come and that has no post yet."""
    taken = {path.name[:10] for path in posts.glob("*")} if posts.is_dir() else set()
    day = now.date() + timedelta((WEEKDAYS.index(config.weekly.day) - now.weekday()) % 7)
    if datetime.combine(day, config.default_hour, tzinfo=config.zone) < now:
        day += timedelta(7)
    while day.isoformat() in taken:
        day += timedelta(7)
    return day


def _any_trait(blog: Path) -> str:
    traits = sorted(path.stem for path in (blog / "content/traits").glob("*.md"))
    return traits[0] if traits else ""


def new_blog(folder: Path, *, today: date) -> Problem | None:
    """Write the files of a new blog into an empty folder, or say why that can't be."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return Problem(
            "not-empty",
            Location(str(folder)),
            "a new blog needs a folder that is empty",
            "Name one that is not there yet.",
        )
    values = {"year": str(today.year), "today": today.isoformat()}
    files = {
        folder / _filled(name, values): _filled_bytes(path, values)
        for name, path in _starter_files()
    }
    return _create(files, folder)


def _starter_files() -> Iterator[tuple[str, Path]]:
    for prefix, root in resources.starter_folders():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not _NEVER_COPIED & set(path.parts):
                name = prefix + path.relative_to(root).as_posix()
                yield ".gitignore" if name == "gitignore" else name, path


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _filled_bytes(path: Path, values: dict[str, str]) -> bytes:
    return _filled(path.read_text(encoding="utf-8"), values).encode()


def _create(files: dict[Path, bytes], folder: Path) -> Problem | None:
    """Write new files; one that is there already stays, and is a problem."""
    for path, data in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            at = Location(path.relative_to(folder).as_posix())
            return Problem("exists", at, "this file is there already", "Choose another title.")
        except OSError as error:
            reason = reason_of(error)
            return Problem("unwritable", Location(str(path)), f"this can't be written: {reason}")
    return None

"""Reading posts from texts, without rendering their Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

import yaml

from generator.config.settings import MarkdownSettings
from generator.content.posts import read_post
from generator.content.settings import ReadingSettings
from generator.i18n.catalogues import load_messages
from generator.markdown.notices import Notice
from generator.markdown.source_text import Mark, Place, Typed
from generator.model import Heading, Post
from generator.problems import in_reading_order

SETTINGS = ReadingSettings(
    zone=ZoneInfo("Europe/London"),
    language="en",
    weekly_day="tuesday",
    default_hour=time(9),
    rename={},
    unknown_keys="error",
    missing_images="error",
    markdown=MarkdownSettings(typographic_quotes=False),
    messages=load_messages("en")[0],
)
LOADERS = {"python": yaml.SafeLoader, "c": getattr(yaml, "CSafeLoader", yaml.SafeLoader)}


@dataclass(frozen=True)
class Shown:
    """What a renderer returns that renders nothing."""

    marked: str
    headings: tuple[Heading, ...] = ()
    marks: tuple[Mark, ...] = ()
    typed: tuple[Typed, ...] = ()
    notices: tuple[Notice, ...] = ()
    more: Place | None = None


class Untouched:
    """A renderer that returns the Markdown as it is, and remembers what it was given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def render(self, text: str, *, id_prefix: str = "", language: str = "") -> Shown:
        self.given.append(text)
        return Shown(f"<pre>{text}</pre>")


def read(
    text: str | bytes, *, path: str = "content/posts/a.md", settings: ReadingSettings = SETTINGS
) -> tuple[Post | None, list[str]]:
    """The post, and the problems as they are printed."""
    data = text.encode() if isinstance(text, str) else text
    post, problems, is_broken, _ = read_post(path, data, settings, Untouched())
    printed = [str(problem) for problem in in_reading_order(problems)]
    return None if is_broken else post, printed


def good(text: str, **options: str) -> Post:
    """The post in a text without problems."""
    post, printed = read(text, **options)  # type: ignore[arg-type]
    assert printed == []
    assert post is not None
    return post


def body_of(text: str) -> str:
    """The Markdown of a text, as a renderer gets it."""
    renderer = Untouched()
    read_post("content/posts/a.md", text.encode(), SETTINGS, renderer)
    (body,) = renderer.given
    return body


def front_matter(*lines: str) -> str:
    return "\n".join(["---", "title: Hello", "date: 2026-11-24", *lines, "---", "Body", ""])

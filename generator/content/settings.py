"""The settings of a site on which reading a file depends."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.config.levels import Level
from generator.config.settings import MarkdownSettings, SiteConfig, Weekday
from generator.i18n.catalogues import load_messages
from generator.views import Messages

IN_BODIES = (
    "alert_caution",
    "alert_important",
    "alert_note",
    "alert_tip",
    "alert_warning",
    "footnote_back",
    "footnotes",
    "heading_link",
    "task_done",
    "task_open",
)


class ReadingSettings(NamedTuple):
    """What counts for a source besides its bytes; the digest is part of its cache key."""

    zone: ZoneInfo
    language: str  # of the site
    weekly_day: Weekday
    default_hour: time
    rename: Mapping[str, str]
    unknown_keys: Level
    missing_images: Level
    markdown: MarkdownSettings
    messages: Messages  # only those that appear in bodies

    @classmethod
    def of(cls, config: SiteConfig) -> ReadingSettings:
        """The reading settings among all settings of a site."""
        return cls(
            zone=config.zone,
            language=config.language,
            weekly_day=config.weekly.day,
            default_hour=config.default_hour,
            rename=config.front_matter.rename,
            unknown_keys=config.front_matter.unknown_keys,
            missing_images=config.missing_images,
            markdown=config.markdown,
            messages=_messages_in_bodies(config.language),
        )


def _messages_in_bodies(language: str) -> Messages:
    """The messages that Markdown adds to bodies: always ours, so no theme affects reading."""
    messages, _ = load_messages(language)
    return messages._replace(texts={name: messages.texts[name] for name in IN_BODIES})

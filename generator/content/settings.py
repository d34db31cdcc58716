"""The settings of a site on which the reading of a file depends."""

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
    """What counts for a source beside its bytes; a document is remembered under its digest."""

    zone: ZoneInfo
    weekly_day: Weekday
    default_hour: time
    rename: Mapping[str, str]
    unknown_keys: Level
    markdown: MarkdownSettings
    messages: Messages  # only those that stand in bodies

    @classmethod
    def of(cls, config: SiteConfig) -> ReadingSettings:
        """The reading settings among all settings of a site."""
        return cls(
            zone=config.zone,
            weekly_day=config.weekly.day,
            default_hour=config.default_hour,
            rename=config.front_matter.rename,
            unknown_keys=config.front_matter.unknown_keys,
            markdown=config.markdown,
            messages=_words_in_bodies(config.language),
        )


def _words_in_bodies(language: str) -> Messages:
    """What Markdown adds to a letter; ours in any theme, so that no theme has letters read anew."""
    messages, _ = load_messages(language)
    return messages._replace(texts={name: messages.texts[name] for name in IN_BODIES})

"""The settings of a site on which the reading of a file depends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from generator.config import MarkdownSettings, SiteConfig, Strictness


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """What counts for a source beside its bytes; a document is remembered under its digest."""

    zone: ZoneInfo
    default_hour: time
    rename: Mapping[str, str]
    unknown_keys: Strictness
    markdown: MarkdownSettings

    @classmethod
    def of(cls, config: SiteConfig) -> ReadingSettings:
        """The reading settings among all settings of a site."""
        return cls(
            zone=config.zone,
            default_hour=config.default_hour,
            rename=config.front_matter.rename,
            unknown_keys=config.front_matter.unknown_keys,
            markdown=config.markdown,
        )

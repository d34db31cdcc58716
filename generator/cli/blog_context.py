"""Helpers shared by commands that load the whole blog."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from generator.cli.build_inputs import build_options, site_config
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.content.reading import DocumentReader, document_reader
from generator.content.settings import ReadingSettings
from generator.insights.prompts import Choice, Prompt, next_trait, prompt
from generator.inventory import Inventory, take_inventory
from generator.model import Term
from generator.site.taxonomies import traits_in


class BlogContext(NamedTuple):
    """A blog with everything in it, and the moment of the run."""

    config: SiteConfig
    inventory: Inventory
    now: datetime

    @property
    def traits(self) -> tuple[Term, ...]:
        """The traits in their order."""
        return traits_in(self.inventory.site.taxonomies)

    @property
    def read_document(self) -> DocumentReader:
        """Reads a file of the blog from its bytes."""
        return document_reader(ReadingSettings.of(self.config))


def blog_context(given: SharedOptions) -> BlogContext:
    """The blog that the options name."""
    config = site_config(given)
    options = build_options(given, config)
    return BlogContext(config, take_inventory(config, options), options.as_of)


def prompt_of(blog: BlogContext, trait: Term | None = None) -> Prompt | None:
    """A prompt for the next post, about the trait that is given or proposed; None without any."""
    entries, now = blog.inventory.site.entries, blog.now
    if trait:
        return prompt(entries, Choice(trait, "You chose it."), blog.config, as_of=now)
    choice = next_trait(entries, blog.traits, blog.config, as_of=now)
    return prompt(entries, choice, blog.config, as_of=now) if choice else None

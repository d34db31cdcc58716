"""Views as bytes: one recipe for each kind of artifact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from generator.model import Artifact
from generator.problems import Location, Problem, reason_of
from generator.render.template_closures import Closures
from generator.render.themes import ORIGIN, Theme
from generator.views import FeedEntry, SearchWordsView, SearchYear

if TYPE_CHECKING:
    from generator.images.colours import Palette
    from generator.render.templates import Templates


class Renderer:
    """Makes artifacts in one theme."""

    def __init__(
        self,
        theme: Theme,
        closures: Closures,
        blog: Path,
        compiled: dict[str, CodeType] | None = None,
    ) -> None:
        """`compiled` holds templates by their text, and takes in those that are new."""
        self._theme = theme
        self._closures = closures
        self._blog = blog
        self._compiled = {} if compiled is None else compiled

    @cached_property
    def _templates(self) -> Templates:
        from generator.render.compiled_templates import Compiled
        from generator.render.templates import Templates

        return Templates(self._theme, self._closures, Compiled(self._compiled))

    def render(self, artifact: Artifact) -> bytes | Problem:
        """The bytes of an artifact, or what is wrong with the theme or the file it needs."""
        recipe, _, template = artifact.recipe.partition(":")
        if recipe == "page":
            return self._templates.render(template, artifact.view)
        if recipe == "copy":
            return self._copy(artifact)
        if recipe == "kept":
            data: bytes = artifact.view.data.read()
            return data
        if recipe == "style":
            from generator.render.stylesheets import lean

            copied = self._copy(artifact)
            return copied if isinstance(copied, Problem) else lean(copied)
        if recipe == "card":
            from generator.images.social import card

            colours = self._palettes
            return colours if isinstance(colours, Problem) else card(artifact.view, colours)
        if recipe == "text":
            text: str = artifact.view.text
            return text.encode()
        if recipe == "search-index":
            from generator.render.search import index

            return index(artifact.view)
        if recipe == "search-words":
            view: SearchWordsView = artifact.view
            return self._search_words(view.year, view.shares)[view.share]
        from generator.render.feeds import FORMATS

        return FORMATS[recipe](artifact.view, self._whole_text)

    @cached_property
    def _palettes(self) -> Mapping[str, Palette] | Problem:
        from generator.render.colours import palettes_of

        return palettes_of(self._theme)

    @cached_property
    def _whole_text(self) -> Callable[[FeedEntry], str]:
        """A post's text for feeds, made once for all the feeds that hold it."""
        from generator.render.feeds import whole_text

        return cache(whole_text)

    @cached_property
    def _search_words(self) -> Callable[[SearchYear, int], tuple[bytes, ...]]:
        """The words of a year, sorted once for all the files that they are spread over."""
        from generator.render.search import shares_of

        return cache(shares_of)

    def _copy(self, artifact: Artifact) -> bytes | Problem:
        origin: str = artifact.view.origin
        path = self._theme.file(origin) or self._blog / origin
        try:
            return path.read_bytes()
        except OSError as error:
            reason = reason_of(error)
            place = Location(origin.removeprefix(ORIGIN))
            return Problem("unreadable", place, f"this can't be read: {reason}")

"""Views as bytes: one way for each recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

from generator import disk
from generator.artifacts.recipes import (
    Artifact,
    Copy,
    Feed,
    MailFeed,
    Page,
    PreparedImage,
    SearchIndex,
    SearchWords,
    SocialImage,
    Stylesheet,
    Text,
)
from generator.images.colours import Palette
from generator.problems import Problem, unreadable
from generator.render.colours import palettes_of
from generator.render.search import index, shares_of
from generator.render.stylesheets import lean
from generator.render.template_closures import TemplateClosures
from generator.render.themes import ORIGIN, Theme
from generator.site.icons import DRAWINGS
from generator.views import FeedEntry, FileView, ImageView, MailView, SearchYear

if TYPE_CHECKING:  # they load jinja2
    from generator.render.mail import RenderedMail
    from generator.render.templates import Templates


class Renderer:
    """Makes artifacts in one theme."""

    def __init__(
        self,
        theme: Theme,
        closures: TemplateClosures,
        blog: Path,
        read_image: Callable[[str], bytes],
        compiled: dict[str, CodeType] | None = None,
    ) -> None:
        """`read_image` gives the bytes of a prepared image, by its digest, or raises OSError.

        `compiled` has templates by their text; new ones are added to it.
        """
        self._theme = theme
        self._closures = closures
        self._blog = blog
        self._read_image = read_image
        self._compiled = {} if compiled is None else compiled

    def render(self, artifact: Artifact) -> bytes | Problem:
        """The bytes of an artifact, or what is wrong with the theme or the file it needs."""
        match artifact.recipe:
            case Page() as page:
                return self._templates.render(page.template, page.view)
            case Feed() as feed:
                return self._feed(feed)
            case MailFeed() as mails:
                return self._mail_feed(mails)
            case Copy(view):
                return self._copy(view)
            case Stylesheet(view):
                copied = self._copy(view)
                return copied if isinstance(copied, Problem) else lean(copied)
            case Text(view):
                return view.text.encode()
            case PreparedImage(view):
                return self._image(view, artifact)
            case SocialImage() as image:
                return self._social_image(image)
            case SearchIndex() as search:
                return index(search.view)
            case SearchWords() as words:
                year, share, shares = words.view
                return self._search_words(year, shares)[share]

    @cached_property
    def _templates(self) -> Templates:
        from generator.render.compiled_templates import Compiled  # jinja2
        from generator.render.templates import Templates

        return Templates(self._theme, self._closures, Compiled(self._compiled))

    def _feed(self, feed: Feed) -> bytes:
        from generator.render.feeds import FORMATS  # feedgen

        return FORMATS[feed.format](feed.view, self._whole_text)

    def _mail_feed(self, feed: MailFeed) -> bytes | Problem:
        from generator.render.mail import mail_feed  # css-inline

        return mail_feed(feed.view, self._templates)

    def mail(self, view: MailView) -> RenderedMail | Problem:
        """A message, or what is wrong with its template."""
        from generator.render.mail import rendered_mail

        return rendered_mail(view, self._templates)

    def mail_icon(self, icon: str, colour: str) -> bytes | Problem:
        """The icon of that name in the colour of that name, as a PNG."""
        from generator.images.mail_icons import mail_icon  # Pillow

        palettes = self._palettes
        return (
            palettes
            if isinstance(palettes, Problem)
            else mail_icon(DRAWINGS[icon], palettes[colour])
        )

    def _social_image(self, image: SocialImage) -> bytes | Problem:
        from generator.images.social import social_image  # Pillow

        palettes = self._palettes
        return palettes if isinstance(palettes, Problem) else social_image(image.view, palettes)

    @cached_property
    def _palettes(self) -> Mapping[str, Palette] | Problem:
        return palettes_of(self._theme)

    @cached_property
    def _whole_text(self) -> Callable[[FeedEntry], str]:
        """A post's text for feeds, made once for all the feeds that contain it."""
        from generator.render.feeds import whole_text

        return cache(whole_text)

    @cached_property
    def _search_words(self) -> Callable[[SearchYear, int], tuple[bytes, ...]]:
        """The words of a year, sorted once for all the files that they are spread over."""
        return cache(shares_of)

    def _copy(self, view: FileView) -> bytes | Problem:
        path = self._theme.file(view.origin) or self._blog / view.origin
        try:
            return disk.read_bytes(path)
        except OSError as error:
            return unreadable(view.origin.removeprefix(ORIGIN), error)

    def _image(self, view: ImageView, artifact: Artifact) -> bytes | Problem:
        try:
            return self._read_image(view.digest)
        except OSError as error:
            return unreadable(artifact.source, error)

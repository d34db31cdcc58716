"""Markdown to HTML: Python-Markdown with GitHub's rules."""

from __future__ import annotations

from operator import itemgetter
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.util import Registry

from generator.config.settings import MarkdownSettings
from generator.i18n.quotes import Quotes, quotes_of
from generator.markdown.blocks import GitHubBlockParser, register_blocks
from generator.markdown.notices import Notice
from generator.markdown.source_text import Mark, Place, Typed, without_marks
from generator.markdown.tree import CleanText, HeadingAnchors, RestoreHtml, SpanTexts
from generator.markdown.typography import typographic, typographic_text
from generator.model import Heading
from generator.views import Messages


class RenderedMarkdown(NamedTuple):
    """The HTML of a text and the headings in it."""

    marked: str  # the HTML, with marks that lead to where its addresses were typed
    headings: tuple[Heading, ...]  # nested by level, plain unescaped titles
    marks: tuple[Mark, ...] = ()
    typed: tuple[Typed, ...] = ()  # headings, raw tags and attribute lists
    notices: tuple[Notice, ...] = ()
    more: Place | None = None  # the `<!-- more -->` between blocks

    @property
    def html(self) -> str:
        """The HTML as readers get it."""
        return without_marks(self.marked)


class GitHubMarkdown(Extension):
    """Replaces the processors of Python-Markdown by ones that read as GitHub does."""

    def __init__(self, *, allow_html: bool, messages: Messages) -> None:
        super().__init__()
        self._allow_html = allow_html
        self._messages = messages
        self.parser: GitHubBlockParser
        self.spans: SpanTexts
        self.anchors: HeadingAnchors

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        self.parser = GitHubBlockParser(md, self._messages, allow_html=self._allow_html)
        register_blocks(self.parser)
        self.spans = SpanTexts(md, self.parser)
        self.anchors = HeadingAnchors(md, self.parser)
        md.parser = self.parser
        md.registerExtension(self)
        self._replace_processors(md)

    def _replace_processors(self, md: Markdown) -> None:
        md.preprocessors, md.inlinePatterns = Registry(), Registry()
        md.treeprocessors, md.postprocessors = Registry(), Registry()
        md.preprocessors.register(CleanText(md), "clean_text", 10)
        md.treeprocessors.register(self.spans, "inline", 20)
        md.treeprocessors.register(self.anchors, "heading_anchors", 10)
        md.postprocessors.register(RestoreHtml(md), "raw_html", 10)

    def reset(self) -> None:
        """Forgets the text before, as `Markdown.reset` asks of its extensions."""
        self.parser.reset()


class MarkdownRenderer:
    """Renders posts one after another; one instance per thread (Python-Markdown is not
    thread-safe).
    """

    def __init__(self, settings: MarkdownSettings, messages: Messages) -> None:
        self._settings = settings
        self._github = GitHubMarkdown(allow_html=settings.allow_html, messages=messages)
        self._markdown = Markdown(extensions=[self._github], output_format="html")

    def render(self, text: str, *, id_prefix: str = "", language: str = "en") -> RenderedMarkdown:
        """The HTML of a text, with the quotes of its language.

        `id_prefix` keeps the footnotes of two texts on a page apart.
        """
        # reset() first: footnotes and references of the previous text would leak into this one
        self._markdown.reset()
        self._github.spans.id_prefix = id_prefix
        self._github.anchors.headings = ()
        html = self._markdown.convert(text)
        headings: tuple[Heading, ...] = self._github.anchors.headings
        found = self._github.parser.findings
        if self._settings.typographic_quotes:
            quotes = quotes_of(language)
            html, headings = typographic(html, quotes), _with_typographic_titles(headings, quotes)
        return RenderedMarkdown(
            html,
            headings,
            tuple(found.marks),
            tuple(sorted(found.typed, key=itemgetter(1))),
            tuple(found.notices),
            found.more,
        )


def _with_typographic_titles(headings: tuple[Heading, ...], quotes: Quotes) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            heading.level,
            heading.anchor,
            typographic_text(heading.title, quotes),
            _with_typographic_titles(heading.children, quotes),
        )
        for heading in headings
    )

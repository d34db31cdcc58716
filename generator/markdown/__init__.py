"""Markdown as people know it from GitHub, rendered by Python-Markdown."""

from generator.markdown.renderer import MarkdownRenderer, RenderedMarkdown

__all__ = ["MarkdownRenderer", "RenderedMarkdown"]

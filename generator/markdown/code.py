"""Blocks of code, highlighted with classes; the theme gives them colours."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AtomicString, code_escape

MAX_HIGHLIGHTED = 50_000  # characters; longer text is usually data, not code


def code_block(pre: Element, text: str, language: str, md: Markdown) -> None:
    """Fill a `pre` with code, highlighted if its language is known."""
    code = SubElement(pre, "code")
    if language:
        code.set("class", f"language-{language.replace('&', '&amp;')}")
    highlighted = highlighted_code(text, language)
    if highlighted:
        pre.set("class", "highlight")
        code.text = AtomicString(md.htmlStash.store(highlighted))
    else:
        code.text = AtomicString(code_escape(text))


def highlighted_code(text: str, language: str) -> str:
    """The HTML of a piece of code, '' if there is nothing to highlight."""
    if not language or not text or len(text) > MAX_HIGHLIGHTED:
        return ""
    # most posts have no code, and need not wait for its library
    from pygments import highlight
    from pygments.formatters import HtmlFormatter
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return ""
    return str(highlight(text, lexer, HtmlFormatter(nowrap=True)))

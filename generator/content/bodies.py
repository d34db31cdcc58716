"""A Markdown body as well-formed HTML, with everything that pages need to know about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.content.front_matter import ContentFile
from generator.content.unfinished import quotes_in, unfinished_in
from generator.content.vocabulary import vocabulary
from generator.i18n.words import count_words, letters_of
from generator.model import Body, Heading, Reference, Tag
from generator.problems import Location
from generator.site import references
from generator.site.srcset import candidates, srcset_of

KEYWORD_COUNT = 24
KEYWORD_LENGTH = 5  # shorter words say little about what a text is about

_LONG_WORD = re.compile(rf"[^\W\d_]{{{KEYWORD_LENGTH},}}")
_IMAGES = frozenset({"img", "image", "source", "video", "audio", "track", "object"})
_MORE = re.compile(r"\s*more\s*", re.IGNORECASE)


class Rendered(Protocol):
    """What a Markdown renderer gives."""

    @property
    def html(self) -> str: ...
    @property
    def headings(self) -> tuple[Heading, ...]: ...


class BodyRenderer(Protocol):
    """What renders Markdown; see `generator.markdown`."""

    def render(self, text: str, *, id_prefix: str = "", language: str = "") -> Rendered:
        """The HTML and headings of a text in that language.

        Ids of footnotes begin with `id_prefix`.
        """
        ...


def read_body(file: ContentFile, renderer: BodyRenderer, *, id_prefix: str, language: str) -> Body:
    """The body of a content file in that language.

    The HTML is parsed and serialised as HTML 5 says, so that a tag that the writer left open, or
    closed twice, can't spoil the page around it.
    """
    rendered = renderer.render(file.body, id_prefix=id_prefix, language=language)
    tree = LexborHTMLParser(f"<!doctype html><body>{rendered.html}")
    undescribed = tuple(_undescribed_images(tree, file))
    references = tuple(_unresolved_references(tree, file))
    html = (tree.body.inner_html if tree.body else "") or ""
    opening_end = _opening_end(tree)
    _leave_text(tree)
    text = tree.body.text(deep=True) if tree.body else ""
    return Body(
        html=html,
        opening_end=opening_end,
        opening=_first_paragraph(tree),
        word_count=count_words(text),
        keywords=_keywords(text),
        vocabulary=vocabulary(text),
        headings=rendered.headings,
        references=references,
        undescribed=undescribed,
        unfinished=tuple(unfinished_in(file)),
        quotes=tuple(quotes_in(file)),
    )


def _undescribed_images(tree: LexborHTMLParser, file: ContentFile) -> Iterator[Tag]:
    """The images without an `alt`, which each then gets, so that the page is valid."""
    seen: Counter[str] = Counter()
    for node in tree.css("img"):
        url = (node.attributes.get("src") or "").strip()
        if "alt" not in node.attributes:
            node.attrs["alt"] = ""
            yield Tag(url, _place_of(url, seen[url], file))
        seen[url] += 1


def _unresolved_references(tree: LexborHTMLParser, file: ContentFile) -> Iterator[Reference]:
    """The references to other files, each of which becomes a placeholder in the tree."""
    seen: Counter[str] = Counter()
    for node in tree.css(",".join(references.URL_ATTRIBUTES)):
        for name, _ in references.URL_ATTRIBUTES.get(node.tag or "", ()):
            value = node.attributes.get(name)
            if not value:
                continue
            urls = candidates(value) if name == "srcset" else [(value.strip(), "")]
            if not any(references.is_relative(url) for url, _ in urls):
                continue
            images = []
            for url, size in urls:
                if not references.is_relative(url):
                    images.append((url, size))
                    continue
                target, suffix = references.target_of(url, file.path), references.suffix_of(url)
                images.append((references.placeholder(url, file.path), size))
                is_image = node.tag in _IMAGES
                if is_image or not target.startswith("/"):
                    at = _place_of(url, seen[url], file)
                    yield Reference(target, suffix, at, is_image, url)
                    seen[url] += 1
            node.attrs[name] = srcset_of(images)


def _place_of(url: str, occurrence: int, file: ContentFile) -> Location:
    """Where the writer typed `url` for the n-th time, as far as the text shows it."""
    places = [found.start() for found in re.finditer(re.escape(url), file.body)]
    if not places:
        return Location(file.path, file.body_line)
    start = places[min(occurrence, len(places) - 1)]
    line = file.body_line + file.body.count("\n", 0, start)
    return Location(file.path, line, start - file.body.rfind("\n", 0, start))


# what is no part of a text, though it may have letters
_NOT_TEXT = "script, style, template, .footnote-ref, .footnote-backref, .anchor"
_DIGITS, _RAISED = "0123456789+-−", str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
# what separates the words before it from those inside it, and those from the words after it
_SEAMS = (
    "address, article, aside, audio, blockquote, br, button, caption, center, dd, details, dialog, "
    "div, dl, dt, fieldset, figcaption, figure, footer, form, h1, h2, h3, h4, h5, h6, header, hr, "
    "iframe, img, legend, li, main, menu, nav, object, ol, option, p, pre, section, select, "
    "summary, table, tbody, td, textarea, tfoot, th, thead, tr, ul, video"
)


def _leave_text(tree: LexborHTMLParser) -> None:
    """Change a tree so that its text is what a reader reads, with a space at each seam."""
    for node in reversed(tree.css(_NOT_TEXT)):  # what is inside another first
        node.decompose()
    for node in tree.css("sup"):  # 10<sup>6</sup> is not 106
        raised = "" if any(node.iter()) else node.text(deep=True).strip()
        if raised and not raised.strip(_DIGITS):
            node.replace_with(raised.translate(_RAISED))
    for node in tree.css(_SEAMS):
        node.insert_before(" ")
        node.insert_after(" ")


def _top_nodes(tree: LexborHTMLParser) -> Iterator[LexborNode]:
    node = tree.body.child if tree.body else None
    while node is not None:
        yield node
        node = node.next


def _opening_end(tree: LexborHTMLParser) -> int:
    end = 0
    for node in _top_nodes(tree):
        if node.tag == "-comment" and _MORE.fullmatch(node.comment_content or ""):
            return end
        end += len(node.html or "")
    return 0


def _first_paragraph(tree: LexborHTMLParser) -> str:
    for node in _top_nodes(tree):
        if node.tag == "p" and (text := " ".join(node.text(deep=True).split())):
            return text
    return ""


def _keywords(text: str) -> str:
    long_words = _LONG_WORD.findall(text) if text.isascii() else _long_words(text)
    counts = Counter(word.casefold() for word in long_words)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(word for word, _ in ranked[:KEYWORD_COUNT])


def _long_words(text: str) -> list[str]:
    """The words that are long enough, with the combining marks of their letters."""
    letter = letters_of(text)
    more = rf"(?:(?![\d_]){letter}){{{KEYWORD_LENGTH - 1},}}"
    return re.findall(rf"[^\W\d_]{more}", text)

"""A Markdown body as well-formed HTML, with everything that pages need to know about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.content.front_matter import ContentFile
from generator.content.vocabulary import vocabulary
from generator.model import Body, Heading, Reference, Tag
from generator.problems import Location
from generator.site import references
from generator.site.srcset import candidates, srcset_of

KEYWORD_COUNT = 24
KEYWORD_LENGTH = 5  # shorter words say little about what a text is about

_WORD = re.compile(r"\w+(?:['’]\w+)*")
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

    def render(self, text: str, *, id_prefix: str = "") -> Rendered:
        """The HTML and headings of `text`; ids of footnotes begin with `id_prefix`."""
        ...


def read_body(file: ContentFile, renderer: BodyRenderer, *, id_prefix: str) -> Body:
    """The body of a content file.

    The HTML is parsed and serialised as HTML 5 says, so that a tag that the writer left open, or
    closed twice, can't spoil the page around it.
    """
    rendered = renderer.render(file.body, id_prefix=id_prefix)
    tree = LexborHTMLParser(f"<!doctype html><body>{rendered.html}")
    undescribed = tuple(_undescribed_images(tree, file))
    references = tuple(_unresolved_references(tree, file))
    text = _text_of(tree)
    html = (tree.body.inner_html if tree.body else "") or ""
    return Body(
        html=html,
        opening_end=_opening_end(tree),
        opening=_first_paragraph(tree),
        word_count=len(_WORD.findall(text)),
        keywords=_keywords(text),
        vocabulary=vocabulary(text),
        headings=rendered.headings,
        references=references,
        undescribed=undescribed,
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


def _text_of(tree: LexborHTMLParser) -> str:
    return " ".join(
        node.text(deep=True, separator=" ")
        for node in _top_nodes(tree)
        if node.tag not in ("style", "script", "-comment")
    )


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
    counts = Counter(word.casefold() for word in _LONG_WORD.findall(text))
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return " ".join(word for word, _ in ranked[:KEYWORD_COUNT])

"""A Markdown body as well-formed HTML, with everything that pages need to know about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.content.front_matter import ContentFile
from generator.content.typed_places import TypedPlaces, packed
from generator.content.unfinished import quotes_in, unfinished_in
from generator.content.vocabulary import vocabulary
from generator.i18n.words import count_words, letters_of
from generator.markdown.notices import Notice as TypedNotice
from generator.markdown.source_text import MARK, Mark, Place, Typed, without_marks
from generator.model import Body, Heading, Notice, Reference, Tag
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
    def marked(self) -> str: ...
    @property
    def headings(self) -> tuple[Heading, ...]: ...
    @property
    def marks(self) -> tuple[Mark, ...]: ...
    @property
    def typed(self) -> tuple[Typed, ...]: ...
    @property
    def notices(self) -> tuple[TypedNotice, ...]: ...
    @property
    def more(self) -> Place | None: ...


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
    tree = LexborHTMLParser(f"<!doctype html><body>{rendered.marked}")
    places = _Places(file, rendered.marks)
    undescribed = tuple(_undescribed_images(tree, places))
    references, addresses = _unresolved_references(tree, places)
    html = without_marks((tree.body.inner_html if tree.body else "") or "")
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
        typed=packed(
            TypedPlaces(
                addresses,
                tuple(Tag(typed.text, places.at(typed.at)) for typed in rendered.typed),
                tuple(_notices(rendered, places, has_opening=opening_end > 0)),
            )
        ),
        unfinished=tuple(unfinished_in(file)),
        quotes=tuple(quotes_in(file)),
    )


class _Places:
    """Where in a file the addresses of its HTML were typed."""

    def __init__(self, file: ContentFile, marks: Sequence[Mark]) -> None:
        self.path = file.path
        self._first_line = file.body_line
        self._marks = marks

    def mark_of(self, node: LexborNode) -> Mark | None:
        """The mark of an element; None if it has none."""
        number = node.attributes.get(MARK)
        is_known = number is not None and number.isdecimal() and int(number) < len(self._marks)
        return self._marks[int(number)] if number and is_known else None

    def of_address(self, url: str, attribute: str, mark: Mark | None) -> Location:
        """Where an address of a marked element was typed."""
        if mark is None:
            return Location(self.path, self._first_line)
        return self.at(mark.place_of(url, attribute))

    def at(self, place: Place) -> Location:
        """A place in the body as a place in the file."""
        return Location(self.path, self._first_line + place.line - 1, place.column)


def _notices(rendered: Rendered, places: _Places, *, has_opening: bool) -> Iterator[Notice]:
    for notice in rendered.notices:
        yield Notice(notice.code, places.at(notice.at), notice.message, notice.hint)
    if rendered.more and not has_opening:
        message = "nothing comes before this <!-- more -->, or it is inside a tag"
        hint = "Put it below the paragraphs that the home page should show, outside all tags."
        yield Notice("lost-markdown", places.at(rendered.more), message, hint)


def _undescribed_images(tree: LexborHTMLParser, places: _Places) -> Iterator[Tag]:
    """The images without an `alt`, which each then gets, so that the page is valid."""
    for node in tree.css("img"):
        if "alt" not in node.attributes:
            node.attrs["alt"] = ""
            url = (node.attributes.get("src") or "").strip()
            mark = places.mark_of(node)
            typed = mark.address if mark and mark.address else url
            yield Tag(typed, places.of_address(url, "src", mark))


def _unresolved_references(
    tree: LexborHTMLParser, places: _Places
) -> tuple[tuple[Reference, ...], tuple[Tag, ...]]:
    """The references to other files, each of which becomes a placeholder, and other addresses."""
    found: list[Reference] = []
    others: list[Tag] = []
    for node in tree.css(",".join(references.URL_ATTRIBUTES)):
        mark = places.mark_of(node)
        if MARK in node.attributes:
            del node.attrs[MARK]
        for name, _ in references.URL_ATTRIBUTES[node.tag or ""]:
            value = node.attributes.get(name)
            if value is None:
                if name in node.attributes and mark:
                    others.append(Tag("", places.of_address("", name, mark)))
                continue
            urls = candidates(value) if name == "srcset" else [(value.strip(), "")]
            images = []
            for url, size in urls:
                at = places.of_address(url, name, mark)
                reference = _reference(node, url, at, mark)
                if reference and (reference.is_image or not reference.target.startswith("/")):
                    found.append(reference)
                elif mark:
                    others.append(Tag(url, at))
                if reference:
                    url = references.placeholder(url, places.path)
                images.append((url, size))
            if [url for url, _ in urls] != [url for url, _ in images]:
                node.attrs[name] = srcset_of(images)
    return tuple(found), tuple(others)


def _reference(node: LexborNode, url: str, at: Location, mark: Mark | None) -> Reference | None:
    """What a relative address refers to; None for any other address."""
    if not references.is_relative(url):
        return None
    target, suffix = references.target_of(url, at.path), references.suffix_of(url)
    typed = mark.address if mark and mark.address else url
    return Reference(target, suffix, at, node.tag in _IMAGES, typed)


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
        end += len(without_marks(node.html or ""))
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

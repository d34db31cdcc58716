"""Spans as GitHub reads them: emphasis, code, links and the rest of what is inside a line.

Python-Markdown runs each inline pattern over the whole text and splices the text at every
match, which takes quadratic time on long paragraphs and recursion on nested ones. Here each
text is read once, from left to right, by the algorithm of the CommonMark specification:
what may open or close a span is kept on a stack until its other end is found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import punctuation
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown.util import AtomicString, HtmlStash

from generator.markdown import html_blocks
from generator.markdown.attributes import ATTRIBUTE_LIST, escaped
from generator.markdown.emphasis import DelimiterRun, DelimiterStack
from generator.markdown.links import (
    MAX_LABEL,
    Target,
    bare_url_end,
    inline_target,
    is_safe,
    label_at,
    normal_label,
    resolved_entity,
    written_url,
)
from generator.markdown.parts import (
    CLOSING,
    Attributes,
    Opening,
    Part,
    Raw,
    address_link,
    build,
    plain_text,
)

_SPECIAL = re.compile(r"[\\`*_~\[\]!<&\n{]")
_SPECIAL_OR_URL = re.compile(r"[\\`*_~\[\]!<&\n{]|(?:https?|ftp)://|www\.")
_ESCAPABLE = frozenset(punctuation)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_BACKTICKS = re.compile(r"`+")
_ANGLE_URL = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\x00-\x1f]*+)>")
_ANGLE_MAIL = re.compile(
    r"<([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
_TAG = re.compile(f"(?:{html_blocks.OPEN_TAG}|{html_blocks.CLOSE_TAG})")
_HTML_ENDS = (
    (re.compile(r"<!--"), "-->"),
    (re.compile(r"<\?"), "?>"),
    (re.compile(r"<!\[CDATA\["), "]]>"),
    (re.compile(r"<![A-Za-z]"), ">"),
)
_FOOTNOTE = re.compile(r"\[\^([^\]\s\[]+)\]")
_TEMPLATE_TAG = re.compile(r"\{\{(?>(?:(?!\{\{|\}\})[^\n])*)\}\}|\{%(?>(?:(?!\{%|%\})[^\n])*)%\}")


class Definitions(NamedTuple):
    """The targets that a text can refer to, and its raw HTML."""

    references: Mapping[str, tuple[str, str]]
    footnotes: Mapping[str, Element]
    footnote_reference: Callable[[str], Element]
    stash: HtmlStash
    allow_html: bool


@dataclass(slots=True, eq=False)
class _Bracket:
    """A `[` or `![` that may begin a link or an image."""

    part: int  # its place among the parts
    after: int  # where the text after it begins
    is_image: bool
    runs_before: DelimiterRun | None
    is_active: bool = True
    has_bracket_after: bool = False


class Spans:
    """Reads the spans of one text."""

    def __init__(self, text: str, definitions: Definitions) -> None:
        self._text = text
        self._definitions = definitions
        self._parts: list[Part] = []
        self._brackets: list[_Bracket] = []
        self._runs = DelimiterStack()
        self._absent: set[str] = set()  # ends of HTML that do not occur any more
        self._backticks: dict[int, list[int]] | None = None

    def read_into(self, element: Element) -> None:
        """Puts the text and its spans into an element."""
        text = self._text
        special = _SPECIAL_OR_URL if "://" in text or "www." in text else _SPECIAL
        position = 0
        while found := special.search(text, position):
            if found.start() > position:
                self._parts.append(text[position : found.start()])
            position = self._read_special(found[0], found.start())
        self._parts.append(text[position:])
        self._runs.pair(None)
        build(element, self._parts, only_harmless=not self._definitions.allow_html)

    def _read_special(self, sign: str, start: int) -> int:
        """Reads what begins with a sign; returns where it ends."""
        return _READERS.get(sign, Spans._bare_url)(self, start)

    def _literal(self, start: int, end: int) -> int:
        self._parts.append(self._text[start:end])
        return end

    def _backslash(self, start: int) -> int:
        following = self._text[start + 1 : start + 2]
        if following == "\n":
            return self._break(start + 1)
        if following and following in _ESCAPABLE:
            self._parts.append(following)
            return start + 2
        return self._literal(start, start + 1)

    def _newline(self, start: int) -> int:
        if self._parts and isinstance(last := self._parts[-1], str) and last.endswith(" "):
            self._parts[-1] = last.rstrip(" ")
            if last.endswith("  "):
                return self._break(start)
        return self._literal(start, start + 1)

    def _break(self, newline: int) -> int:
        self._parts += [Element("br"), "\n"]
        return newline + 1

    def _ampersand(self, start: int) -> int:
        entity = _ENTITY.match(self._text, start)
        if entity is None:
            return self._literal(start, start + 1)
        self._parts.append(resolved_entity(entity[0]))
        return entity.end()

    def _brace(self, start: int) -> int:
        found = ATTRIBUTE_LIST.match(self._text, start)
        if found:
            self._parts.append(Attributes(found[1], found[0]))
            return found.end()
        tag = _TEMPLATE_TAG.match(self._text, start)
        return self._literal(start, tag.end() if tag else start + 1)

    def _backtick(self, start: int) -> int:
        opened = _end_of_run(self._text, start)
        closing = self._closing_backticks(opened - start, opened)
        if closing < 0:
            return self._literal(start, opened)
        code = self._text[opened:closing].replace("\n", " ")
        if code.strip() and code[0] == code[-1] == " ":
            code = code[1:-1]
        element = Element("code")
        element.text = AtomicString(escaped(code))
        self._parts.append(element)
        return closing + opened - start

    def _closing_backticks(self, length: int, after: int) -> int:
        if self._backticks is None:
            self._backticks = {}
            for found in _BACKTICKS.finditer(self._text):
                self._backticks.setdefault(len(found[0]), []).append(found.start())
        places = self._backticks.get(length, [])
        index = bisect_left(places, after)
        return places[index] if index < len(places) else -1

    def _less_than(self, start: int) -> int:
        text = self._text
        url = _ANGLE_URL.match(text, start) or _ANGLE_MAIL.match(text, start)
        if url and self._add_address(url[1], is_mail=url.re is _ANGLE_MAIL):
            return url.end()
        end = self._end_of_html(start) if self._definitions.allow_html else -1
        if end < 0:
            return self._literal(start, start + 1)
        self._parts.append(Raw(self._definitions.stash.store(text[start:end]), text[start:end]))
        return end

    def _add_address(self, address: str, *, is_mail: bool) -> bool:
        target = f"mailto:{address}" if is_mail else address
        if not (self._definitions.allow_html or is_safe(target)):
            return False
        self._parts.append(address_link(target, address))
        return True

    def _end_of_html(self, start: int) -> int:
        tag = _TAG.match(self._text, start)
        if tag:
            return tag.end()
        if self._text.startswith(("<!-->", "<!--->"), start):
            return self._text.index(">", start) + 1
        for begin, end in _HTML_ENDS:
            if begin.match(self._text, start):
                return self._after(end, start + 2)
        return -1

    def _after(self, end: str, start: int) -> int:
        if end in self._absent:
            return -1
        found = self._text.find(end, start)
        if found < 0:
            # searched only once; otherwise a text full of '<!--' would be searched for each of them
            self._absent.add(end)
            return -1
        return found + len(end)

    def _bare_url(self, start: int) -> int:
        text = self._text
        scheme_end = text.find("://", start, start + 8)
        is_www = scheme_end < 0
        before = text[start - 1] if start else " "
        allowed = before.isspace() or before in "*_~(" if is_www else not _is_ascii_letter(before)
        end = bare_url_end(text, start, start if is_www else scheme_end + 3) if allowed else -1
        if end < 0 or self._brackets:
            return self._literal(start, start + 1)
        url = text[start:end]
        self._parts.append(address_link(f"http://{url}" if is_www else url, url))
        return end

    def _emphasis(self, start: int) -> int:
        text = self._text
        end = _end_of_run(text, start)
        if text[start] == "~" and end - start > 2:
            return self._literal(start, end)
        self._parts.append(self._runs.add(text, start, end))
        return end

    def _exclamation(self, start: int) -> int:
        if self._text[start + 1 : start + 2] != "[":
            return self._literal(start, start + 1)
        return self._open_bracket(start, is_image=True)

    def _left_bracket(self, start: int) -> int:
        footnote = _FOOTNOTE.match(self._text, start)
        if footnote and footnote[1].casefold() in self._definitions.footnotes:
            self._parts.append(self._definitions.footnote_reference(footnote[1].casefold()))
            return footnote.end()
        return self._open_bracket(start, is_image=False)

    def _open_bracket(self, start: int, *, is_image: bool) -> int:
        end = start + 1 + is_image
        if self._brackets:
            self._brackets[-1].has_bracket_after = True
        self._brackets.append(_Bracket(len(self._parts), end, is_image, self._runs.last))
        return self._literal(start, end)

    def _right_bracket(self, start: int) -> int:
        if not self._brackets:
            return self._literal(start, start + 1)
        bracket = self._brackets.pop()
        found = self._target_of(bracket, start) if bracket.is_active else None
        if found is None:
            return self._literal(start, start + 1)
        target, end = found
        self._runs.pair(bracket.runs_before)
        if bracket.is_image:
            self._add_image(bracket, target)
        else:
            self._add_link(bracket, target)
        return end

    def _target_of(self, bracket: _Bracket, end: int) -> tuple[Target, int] | None:
        following = self._text[end + 1 : end + 2]
        if following == "(" and (found := inline_target(self._text, end + 2)):
            return found
        label = label_at(self._text, end + 1) if following == "[" else None
        if label and label[0].strip():
            return self._referred(label[0], label[1])
        if bracket.has_bracket_after or end - bracket.after > MAX_LABEL:
            return None
        return self._referred(self._text[bracket.after : end], label[1] if label else end + 1)

    def _referred(self, label: str, end: int) -> tuple[Target, int] | None:
        reference = self._definitions.references.get(normal_label(label))
        return (Target(*reference), end) if reference else None

    def _add_link(self, bracket: _Bracket, target: Target) -> None:
        link = Element("a")
        self._set_target(link, "href", target)
        self._parts[bracket.part] = Opening(link)
        self._parts.append(CLOSING)
        # a link can't contain a link; brackets before an inactive one are already inactive
        for outer in reversed(self._brackets):
            if not outer.is_image:
                if not outer.is_active:
                    break
                outer.is_active = False

    def _add_image(self, bracket: _Bracket, target: Target) -> None:
        image = Element("img")
        self._set_target(image, "src", target)
        words = plain_text(self._parts[bracket.part + 1 :])
        if words.strip():  # otherwise it has no `alt`, an error unless the writer adds {: alt=""}
            image.set("alt", escaped(words))
        del self._parts[bracket.part :]
        self._parts.append(image)

    def _set_target(self, element: Element, name: str, target: Target) -> None:
        if self._definitions.allow_html or is_safe(target.url):
            element.set(name, escaped(written_url(target.url)))
        if target.title:
            element.set("title", escaped(target.title))


_READERS: Mapping[str, Callable[[Spans, int], int]] = {
    "\\": Spans._backslash,
    "\n": Spans._newline,
    "&": Spans._ampersand,
    "{": Spans._brace,
    "`": Spans._backtick,
    "<": Spans._less_than,
    "*": Spans._emphasis,
    "_": Spans._emphasis,
    "~": Spans._emphasis,
    "!": Spans._exclamation,
    "[": Spans._left_bracket,
    "]": Spans._right_bracket,
}


def _end_of_run(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] == text[start]:
        end += 1
    return end


def _is_ascii_letter(character: str) -> bool:
    return character < "\x80" and character.isalpha()

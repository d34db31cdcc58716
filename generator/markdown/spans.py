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
from typing import NamedTuple, TypeGuard
from xml.etree.ElementTree import Element

from markdown.util import AtomicString, HtmlStash

from generator.markdown import html_blocks
from generator.markdown.attributes import ATTRIBUTE_LIST, escaped
from generator.markdown.blocks import Definition
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
from generator.markdown.notices import Findings
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
from generator.markdown.source_text import MARK, Mark, Place, SourceText

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

    references: Mapping[str, Definition]
    footnotes: Mapping[str, Element]
    footnote_reference: Callable[[str], Element]
    stash: HtmlStash
    allow_html: bool
    findings: Findings
    used: set[str]  # labels of references


class _Typed(NamedTuple):
    """The target of a link, and how and where its address was typed."""

    target: Target
    at: Place
    address: str


@dataclass(slots=True, eq=False)
class _Bracket:
    """A `[` or `![` that may begin a link or an image."""

    part: int  # its place among the parts
    start: int  # where it begins in the text
    after: int  # where the text after it begins
    is_image: bool
    runs_before: DelimiterRun | None
    is_active: bool = True
    has_bracket_after: bool = False


class Spans:
    """Reads the spans of one text."""

    def __init__(self, text: SourceText, definitions: Definitions) -> None:
        self._text = text
        self._definitions = definitions
        self._parts: list[Part] = []
        self._brackets: list[_Bracket] = []
        self._runs = DelimiterStack()
        self._reported = 0  # where the last piece ends that looks like a link
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
        findings = self._definitions.findings
        findings.emphasis(text, [part.place for part in self._parts if _is_left(part)])
        findings.spans(text)
        definitions = self._definitions
        build(element, self._parts, definitions.findings, only_harmless=not definitions.allow_html)

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
            self._definitions.findings.ampersand(self._text, start)
            return self._literal(start, start + 1)
        resolved = resolved_entity(entity[0])
        if resolved == entity[0]:
            self._definitions.findings.entity(self._text.place(start), entity[0])
        self._parts.append(resolved)
        return entity.end()

    def _brace(self, start: int) -> int:
        found = ATTRIBUTE_LIST.match(self._text, start)
        if found:
            self._parts.append(Attributes(found[1], found[0], self._text.place(start)))
            return found.end()
        tag = _TEMPLATE_TAG.match(self._text, start)
        end = tag.end() if tag else start + 1
        if start < self._reported:
            return self._literal(start, end)
        if tag:
            self._definitions.findings.template_tag(self._text, start, end)
        else:
            self._definitions.findings.braces(self._text, start)
        return self._literal(start, end)

    def _backtick(self, start: int) -> int:
        opened = _end_of_run(self._text, start)
        closing = self._closing_backticks(opened - start, opened)
        if closing < 0:
            self._definitions.findings.open_code(self._text, start, opened)
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
        if url and self._add_address(url[1], start, is_mail=url.re is _ANGLE_MAIL):
            return url.end()
        findings = self._definitions.findings
        end = self._end_of_html(start)
        if end < 0:
            findings.angle(text, start)
            return self._literal(start, start + 1)
        if not self._definitions.allow_html:
            findings.refused_html(text.place(start), text[start:end])
            return self._literal(start, start + 1)
        raw = text.part(start, end)
        findings.raw_span(raw)
        placeholder = self._definitions.stash.store(findings.marked(raw))
        self._parts.append(Raw(placeholder, raw))
        return end

    def _add_address(self, address: str, start: int, *, is_mail: bool) -> bool:
        target = f"mailto:{address}" if is_mail else address
        if not (self._definitions.allow_html or is_safe(target)):
            return False
        link = address_link(target, address)
        self._mark(link, Mark(self._text.place(start), self._text.place(start + 1), address))
        self._parts.append(link)
        return True

    def _mark(self, element: Element, mark: Mark) -> None:
        marks = self._definitions.findings.marks
        element.set(MARK, str(len(marks)))
        marks.append(mark)

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
        link = address_link(f"http://{url}" if is_www else url, url)
        self._mark(link, Mark(text.place(start), text.place(start), url))
        self._parts.append(link)
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
        self._brackets.append(_Bracket(len(self._parts), start, end, is_image, self._runs.last))
        return self._literal(start, end)

    def _right_bracket(self, start: int) -> int:
        if not self._brackets:
            return self._literal(start, start + 1)
        bracket = self._brackets.pop()
        found = self._target_of(bracket, start) if bracket.is_active else None
        if found is None:
            self._reported = self._definitions.findings.brackets(
                self._text, bracket.start, bracket.after, start, nested=not bracket.is_active
            )
            return self._literal(start, start + 1)
        target, end = found
        self._runs.pair(bracket.runs_before)
        if bracket.is_image:
            self._add_image(bracket, target)
        else:
            self._add_link(bracket, target)
        return end

    def _target_of(self, bracket: _Bracket, end: int) -> tuple[_Typed, int] | None:
        text = self._text
        following = text[end + 1 : end + 2]
        if following == "(" and (found := inline_target(text, end + 2)):
            target, behind = found
            typed = text[target.start : target.end]
            return _Typed(target, text.place(target.start), typed), behind
        label = label_at(self._text, end + 1) if following == "[" else None
        if label and label[0].strip():
            return self._referred(label[0], label[1])
        if bracket.has_bracket_after or end - bracket.after > MAX_LABEL:
            return None
        return self._referred(self._text[bracket.after : end], label[1] if label else end + 1)

    def _referred(self, label: str, end: int) -> tuple[_Typed, int] | None:
        name = normal_label(label)
        definition = self._definitions.references.get(name)
        if definition is None:
            return None
        self._definitions.used.add(name)
        return _Typed(definition.target, definition.address_at, definition.address), end

    def _add_link(self, bracket: _Bracket, target: _Typed) -> None:
        link = Element("a")
        self._set_target(link, "href", target, bracket)
        self._parts[bracket.part] = Opening(link)
        self._parts.append(CLOSING)
        # a link can't contain a link; brackets before an inactive one are already inactive
        for outer in reversed(self._brackets):
            if not outer.is_image:
                if not outer.is_active:
                    break
                outer.is_active = False

    def _add_image(self, bracket: _Bracket, target: _Typed) -> None:
        image = Element("img")
        self._set_target(image, "src", target, bracket)
        words = plain_text(self._parts[bracket.part + 1 :])
        if words.strip():  # otherwise it has no `alt`, an error unless the writer adds {: alt=""}
            image.set("alt", escaped(words))
        del self._parts[bracket.part :]
        self._parts.append(image)

    def _set_target(self, element: Element, name: str, typed: _Typed, bracket: _Bracket) -> None:
        target, at = typed.target, self._text.place(bracket.start)
        if self._definitions.allow_html or is_safe(target.url):
            element.set(name, escaped(written_url(target.url)))
        else:
            self._definitions.findings.refused_address(typed.at, typed.address)
        if target.title:
            element.set("title", escaped(target.title))
        self._mark(element, Mark(at, typed.at, typed.address))


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


def _is_left(part: Part) -> TypeGuard[DelimiterRun]:
    """Whether a part is a run of signs that should open or close something, and does not."""
    return isinstance(part, DelimiterRun) and part.count > 1 and part.sign != "_"


def _end_of_run(text: str, start: int) -> int:
    end = start
    while end < len(text) and text[end] == text[start]:
        end += 1
    return end


def _is_ascii_letter(character: str) -> bool:
    return character < "\x80" and character.isalpha()

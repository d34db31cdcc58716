"""What somebody typed and no reader sees, or sees as it was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from generator.markdown import dialects
from generator.markdown.source_text import Mark, Place, SourceText, Typed, with_marks
from generator.problems import shortened

SHOWN, LOST = "unread-markdown", "lost-markdown"

_BRACED = r"\{[ \t]*[#.][A-Za-z][\w-]*(?:[ \t][^{}\n]*)?\}"
_NEAR_TARGET = r"\(((?>(?:[^()\n]|\((?>(?:[^()\n]|\([^()\n]*+\))*)\))*))\)"
_TO_ANY_CLOSING = r"\(([^()\n]*+\([^()\n]*+)\)"
_WORD = r"\S+"
_WITH_TITLE = r"""(.*?)[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)|[“”„«].*)[ \t]*"""
_SPACED_TARGET = (
    r"[ \t]+\((?:https?://[^\s()]+|[^\s()]+\.(?:md|html?|pdf|png|jpe?g|gif|webp|svg)"
    r"(?:#[^\s()]*)?)\)"
)
_NAMED_VALUE = r"""\{[ \t]*[a-z][\w-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"']+)[^{}\n]*\}"""
_WHERE = "right behind a link or an image, at the end of a heading, or in the line below a block"

_OPENING = r"<[!?]?[-\w\[]*"
_SIGNS = r"\*+|~+"
MORE = r"(?i)<!--\s*more\s*-->"
_MORE_OF_OTHERS = (
    r"(?i)<!--\s*(?:more\s[^<>]*?|read-?more|truncate|(?:end[-_ ]?)?(?:excerpt|summary))\s*-->"
)


class Notice(NamedTuple):
    """Something that was typed in vain."""

    code: str  # SHOWN or LOST
    at: Place
    message: str
    hint: str


class Findings:
    """What is found while a text is read, besides its HTML: places of addresses, and notices."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.typed: list[Typed] = []
        self.headings: dict[Element, Place] = {}
        self.notices: list[Notice] = []
        self.more: Place | None = None  # the `<!-- more -->` that ends the opening

    def shown(self, at: Place, text: str, hint: str) -> None:
        """That readers see a piece of text as it was typed."""
        message = f"'{shortened(text)}' is shown as typed"
        self.notices.append(Notice(SHOWN, at, message, hint))

    def lost(self, at: Place, message: str, hint: str) -> None:
        """That readers don't see something."""
        self.notices.append(Notice(LOST, at, message, hint))

    def attributes(self, at: Place, typed: str) -> None:
        """That an attribute list belongs to nothing."""
        self.shown(at, typed, f"Write it {_WHERE}.")

    def read_attributes(self, at: Place, typed: str, unknown: str) -> None:
        """An attribute list, and the part of it that means nothing."""
        self.typed.append(Typed(typed, at))
        if unknown:
            message = f"'{shortened(unknown)}' in this attribute list has no effect"
            self.lost(at, message, 'Write {: #id .class key="value"}.')

    def braces(self, text: SourceText, start: int) -> None:
        """`{#id}` and `{ .class }`, which other tools read."""
        found = re.compile(_BRACED).match(text, start)
        if not found and text[start - 1 : start] in (")", "]", "`"):
            found = re.compile(_NAMED_VALUE).match(text, start)
        if found:
            content = found[0][1:-1].strip()
            hint = f"Write {{: {content}}} {_WHERE}."
            self.shown(text.place(start), found[0], hint)

    def more_here(self, at: Place, *, ends_opening: bool) -> None:
        """A `<!-- more -->`, which ends the opening only once, between blocks."""
        if ends_opening and self.more is None:
            self.more = at
        elif ends_opening:
            message = "a second <!-- more --> has no effect"
            self.lost(at, message, "The first is in this text before it; keep one of them.")
        else:
            self.useless_more(at)

    def useless_more(self, at: Place) -> None:
        """A `<!-- more -->` that is not between two blocks of the text."""
        message = "<!-- more --> has no effect here"
        hint = "Give it a line of its own between two paragraphs, outside lists, quotes and tags."
        self.lost(at, message, hint)

    def brackets(
        self, text: SourceText, opening: int, after: int, end: int, *, nested: bool
    ) -> int:
        """What looks like a link or a footnote: `[` before `opening`…`after`, `]` at `end`.

        Gives where it ends, 0 if nothing is reported.
        """
        content, following = text[after:end], text[end + 1 : end + 2]
        if ("\n" in content and following != "(") or not (content or following == "("):
            return 0
        is_image = after - opening == 2
        before = text[opening - 1 : opening]
        if content[:1] == "^" and not is_image:
            return self._footnote(text, opening, end, content)
        if before == "^" and " " in content:
            hint = "Write [^name] here, and the note in a paragraph of its own: [^name]: …"
            return self._near(text, opening - 1, end + 1, hint)
        if following == "(":
            return self._link(text, opening, end, nested=nested)
        if following == "[":
            return self._named_link(text, opening, end)
        if before == "[" and following == "]":
            return self._wiki_link(text, opening - 1, end + 2, content)
        if spaced := re.compile(_SPACED_TARGET).match(text, end + 1):
            hint = "Leave out the space between ] and (."
            return self._near(text, opening, spaced.end(), hint)
        if before == ")" and re.match(r"https?://\S+$", content):
            return self._near(text, opening, end + 1, "Swap the brackets: [words](address).")
        return 0

    def _near(self, text: SourceText, start: int, end: int, hint: str) -> int:
        self.shown(text.place(start), text[start:end], hint)
        return end

    def _footnote(self, text: SourceText, opening: int, end: int, content: str) -> int:
        if content == "^":
            return 0
        hint = f"Write the note in a paragraph of its own: [{content}]: …"
        if " " in content:
            hint = "The name of a footnote has no spaces."
        return self._near(text, opening, end + 1, hint)

    def _wiki_link(self, text: SourceText, opening: int, end: int, content: str) -> int:
        is_word = content.strip("_").upper() != "TOC" and not content.isdigit()
        if not is_word or text[end : end + 1] in ("(", "[", ":"):
            return 0
        hint = "Write a link with words and a file: [words](file.md)."
        return self._near(text, opening, end, hint)

    def _link(self, text: SourceText, opening: int, end: int, *, nested: bool) -> int:
        found = re.compile(_NEAR_TARGET).match(text, end + 1) or re.compile(_TO_ANY_CLOSING).match(
            text, end + 1
        )
        if found:
            hint = "A link can't contain another link." if nested else _hint_of_link(found[1])
        else:
            found = re.compile(_WORD).match(text, end + 1)
            is_broken = "\n" in text[end : end + 300].partition(")")[0]
            hint = "Close the address with a parenthesis"
            hint += ", on the same line." if is_broken else "."
        return self._near(text, opening, found.end(), hint) if found else 0

    def _named_link(self, text: SourceText, opening: int, end: int) -> int:
        close = text.find("]", end + 2, end + 1_000)
        name = text[end + 2 : close]
        if close < 0 or "\n" in name or "[" in name:
            return 0
        name = name or text[opening + 1 : end].removeprefix("[")
        hint = f"Say where it leads in a line of its own: [{name}]: https://…"
        return self._near(text, opening, close + 1, hint)

    def emphasis(self, text: SourceText, places: Sequence[int]) -> None:
        """Runs of `**` or `~~` that neither open nor close anything."""
        runs = [found for place in places if (found := re.compile(_SIGNS).match(text, place))]
        signs = [run[0] for run in runs]
        one_sided = (run for run in runs if _is_word_before(text, run) != _is_word_after(text, run))
        run = next(one_sided, runs[0] if runs and signs.count(signs[0]) > 1 else None)
        if run is None:
            return
        hint = f"Put {run[0]} right before and right behind the words."
        if text[run.start() - 1 : run.start()].strip() and text[run.end() : run.end() + 1].strip():
            hint = f"Between a letter and another sign {run[0]} does nothing: write <strong>."
        self.shown(text.place(run.start()), run[0], hint)

    def open_code(self, text: SourceText, start: int, end: int) -> None:
        """A backtick that nothing closes."""
        if not text[start - 1 : start].strip(" \n(") and text[end : end + 1].strip():
            self.shown(text.place(start), text[start:end], "Write another one behind the code.")

    def entity(self, at: Place, entity: str) -> None:
        """`&nosuch;`."""
        self.shown(at, entity, "HTML has no such character: look up its name, or write it itself.")

    def paragraph(self, text: SourceText) -> None:
        """Lines that other tools take for a list, a heading or a table."""
        for found in dialects.lines_of_others(text):
            self._foreign(text, found)
        if items := dialects.items_in_a_row(text):
            line = text[slice(*items)]
            message = f"'{shortened(line)}' and the line below it run into one paragraph"
            hint = "Begin each item of a list with a hyphen and a space."
            self.notices.append(Notice(SHOWN, text.place(items[0]), message, hint))

    def item(self, text: SourceText) -> None:
        """What only looks like a task."""
        self._foreign(text, dialects.task_of_others(text))

    def spans(self, text: SourceText) -> None:
        """Words in the signs of other tools."""
        for found in dialects.spans_of_others(text):
            self._foreign(text, found)

    def template_tag(self, text: SourceText, start: int, end: int) -> None:
        """`{% include x %}`."""
        if dialects.is_filled_in(text[start:end]):
            hint = "Other tools replace this; write Markdown or HTML instead."
            self.shown(text.place(start), text[start:end], hint)

    def angle(self, text: SourceText, start: int) -> None:
        """A `<` that begins no tag."""
        self._foreign(text, dialects.angles_of_others(text, start))

    def ampersand(self, text: SourceText, start: int) -> None:
        """A `&` that begins no character."""
        self._foreign(text, dialects.character_of_others(text, start))

    def _foreign(self, text: SourceText, found: dialects.Foreign | None) -> None:
        if found:
            self.shown(text.place(found.start), text[found.start : found.end], found.hint)

    def open_fence(self, at: Place, fence: str) -> None:
        """A fence that nothing closes."""
        message = f"the code that begins with {fence[:3]} here never ends"
        hint = f"Add a line {shortened(fence)} below it."
        self.notices.append(Notice(SHOWN, at, message, hint))

    def fence_words(self, at: Place, words: str) -> None:
        """Words behind the language of a fence."""
        if words:
            message = f"'{shortened(words)}' behind the language of this code has no effect"
            self.lost(at, message, "Keep only the language.")

    def delimiter_row(self, at: Place, header: str, line: str) -> None:
        """A row of hyphens that has more or fewer cells than the row above it."""
        message = f"'{shortened(line)}' has not as many cells as the row above it"
        hint = "Give both rows the same number of cells; else no table begins here."
        self.notices.append(Notice(SHOWN, at, message, hint))

    def surplus_cells(self, cells: Sequence[SourceText], columns: int) -> None:
        """Cells for which a table has no column."""
        typed = [cell for cell in cells if cell]
        if typed:
            message = f"the cell '{shortened(typed[0])}' is not shown: the table has no such column"
            hint = "Add a column to its first two rows, or write | as \\|."
            self.lost(typed[0].place(0), message, hint)

    def second_definition(self, at: Place, label: str, first: Place) -> None:
        """A definition that another one makes useless."""
        message = f"{shortened(label)} is defined a second time, which has no effect"
        self.lost(at, message, "Keep one of them, or give this one another name.")

    def unused(self, at: Place, label: str) -> None:
        """A definition that nothing refers to."""
        message = f"nothing refers to {shortened(label)}, so this line is not shown"
        self.lost(at, message, f"Write {shortened(label)} where it belongs, or delete the line.")

    def marked(self, raw: SourceText) -> str:
        """Raw HTML with marks at its addresses."""
        return with_marks(raw, self.marks, self.typed)

    def refused_html(self, at: Place, tag: str) -> None:
        """A tag where HTML is not allowed."""
        self.shown(at, tag, "site.toml has allow_html = false; write Markdown instead.")

    def refused_address(self, at: Place, address: str) -> None:
        """An address that the settings do not allow."""
        message = f"'{shortened(address)}' is left out: such an address may do harm"
        self.lost(at, message, "Write one that begins with https:// or mailto:.")

    def raw_span(self, raw: SourceText) -> None:
        """A piece of HTML inside a line."""
        self.tags(raw)
        if re.compile(MORE).fullmatch(raw):
            self.useless_more(raw.place(0))
        self._more_of_others(raw)

    def html_block(self, raw: SourceText, *, is_closed: bool, is_nested: bool) -> None:
        """A block of HTML, in which no Markdown is read."""
        self.tags(raw)
        if not is_closed:
            sign = found[0] if (found := re.compile(_OPENING).search(raw)) else raw
            message = f"'{shortened(sign)}' is never closed, so the text below it is not shown"
            self.lost(raw.place(raw.index(sign)), message, "Close it, or delete it.")
        for number, more in enumerate(re.compile(MORE).finditer(raw)):
            is_first = number == 0 and not raw[: more.start()].strip()
            self.more_here(raw.place(more.start()), ends_opening=is_first and not is_nested)
        self._more_of_others(raw)
        for foreign in dialects.markdown_in_html(raw):
            self._foreign(raw, foreign)

    def _more_of_others(self, raw: SourceText) -> None:
        """`<!-- excerpt -->`, and `<!-- more -->` with more words."""
        if "<!--" not in raw:
            return
        for found in re.compile(_MORE_OF_OTHERS).finditer(raw):
            if not re.compile(MORE).fullmatch(found[0]):
                message = f"'{shortened(found[0])}' has no effect"
                self.lost(raw.place(found.start()), message, "Write <!-- more -->.")

    def tags(self, raw: SourceText) -> None:
        """Tags that HTML does not have, and `markdown="1"`, which other tools read."""
        for found in dialects.unknown_tags(raw):
            typed = shortened(raw[found.start : found.end])
            message = f"'{typed}' is not shown: HTML has no such tag"
            self.lost(raw.place(found.start), message, found.hint)
        for found in dialects.markdown_attributes(raw):
            message = f"{raw[found.start : found.end]} has no effect"
            self.lost(raw.place(found.start), message, found.hint)


def _is_word_before(text: str, run: re.Match[str]) -> bool:
    return text[run.start() - 1 : run.start()].isalnum()


def _is_word_after(text: str, run: re.Match[str]) -> bool:
    return text[run.end() : run.end() + 1].isalnum()


def _hint_of_link(address: str) -> str:
    found = re.compile(_WITH_TITLE).fullmatch(address)
    bare = (found[1] if found else address).strip()
    if found and re.match(r"[“”„«]", address[len(found[1]) :].strip()):
        return "Write straight quotes around the title."
    if "{{" in bare or "{%" in bare:
        return "Only other tools fill this in: write the path of the other file."
    if not bare or "<" in bare or ">" in bare:
        return "Check its address."
    is_spaced = " " in bare
    other = ", or each space as %20" if is_spaced else ""
    return f"Write the address as <{shortened(bare)}>{other}."

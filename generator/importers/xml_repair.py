"""XML as exports really are, made readable: one encoding, no entities, no stray signs.

Old blogs hold bytes of other encodings, control characters, `&nbsp;` and a bare `<`. A parser stops
there, and the rest would be lost. So the text is repaired as it streams by, line by line where it
was. A document type is left out: with it go all entities, those that explode and those that read
files.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from html import escape
from html.entities import html5
from typing import BinaryIO

from generator.importers.encodings import encoding_named

_CHUNK = 65_536
_FALLBACK = "weekly-windows-1252"
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGN = re.compile(r"[<&]")
_NAME = re.compile(r"</?([A-Za-z_][\w.:-]*)")
_TAG_END = re.compile(r"""(?:[^>"'<]|"[^"<]*"|'[^'<]*')*>""")
_ATTRIBUTE = re.compile(r"""\s([A-Za-z_][\w.:-]*)\s*=\s*("[^"<]*"|'[^'<]*')""")
_ENTITY = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}));")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[[^\]]*(?:\](?!\s*>)[^\]]*)*\]\s*)?>", re.I)
_LONGEST_TAG = 20_000


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What bytes mean that are not UTF-8: most often they are cp1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    byte = error.object[error.start : error.start + 1]
    return byte.decode("cp1252", "replace"), error.start + 1


codecs.register_error(_FALLBACK, _as_windows_1252)


class RepairedXml:
    """A file of XML that can be read as UTF-8, and what is known of it so far."""

    def __init__(self, file: BinaryIO) -> None:
        """`file` is read in pieces, as they are asked for."""
        self.starts: Counter[str] = Counter()  # of elements, by name without prefix
        self.unclosed: tuple[str, ...] = ()  # elements in which the file ends, by name
        self.has_document_type = False
        self._file = file
        self._decoder: codecs.IncrementalDecoder | None = None
        self._waiting = ""  # what can't be understood before there is more
        self._open: list[str] = []  # the elements that it is in
        self._until = ""  # the end of the CDATA, comment or declaration that it is in
        self._ready: list[bytes] = []
        self._is_at_end = False

    def read(self, size: int = _CHUNK) -> bytes:
        """The next piece, in UTF-8; empty at the end."""
        while not self._ready and not self._is_at_end:
            self._fill()
        return self._ready.pop(0) if self._ready else b""

    def _fill(self) -> None:
        data = self._file.read(_CHUNK)
        self._is_at_end = not data
        if self._decoder is None:
            encoding, data = _encoding_of(data)
            self._decoder = codecs.getincrementaldecoder(encoding)(_FALLBACK)
        text = self._waiting + _NOT_XML.sub("", self._decoder.decode(data, final=self._is_at_end))
        repaired = "".join(self._repaired(text))
        if self._is_at_end:
            repaired += self._closed(0)
        if repaired:
            self._ready.append(repaired.encode())

    def _closed(self, level: int) -> str:
        """What ends the file so that it is whole, if it was cut off."""
        self.unclosed = tuple([name.rpartition(":")[2] for name in self._open])
        return ("]]>" if self._until == "]]>" else "") + self._close(level)

    def _close(self, level: int) -> str:
        """The end tags of the elements that are open below a level."""
        ends = "".join(f"</{name}>" for name in reversed(self._open[level:]))
        del self._open[level:]
        return ends

    def _repaired(self, text: str) -> list[str]:
        parts: list[str] = []
        position = 0
        self._waiting = ""
        while position < len(text):
            step = self._inside if self._until else self._outside
            end, shown = step(text, position)
            if end == position:  # it needs more
                self._waiting = text[position:]
                break
            parts.append(shown)
            position = end
        return parts

    def _inside(self, text: str, at: int) -> tuple[int, str]:
        """What is in CDATA, a comment or a declaration, up to its end."""
        end = text.find(self._until, at)
        is_kept = self._until == "]]>"
        if end < 0:
            end = len(text) if self._is_at_end else max(at, len(text) - len(self._until) + 1)
        else:
            end += len(self._until)
            self._until = ""
        inside = text[at:end]
        return end, inside if is_kept else "\n" * inside.count("\n")

    def _outside(self, text: str, at: int) -> tuple[int, str]:
        found = _SIGN.search(text, at)
        end = found.start() if found else len(text)
        if found is None or end > at:
            return end, text[at:end].replace("]]>", "]]&gt;")
        if found[0] == "&":
            return self._reference(text, at)
        return self._markup(text, at)

    def _reference(self, text: str, at: int) -> tuple[int, str]:
        found = _ENTITY.match(text, at)
        if not found:
            if len(text) - at < 40 and ";" not in text[at:] and not self._is_at_end:
                return at, ""
            return at + 1, "&amp;"
        decimal, hexadecimal, name = found.groups()
        if name in _OF_XML:
            return found.end(), found[0]
        if name:
            sign = html5.get(f"{name};")
            return (found.end(), escape(sign, quote=False)) if sign else (at + 1, "&amp;")
        code = int(decimal) if decimal else int(hexadecimal, 16)
        is_sign = code <= 0x10FFFF and not _NOT_XML.match(chr(code))
        return found.end(), found[0] if is_sign else ""

    def _markup(self, text: str, at: int) -> tuple[int, str]:
        for begin, until in (("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")):
            if text.startswith(begin, at):
                self._until = until
                return at + len(begin), begin if until == "]]>" else ""
        rest = text[at : at + 9]
        if not self._is_at_end and len(rest) < 9 and _may_go_on(rest):
            return at, ""
        if rest.upper() == "<!DOCTYPE":
            return self._document_type(text, at)
        name = _NAME.match(text, at)
        if not name:
            return at + 1, "&lt;"
        end = _TAG_END.match(text, name.end())
        if not end:
            is_open = _SIGN.search(text, at + 1) is None and len(text) - at < _LONGEST_TAG
            return (at, "") if is_open and not self._is_at_end else (at + 1, "&lt;")
        return end.end(), self._tag(text[at : end.end()], name[1])

    def _tag(self, tag: str, name: str) -> str:
        if tag[1] == "/":
            if name not in self._open:  # such as a tag of HTML outside CDATA
                return ""
            return self._close(_last_index(self._open, name))
        self.starts[name.rpartition(":")[2]] += 1
        is_empty = tag.endswith("/>")
        if not is_empty:
            self._open.append(name)
        attributes = {found[1]: found[2] for found in _ATTRIBUTE.finditer(tag, len(name) + 1)}
        shown = "".join(f" {key}={value}" for key, value in attributes.items())
        lines = "\n" * (tag.count("\n") - shown.count("\n"))
        tag = f"<{name}{shown}{lines}{'/' if is_empty else ''}>"
        return _ENTITY.sub(_only_of_xml, re.sub(r"&(?!#?\w{1,32};)", "&amp;", tag))

    def _document_type(self, text: str, at: int) -> tuple[int, str]:
        """Leaves the document type out, with all that it declares."""
        self.has_document_type = True
        found = _DOCUMENT_TYPE.match(text, at)
        stop = found.end() if found else -1
        if stop < 0:
            if self._is_at_end or len(text) - at > 10 * _LONGEST_TAG:
                return len(text), "\n" * text.count("\n", at)
            return at, ""
        return stop, "\n" * text.count("\n", at, stop)


def _may_go_on(begin: str) -> bool:
    """Whether markup may begin here that is longer than what has been read."""
    return any(markup.startswith(begin) for markup in ("<![CDATA[", "<!DOCTYPE", "<!--", "</"))


def _last_index(names: list[str], name: str) -> int:
    return len(names) - 1 - names[::-1].index(name)


def _only_of_xml(found: re.Match[str]) -> str:
    name = found[3]
    if name in _OF_XML or not name:
        return found[0]
    sign = html5.get(f"{name};")
    return escape(sign) if sign else f"&amp;{name};"


def _encoding_of(data: bytes) -> tuple[str, bytes]:
    """The encoding of XML that begins so, and the bytes without a byte order mark."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    if data[:4] in (b"<\0?\0", b"<\0r\0"):
        return "utf-16-le", data
    if data[:4] in (b"\0<\0?", b"\0<\0r"):
        return "utf-16-be", data
    declared = _DECLARED.match(data)
    name = declared[1].decode() if declared else "utf-8"
    return encoding_named(name) or "utf-8", data

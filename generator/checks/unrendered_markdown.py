"""Markdown that is not quite right, so that readers see it as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from generator.checks.built import UnplacedProblem
from generator.model import Document
from generator.problems import Location

_NOTE = r"\[\^(?P<note>[^\]\s]+)\]"
_LINK = r"\[[^\[\]\n]+\]\((?P<address>[^()\n]+)\)"
_NAMED = r"\[[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]"
_LEFT = re.compile(f"{_NOTE}|{_LINK}|{_NAMED}")
_SIGNS = "](", "][", "[^"
_CODE = re.compile(r"<(code|kbd|pre|samp|script|style|textarea)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def unrendered_markdown(documents: Iterable[Document]) -> Iterator[UnplacedProblem]:
    """What looks like a link or a footnote, outside code, and is neither."""
    for document in documents:
        html = document.body.html if document.body else ""
        if "[" in html and any(sign in html for sign in _SIGNS):
            for text in _TAG.split(_CODE.sub("<>", html)):
                for left in _LEFT.finditer(unescape(text)):
                    at, message = Location(document.source, 1), f"'{left[0]}' is shown as typed"
                    yield UnplacedProblem("unread-markdown", at, message, _hint(left), (left[0],))


def _hint(left: re.Match[str]) -> str:
    if left["note"]:
        return f"Write the note in a paragraph of its own: [^{left['note']}]: …"
    if left["name"]:
        return f"Say where it leads in a line of its own: [{left['name']}]: https://…"
    has_space = " " in left["address"].strip()
    return "Write each space in the address as %20." if has_space else "Check its address."

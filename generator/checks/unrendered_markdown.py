"""Markdown that readers see as it was typed, since it is nearly right and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from generator.checks.built import Finding
from generator.model import Document

_NOTE = r"\[\^(?P<note>[^\]\s]+)\]"
_LINK = r"\[[^\[\]\n]+\]\((?P<address>[^()\n]+)\)"
_NAMED = r"\[[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]"
_LEFT = re.compile(f"{_NOTE}|{_LINK}|{_NAMED}")
_SIGNS = "](", "][", "[^"
_CODE = re.compile(r"<(code|kbd|pre|samp|script|style|textarea)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def leftover_findings(documents: Iterable[Document]) -> Iterator[Finding]:
    """Links and footnotes that are none, outside of code."""
    for document in documents:
        html = document.body.html if document.body else ""
        if any(sign in html for sign in _SIGNS):
            for text in _TAG.split(_CODE.sub("<>", html)):
                for left in _LEFT.finditer(unescape(text)):
                    message = f"'{left[0]}' is shown as it was typed"
                    clues = (left[0],)
                    yield Finding(
                        "unread-markdown", document.source, 1, message, _hint(left), clues
                    )


def _hint(left: re.Match[str]) -> str:
    if left["note"]:
        return f"Write the note in a paragraph of its own: [^{left['note']}]: …"
    if left["name"]:
        return f"Say in a line of its own where it leads: [{left['name']}]: https://…"
    has_space = " " in left["address"].strip()
    return "Write each space in the address as %20." if has_space else "Look at its address."

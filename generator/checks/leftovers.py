"""Markdown that a page shows as it was typed, since it is nearly right and nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checks.built import Finding
from generator.checks.markup import Page

_NOTE = r"\[\^(?P<note>[^\]\s]+)\]"
_LINK = r"\[[^\[\]\n]+\]\((?P<address>[^()\n]+)\)"
_NAMED = r"\[[^\[\]\n]+\]\[(?P<name>[^\[\]\n]+)\]"
_LEFT = re.compile(f"{_NOTE}|{_LINK}|{_NAMED}")
_AS_TYPED = ("code", "kbd", "pre", "samp", "script", "style", "textarea")


def leftover_findings(page: Page) -> Iterator[Finding]:
    """Links and footnotes that are none, outside of code."""
    suspects = [at for at in range(0, len(page.parts), 2) if "]" in page.parts[at]]
    if not suspects:
        return
    shown = [(e.at, page.ends.get(e.at, e.at)) for e in page.all(*_AS_TYPED)]
    for at in suspects:
        if not any(begin < at < end for begin, end in shown):
            for left in _LEFT.finditer(page.parts[at]):
                message = f"'{left[0]}' stands on the page as it was typed"
                clues = (left[0],)
                yield Finding(
                    "unread-markdown", page.path, page.line(at), message, _hint(left), clues
                )


def _hint(left: re.Match[str]) -> str:
    if left["note"]:
        return f"Write the note in a paragraph of its own: [^{left['note']}]: …"
    if left["name"]:
        return f"Say in a line of its own where it leads: [{left['name']}]: https://…"
    has_space = " " in left["address"].strip()
    return "Write each space in the address as %20." if has_space else "Look at its address."

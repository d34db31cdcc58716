"""What is shown at the moment, and what a page that is open has to know of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from generator import fingerprint
from generator.problems import Problem, in_reading_order
from generator.serve.responses import NOT_FOUND, answer
from generator.serve.session import Preview

AROUND = 2  # lines of a source shown before and after a mistake
REMEMBERED = 64  # pages, to tell what has changed in them

_STYLESHEET = re.compile(rb'<link rel="stylesheet" href="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: the last site without a mistake, and the mistakes made since."""

    root: str = "/"  # the path of the home page
    preview: Preview | None = None
    problems: tuple[Problem, ...] = ()
    unnamed: str = ""  # the digest of what pages show without naming its bytes

    def has(self, path: str) -> bool:
        """Whether there is a file of the site at a path."""
        return self.preview is not None and path in self.preview


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the site as it is sent."""

    data: bytes
    digest: str
    problems: tuple[Problem, ...] = ()  # of its template
    is_shown: bool = True  # else it says why there is nothing to show


class Board:
    """What is shown, for all who ask and for those who wait for it to change."""

    def __init__(self, blog: Path, *, tell: Callable[[Problem], None]) -> None:
        """`tell` is called with what turns out to be wrong when somebody asks for a page."""
        self._blog = blog
        self._shown = Shown()
        self._number = 0  # of what is shown
        self._tell = tell
        self._change = threading.Condition()
        self._is_closed = False
        self._good: dict[str, bytes] = {}  # pages as they were last made without a mistake
        self._sent: dict[str, bytes] = {}  # by digest

    @property
    def shown(self) -> Shown:
        """What is shown now."""
        return self._shown

    def show(self, shown: Shown) -> None:
        """Show something else, and wake all who wait for it."""
        with self._change:
            self._shown = shown
            self._number += 1
            self._change.notify_all()

    def close(self) -> None:
        """Let all go who wait."""
        with self._change:
            self._is_closed = True
            self._change.notify_all()

    def next_after(self, number: int, *, seconds: float) -> int:
        """The number of what is shown, once that is another one, or after so many seconds.

        0 when there is nothing to wait for any more.
        """
        with self._change:
            self._change.wait_for(
                lambda: self._is_closed or self._number != number, timeout=seconds
            )
            return 0 if self._is_closed else self._number

    def page(self, path: str) -> Page:
        """A file of the site; where its template is wrong, as it was before."""
        shown = self._shown
        if shown.preview is None or path not in shown.preview:
            return self._page(_nothing_to_show(shown.problems), is_shown=False)
        made = shown.preview.page(path)
        if isinstance(made, bytes):
            self._good[path] = made
            return self._page(made)
        self._tell(made)
        before = self._good.get(path)
        data = _nothing_to_show([made]) if before is None else before
        return self._page(data, made, is_shown=before is not None)

    def _page(self, data: bytes, *problems: Problem, is_shown: bool = True) -> Page:
        """A page, remembered to tell later what has changed in it."""
        digest = fingerprint.of_bytes(data + self._shown.unnamed.encode())
        self._sent[digest] = data
        for old in [*islice(self._sent, max(0, len(self._sent) - REMEMBERED))]:
            self._sent.pop(old, None)
        return Page(data, digest, problems, is_shown)

    def news_for(self, target: str, seen: str) -> Mapping[str, Any]:
        """What a page that was sent with the digest `seen` has to know of the site as it is."""
        shown = self._shown
        found = answer(target, shown.root, shown.has)
        page = self.page(found.path or NOT_FOUND)
        before = self._sent.get(seen, b"")
        return {
            "page": page.digest,
            "styles": _styles_alone(before, page.data),
            "problems": [
                _described(problem, self._blog)
                for problem in in_reading_order((*shown.problems, *page.problems))
            ],
        }


def _styles_alone(before: bytes, after: bytes) -> list[str] | None:
    """The stylesheets of a page, when nothing but them differs from how it was before."""
    if before == after or _STYLESHEET.sub(b"", before) != _STYLESHEET.sub(b"", after):
        return None
    return [url.decode() for url in _STYLESHEET.findall(after)]


def _described(problem: Problem, blog: Path) -> Mapping[str, Any]:
    """A problem with the lines of the source around it."""
    first, lines = _lines_around(problem, blog)
    return {
        "severity": str(problem.severity),
        "place": str(problem.at),
        "message": problem.message,
        "hint": problem.hint,
        "line": problem.at.line,
        "first": first,
        "lines": lines,
    }


def _lines_around(problem: Problem, blog: Path) -> tuple[int, list[str]]:
    """The number of the first line of a source that is shown, and the lines."""
    if not problem.at.line:
        return 0, []
    try:
        text = (blog / problem.at.path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return 0, []
    first = max(1, problem.at.line - AROUND)
    return first, text.splitlines()[first - 1 : problem.at.line + AROUND]


def _nothing_to_show(problems: Iterable[Problem]) -> bytes:
    """A page for the time before anything can be shown."""
    listed = "".join(f"<li>{escape(str(problem))}</li>\n" for problem in problems)
    return _NOTHING.format(listed=listed).encode()


_NOTHING = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Nothing to show yet</title>
</head>
<body>
<h1>Nothing to show yet</h1>
<ul>
{listed}</ul>
</body>
</html>
"""

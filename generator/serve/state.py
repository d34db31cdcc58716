"""The state of the preview: the current site, and what open pages must know about it."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

from generator import disk, fingerprint
from generator.problems import Problem, in_short
from generator.serve.mail import MAIL, mail_page
from generator.serve.responses import NOT_FOUND, response_for
from generator.serve.session import Preview

AROUND = 2  # lines of a source shown before and after a problem
REMEMBERED = 64  # pages, to find out what has changed in them

_STYLESHEET = re.compile(rb'<link rel="stylesheet" href="([^"]*)"[^>]*>')


@dataclass(frozen=True, slots=True)
class CurrentSite:
    """The site that is shown: the last one without errors, and the problems since."""

    root: str = "/"  # the path of the home page
    preview: Preview | None = None
    problems: tuple[Problem, ...] = ()
    unnamed: str = ""  # the digest of files that pages show but whose bytes they do not name
    is_behind: bool = False  # whether errors keep back a newer site

    def has(self, path: str) -> bool:
        """Whether the site has a file at a path."""
        return self.preview is not None and path in self.preview


@dataclass(frozen=True, slots=True)
class PreviewFile:
    """A file of the site as the preview sends it."""

    data: bytes
    digest: str
    problems: tuple[Problem, ...] = ()  # of its template
    is_shown: bool = True  # False if it says why there is nothing to show


class PreviewState:
    """The current site, for all who ask for it and all who wait for it to change."""

    def __init__(self, blog: Path, *, report: Callable[[Problem], None]) -> None:
        """`report` is called with a problem that is found when somebody asks for a page."""
        self._blog = blog
        self._current = CurrentSite()
        self._number = 0  # of the current site
        self._report = report
        self._change = threading.Condition()
        self._is_closed = False
        self._good: dict[str, bytes] = {}  # pages as they were last rendered without a problem
        self._sent: dict[str, bytes] = {}  # by digest

    @property
    def current(self) -> CurrentSite:
        """The site that is shown now."""
        return self._current

    def show(self, site: CurrentSite) -> None:
        """Show another site, and wake all who wait for it."""
        with self._change:
            self._current = site
            self._number += 1
            self._change.notify_all()

    def close(self) -> None:
        """Release everybody who waits."""
        with self._change:
            self._is_closed = True
            self._change.notify_all()

    def next_after(self, number: int, *, seconds: float) -> int:
        """The number of the current site, as soon as it changes, or after so many seconds.

        0 if there is nothing to wait for any more.
        """
        with self._change:
            self._change.wait_for(
                lambda: self._is_closed or self._number != number, timeout=seconds
            )
            return 0 if self._is_closed else self._number

    def file(self, path: str) -> PreviewFile:
        """A file of the site; if its template is broken, as it was before."""
        current = self._current
        if current.preview is None or path not in current.preview:
            return self._file(_nothing_to_show(current.problems), is_shown=False)
        made = current.preview.page(path)
        if isinstance(made, bytes):
            self._good[path] = made
            return self._file(made)
        self._report(made)
        before = self._good.get(path)
        data = _nothing_to_show([made]) if before is None else before
        return self._file(data, made, is_shown=before is not None)

    def mail(self, target: str) -> PreviewFile:
        """The page that shows a post as a message: the one named in `target`, or the newest."""
        current = self._current
        if current.preview is None:
            return self._file(_nothing_to_show(current.problems), is_shown=False)
        page = mail_page(current.preview, target)
        if isinstance(page, bytes):
            return self._file(page)
        return self._file(_nothing_to_show(page), *page, is_shown=False)

    def _file(self, data: bytes, *problems: Problem, is_shown: bool = True) -> PreviewFile:
        """A file, remembered to find out later what has changed in it."""
        digest = fingerprint.of_bytes(data + self._current.unnamed.encode())
        self._sent[digest] = data
        for old in [*islice(self._sent, max(0, len(self._sent) - REMEMBERED))]:
            self._sent.pop(old, None)
        return PreviewFile(data, digest, problems, is_shown)

    def news_for(self, target: str, seen: str) -> Mapping[str, Any]:
        """What a page that was sent with the digest `seen` must know about the current site."""
        current = self._current
        if target.startswith(MAIL):
            file = self.mail(target)
        else:
            found = response_for(target, current.root, current.has)
            file = self.file(found.path or NOT_FOUND)
        before = self._sent.get(seen, b"")
        return {
            "page": file.digest,
            "styles": _styles_alone(before, file.data),
            "behind": current.is_behind or bool(file.problems),
            "problems": [
                _described(problem, self._blog)
                for problem in in_short((*current.problems, *file.problems))
            ],
        }


def _styles_alone(before: bytes, after: bytes) -> list[str] | None:
    """The stylesheets of a page, if nothing else in it has changed."""
    if before == after or _STYLESHEET.sub(b"", before) != _STYLESHEET.sub(b"", after):
        return None
    return [url.decode() for url in _STYLESHEET.findall(after)]


def _described(problem: Problem, blog: Path) -> Mapping[str, Any]:
    """A problem with the lines around it in the source."""
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
    """The lines of a source to show, after the number of the first."""
    if not problem.at.line:
        return 0, []
    try:
        text = disk.read_text(blog / problem.at.path, encoding="utf-8-sig", errors="replace")
    except OSError:
        return 0, []
    first = max(1, problem.at.line - AROUND)
    return first, text.splitlines()[first - 1 : problem.at.line + AROUND]


def _nothing_to_show(problems: Iterable[Problem]) -> bytes:
    """A page for the time before there is anything to show."""
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

"""How a failed run ends: with one line, and for a bug of ours a report to attach to an issue.

A report must contain nothing that somebody wrote. So it has the types of exceptions and the
places in the code, but no message, no value and no line of a file.
"""

from __future__ import annotations

import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from traceback import walk_tb
from typing import NamedTuple

from generator import __version__, disk
from generator.cli.commands import SENTENCES
from generator.problems import reason_of

BUG = 70  # EX_SOFTWARE in sysexits.h
REPORT = "bug-report.txt"
_MOST_PLACES = 100  # of one exception: endless recursion has a thousand
_MOST_CAUSES = 10

_PACKAGE = Path(__file__).parents[1]
_WORKER_PLACE = re.compile(r'^  File "([^"\n]+)", line (\d+), in (\w+|<\w+>)$', re.MULTILINE)


class Failure(NamedTuple):
    """The exit code and the message of a run that could not do what it was asked."""

    exit_code: int
    message: str


class _Place(NamedTuple):
    file: str
    line: int
    function: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}, in {self.function}"


def failure_of(error: Exception, arguments: Sequence[str]) -> Failure:
    """How to end after an exception that escaped: a failure of the machine, or a bug of ours."""
    if isinstance(error, OSError):
        name = f"{error.filename}: " if error.filename else ""
        return Failure(1, f"{name}{reason_of(error)}.")
    kind = type(error).__name__
    path = _written(_report(error, arguments), _blog_in(arguments))
    if path is None:
        *_, place = _places(error)
        where = f"{kind} in {place}"
        return Failure(
            BUG, f"this is a bug in weekly ({where}). Please open an issue with this line."
        )
    return Failure(
        BUG,
        f"this is a bug in weekly ({kind}). Please open an issue and attach {path}; "
        "it contains nothing from your posts.",
    )


def _written(report: str, blog: Path) -> Path | None:
    """Write the report into the blog's cache folder, else as a temporary file; returns its path."""
    try:
        if (blog / ".weekly").is_dir():
            path = blog / ".weekly" / REPORT
            disk.write_bytes(path, report.encode())
            return path
    except OSError:
        pass  # such as a disk that can only be read
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="weekly-", suffix=f"-{REPORT}", delete=False, encoding="utf-8"
        ) as file:
            file.write(report)
        return Path(file.name)
    except OSError:
        return None


def _blog_in(arguments: Sequence[str]) -> Path:
    """The blog's folder by --blog, read without click, which may not have come that far."""
    for word, following in zip(arguments, (*arguments[1:], ""), strict=True):
        name, equals, value = word.partition("=")
        if name == "--blog":
            return Path(value if equals else following)
    return Path()


def _report(error: Exception, arguments: Sequence[str]) -> str:
    command = next((word for word in arguments if word in SENTENCES), "none")
    about = f"weekly {__version__}, Python {platform.python_version()}, {sys.platform}"
    causes = islice(_with_causes(error), _MOST_CAUSES)
    traces = "\n\ncaused by:\n".join("\n".join(_lines(cause)) for cause in causes)
    return f"{about}\ncommand: {command}\n\n{traces}\n"


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    """An exception, then what caused it or was being handled, and so on."""
    found: BaseException | None = error
    while found:
        yield found
        found = found.__cause__ or found.__context__


def _lines(error: BaseException) -> Iterator[str]:
    """The lines about an exception: its type, and its places with the innermost last."""
    kind = type(error)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    yield f"{module}{kind.__qualname__}"
    for place in [*_places(error)][-_MOST_PLACES:]:
        yield f"  {place}"


def _places(error: BaseException) -> Iterator[_Place]:
    """The places that an exception passed through, from the outside in."""
    for frame, line in walk_tb(error.__traceback__):
        yield _Place(_shown(frame.f_code.co_filename), line, frame.f_code.co_name)
    if type(error).__name__ == "_RemoteTraceback":  # of a worker process, which sends it as text
        for file, line_number, function in _WORKER_PLACE.findall(str(error)):
            yield _Place(_shown(file), int(line_number), function)


def _shown(file: str) -> str:
    """A file's path without the folders that could tell whose machine it is."""
    path = Path(file)
    roots = [_PACKAGE.parent, *(Path(entry) for entry in sys.path if entry)]
    inside = [path.relative_to(root) for root in roots if path.is_relative_to(root)]
    return min((found.as_posix() for found in inside), key=len, default=path.name)

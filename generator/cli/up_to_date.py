"""A check whether a build has nothing to do, made before anything large is imported.

Only a plain `weekly build` is recognised here. Everything else, right or wrong, is left to click.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping, Sequence

from generator.cache.stamp import UpToDateStamp, look_at, read_stamp
from generator.cli.clock import clock_seconds

_FLAGS = {
    "-q": "--quiet",
    "--quiet": "--quiet",
    "-v": "--verbose",
    "--verbose": "--verbose",
    "--drafts": "--drafts",
    "--future": "--future",
}
_WITH_VALUE = ("--blog", "--output", "--base-url", "--now")
_BEFORE_THE_COMMAND = ("--quiet", "--verbose", "--blog")


def report_of_last_build(options: Mapping[str, str]) -> str | None:
    """What a plain build with these options prints if it has nothing to do, else None."""
    started = time.perf_counter()
    stamp = read_stamp(os.path.join(options.get("--blog", "."), ".weekly"))
    if stamp is None or not _holds(stamp, options):
        return None
    if "--quiet" in options:
        return ""
    *lines, last = stamp.lines
    return "\n".join((*lines, timed(last, time.perf_counter() - started), ""))


def plain_build(arguments: Sequence[str]) -> Mapping[str, str] | None:
    """The options of a build that asks for the site and no more, None for any other call."""
    options: dict[str, str] = {}
    is_build = False
    words = iter(arguments)
    for word in words:
        if word == "build" and not is_build:
            is_build = True
            continue
        name, equals, value = word.partition("=")
        if word in _FLAGS:
            name = value = _FLAGS[word]
        elif name in _WITH_VALUE:
            value = value if equals else next(words, "")
            if not value or value.startswith("-"):
                return None
        else:
            return None
        if name in options or not (is_build or name in _BEFORE_THE_COMMAND):
            return None
        options[name] = value
    is_clear = is_build and not ("--quiet" in options and "--verbose" in options)
    return options if is_clear and _are_folders(options) else None


def _are_folders(options: Mapping[str, str]) -> bool:
    """Whether each folder that is named is one or can become one; else click says what is wrong."""
    folders = (options[name] for name in ("--blog", "--output") if name in options)
    return not any(os.path.exists(folder) and not os.path.isdir(folder) for folder in folders)


def timed(line: str, seconds: float) -> str:
    """The last line of a build's report, with the time that it took."""
    return f"{line.removesuffix('.')}, in {seconds:.2f} s."


def inputs_of(blog: str) -> list[str]:
    """Every folder on whose files a build depends."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    beside = os.path.join(os.path.dirname(package), "themes")
    mine = [os.path.join(blog, name) for name in ("content", "templates", "themes", "messages")]
    libraries = [path for path in sys.path if path.endswith("-packages")]
    return [*mine, package, beside, *(f"{path}{os.sep}*" for path in libraries)]


def options_key(output: str, *, base_url: str, drafts: bool, future: bool, now: str | None) -> str:
    """Everything on the command line that affects the site."""
    return repr((os.path.abspath(output), base_url, drafts, future, now, sys.version))


def _holds(stamp: UpToDateStamp, options: Mapping[str, str]) -> bool:
    """Whether a build with these options, at this moment, would change nothing."""
    blog, now = options.get("--blog", "."), options.get("--now")
    output = options.get("--output") or os.path.join(blog, "output")
    as_of = stamp.since if now else clock_seconds()
    if as_of is None:
        return False
    return stamp.holds(
        options=options_key(
            output,
            base_url=options.get("--base-url", ""),
            drafts="--drafts" in options,
            future="--future" in options,
            now=now,
        ),
        as_of=as_of,
        inputs=look_at(inputs_of(blog), now_ns=time.time_ns()),
        output=output,
    )

"""Where a build of ours spends its time: `python -m bench.stages DIR`, from this repository.

Times the functions below while the command runs as usual. A stage does not count the time of
the stages that it calls, so the sum is the whole. Deletes `.weekly/` and the output first unless
`--keep` is given.
"""

from __future__ import annotations

import argparse
import functools
import importlib
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

# stage, and the functions by module and name; where a name is imported elsewhere, that one counts
STAGES = (
    ("settings", "generator.build:load_config"),
    ("discover", "generator.content:discover"),
    ("read bytes", "generator.content:read"),
    ("posts from fields", "generator.build:read_content"),
    ("front matter", "generator.content.posts:split"),
    ("front matter", "generator.content.posts:read_front_matter"),
    ("Markdown", "generator.markdown.renderer:MarkdownRenderer.render"),
    ("typography", "generator.markdown.renderer:typographic"),
    ("body parse", "generator.content.posts:read_body"),
    ("assemble", "generator.build:assemble"),
    ("checks", "generator.build:check_content"),
    ("theme", "generator.build:load_theme"),
    ("plan", "generator.build:plan"),
    ("templates", "generator.render.templates:Templates.render"),
    ("feeds", "generator.render.feeds:rss"),
    ("feeds", "generator.render.feeds:atom"),
    ("feeds", "generator.render.feeds:json_feed"),
    ("write", "generator.build:write_site"),
)


class Clock:
    """Adds up the time of stages, each without those inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._open: list[float] = []  # of each open stage, the time of those inside it

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed as that stage."""

        @functools.wraps(function)
        def wrapper(*args: Any, **options: Any) -> Any:
            self._open.append(0.0)
            started = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                took = time.perf_counter() - started
                self.seconds[stage] += took - self._open.pop()
                self.calls[stage] += 1
                if self._open:
                    self._open[-1] += took

        return wrapper


def install(clock: Clock) -> None:
    """Put the clock around every stage; one that is no longer there is named and left out."""
    for stage, place in STAGES:
        module, _, path = place.partition(":")
        try:
            owner: Any = importlib.import_module(module)
            *owners, name = path.split(".")
            for part in owners:
                owner = getattr(owner, part)
            original = getattr(owner, name)
        except (ImportError, AttributeError):
            print(f"{place} is not there: '{stage}' is counted elsewhere.", file=sys.stderr)
            continue
        timed = clock.timed(stage, original)
        setattr(owner, name, timed)
        formats = getattr(owner, "FORMATS", {})
        for key, recipe in formats.items():
            if recipe is original:
                formats[key] = timed


def main(blog: Path, *, now: str, keep: bool) -> None:
    """Build a blog, and print the milliseconds of each stage."""
    if not keep:
        for folder in (".weekly", "output"):
            shutil.rmtree(blog / folder, ignore_errors=True)
    started = time.perf_counter()
    clock = Clock()
    command = importlib.import_module("generator.cli").main
    install(clock)
    imported = time.perf_counter()
    try:
        command(["build", "--blog", str(blog), "--now", now], standalone_mode=True)
    except SystemExit as ending:
        print(f"exit {ending.code}")
    total = time.perf_counter() - started
    rows = [("imports", imported - started, 1)]
    rows += [(stage, seconds, clock.calls[stage]) for stage, seconds in clock.seconds.items()]
    rows.append(("everything else", total - sum(row[1] for row in rows), 1))
    print("| stage | ms | share | calls |\n| --- | ---: | ---: | ---: |")
    for stage, seconds, calls in sorted(rows, key=lambda row: -row[1]):
        print(f"| {stage} | {seconds * 1000:.0f} | {seconds / total:.0%} | {calls} |")
    print(f"| all | {total * 1000:.0f} | | |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.stages", description=__doc__)
    parser.add_argument("blog", type=Path)
    parser.add_argument("--now", default="2026-11-17 10:00")
    parser.add_argument("--keep", action="store_true", help="keep the caches and the output")
    asked = parser.parse_args()
    main(asked.blog, now=asked.now, keep=asked.keep)

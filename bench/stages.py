"""Where a build of ours spends its time: `python -m bench.stages [BLOG]`, from this repository.

Times the functions below while `weekly build` runs in one process. A stage does not include the
time of the stages that it calls, so the figures add up to the whole. Without BLOG it builds posts
of `bench.corpus`. Deletes the cache and the output first unless `--keep` is given.
"""

from __future__ import annotations

import argparse
import functools
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.corpus import TEN_YEARS, Corpus
from bench.replacing import Function, replace_function
from bench.tools import OURS, empty, make_site, scratch_in

STAGES = (  # a name, and the place of a function; several functions can make one stage
    ("settings", "generator.config.reading:load_config"),
    ("cache", "generator.cache.store:Cache.save"),
    ("keys", "generator.build:compare"),
    ("discover", "generator.content.files:discover"),
    ("read files", "generator.content.files:read"),
    ("front matter", "generator.content.front_matter:split"),
    ("front matter", "generator.content.front_matter:read_front_matter"),
    ("Markdown", "generator.markdown.renderer:MarkdownRenderer.render"),
    ("typography", "generator.markdown.typography:typographic"),
    ("bodies", "generator.content.bodies:read_body"),
    ("other content", "generator.content:read_content"),
    ("assemble", "generator.site.assemble:assemble"),
    ("checks", "generator.checks.content:check_content"),
    ("theme", "generator.render.themes:load_theme"),
    ("plan", "generator.artifacts:plan"),
    ("templates", "generator.render.templates:Templates.render"),
    ("feeds", "generator.render.feeds:rss"),
    ("feeds", "generator.render.feeds:atom"),
    ("feeds", "generator.render.feeds:json_feed"),
    ("write", "generator.output.writer:write_site"),
)


class Clock:
    """Adds up the time of stages, each without those inside it."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()
        self._open: list[float] = []  # for each open stage, the time of those inside it

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        """Count the time until the end as that stage's."""
        self._open.append(0.0)
        started = time.perf_counter()
        try:
            yield
        finally:
            took = time.perf_counter() - started
            self.seconds[stage] += took - self._open.pop()
            self.calls[stage] += 1
            if self._open:
                self._open[-1] += took

    def timed(self, stage: str, function: Function) -> Function:
        """The function, timed as that stage."""

        @functools.wraps(function)
        def wrapper(*args: Any, **options: Any) -> Any:
            with self.running(stage):
                return function(*args, **options)

        return wrapper


def install(clock: Clock) -> None:
    """Time every stage; one that does not exist is reported and counted as part of another."""
    for stage, place in STAGES:
        try:
            replace_function(place, functools.partial(clock.timed, stage))
        except (ImportError, AttributeError) as error:
            print(f"{error}: the time of '{stage}' counts elsewhere.", file=sys.stderr)


def measure(blog: Path, *, now: str) -> Clock:
    """Build a blog; gives the time of each stage."""
    clock = Clock()
    with clock.running("everything else"):
        with clock.running("imports"):
            main = import_module("generator.cli").main
            install(clock)  # which imports the rest
        try:
            main(["build", "--blog", str(blog), "--now", now, "--jobs", "1"])
        except SystemExit as ending:
            if ending.code:
                raise
    return clock


def table(clock: Clock) -> Iterator[str]:
    """The milliseconds of each stage, the longest first."""
    total = sum(clock.seconds.values())
    yield "| stage | ms | share | calls |"
    yield "| --- | ---: | ---: | ---: |"
    for stage, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        share = f"{seconds / total:.0%}"
        yield f"| {stage} | {seconds * 1000:.0f} | {share} | {clock.calls[stage]} |"
    yield f"| all | {total * 1000:.0f} | | |"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.stages", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("blog", type=Path, nargs="?", help="the folder of a blog")
    parser.add_argument("--posts", type=int, default=TEN_YEARS, help="of the corpus")
    parser.add_argument("--now", default="2026-11-17 10:00")
    parser.add_argument("--keep", action="store_true", help="keep the cache and the output")
    asked = parser.parse_args()
    with scratch_in(None) as scratch:
        blog = asked.blog or make_site(OURS, scratch, Corpus(asked.posts))
        if not asked.keep:
            empty(OURS, blog)
        print("\n".join(table(measure(blog, now=asked.now))))


if __name__ == "__main__":
    main()

"""From how many posts a second process pays: `python -m bench.pool`, from the repository's folder.

Builds blogs of a few sizes with one process and with two, whatever their size: once with all posts
to read and no page to make, once the other way round. The builds take turns, and print JSON: for
that, a build never ends early because nothing changed. Prints the median wall time of the whole
process; the thresholds are `PARALLEL_FROM` in `generator.content.reading` and `generator.build`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.corpus import Corpus
from bench.measure import WARM_UP, run
from bench.tools import OURS, Scratch, environment, make_site, scratch_in

SIZES = (8, 16, 24, 32, 48, 64, 96, 128)
ALWAYS = """
from bench.replacing import replace_value
replace_value("{place}", 0)
from generator.cli import main
main()
"""
UNKNOWN_KEYS = '\n[front_matter]\nunknown_keys = "warn"\n'  # no page depends on this setting


def forget_posts(blog: Path) -> None:
    """Make the next build read all posts again, by a setting that no page depends on."""
    settings = blog / "content" / "site.toml"
    text = settings.read_text(encoding="utf-8")
    without = text.removesuffix(UNKNOWN_KEYS)
    settings.write_text(without if without != text else text + UNKNOWN_KEYS, encoding="utf-8")


def forget_pages(blog: Path) -> None:
    """Make the next build make all pages again, from posts that it need not read."""
    shutil.rmtree(blog / OURS.output)


STAGES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("generator.content.reading:PARALLEL_FROM", forget_posts),
    ("generator.build:PARALLEL_FROM", forget_pages),
)


def milliseconds(scratch: Scratch, size: int, rounds: int) -> list[tuple[float, float]]:
    """For each stage, the median wall time of its builds with one process and with two."""
    blog = make_site(OURS, scratch, Corpus(size))
    found = []
    for place, forget in STAGES:
        times: dict[int, list[float]] = {1: [], 2: []}
        program = ALWAYS.format(place=place)
        for number in range(WARM_UP, rounds + 1):
            for jobs in times:
                command = [sys.executable, "-c", program, "build", "--format", "json"]
                command += ["--jobs", str(jobs)]
                if number != WARM_UP:
                    forget(blog)
                cost = run(command, folder=blog, environment=environment(scratch))
                if number != WARM_UP:
                    times[jobs].append(1000 * cost.wall)
        found.append((median(times[1]), median(times[2])))
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.pool", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, help="a folder to work in; it is kept")
    parser.add_argument("--posts", type=int, nargs="+", default=SIZES, help="sizes of the blog")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    print("| posts | reading, ms with one, with two | making pages, ms with one, with two |")
    print("| ---: | ---: | ---: |")
    with scratch_in(asked.scratch) as scratch:
        for size in asked.posts:
            times = milliseconds(scratch, size, asked.rounds)
            cells = [f"{one:.0f}, {two:.0f}" for one, two in times]
            print(f"| {size} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

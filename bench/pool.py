"""From how many letters a second process pays: `python -m bench.pool --scratch DIR`.

Builds blogs of a few sizes from nothing, by one process and by two, whatever their size: once with
all letters to be read and no page to be made, once the other way round. The builds take turns; they
answer in JSON, for which none is over at the sight of a seal.
Prints the median wall time of the whole process; the thresholds stand in
`generator.content.reading` and `generator.build` as `PARALLEL_FROM`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.corpus import Corpus
from bench.measure import run
from bench.tools import REPOSITORY, TOOLS, Scratch, environment, make_site

OURS = TOOLS["ours"]
SIZES = (8, 16, 24, 32, 48, 64, 96, 128)
ALWAYS = """
from generator import build
from generator.content import reading
{module}.PARALLEL_FROM = 0
from generator.cli import main
main()
"""


def forget_letters(blog: Path) -> None:
    """Let all letters be read again, of which the pages stay."""
    for path in (blog / ".weekly").glob("documents.*"):
        path.unlink()


def forget_pages(blog: Path) -> None:
    """Let all pages be made again, of letters that are known."""
    shutil.rmtree(blog / "output")


STAGES: tuple[tuple[str, str, Callable[[Path], None]], ...] = (
    ("reading", "reading", forget_letters),
    ("making pages", "build", forget_pages),
)


def milliseconds(scratch: Scratch, size: int, rounds: int) -> dict[str, tuple[float, float]]:
    """The median wall time of each stage's build, by one process and by two."""
    corpus = Corpus(size)
    make_site(OURS, scratch, corpus)
    blog = scratch.site(size, OURS.name)
    found = {}
    for stage, module, forget in STAGES:
        times: dict[int, list[float]] = {1: [], 2: []}
        program = ALWAYS.format(module=module)
        for number in range(rounds + 1):
            for jobs in (1, 2):
                command = [sys.executable, "-c", program, "build", "--format", "json"]
                command += ["--jobs", str(jobs)]
                if number:
                    forget(blog)
                cost = run(command, folder=blog, environment=environment(scratch))
                if number:
                    times[jobs].append(1000 * cost.wall)
        found[stage] = median(times[1]), median(times[2])
    return found


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.pool", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--scratch", type=Path, required=True, help="a folder to work in")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    scratch = Scratch(asked.scratch.resolve(), REPOSITORY)
    print("| letters | reading, ms by one, by two | making pages, ms by one, by two |")
    print("| ---: | ---: | ---: |")
    for size in SIZES:
        cells = (
            f"{one:.0f}, {two:.0f}"
            for one, two in milliseconds(scratch, size, asked.rounds).values()
        )
        print(f"| {size} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

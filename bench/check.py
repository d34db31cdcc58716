"""What `weekly check` costs: `python -m bench.check --scratch DIR`, from the repository's folder.

Writes the letters of `bench.corpus` with addresses of another host, so that their invented links
lead out of the site and not to missing pages of it; builds them, and checks them several times:
as planned, and as built. Prints medians of the whole process, from the command to its exit.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import TEN_YEARS, Corpus
from bench.measure import Cost, run
from bench.tools import REPOSITORY, TOOLS, Scratch, make_site

ELSEWHERE = "https://letters.example.net/blog/"
NOW = "2026-11-17 10:00"


def costs(blog: Path, *, rounds: int, jobs: Sequence[tuple[str, ...]]) -> list[list[Cost]]:
    """The costs of each job, of which the first round is not counted."""
    weekly = (sys.executable, "-m", "generator")
    common = ("--blog", str(blog), "--base-url", ELSEWHERE, "--now", NOW, "--quiet")
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment = inherited | {"PYTHONPATH": str(REPOSITORY)}
    run((*weekly, "build", *common), folder=REPOSITORY, environment=environment)
    taken: list[list[Cost]] = [[] for _ in jobs]
    for number in range(rounds + 1):
        for job, options in enumerate(jobs):
            cost = run((*weekly, *options, *common), folder=REPOSITORY, environment=environment)
            if number:
                taken[job].append(cost)
    return taken


def main(scratch: Path, *, posts: int, rounds: int) -> None:
    """Measure, and print a table."""
    ours = TOOLS["ours"]
    place = Scratch(scratch, REPOSITORY)
    make_site(ours, place, Corpus(size=posts))
    blog = place.site(posts, ours.name)
    jobs = (("check",), ("check", "--built"))
    print("| job | wall s | CPU s | peak MB |\n| --- | ---: | ---: | ---: |")
    for options, taken in zip(jobs, costs(blog, rounds=rounds, jobs=jobs), strict=True):
        wall, cpu, peak = (
            statistics.median(getattr(cost, name) for cost in taken)
            for name in ("wall", "cpu", "peak")
        )
        print(f"| `{' '.join(options)}` | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    shutil.rmtree(blog)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.check", description=__doc__)
    parser.add_argument("--scratch", type=Path, required=True)
    parser.add_argument("--posts", type=int, default=TEN_YEARS)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    main(asked.scratch, posts=asked.posts, rounds=asked.rounds)
